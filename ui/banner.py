"""The strip over a project that is open for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme

if TYPE_CHECKING:
    from ui.session import Session


class ReviewBanner(QWidget):
    """Says that a private copy is looked at; absent otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.GRID, theme.MARGIN, theme.GRID)
        row.addWidget(self._text, 1)
        self._tint()
        self.hide()

    def show_session(self, session: Session | None) -> None:
        """Appear for a review and vanish for everything else."""
        self.setVisible(session is not None and session.is_review)
        if session is not None:
            self._text.setText(
                f"Open for review: a private copy of {session.shown_path.name}. "
                "Nothing here changes that file, its dates or its folder."
            )

    def changeEvent(self, event: QEvent) -> None:
        """Take the banner's colours of a new palette."""
        super().changeEvent(event)
        if theme.is_palette_change(event):
            self._tint()

    def _tint(self) -> None:
        parent = self.parentWidget()
        wanted = theme.banner_palette(theme.is_dark(parent or self))
        if self.palette().color(self.backgroundRole()) != wanted.color(self.backgroundRole()):
            self.setPalette(wanted)
