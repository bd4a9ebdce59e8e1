"""The arithmetic of a finding line by line, its credits and its evidence, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from telecom_audit.money import micros_from_text
from ui import theme
from ui.charts.text_table import Cells, TextTable
from ui.figures import FigureLabel
from ui.findings.source import SourceBox, place_of
from ui.labels import figure_label, plain_label
from ui.numbers import amount_text

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Figure
    from telecom_audit.tasks.finding_shown import FindingShown
    from ui.desk import Desk

_KINDS = {
    "line": "bill line",
    "inventory": "inventory",
    "contract": "contract",
    "site": "site",
    "payment": "payment",
    "invoice": "invoice",
}
_MOST_ROWS = 8
_Document = Mapping[str, Any]


class Records(QWidget):
    """A head, a table of records, and the source of the one that is chosen.

    Signals:
        opened: the source of a record is shown, in the widget that is told.
    """

    opened = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: Sequence[_Document] = ()
        self._captions: Mapping[tuple[str, str], tuple[str, ...]] = {}
        self._title = plain_label(title)
        self._title.setFont(theme.head_font())
        self.table = TextTable(title)
        self.source = SourceBox()
        self.table.row_chosen.connect(self._show_source)
        self.table.clicked.connect(lambda index: self._show_source(index.row()))
        self.table.activated.connect(lambda index: self._show_source(index.row()))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.GRID)
        self.head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(self.head)
        layout.addWidget(self.table)
        layout.addWidget(self.source)

    def show_records(self, found: FindingShown, records: Sequence[_Document], cells: Cells) -> None:
        """Show records as rows; the part vanishes when there are none."""
        self._records, self._captions = records, found.captions
        self.source.show_source(None, (), "")
        self.table.show_cells(cells)
        self._fit(len(records))
        self.setVisible(bool(records))

    def _fit(self, rows: int) -> None:
        """As high as its rows, of many as high as some, so that the source stays in sight."""
        table = self.table
        height = min(rows, _MOST_ROWS) * table.verticalHeader().defaultSectionSize()
        height += table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth()
        table.setFixedHeight(height + table.horizontalScrollBar().sizeHint().height())

    def _show_source(self, row: int) -> None:
        record = self._records[row]
        source = record["source"]
        captions: tuple[str, ...] = ()
        if source is not None:
            captions = self._captions.get((source["sha256"], source["sheet"]), ())
        self.source.show_source(source, captions, _name(record).capitalize())
        self.opened.emit(self.source.place_label)


class Proof(QWidget):
    """Claimed lines with their sum, credits, evidence."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lines = Records("Claimed, line by line")
        self.credits = Records("Credited already")
        self.evidence = Records("Evidence")
        self._claimed: FigureLabel | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.GRID)
        for part in (self.lines, self.credits, self.evidence):
            layout.addWidget(part)

    def show_proof(self, found: FindingShown) -> None:
        """Show the records of a finding."""
        document = found.document
        self._show_claimed(found.claimed)
        for part, key, make in (
            (self.lines, "lines", _claimed_cells),
            (self.credits, "credits", _claimed_cells),
            (self.evidence, "evidence", _evidence_cells),
        ):
            self._show_part(part, found, document[key], make)

    def _show_part(
        self,
        part: Records,
        found: FindingShown,
        records: Sequence[_Document],
        make: Callable[[Sequence[_Document]], Cells],
    ) -> None:
        part.show_records(found, records, make(records))

    def _show_claimed(self, figure: Figure | None) -> None:
        if self._claimed is not None:
            self.lines.head.removeWidget(self._claimed)
            self._claimed.setParent(None)
            self._claimed.deleteLater()
            self._claimed = None
        if figure is not None:
            self._claimed = figure_label(self._desk, figure)
            self.lines.head.addWidget(self._claimed)


def _claimed_cells(records: Sequence[_Document]) -> Cells:
    heads = (
        "Bill date",
        "Amount",
        "Claimed",
        "Because",
        "Invoice",
        "Service",
        "Description",
        "From",
    )
    return Cells(
        heads,
        tuple(
            (
                line["bill_date"],
                amount_text(micros_from_text(line["amount"])),
                amount_text(micros_from_text(line["claimed"])),
                line["arithmetic"],
                line["invoice"],
                line["service"],
                line["description"] or line["charge_code"],
                place_of(line["source"]),
            )
            for line in records
        ),
        right=(1, 2),
    )


def _evidence_cells(records: Sequence[_Document]) -> Cells:
    return Cells(
        ("What", "From", "Says"),
        tuple(
            (
                _name(record),
                place_of(record["source"]),
                " | ".join(cell for cell in (record["source"] or {"raw": []})["raw"] if cell),
            )
            for record in records
        ),
    )


def _name(record: _Document) -> str:
    kind = _KINDS.get(record.get("kind", "line"), "record")
    if record.get("bill_date"):
        return f"{kind} of {record['bill_date']}"
    return kind
