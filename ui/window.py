"""The main window: the bar of pages, a head, the page that is seen, and the status bar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.banner import ReviewBanner
from ui.bar import Bar
from ui.desk import Desk
from ui.head import Head
from ui.menus import Menus
from ui.pages import place_named
from ui.preferences import Preferences
from ui.standing import Standing
from ui.status import Status

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Door
    from ui.page import Page

_SIZE = (1180, 760)
_SAVED = "All changes saved"
_SAVED_AT_ONCE = "All changes are saved already; each is saved when it is made."
_NOT_SAVED = "Nothing is saved in a review"
_MESSAGE = 8000  # milliseconds that a hint stays
_NO_DROP = "Open or make a project first, then drop the files again."
_ONE_DROP = "Only {} is opened; drop the other files again to import them."
_NO_EDIT = "A review imports nothing; open the project itself to import files."


class Window(QMainWindow):
    """One project at a time; pages are made when they are first seen."""

    def __init__(self, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Telecom Audit")
        self.setAcceptDrops(True)
        self.desk = Desk(self, preferences or Preferences())
        self._system = theme.FollowSystem(self.desk.preferences.theme, self)
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._bar = Bar()
        self._head = Head()
        self._banner = ReviewBanner()
        self._status = Status(self.desk.work, self)
        self.setStatusBar(self._status)
        self._menus = Menus(self)
        self._lay_out()
        self._bar.chosen.connect(self.show_page)
        self.desk.page_wanted.connect(self.show_page)
        self.desk.session_changed.connect(self._show_session)
        self.desk.count_told.connect(self._bar.show_count)
        self.desk.period_told.connect(self._head.show_period)
        self._standing = Standing(self.desk)
        self.desk.selection_told.connect(self._status.tell_selection)
        self.desk.undo.canUndoChanged.connect(self._menus.show_project)
        if not self.restoreGeometry(self.desk.preferences.state("window")):
            self.resize(*_SIZE)
        self.show_page("start")
        self._show_session()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._banner)
        right.addWidget(self._head)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._bar)
        row.addLayout(right, 1)
        middle = QWidget()
        middle.setLayout(row)
        self.setCentralWidget(middle)

    @property
    def page(self) -> Page:
        """The page that is seen."""
        shown = self._stack.currentWidget()
        return next(page for page in self._pages.values() if page is shown)

    def page_named(self, key: str) -> Page:
        """A page; it is made when nobody asked for it before."""
        if key not in self._pages:
            self._pages[key] = place_named(key).page(self.desk)
            self._stack.addWidget(self._pages[key])
        return self._pages[key]

    def show_page(self, key: str, door: Door | None = None) -> None:
        """Show a page, and on it what lies behind a number."""
        page = self.page_named(key)
        self._stack.setCurrentWidget(page)
        self._bar.mark(key)
        self._head.show_title(place_named(key).title)
        self.desk.show_selection("")
        if door is not None:
            page.arrive(door)

    def open_project(self, path: Path, *, is_review: bool = False) -> None:
        """Open a project, or say why it cannot be opened."""
        self.desk.open_project(path, is_review=is_review)

    def _show_session(self) -> None:
        session = self.desk.session
        self._bar.show_project(is_open=session is not None)
        self._banner.show_session(session)
        self._menus.show_project()
        self._head.show_session(session)
        self._status.tell_selection("")
        if session is None:
            self.setWindowTitle("Telecom Audit")
            self._status.tell_saved("")
            self.show_page("start")
            return
        mark = " (review)" if session.is_review else ""
        self.setWindowTitle(f"{session.shown_path.stem}{mark} — Telecom Audit")
        self._status.tell_saved(_NOT_SAVED if session.is_review else _SAVED)
        self.show_page("overview")

    def print_page(self) -> None:
        """Preview what this page prints."""
        document = self.page.document()
        if document is not None:
            self.desk.print(document)
            return
        self._status.showMessage("There is nothing to print on this page.", _MESSAGE)

    def print_report(self) -> None:
        """Preview the report for managers."""
        from ui.printing.reports import report_document

        if self.desk.session is not None:
            self.desk.print(report_document(self.desk.session))

    def tell_saved(self) -> None:
        """Answer who asks to save."""
        is_review = self.desk.session is not None and self.desk.session.is_review
        self._status.showMessage(_NOT_SAVED if is_review else _SAVED_AT_ONCE, _MESSAGE)

    def go_to_part(self, steps: int) -> None:
        """Move the focus to the next part of the window: the bar, the page's parts, a job."""
        from ui.focus import go_to_next

        go_to_next([self._bar, *self.page.parts(), self._status], steps)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own name)
        """Let Tab follow what is seen now."""
        from ui.focus import order_tabs

        order_tabs(self._bar, self._banner, self.page, self._status)
        return super().focusNextPrevChild(next)

    def choose_theme(self, name: str) -> None:
        """Take light, dark, or what the system says."""
        self.desk.preferences.theme = name
        self._system.choose(name)

    def show_help(self) -> None:
        """Open the help of the page that is seen."""
        from ui.dialogs.help import HelpDialog

        HelpDialog(self.page.key, self).show()

    def show_about(self) -> None:
        """Say which program this is."""
        from ui.dialogs.help import HelpDialog

        HelpDialog("about", self).show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files; a project is opened, everything else imported."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project or import the files that were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        projects = [path for path in paths if path.suffix.lower() == ".telaudit"]
        if projects:
            self.open_project(projects[0])
            if len(paths) > 1:
                self._status.showMessage(_ONE_DROP.format(projects[0].name), _MESSAGE)
        elif self.desk.can_edit:
            from ui.imports import import_paths

            import_paths(self.desk, paths)
        else:
            self._status.showMessage(_NO_DROP if self.desk.session is None else _NO_EDIT, _MESSAGE)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the jobs, wait for them, and remember how the window stood."""
        self.desk.preferences.keep_state("window", self.saveGeometry())
        self.desk.work.stop()
        self.desk.close_project()
        super().closeEvent(event)
