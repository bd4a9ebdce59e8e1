"""The bar over the findings: what is claimed, each charge once, by confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from telecom_audit.store.browse_columns import Kind
from ui import theme
from ui.figures import FigureLabel
from ui.labels import figure_label, plain_label
from ui.tables.cells import cell_text

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Figure
    from telecom_audit.tasks.findings_figures import FindingsFigures
    from ui.desk import Desk

_RIGHT = Qt.AlignmentFlag.AlignRight


class TotalsBar(QWidget):
    """A row for each confidence: how many findings, a month, a year, recoverable."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._labels: dict[str, FigureLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MARGIN)
        self._grid.setVerticalSpacing(0)
        self._heads = [plain_label() for _ in range(4)]
        for column, head in enumerate(self._heads, start=1):
            theme.soft(head)
            self._grid.addWidget(head, 0, column, _RIGHT)
        self._note = plain_label()
        self._note.setWordWrap(True)
        theme.soft(self._note)
        self._grid.addWidget(self._note, 0, 5, 4, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(5, 1)

    def show_totals(self, found: FindingsFigures, currency: str) -> None:
        """Show the totals of the newest audit."""
        heads = (
            "Findings",
            f"A month, {currency}",
            f"A year, {currency}",
            f"Recoverable, {currency}",
        )
        for label, head in zip(self._heads, heads, strict=True):
            label.setText(head)
        for row, total in enumerate(found.totals, start=1):
            for column, figure in enumerate((total.count, *total.amounts), start=1):
                self._show(figure, row, column)
            if self._grid.itemAtPosition(row, 0) is None:
                self._grid.addWidget(_caption(total.confidence), row, 0)
        self._note.setText(_note(found))

    def _show(self, figure: Figure, row: int, column: int) -> None:
        known = self._labels.get(figure.key)
        if known is not None:
            known.show_figure(figure)
            return
        label = figure_label(self._desk, figure)
        self._labels[figure.key] = label
        self._grid.addWidget(label, row, column)


def _caption(confidence: str) -> QLabel:
    return plain_label(cell_text(Kind.STATUS, confidence))


def _note(found: FindingsFigures) -> str:
    parts = [f"As of {found.as_of}. Each charge is claimed once, in its strongest finding."]
    if found.set_aside:
        word = "finding is" if found.set_aside == 1 else "findings are"
        parts.append(f"{found.set_aside:,} rejected or muted {word} in no total.")
    return " ".join([*parts, *found.sentences])
