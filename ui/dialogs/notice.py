"""Says that something is done, and what to know about it; it does not hold the program up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class Notice(QMessageBox):
    """A box over the window.

    Args:
        parent: the window.
        what: what was done, a sentence.
        remark: what to know about it.
    """

    def __init__(self, parent: QWidget, what: str, remark: str) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Information)
        self.setWindowTitle("Telecom Audit")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(what)
        self.setInformativeText(remark)
        self.addButton(QMessageBox.StandardButton.Close)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
