"""What all pages work with: the open project, the queue of jobs, undo, errors, and the way around.

The desk knows no page; the window listens to what is wanted and shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from telecom_audit.progress import Progress
from ui.errors import NOTHING_CHANGED, Errors
from ui.preferences import Preferences
from ui.work import Job, Work, was_cancelled

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Door, Figure
    from ui.opening import Opened
    from ui.printing import PrintDocument
    from ui.session import Session
    from ui.undo import Change

Answer = TypeVar("Answer")


class Desk(QObject):
    """The window's middle.

    Signals:
        session_changed: another project is open, or none.
        project_changed: something in the open project is not as it was.
        page_wanted: a page's key and a door (or None).
        selection_told: what is selected, in words, for the status bar.
        count_told: a page's key and what waits there, for the bar.
        read_failed: whoever could not read what it asked for.
        period_told: the months of the bills, in words, for the head.
    """

    session_changed = Signal()
    project_changed = Signal()
    page_wanted = Signal(object, object)
    selection_told = Signal(object)
    count_told = Signal(object, object)
    read_failed = Signal(object)
    period_told = Signal(object)

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        super().__init__(window)
        self.window = window
        self.preferences = preferences
        self.work = Work(self)
        self.undo = QUndoStack(self)
        self.errors = Errors(window)
        self._opened: Opened | None = None
        self._reads: dict[tuple[int, str], Job] = {}

    @property
    def session(self) -> Session | None:
        """The open project."""
        return self._opened.session if self._opened else None

    @property
    def can_edit(self) -> bool:
        """Whether a project is open that may be changed."""
        return self.session is not None and not self.session.is_review

    def open_project(self, path: Path, *, is_review: bool = False) -> None:
        """Open a project in place of the one that is open; in a review, a private copy of it."""
        from ui.opening import open_session  # SQLite's part of the program loads with a project

        name = f"Open {path.name}"
        self.work.start(
            partial(open_session, path, is_review),
            self._take,
            failed=lambda error: self.fail(error, "The project that was open stays open."),
            name=name,
        )

    def _take(self, opened: Opened) -> None:
        self.close_project()
        self._opened = opened
        if not opened.session.is_review:
            self.preferences.remember(opened.session.shown_path)
        self.session_changed.emit()

    def close_project(self) -> None:
        """Let the open project go; a review's copy is deleted."""
        opened, self._opened = self._opened, None
        self.undo.clear()
        if opened is not None:
            self.session_changed.emit()  # whoever holds a connection lets go of it
            opened.close()

    def read(
        self,
        owner: QObject,
        run: Callable[[Progress], Answer],
        done: Callable[[Answer], None],
        *,
        slot: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Read something for a page; an earlier read of the same owner and slot is dropped.

        Nothing is handed to an owner that is deleted meanwhile.

        Args:
            owner: the page or panel that asks.
            run: works in the other thread.
            done: is handed the answer.
            slot: which of the owner's reads this is.
            failed: is handed an error; else it is shown.
        """
        known = (id(owner), slot)
        earlier = self._reads.get(known)
        if earlier is not None:
            earlier.cancel()
        job: Job

        def is_wanted() -> bool:
            if self._reads.get(known) is job:
                del self._reads[known]  # or the owner would live as long as the desk
            return not job.is_cancelled and isValid(owner)

        def answered(answer: Answer) -> None:
            if is_wanted():
                done(answer)

        def refused(error: Exception) -> None:
            if is_wanted() and not was_cancelled(error):
                self.read_failed.emit(owner)
                (failed or self.fail)(error)

        job = self.work.start(run, answered, failed=refused)
        self._reads[known] = job
        return job

    def run(
        self,
        name: str,
        run: Callable[[Progress], Answer],
        done: Callable[[Answer], None] | None = None,
    ) -> Job:
        """Run a named job that changes the project; everything shown is read anew afterwards."""

        def finished(answer: Answer) -> None:
            self.project_changed.emit()
            if done is not None:
                done(answer)

        def failed(error: Exception) -> None:
            self.project_changed.emit()  # files before the one that failed may be in
            self.fail(error, NOTHING_CHANGED)

        return self.work.start(run, finished, failed=failed, name=name)

    def change(self, change: Change) -> None:
        """Make a change that can be undone."""
        from ui.undo import ChangeCommand

        if self.session is not None and self.can_edit:
            command = ChangeCommand(change, self.session.path, self._run_change, self.undo)
            self.undo.push(command)

    def _run_change(
        self, words: str, run: Callable[[Progress], None], give_up: Callable[[], None]
    ) -> None:
        def failed(error: Exception) -> None:
            give_up()
            self.fail(error, NOTHING_CHANGED)

        self.work.start(run, lambda _: self.project_changed.emit(), failed=failed, name=words)

    def fail(self, error: Exception, unchanged: str = "") -> None:
        """Show an error in the one place where errors are shown."""
        self.errors.show(error, unchanged)

    def go(self, page: str, door: Door | None = None) -> None:
        """Show a page; with a door, what lies behind it."""
        self.page_wanted.emit(page, door)

    def open_door(self, figure: Figure) -> None:
        """Show what lies behind a number."""
        from telecom_audit.tasks.figures import FindingsDoor, LinesDoor, TableDoor

        door = figure.door
        if isinstance(door, LinesDoor):
            from ui.dialogs.lines import LinesDialog

            LinesDialog(self, door.order, figure).show()
        elif isinstance(door, FindingsDoor):
            self.go("audit", door)
        elif isinstance(door, TableDoor):
            self.go("data", door)
        elif door is not None:
            self.go("savings", door)

    def show_selection(self, text: str) -> None:
        """Tell what is selected ("Count 12  Sum 1,204.50")."""
        self.selection_told.emit(text)

    def print(self, document: PrintDocument) -> None:
        """Show a document as it will be printed."""
        from ui.printing.preview import Preview  # draws, and so loads matplotlib

        Preview(self, document).show()
