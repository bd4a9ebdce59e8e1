"""What is spent each month and with whom; a bar opens its lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from telecom_audit.tasks.chart_pictures import Region
from telecom_audit.tasks.figures import Figure, LinesDoor
from telecom_audit.tasks.lines_order import LinesOrder
from telecom_audit.tasks.savings_shown import Savings, vendors_of_bar
from ui import theme
from ui.charts.empty import OfferButton
from ui.charts.text_table import Cells, TextTable
from ui.charts.view import ChartView
from ui.labels import plain_label
from ui.numbers import amount_text
from ui.overview.steps import step_offer
from ui.savings.wording import month_words

if TYPE_CHECKING:
    from ui.desk import Desk


_UNFROZEN = (
    "No baseline is frozen yet: then the payments of later months are compared with the average "
    "of the baseline's months."
)


class SpendTab(QWidget):
    """The chart of spend, and payments against their averages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._read: Savings | None = None
        self.chart = ChartView(desk, "spend")
        self.chart.activated.connect(self._open_bar)
        self._head = plain_label("Payments against their average of the baseline's months")
        self._head.setFont(theme.head_font())
        self.meters = TextTable("Payments against their average")
        self.meters.activated.connect(lambda index: self.open_meter(index.row()))
        self._remark = plain_label(_UNFROZEN)
        self._remark.setWordWrap(True)
        theme.soft(self._remark)
        self._offer = OfferButton()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, theme.GRID, theme.MARGIN)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self.chart, 3)
        layout.addWidget(self._head)
        layout.addWidget(self.meters, 2)
        layout.addLayout(self._lay_out_remark())

    def _lay_out_remark(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._remark, 1)
        row.addWidget(self._offer)
        return row

    def show_spend(self, read: Savings, meters: Cells) -> None:
        """Show what was read, and the table of its meters."""
        self._read = read
        self.chart.show_chart(None)
        is_unfrozen = read.has_payments and read.frozen is None
        self._remark.setVisible(is_unfrozen)
        self._offer.show_offer(step_offer(self._desk, "freeze") if is_unfrozen else None)
        self.meters.show_cells(meters)
        self._head.setVisible(bool(read.meters))
        self.meters.setVisible(bool(read.meters))

    def clear(self) -> None:
        """Show nothing."""
        self._read = None
        self.chart.clear()
        self.meters.show_cells(Cells())

    def _open_bar(self, region: Region) -> None:
        session, read = self._desk.session, self._read
        if session is None or read is None or region.month is None or self.chart.picture is None:
            return
        drawn = frozenset(one.series for one in self.chart.picture.regions)
        job = partial(vendors_of_bar, session.path, region.series, drawn)
        self._desk.read(self, job, partial(self._open_lines, region), slot="bar")

    def _open_lines(self, region: Region, vendors: tuple[str, ...]) -> None:
        if self._read is None or region.month is None:
            return
        kind = "bill" if self._read.has_bills else "payment"
        verb = "Billed by" if self._read.has_bills else "Paid to"
        order = LinesOrder(month=region.month, vendors=vendors, kind=kind)
        caption = f"{verb} {region.series} in {month_words(region.month)}, {self._read.currency}"
        text = amount_text(region.micros)
        self._desk.open_door(Figure("bar", caption, text, region.micros, LinesDoor(order)))

    def open_meter(self, row: int) -> None:
        """Open the payments of a row's month to its vendor, of all payers."""
        if self._read is None:
            return
        wanted = self._read.meters[row]
        same = [
            one.actual
            for one in self._read.meters
            if (one.month, one.vendor) == (wanted.month, wanted.vendor)
        ]
        caption = f"Paid to {wanted.vendor} in {month_words(wanted.month)}, {self._read.currency}"
        order = LinesOrder(month=wanted.month, vendors=(wanted.vendor,), kind="payment")
        text = amount_text(sum(same))
        self._desk.open_door(Figure("meter", caption, text, sum(same), LinesDoor(order)))
