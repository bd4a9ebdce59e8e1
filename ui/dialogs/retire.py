"""Asks why an import is taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui import theme

_WARNING = (
    "Its rows stay in the project, marked as retired, and count no more; what it replaced counts"
    " again. This cannot be undone: to have the file again, import it anew. Run the audit again"
    " afterwards."
)


class RetireDialog(QDialog):
    """A reason is wanted, and the words say what will happen."""

    def __init__(self, import_id: int, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Retire import {import_id}")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("The wrong file, a test …")
        self.reason.setAccessibleName("Reason")
        self.reason.textChanged.connect(self._weigh)
        words = QLabel(f"{file}\n\n{_WARNING}")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.retire = buttons.addButton("Retire", QDialogButtonBox.ButtonRole.AcceptRole)
        self.retire.setToolTip("Take this import back for good")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow("&Reason", self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(60 * theme.GRID)
        self._weigh()

    def _weigh(self) -> None:
        self.retire.setEnabled(bool(self.reason.text().strip()))
