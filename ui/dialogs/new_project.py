"""Asks whose project it will be and where its file lies."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QStandardPaths
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from telecom_audit.progress import Progress
from telecom_audit.store.project import ProjectSettings, create_project
from ui import theme
from ui.file_names import offered_name

if TYPE_CHECKING:
    from ui.desk import Desk

_CURRENCIES = ("USD", "GBP", "EUR", "CAD", "AUD", "CHF", "NZD")
_USUAL_START = 7


class NewProject(QDialog):
    """The settings that a project stands under; they are asked once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.setWindowTitle("New project")
        self.organization = QLineEdit()
        self.organization.setPlaceholderText("City of …")
        self.currency = QComboBox()
        self.currency.addItems(_CURRENCIES)
        self.start = QComboBox()
        for month in range(1, 13):
            self.start.addItem(QLocale.c().monthName(month), month)
        self.start.setCurrentIndex(_USUAL_START - 1)
        self.tax_exempt = QCheckBox("The organization is exempt from telephone taxes")
        self.late_exempt = QCheckBox("Carriers may not charge it for late payment")
        form = QFormLayout()
        form.addRow("&Organization", self.organization)
        form.addRow("&Currency", self.currency)
        form.addRow("&Fiscal year starts in", self.start)
        form.addRow("", self.tax_exempt)
        form.addRow("", self.late_exempt)
        hint = QLabel("Next you choose where the project file is kept. It holds everything.")
        hint.setWordWrap(True)
        theme.soft(hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        make = buttons.addButton("Choose file…", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._choose_file)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.GRID)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        make.setDefault(True)  # not before the dialog has it, or Enter would cancel

    def settings(self) -> ProjectSettings:
        """What was chosen."""
        return ProjectSettings(
            organization=self.organization.text().strip(),
            currency=self.currency.currentText(),
            fiscal_year_start=int(self.start.currentData()),
            tax_exempt=self.tax_exempt.isChecked(),
            late_charge_exempt=self.late_exempt.isChecked(),
        )

    def _choose_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        stem = self.organization.text().strip() or f"Telecom {QDate.currentDate().year()}"
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Keep the new project as",
            str(Path(folder) / offered_name(stem, ".telaudit")),
            "Telecom Audit projects (*.telaudit)",
        )
        if name:
            self.make(Path(name))

    def make(self, path: Path) -> None:
        """Make the project file and open it."""
        if path.suffix.lower() != ".telaudit":
            path = path.with_name(path.name + ".telaudit")
        self._desk.work.start(
            partial(_make, path, self.settings()),
            lambda _: self._made(path),
            failed=lambda error: self._desk.fail(error, "No project was made."),
            name=f"Make {path.name}",
        )

    def _made(self, path: Path) -> None:
        self.accept()
        self._desk.open_project(path)


def _make(path: Path, settings: ProjectSettings, progress: Progress) -> None:
    progress.check()
    create_project(path, settings)
