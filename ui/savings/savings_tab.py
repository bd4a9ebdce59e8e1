"""Realized against projected: headlines, chart, the chosen month, the bridge, and all months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from telecom_audit.months import month_number, month_text
from telecom_audit.tasks.chart_pictures import Region
from telecom_audit.tasks.figures import Door, ForecastDoor, MeasureDoor
from telecom_audit.tasks.savings_shown import Savings
from ui import theme
from ui.charts.empty import OfferButton
from ui.charts.text_table import Cells, TextTable
from ui.charts.view import ChartView
from ui.figures import FigureLabel
from ui.labels import plain_label
from ui.overview.steps import step_offer
from ui.savings.figures import headlines
from ui.savings.headline import Headline
from ui.savings.month_panel import MonthPanel
from ui.savings.tables import bridge_table, month_at, months_table, row_of
from ui.savings.wording import MEASURED

if TYPE_CHECKING:
    from ui.desk import Desk

_CHART_SHARE = 0.56  # of the height that is seen
_LEAST_CHART = 36 * theme.GRID
_SHOWN_WAITING = 6
_UPFRONT = "upfront"  # the month of the row before month 1


class SavingsTab(QScrollArea):
    """Scrolls from the headlines down to the table of months."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._read: Savings | None = None
        self.headline = Headline(desk.open_door)
        self._desk = desk
        self._remark = plain_label()
        self._remark.setWordWrap(True)
        theme.soft(self._remark)
        self._offers = OfferButton()
        self.chart = ChartView(desk, "savings")
        self.chart.activated.connect(self._open_bar)
        self.month = MonthPanel(desk.open_door)
        self.bridge = TextTable("From projected to realized")
        self.months = TextTable("Months")
        self.months.row_chosen.connect(self._choose_row)
        for table in (self.bridge, self.months):
            table.show_whole()
        self._bridge_head = _head("From projected to realized")
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, theme.GRID, theme.GRID, theme.MARGIN)
        layout.setSpacing(2 * theme.GRID)
        remark = QHBoxLayout()
        remark.setSpacing(theme.GRID)
        remark.addWidget(self._remark, 1)
        remark.addWidget(self._offers)
        layout.addWidget(self.headline)
        layout.addLayout(remark)
        layout.addWidget(self.chart)
        layout.addWidget(self.month)
        for head, table in ((self._bridge_head, self.bridge), (_head("Months"), self.months)):
            layout.addSpacing(theme.GRID)
            layout.addWidget(head)
            layout.addWidget(table)
        layout.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setAccessibleName("Realized savings")
        self.setFrameShape(QFrame.Shape.NoFrame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chart and the chosen month in one view."""
        super().resizeEvent(event)
        height = round(self.viewport().height() * _CHART_SHARE)
        self.chart.setFixedHeight(max(_LEAST_CHART, height))

    @property
    def words(self) -> str:
        """What is said about the figures above the chart."""
        return self._remark.text()

    def show_savings(self, read: Savings) -> None:
        """Show what was read; the month that was chosen stays chosen."""
        self._read = read
        figures, others = headlines(read)
        self.headline.show_figures(figures, others)
        self._tell(_remark(read))
        self._offers.show_offer(step_offer(self._desk, "scenario") if read.plan is None else None)
        self.chart.show_chart(read.compared)
        has_bridge = bool(read.bridge)
        self._bridge_head.setVisible(has_bridge)
        self.bridge.setVisible(has_bridge)
        self.bridge.show_cells(bridge_table(read))
        self.months.show_cells(months_table(read))
        known = self.month.month
        has_known = known is not None and (read.row(known) or _is_planned(read, known))
        self.choose_month(known if has_known else _last_month(read))

    def clear(self) -> None:
        """Show nothing."""
        self._read = None
        self.headline.show_figures(())
        self._tell("")
        self._offers.show_offer(None)
        self.chart.clear()
        self.month.clear()
        self.bridge.show_cells(Cells())
        self.months.show_cells(Cells())

    def choose_month(self, month: int | None) -> None:
        """Show the figures of a month, and mark it in the table."""
        if self._read is None:
            return
        if month is None:
            self.month.clear()
            return
        self.month.show_month(self._read, month)
        row = row_of(self._read, month)
        if row is not None:
            self.months.choose_row(row)

    def _choose_row(self, row: int) -> None:
        month = None if self._read is None else month_at(self._read, row)
        if month is not None and self._read is not None:
            self.month.show_month(self._read, month)

    def _open_bar(self, region: Region) -> None:
        if region.month is not None:
            self.choose_month(region.month)
            self.ensureWidgetVisible(self.month)

    def arrive(self, door: Door) -> None:
        """Show and mark the figure of a door."""
        if not isinstance(door, MeasureDoor | ForecastDoor):
            return
        if door.month:
            self.choose_month(self._month_of(door))
            self.month.mark(door)
            self.ensureWidgetVisible(self.month)
            return
        labels = [one for one in self.headline.findChildren(FigureLabel) if one.figure.door == door]
        labels.sort(key=lambda one: one.figure.key != door.key)  # the share has the same door
        label = next(iter(labels), None)
        if label is not None:
            label.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(label)
        if isinstance(door, MeasureDoor):
            self._explain(door)

    def _month_of(self, door: MeasureDoor | ForecastDoor) -> int | None:
        if door.month != _UPFRONT:
            return month_number(door.month)
        plan = None if self._read is None else self._read.plan
        return None if plan is None else plan.start  # where upfront costs count

    def _explain(self, door: MeasureDoor) -> None:
        """Say how a figure of the head comes about, above the chart."""
        words = [MEASURED.get(door.key, ""), "" if self._read is None else _remark(self._read)]
        self._tell(" ".join(part for part in words if part))

    def _tell(self, words: str) -> None:
        self._remark.setText(words)
        self._remark.setVisible(bool(words))


def _head(text: str) -> QWidget:
    label = plain_label(text)
    label.setFont(theme.head_font())
    return label


def _last_month(read: Savings) -> int | None:
    rows = read.complete or read.months
    return rows[-1].month if rows else None


def _is_planned(read: Savings, month: int) -> bool:
    return read.plan is not None and month in read.plan.months


def _remark(read: Savings) -> str:
    """What must be known about these figures: no plan, or accounts that are waited for."""
    parts = []
    if read.plan is None:
        parts.append(
            "There is no scenario to compare with: the figures say what was saved, not whether "
            "it is what was planned."
        )
    elif read.remark:
        parts.append(f"{read.plan.scenario} is not compared with: {read.remark}.")
    if read.waiting:
        shown = [
            f"{one.vendor} {one.account} since {month_text(one.since)}"
            for one in read.waiting[:_SHOWN_WAITING]
        ]
        more = len(read.waiting) - len(shown)
        names = ", ".join(shown) + (f" and {more} more" if more else "")
        parts.append(
            f"Waiting for the bills of {names}: import them, or record an account's last month "
            "on the command line with telecom-audit end-account."
        )
    return " ".join(parts)
