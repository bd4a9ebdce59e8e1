"""What every page of the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.figures import FigureLabel

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Door, Figure
    from ui.desk import Desk
    from ui.printing import PrintDocument


class Page(QWidget):
    """One page: it reads the project by jobs, when it is seen and something changed.

    Attributes:
        key: its name ("audit"), also that of its help page.
    """

    key: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._is_stale = True
        desk.project_changed.connect(self.mark_stale)
        desk.session_changed.connect(self.mark_stale)
        desk.read_failed.connect(self._note_failure)

    def mark_stale(self) -> None:
        """Read the project again: at once when the page is seen, else when it will be."""
        self._is_stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def _note_failure(self, owner: object) -> None:
        if owner is self:  # it is tried again when the page is gone to again
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the page up to date when it comes into sight."""
        super().showEvent(event)
        self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def refresh(self) -> None:
        """Read the project (`desk.session`, perhaps None) and show it."""
        raise NotImplementedError

    def arrive(self, door: Door) -> None:
        """Show what lies behind a number of another page."""
        del door

    def parts(self) -> list[QWidget]:
        """What F6 walks from one to the next."""
        return [self]

    def figures(self) -> list[Figure]:
        """The numbers shown outside tables."""
        return [label.figure for label in self.findChildren(FigureLabel)]

    def document(self) -> PrintDocument | None:
        """What Print prints; None when there is nothing on the page."""
        return None
