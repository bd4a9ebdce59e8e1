"""The window that shows pages as they will be printed, and prints them or saves them as PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtPrintSupport import (
    QAbstractPrintDialog,
    QPrintDialog,
    QPrinter,
    QPrinterInfo,
    QPrintPreviewWidget,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QToolBar,
)
from shiboken6 import isValid

from telecom_audit.charts.rendering import write_pages
from telecom_audit.progress import Progress
from telecom_audit.tasks.export_target import whole_file
from ui.file_names import offered_name
from ui.printing.document import PrintDocument
from ui.printing.marks import PaintedPage
from ui.printing.painter_renderer import painted_page
from ui.printing.paper import PAPERS, lay_out, new_printer, paint_pages

if TYPE_CHECKING:
    from ui.desk import Desk

_GREY = "grey"
_INKS = {"": "Colours", _GREY: "Greys"}
_PREPARING = "Preparing the pages…"
_NO_PRINTER = "This computer has no printer."
_NO_PRINTER_REMEDY = (
    "Nothing was printed. Save the pages as PDF, which prints in the same size anywhere."
)


class Preview(QMainWindow):
    """A document on its sheets; it closes when another project is opened."""

    def __init__(self, desk: Desk, document: PrintDocument) -> None:
        super().__init__(desk.window, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{document.title} — Print preview")
        self.resize(1000, 780)
        self._desk = desk
        self._document = document
        self._pages: list[PaintedPage] = []
        self._printer = new_printer()  # Qt keeps no reference to it
        self._dialog: QPrintDialog | QFileDialog | QMessageBox | None = None
        self._sheets = QPrintPreviewWidget(self._printer, self)
        self._sheets.setAccessibleName("Pages")
        self._sheets.paintRequested.connect(self._paint)
        self._sheets.previewChanged.connect(self._tell_page)
        self.setCentralWidget(self._sheets)
        liked = desk.preferences
        self._paper = self._choice("Paper", "The paper to print on", PAPERS, liked.paper)
        self._inks = self._choice(
            "Colours or greys", "What the printer can print", _INKS, _GREY if liked.is_grey else ""
        )
        self._page = QLabel(_PREPARING)
        self._page.setTextFormat(Qt.TextFormat.PlainText)
        self._with_pages: list[QAction] = []
        self._add_bar()
        desk.session_changed.connect(self.close)
        self._make()

    @property
    def paper(self) -> str:
        """The paper's key: "letter" or "a4"."""
        return str(self._paper.currentData())

    @property
    def is_grey(self) -> bool:
        """Whether the pages are in greys."""
        return bool(self._inks.currentData())

    @property
    def page_text(self) -> str:
        """Which page is shown, in words."""
        return self._page.text()

    def _choice(self, name: str, tip: str, items: dict[str, str], chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(tip)
        for key, text in items.items():
            box.addItem(text, key)
        box.setCurrentIndex(box.findData(chosen))
        box.currentIndexChanged.connect(self._choose)
        return box

    def _add_bar(self) -> None:
        bar = QToolBar("Preview", self)
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.addToolBar(bar)
        standard = QKeySequence.StandardKey
        sheets = self._sheets
        self._act(bar, "Print…", "Print these pages", standard.Print, self.print_pages)
        self._act(bar, "Save as PDF…", "Save as a PDF file", standard.Save, self.choose_file)
        bar.addSeparator()
        for widget in (self._paper, self._inks):
            bar.addWidget(widget)
        bar.addSeparator()
        self._act(bar, "Larger", "Show the page larger", standard.ZoomIn, sheets.zoomIn)
        self._act(bar, "Smaller", "Show the page smaller", standard.ZoomOut, sheets.zoomOut)
        self._act(bar, "Fit page", "Show the whole page", None, sheets.fitInView)
        self._act(bar, "Fit width", "Show the whole width", None, sheets.fitToWidth)
        bar.addSeparator()
        previous, following = standard.MoveToPreviousPage, standard.MoveToNextPage
        self._act(bar, "Previous", "Show the page before", previous, partial(self._turn, -1))
        self._act(bar, "Next", "Show the next page", following, partial(self._turn, 1))
        bar.addWidget(self._page)
        close = QAction("Close", self)
        close.setToolTip("Close the preview")
        close.setShortcut(standard.Cancel)
        close.triggered.connect(self.close)
        self.addAction(close)

    def _act(
        self,
        bar: QToolBar,
        text: str,
        tip: str,
        key: QKeySequence.StandardKey | None,
        run: Callable[[], object],
    ) -> None:
        action = QAction(text, self)
        action.setIconText(text)  # Qt would leave the dots out
        action.setToolTip(tip)
        if key is not None:
            action.setShortcuts(key)
        action.triggered.connect(lambda _checked: run())
        action.setEnabled(False)
        bar.addAction(action)
        self._with_pages.append(action)

    def _choose(self) -> None:
        self._desk.preferences.paper = self.paper
        self._desk.preferences.is_grey = self.is_grey
        self._make()

    def _make(self) -> None:
        """Have the pages made for the chosen paper."""
        self._page.setText(_PREPARING)
        self._enable(wanted=False)
        run = partial(_made, self._document, (self.paper, self.is_grey))
        self._job = self._desk.read(self, run, self._show_pages, failed=self._give_up)

    def _show_pages(self, pages: list[PaintedPage]) -> None:
        self._pages = pages
        lay_out(self._printer, self.paper, is_grey=self.is_grey)
        self._enable(wanted=bool(pages))
        self._sheets.updatePreview()
        self._sheets.fitInView()
        self._tell_page()

    def _give_up(self, error: Exception) -> None:
        self._page.setText("The pages could not be made")
        self._desk.fail(error)

    def _enable(self, *, wanted: bool) -> None:
        for action in self._with_pages:
            action.setEnabled(wanted)

    def _paint(self, printer: QPrinter) -> None:
        paint_pages(printer, self._pages)

    def _turn(self, pages: int) -> None:
        self._sheets.setCurrentPage(self._sheets.currentPage() + pages)
        self._tell_page()

    def _tell_page(self) -> None:
        if self._pages:
            number, of = self._sheets.currentPage(), len(self._pages)
            self._page.setText(f"Page {number} of {of}")

    def print_pages(self) -> None:
        """Ask for a printer and print; without a printer offer a PDF instead."""
        if not QPrinterInfo.availablePrinterNames():
            self._offer_pdf()
            return
        dialog = QPrintDialog(self._printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(self._pages))
        dialog.accepted.connect(self._print)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog = dialog
        dialog.show()

    def _print(self) -> None:
        printer = self._printer
        printer.setDocName(self._document.title)
        lay_out(printer, self.paper, is_grey=self.is_grey)
        paint_pages(printer, chosen_pages(printer, self._pages))

    def _offer_pdf(self) -> None:
        box = QMessageBox(QMessageBox.Icon.Information, "Print", _NO_PRINTER, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(_NO_PRINTER_REMEDY)
        save = box.addButton("Save as PDF…", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Close)
        save.clicked.connect(self.choose_file)
        self._dialog = box
        box.open()

    def choose_file(self) -> None:
        """Ask where to save the pages as PDF."""
        dialog = QFileDialog(self, "Save as PDF", "", "PDF files (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(offered_name(self._document.title, ".pdf"))
        dialog.fileSelected.connect(lambda chosen: self.save_pdf(Path(chosen)))
        self._dialog = dialog
        dialog.open()

    def save_pdf(self, path: Path) -> None:
        """Save the pages, made anew, in the other thread."""
        run = partial(_saved, self._document, (self.paper, self.is_grey), path)
        self._desk.work.start(
            run,
            self._tell_saved,
            failed=lambda error: self._desk.fail(error, f"{path.name} was not written."),
            name=f"Save {path.name}",
        )

    def _tell_saved(self, path: Path) -> None:
        if isValid(self):
            self.statusBar().showMessage(f"Saved {path}")
        else:  # it was closed before the file was written
            self._desk.show_selection(f"Saved {path.name}")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Drop what is still being made."""
        self._job.cancel()
        super().closeEvent(event)


def chosen_pages(printer: QPrinter, pages: list[PaintedPage]) -> list[PaintedPage]:
    """The pages that the person chose in the printer's dialog, as often as wanted."""
    chosen = pages
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        chosen = pages[printer.fromPage() - 1 : printer.toPage()]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    return chosen * copies


def _made(
    document: PrintDocument, wanted: tuple[str, bool], progress: Progress
) -> list[PaintedPage]:
    pages = []
    for figure in document.pages(*wanted):
        progress.check()
        pages.append(painted_page(figure))
    return pages


def _saved(
    document: PrintDocument, wanted: tuple[str, bool], path: Path, progress: Progress
) -> Path:
    figures = document.pages(*wanted)
    progress.check()
    with whole_file(path) as unfinished:
        write_pages(figures, unfinished, document.title)
    return path
