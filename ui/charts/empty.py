"""What stands in the place of figures that there are not: why, what to do, and a button for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from telecom_audit.errors import TelecomAuditError
from ui import theme
from ui.errors import shown
from ui.labels import plain_label

_LETTERS = 64  # of a line that reads well


@dataclass(frozen=True)
class Offer:
    """What can be done about it: the words of a button, a remark, and what it runs."""

    text: str
    remark: str
    run: Callable[[], object]


class OfferButton(QPushButton):
    """A button for what can be done; away when there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self.clicked.connect(self._run)
        self.hide()

    def show_offer(self, offer: Offer | None) -> None:
        """Offer something else, or nothing."""
        self._offer = offer
        self.setVisible(offer is not None)
        if offer is not None:
            self.setText(offer.text)
            self.setToolTip(offer.remark)
            self.setAccessibleName(offer.text.rstrip("…"))

    def _run(self) -> None:
        if self._offer is not None:
            self._offer.run()


class EmptyState(QWidget):
    """A head, a sentence below it, and perhaps a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = _label()
        self._head.setFont(theme.head_font())
        self._words = _label()
        theme.soft(self._words)
        self.button = OfferButton()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.GRID)
        layout.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        for widget in (self._head, self._words, self.button):
            layout.addWidget(widget, 0, middle)
        layout.addStretch(2)

    @property
    def words(self) -> str:
        """What is said."""
        return f"{self._head.text()} {self._words.text()}"

    def say(self, head: str, words: str, offer: Offer | None = None) -> None:
        """Say what there is not and what to do."""
        self._head.setText(head)
        self._words.setText(words)
        width = self.fontMetrics().averageCharWidth() * _LETTERS
        for label in (self._head, self._words):  # an aligned label is not asked for its height
            label.setFixedSize(width, label.heightForWidth(width))
        self.button.show_offer(offer)

    def show_error(self, error: TelecomAuditError, offer: Offer | None = None) -> None:
        """Say an error with its remedy; with an offer the button stands for the remedy."""
        head, remedy, _ = shown(error)
        self.say(head, remedy if offer is None else offer.remark, offer)


def _label() -> QLabel:
    label = plain_label()
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
