import gc
import weakref
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton

from telecom_audit.errors import RefusedError
from telecom_audit.progress import CancelledError
from ui.errors import ErrorBox, shown


@dataclass(frozen=True)
class Write:
    """A change of a text file, for want of a project."""

    path: Path
    text: str

    @property
    def words(self):
        return f"Write {self.text}"

    def apply(self, project):
        before = self.path.read_text(encoding="utf-8")
        self.path.write_text(self.text, encoding="utf-8")
        return Write(self.path, before)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("start", encoding="utf-8")
    return path


def rest(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.work.jobs)


def test_changes_are_undone_and_redone_in_order_even_when_asked_faster_than_made(
    window, project_path, page, qtbot
):
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    desk = window.desk
    for text in ("one", "two", "three"):
        desk.change(Write(page, text))
    desk.undo.undo()
    desk.undo.undo()
    rest(window, qtbot)
    assert page.read_text(encoding="utf-8") == "one"
    desk.undo.redo()
    rest(window, qtbot)
    assert page.read_text(encoding="utf-8") == "two"
    desk.undo.setIndex(0)
    rest(window, qtbot)
    assert page.read_text(encoding="utf-8") == "start"


def test_a_change_that_fails_is_told_and_is_not_undone(window, project_path, tmp_path, qtbot):
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    page = tmp_path / "gone.txt"
    with qtbot.waitSignal(window.desk.errors.happened):
        window.desk.change(Write(page, "one"))
    page.write_text("later", encoding="utf-8")
    window.desk.undo.undo()
    rest(window, qtbot)
    assert page.read_text(encoding="utf-8") == "later"


def test_a_change_that_was_never_made_is_not_offered_for_undo(
    window, project_path, tmp_path, qtbot
):
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    with qtbot.waitSignal(window.desk.errors.happened):
        window.desk.change(Write(tmp_path / "gone.txt", "one"))
    rest(window, qtbot)
    assert (window.desk.undo.count(), window.desk.undo.canUndo()) == (0, False)


def test_what_could_not_be_undone_can_be_undone_again(window, project_path, page, qtbot):
    window.open_project(project_path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    window.desk.change(Write(page, "one"))
    rest(window, qtbot)
    aside = page.rename(page.with_name("aside.txt"))
    with qtbot.waitSignal(window.desk.errors.happened):
        window.desk.undo.undo()
    rest(window, qtbot)
    aside.rename(page)
    assert page.read_text(encoding="utf-8") == "one"
    assert (window.desk.undo.undoText(), window.desk.undo.canRedo()) == ("Write one", False)
    window.desk.undo.undo()
    rest(window, qtbot)
    assert page.read_text(encoding="utf-8") == "start"
    assert window.desk.undo.redoText() == "Write one"


def test_nothing_is_changed_while_no_project_is_open(window, page, qtbot):
    window.desk.change(Write(page, "one"))
    rest(window, qtbot)
    assert page.read_text(encoding="utf-8") == "start"


def test_of_two_reads_for_one_place_only_the_later_is_handed_over(window, qtbot):
    answers = []
    window.desk.read(window, lambda progress: "first", answers.append)
    window.desk.read(window, lambda progress: "second", answers.append)
    rest(window, qtbot)
    assert answers == ["second"]


def refuse(progress):
    raise RefusedError("nothing can be read", "Ask again.")


def test_no_answer_reaches_a_dialog_that_is_gone_and_none_is_kept_for_it(window, qtbot):
    desk, gate, answers = window.desk, Event(), []
    dialog = QDialog(window)
    desk.read(dialog, lambda progress: gate.wait(10), answers.append)
    desk.read(dialog, refuse, answers.append, slot="fails")
    kept = weakref.ref(dialog)
    dialog.deleteLater()
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gate.set()
    rest(window, qtbot)
    gc.collect()
    assert (answers, kept(), window.findChildren(ErrorBox)) == ([], None, [])


def test_an_error_says_what_happened_what_was_not_changed_and_what_to_do(qtbot):
    error = RefusedError("bill.csv is locked", "Close it in Excel.")
    box = ErrorBox(error, "Nothing was changed.", None)
    qtbot.addWidget(box)
    assert box.text() == "bill.csv is locked."
    assert box.informativeText() == "Nothing was changed.\n\nClose it in Excel."
    assert [b.text() for b in box.findChildren(QPushButton) if "Copy" in b.text()] == []


def test_a_bug_is_shown_without_its_trace_which_can_be_copied(qtbot):
    try:
        raise ZeroDivisionError("seven by nothing")
    except ZeroDivisionError as error:
        box = ErrorBox(error, "", None)
    qtbot.addWidget(box)
    assert "Traceback" not in box.text() + box.informativeText()
    next(b for b in box.findChildren(QPushButton) if b.text() == "Copy details").click()
    assert "ZeroDivisionError: seven by nothing" in QGuiApplication.clipboard().text()


def test_what_is_on_the_screen_already_is_not_said_again(window):
    window.desk.fail(RefusedError("the file is in use", "Close it there."))
    window.desk.fail(RefusedError("the file is in use", "Close it there."))
    window.desk.fail(RefusedError("the file is gone", "Put it back."))
    shown_boxes = [box.text() for box in window.findChildren(ErrorBox) if box.isVisible()]
    assert shown_boxes == ["The file is in use.", "The file is gone."]


def test_that_somebody_stopped_a_job_is_no_error_to_show(window):
    window.desk.fail(CancelledError())
    assert window.findChildren(ErrorBox) == []


def test_file_names_keep_their_capitals_elsewhere():
    assert shown(RefusedError("the file A.csv is empty", ""))[0] == "The file A.csv is empty."
