"""The preview: its papers, its pages, the printer that is not there, and the PDF."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox, QPushButton

from telecom_audit.errors import RefusedError
from tests.ui.test_printing import SIZES, page
from ui.desk import Desk
from ui.file_names import offered_name
from ui.preferences import Preferences
from ui.printing import PrintDocument
from ui.printing.painter_renderer import painted_page
from ui.printing.paper import new_printer
from ui.printing.preview import Preview, chosen_pages


@pytest.fixture
def desk(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Desk(window, Preferences())
    made.preferences.paper = "letter"
    yield made
    made.work.stop()


def document(made=None):
    def pages(paper, is_grey):
        if made is not None:
            made.append((paper, is_grey))
        return [page(SIZES[paper], is_grey), page(SIZES[paper], is_grey)]

    return PrintDocument("Savings of a city", pages)


def preview(desk, document):
    window = Preview(desk, document)
    window.show()
    return window


def at_rest(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.work.jobs, timeout=10_000)


def test_a_second_document_is_shown_like_the_first(qtbot, desk):
    for shown in (1, 2):
        desk.print(document())
        at_rest(qtbot, desk)
        assert len(desk.window.findChildren(Preview)) == shown
    for window in desk.window.findChildren(Preview):
        window.close()


def test_the_pages_are_shown_and_counted(qtbot, desk):
    window = preview(desk, document())
    assert window.page_text == "Preparing the pages…"
    assert not window.findChild(QMainWindow)
    at_rest(qtbot, desk)
    sheets = window.findChild(QPrintPreviewWidget)
    qtbot.waitUntil(lambda: sheets.pageCount() == 2)
    assert window.page_text == "Page 1 of 2"
    by_name = {action.text(): action for action in window._with_pages}
    by_name["Next"].trigger()
    assert window.page_text == "Page 2 of 2"
    by_name["Next"].trigger()
    assert window.page_text == "Page 2 of 2"
    picture = sheets.grab().toImage()
    assert picture.width() > 300
    window.close()


def test_another_paper_makes_the_pages_anew_and_is_remembered(qtbot, desk):
    made = []
    window = preview(desk, document(made))
    at_rest(qtbot, desk)
    window._paper.setCurrentIndex(window._paper.findData("a4"))
    window._inks.setCurrentIndex(window._inks.findText("Greys"))
    at_rest(qtbot, desk)
    assert made[0] == ("letter", False)
    assert made[-1] == ("a4", True)
    assert (desk.preferences.paper, desk.preferences.is_grey) == ("a4", True)
    assert window._printer.colorMode() == QPrinter.ColorMode.GrayScale
    assert window._printer.pageLayout().pageSize().name().startswith("A4")
    window.close()


def test_without_a_printer_a_pdf_is_offered(qtbot, desk):
    window = preview(desk, document())
    at_rest(qtbot, desk)
    window.print_pages()
    box = window.findChild(QMessageBox)
    assert box.text() == "This computer has no printer."
    assert "Nothing was printed." in box.informativeText()
    assert "Save as PDF…" in [button.text() for button in box.findChildren(QPushButton)]
    box.close()
    window.close()


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler is not installed")
def test_the_pages_are_saved_as_one_pdf(qtbot, desk, tmp_path: Path):
    window = preview(desk, document())
    at_rest(qtbot, desk)
    target = tmp_path / "pages.pdf"
    window.save_pdf(target)
    at_rest(qtbot, desk)
    facts = subprocess.run(["pdfinfo", target], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages: +2\b", facts)
    assert "Savings of a city" in facts
    assert window.statusBar().currentMessage() == f"Saved {target}"
    assert list(tmp_path.iterdir()) == [target]
    window.close()


def test_what_cannot_be_drawn_is_told(qtbot, desk):
    def refuse(paper, is_grey):
        raise RefusedError("nothing was frozen", "Freeze the baseline first.")

    window = preview(desk, PrintDocument("Savings", refuse))
    with qtbot.waitSignal(desk.errors.happened) as told:
        pass
    assert told.args[0].message == "nothing was frozen"
    assert window.page_text == "The pages could not be made"
    assert not any(action.isEnabled() for action in window._with_pages)
    desk.window.findChild(QMessageBox).close()
    window.close()


def test_a_preview_that_is_closed_early_leaves_no_job_that_shows(qtbot, desk):
    failed = []
    desk.errors.happened.connect(failed.append)
    preview(desk, document()).close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    at_rest(qtbot, desk)
    assert (failed, desk.window.findChildren(Preview)) == ([], [])


def test_a_pdf_is_written_although_the_preview_is_closed_meanwhile(qtbot, desk, tmp_path: Path):
    told, failed = [], []
    desk.selection_told.connect(told.append)
    desk.errors.happened.connect(failed.append)
    window = preview(desk, document())
    at_rest(qtbot, desk)
    window.save_pdf(tmp_path / "late.pdf")
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    at_rest(qtbot, desk)
    assert (told, failed) == (["Saved late.pdf"], [])
    assert (tmp_path / "late.pdf").read_bytes().startswith(b"%PDF")


def test_another_project_closes_the_preview(qtbot, desk):
    window = preview(desk, document())
    at_rest(qtbot, desk)
    with qtbot.waitSignal(window.destroyed):
        desk.session_changed.emit()


def test_every_action_has_a_tip_and_every_control_a_name(qtbot, desk):
    window = preview(desk, document())
    for action in window.actions() + window._with_pages:
        assert action.text() and action.toolTip() != action.text()
    assert window._paper.accessibleName() and window._inks.accessibleName()
    at_rest(qtbot, desk)
    window.close()


def test_a_range_of_pages_is_printed_as_often_as_wanted(qtbot):
    printer = new_printer()
    pages = [painted_page(page()) for _ in range(3)]
    assert chosen_pages(printer, pages) == pages
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert chosen_pages(printer, pages) == pages[1:]


def test_the_pdf_is_named_after_its_title(qtbot, desk):
    assert offered_name("Findings: a/b", ".pdf") == "Findings- a-b.pdf"
    window = preview(desk, document())
    at_rest(qtbot, desk)
    window.choose_file()
    dialog = window.findChild(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["Savings of a city.pdf"]
    dialog.close()
    window.close()
