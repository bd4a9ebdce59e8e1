"""A text on one line, shortened where its place is narrow; the whole is under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui import theme


class OneLine(QLabel):
    """Never makes its page wider, however long its text is.

    Args:
        text: what it says at first.
        shortened: where the dots stand when it is shortened.
    """

    def __init__(
        self, text: str = "", *, shortened: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        super().__init__()
        self._shortened = shortened
        self.said = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.soft(self)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self.said = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of it as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(0, self.fontMetrics().height())

    def _fit(self) -> None:
        metrics, wanted = self.fontMetrics(), self.said
        shown = metrics.elidedText(wanted, self._shortened, self.width())
        self.setText(shown)
        self.setToolTip(plain_tip(wanted) if shown != wanted else "")
        self.setAccessibleName(wanted)


def plain_tip(text: str) -> str:
    """A text that a tool tip shows as it is, whatever markup it bears."""
    return text if "<" not in text else text.replace("&", "&amp;").replace("<", "&lt;")
