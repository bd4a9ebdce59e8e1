"""The main window: a project's figures at a glance, and the way to open another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from telecom_audit.errors import TelecomAuditError
from telecom_audit.tasks.overview import Overview, overview

_MARGIN = 24
_SPACING = 8
_NOTHING_OPEN = "No project is open. Choose Project ▸ Open… to look at one."


class Window(QMainWindow):
    """Shows one project: whose it is, what was imported, and what the audit found."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Telecom Audit")
        self.resize(720, 420)
        self._add_menu()
        self._heading = QLabel(_NOTHING_OPEN)
        self._heading.setWordWrap(True)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._figures = QFormLayout()
        self._figures.setSpacing(_SPACING)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_MARGIN)
        layout.addWidget(self._heading)
        layout.addLayout(self._figures)
        layout.addStretch(1)
        self.setCentralWidget(page)

    def _add_menu(self) -> None:
        action = QAction("&Open…", self)
        action.setShortcut(QKeySequence.StandardKey.Open)
        action.setToolTip("Open a project file")
        action.triggered.connect(self._choose)
        self.menuBar().addMenu("&Project").addAction(action)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a project", "", "Telecom Audit projects (*.telaudit)"
        )
        if name:
            self.open_project(Path(name))

    def open_project(self, path: Path) -> None:
        """Show a project, or say why it cannot be shown."""
        while self._figures.rowCount():
            self._figures.removeRow(0)
        try:
            figures = overview(path)
        except TelecomAuditError as error:
            self._heading.setText(f"{error.message}\n{error.remedy}")
            return
        self._show(path, figures)

    def _show(self, path: Path, figures: Overview) -> None:
        self.setWindowTitle(f"{path.stem} — Telecom Audit")
        self._heading.setText(f"{figures.organization or path.stem} · {figures.period}")
        for caption, value in figures.lines:
            label = QLabel(value)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._figures.addRow(caption, label)
