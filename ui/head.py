"""The head over a page: its title, and at the right whose project it is and for which months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.one_line import OneLine

if TYPE_CHECKING:
    from ui.session import Session


class Head(QWidget):
    """One line over every page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._organization = ""
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(theme.head_font())
        self._project = OneLine(shortened=Qt.TextElideMode.ElideMiddle)
        self._project.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GRID)
        row.addWidget(self._title)
        row.setSpacing(theme.MARGIN)
        row.addWidget(self._project, 1)

    def show_title(self, title: str) -> None:
        """Name the page."""
        self._title.setText(title)

    def show_session(self, session: Session | None) -> None:
        """Say whose project is open."""
        self._organization = session.title if session else ""
        self.show_period("")

    def show_period(self, period: str) -> None:
        """Say which months its bills cover."""
        self._project.say("  ·  ".join(part for part in (self._organization, period) if part))
