"""Asks for the window of a baseline and freezes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
)

from telecom_audit.months import month_text
from telecom_audit.progress import Progress
from telecom_audit.store.project import open_project, user_name
from ui import theme
from ui.dialogs.notice import Notice

if TYPE_CHECKING:
    from telecom_audit.tasks.baseline_freeze import Freezable, Frozen
    from ui.desk import Desk
    from ui.work import Job

_USUAL_MONTHS = 12
_MOST_MONTHS = 120
_LETTERS = 52
_HINT = (
    "The baseline is what the bills came to before the change: for each service the median of the "
    "window's months. It is kept as an edition and never changes; what is saved is measured "
    "against it."
)


class FreezeDialog(QDialog):
    """The window's last month and length, the expected rise, and who freezes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._job: Job | None = None
        self.setWindowTitle("Freeze the baseline")
        self.through = QComboBox()
        self.through.setAccessibleName("Last month of the window")
        self.months = QSpinBox()
        self.months.setRange(1, _MOST_MONTHS)
        self.months.setValue(_USUAL_MONTHS)
        self.rise = QDoubleSpinBox()
        self.rise.setRange(-99.0, 1000.0)
        self.rise.setDecimals(2)
        self.rise.setSuffix(" %")
        self.by = QLineEdit(user_name())
        form = QFormLayout()
        form.addRow("&Last month of the window", self.through)
        form.addRow("Its length in &months", self.months)
        form.addRow("Expected &rise a year", self.rise)
        form.addRow("Frozen &by", self.by)
        self._hint = QLabel(_HINT)
        self._hint.setWordWrap(True)
        self._hint.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        theme.soft(self._hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.freeze = buttons.addButton("Freeze", QDialogButtonBox.ButtonRole.AcceptRole)
        self.freeze.setEnabled(False)  # until the months are known
        buttons.accepted.connect(self._freeze)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.GRID)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addWidget(buttons)
        self.by.textChanged.connect(self._enable)
        desk.work.ended.connect(self._note_end)
        if desk.session is not None:
            desk.read(self, partial(_known, desk.session.path), self._show)

    def _show(self, known: Freezable) -> None:
        for month in reversed(known.months):
            self.through.addItem(month_text(month), month)
        if not known.months:
            self._hint.setText("There is nothing to freeze: import bills or payments first.")
        elif known.editions:
            word = "edition" if known.editions == 1 else "editions"
            self._hint.setText(
                f"{_HINT} The {word} frozen before {'is' if known.editions == 1 else 'are'} kept; "
                f"this one will be edition {known.editions + 1} and hold from now on."
            )
        self.adjustSize()
        self._enable()

    def _enable(self) -> None:
        is_known = self.through.count() > 0 and bool(self.by.text().strip())
        self.freeze.setEnabled(is_known and self._job is None)
        self.freeze.setDefault(True)

    def _freeze(self) -> None:
        session = self._desk.session
        if session is None or not self._desk.can_edit:
            return
        rise = f"{round(self.rise.value() * 100) / 10_000:.4f}"
        asked = (
            int(self.through.currentData()),
            self.by.text().strip(),
            self.months.value(),
            rise,
        )
        name = "Freeze the baseline"
        self._job = self._desk.run(name, partial(_freeze, session.path, asked), self._done)
        self._enable()

    def _done(self, frozen: Frozen) -> None:
        self.accept()
        if frozen.warnings:
            Notice(
                self._desk.window,
                f"Edition {frozen.answer['edition']} of the baseline is frozen.",
                "\n".join(frozen.warnings),
            ).open()

    def _note_end(self, job: Job) -> None:
        if job is self._job:  # a refusal is shown, and the fields can be mended
            self._job = None
            self._enable()


def _known(path: Path, progress: Progress) -> Freezable:
    from telecom_audit.tasks.baseline_freeze import freezable

    progress.check()
    with open_project(path) as project:
        return freezable(project)


def _freeze(path: Path, asked: tuple[int, str, int, str], progress: Progress) -> Frozen:
    from telecom_audit.tasks.baseline_answer import freeze_order
    from telecom_audit.tasks.baseline_freeze import freeze

    progress.check()
    order = freeze_order(*asked)
    with open_project(path) as project:
        return freeze(project, order, progress)
