"""What stands in a table without rows: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class Empty(QWidget):
    """Words in the middle of a table, with a button that takes the filters off."""

    cleared = Signal()

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.soft(self._words)
        self._button = QPushButton("Clear the filters")
        self._button.setToolTip("Show all rows again")
        self._button.clicked.connect(self.cleared)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.GRID)
        layout.addStretch(1)
        layout.addWidget(self._words)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        viewport.installEventFilter(self)
        self.hide()

    def say(self, words: str, *, has_filters: bool) -> None:
        """Say why there are no rows; no words: there are some."""
        self._words.setText(words)
        self._button.setVisible(has_filters)
        self.setVisible(bool(words))

    @property
    def words(self) -> str:
        """What is said; empty when there are rows."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fill the table's room."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)
