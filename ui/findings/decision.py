"""What a person decides about a finding: a state, with a note for the record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from telecom_audit.tasks.changes import SetFindingStatus
from ui import theme

if TYPE_CHECKING:
    from ui.desk import Desk

_CHOICES = {
    "validated": ("V&alidate", "A person confirmed it: it is an error and can be claimed"),
    "muted": ("&Mute", "It claims nothing and stands in no total until it is taken back"),
    "rejected": ("Re&ject", "It is no error: it claims nothing and stands in no total"),
    "detected": ("&Back to detected", "Nobody has decided about it yet"),
}


class Decision(QWidget):
    """A note and a button for each state that the finding is not in; made only to edit."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._finding_id = 0
        self.note = QLineEdit()
        self.note.setPlaceholderText("Note for the record (optional)")
        self.note.setAccessibleName("Note for the record")
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        for status, (text, tip) in _CHOICES.items():
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAccessibleName(text.replace("&", ""))
            button.clicked.connect(partial(self._decide, status))
            self.buttons[status] = button
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.note)
        layout.addLayout(row)

    def show_finding(self, finding_id: int, status: str) -> None:
        """Offer the states that a finding is not in; a note half written stays with its finding."""
        if finding_id != self._finding_id:
            self.note.clear()
        self._finding_id = finding_id
        for name, button in self.buttons.items():
            button.setVisible(name != status)

    def _decide(self, status: str) -> None:
        note = self.note.text().strip()
        self.note.clear()
        self._desk.change(SetFindingStatus(self._finding_id, status, note))
