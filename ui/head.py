"""The head over a page: its title, and at the right whose project it is and for which months."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.session import Session


class Head(QWidget):
    """One line over every page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(theme.head_font())
        self._project = QLabel()
        self._project.setTextFormat(Qt.TextFormat.PlainText)
        theme.soft(self._project)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GRID)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._project)

    def show_title(self, title: str) -> None:
        """Name the page."""
        self._title.setText(title)

    def show_session(self, session: Session | None) -> None:
        """Say whose project is open and which months its bills cover."""
        if session is None:
            self._project.setText("")
            return
        self._project.setText(f"{session.title}  ·  {session.period}")
