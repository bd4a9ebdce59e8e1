"""Help: the shipped pages, read offline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

import resources
from telecom_audit import __version__
from ui import theme

_SIZE = (620, 560)


class HelpDialog(QDialog):
    """One page of help.

    Args:
        key: `resources/help/KEY.md`.
        parent: the window.
    """

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help — Telecom Audit")
        self.resize(*_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = QTextBrowser()
        text.setAccessibleName("Help")
        text.setOpenLinks(False)
        text.document().setDocumentMargin(theme.GRID)
        text.setMarkdown(help_text(key))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(buttons)


def help_text(key: str) -> str:
    """A help page as Markdown."""
    return resources.read_text(f"help/{key}.md").replace("{version}", __version__)
