"""Savings: what was really saved, against the plan, and down to the bills behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.errors import TelecomAuditError
from telecom_audit.progress import Progress
from telecom_audit.tasks.figures import Door, ForecastDoor, MeasureDoor
from telecom_audit.tasks.savings_shown import Savings, read_savings
from ui import theme
from ui.charts.empty import EmptyState
from ui.charts.text_table import Cells
from ui.charts.view import ChartView
from ui.labels import plain_label
from ui.overview.steps import step_offer
from ui.page import Page
from ui.savings.plan_tab import PlanTab
from ui.savings.printed import PrintedTable, savings_document
from ui.savings.savings_tab import SavingsTab
from ui.savings.spend_tab import SpendTab
from ui.savings.tables import meters_table

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.printing import PrintDocument
    from ui.session import Session


class SavingsPage(Page):
    """Tabs: savings against the plan, the plan alone, and spend."""

    key = "savings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.read: Savings | None = None
        self._wanted: str | None = None  # the scenario that was chosen
        self._door: Door | None = None  # what is to be marked when the project is read
        self._is_reading = False
        self._session: Session | None = None
        self._chooser = QWidget()
        self.scenario = QComboBox()
        self.scenario.setAccessibleName("Scenario")
        self.scenario.setToolTip("The plan that is compared with")
        self.scenario.activated.connect(self._choose)
        self.savings = SavingsTab(desk)
        self.plan = PlanTab(desk)
        self.spend = SpendTab(desk)
        self.no_savings = EmptyState()
        self._savings_place = QStackedWidget()
        self._savings_place.addWidget(self.savings)
        self._savings_place.addWidget(self.no_savings)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for widget in (self.tabs, self.tabs.tabBar()):
            widget.setAccessibleName("Views of the savings")
        self.tabs.addTab(self._savings_place, "Realized")
        self.tabs.addTab(self.plan, "Plan")
        self.tabs.addTab(self.spend, "Spend")
        self.empty = EmptyState()
        self._blank = QWidget()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._blank)
        self._pages.addWidget(self.tabs)
        self._pages.addWidget(self.empty)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._chooser)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        label = plain_label("&Scenario")
        label.setBuddy(self.scenario)
        row.addWidget(label)
        row.addWidget(self.scenario)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, theme.GRID, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._chooser)
        layout.addWidget(self._pages, 1)
        self._chooser.hide()

    def refresh(self) -> None:
        """Measure and forecast in one job."""
        session = self.desk.session
        if session is not self._session:
            self._session = session
            self._forget()
        if session is None:
            return
        self._is_reading = True
        job = partial(_read, session.path, self._wanted)
        self.desk.read(self, job, partial(self._take, session), failed=self._refuse)

    def _forget(self) -> None:
        """Show nothing of the project that was open before."""
        self.read = self._wanted = self._door = None
        self._chooser.hide()
        self._pages.setCurrentWidget(self._blank)
        self.tabs.setCurrentIndex(0)
        self.savings.clear()
        self.plan.clear()
        self.spend.clear()

    def _take(self, session: Session, answer: tuple[Savings, Cells]) -> None:
        read, meters = answer
        if session is not self.desk.session:
            return
        self.read = read
        self._is_reading = False
        self._show_scenarios(read)
        if not read.has_bills and not read.has_payments:
            self._say_empty()
            return
        self._pages.setCurrentWidget(self.tabs)
        self.tabs.setTabVisible(0, read.has_bills)
        self.tabs.setTabVisible(1, read.plan is not None)
        self.spend.show_spend(read, meters)
        if read.plan is not None:
            self.plan.show_plan(read.plan, read.currency)
        self._show_savings(read)
        self._mark()

    def _show_scenarios(self, read: Savings) -> None:
        self.scenario.clear()
        self.scenario.addItems(read.scenarios)
        if read.plan is not None:
            self.scenario.setCurrentText(read.plan.scenario)
        self._chooser.setVisible(len(read.scenarios) > 1)

    def _show_savings(self, read: Savings) -> None:
        if read.frozen is None:
            self.no_savings.say(
                "No baseline is frozen yet",
                "Savings are measured against what the services cost before anything was changed. "
                "Freeze a baseline of the months before the migration; it is never changed again.",
                step_offer(self.desk, "freeze"),
            )
        elif not read.months:
            self.no_savings.say(
                "No bill counts after the baseline",
                "Import the bills of the months after the baseline's window to see what was saved.",
                step_offer(self.desk, "import"),
            )
        else:
            self._savings_place.setCurrentWidget(self.savings)
            self.savings.show_savings(read)
            return
        self.savings.clear()
        self._savings_place.setCurrentWidget(self.no_savings)

    def _say_empty(self) -> None:
        self._pages.setCurrentWidget(self.empty)
        self.empty.say(
            "No bills yet",
            "Import the bills of the months before and after the migration: the earlier ones "
            "become the baseline, the later ones show what was saved.",
            step_offer(self.desk, "import"),
        )

    def _refuse(self, error: Exception) -> None:
        self._is_reading = False
        if not isinstance(error, TelecomAuditError):
            self.desk.fail(error)
            return
        self._pages.setCurrentWidget(self.empty)
        self.empty.show_error(error)

    def _choose(self) -> None:
        self._wanted = self.scenario.currentText()
        self.refresh()

    def arrive(self, door: Door) -> None:
        """Show and mark a measured or modelled figure, when the project has been read."""
        self._door = door
        scenario = door.scenario if isinstance(door, MeasureDoor | ForecastDoor) else None
        if scenario is not None and scenario != self._shown_scenario:
            self._wanted = scenario
            self.refresh()
        elif self.read is not None and not self._is_reading:
            self._mark()

    @property
    def _shown_scenario(self) -> str | None:
        plan = None if self.read is None else self.read.plan
        return None if plan is None else plan.scenario

    def _mark(self) -> None:
        door, self._door = self._door, None
        if door is None:
            return
        is_plan = isinstance(door, ForecastDoor) and (
            not door.month or self._savings_place.currentWidget() is not self.savings
        )
        if is_plan and self.tabs.isTabVisible(1):
            self.tabs.setCurrentWidget(self.plan)
            self.plan.arrive(door)
        elif self._savings_place.currentWidget() is self.savings:
            self.tabs.setCurrentWidget(self._savings_place)
            self.savings.arrive(door)

    def document(self) -> PrintDocument | None:
        """The chart of the tab that is seen, and its figures on the pages after it."""
        session, read = self.desk.session, self.read
        if session is None or read is None or self._pages.currentWidget() is not self.tabs:
            return None
        seen = self.tabs.currentWidget()
        if seen is self.plan and read.plan is not None:
            words = f"scenario {read.plan.scenario}; all services of the plan"
            table = PrintedTable(f"The plan {read.plan.scenario}", words, self.plan.months.cells)
            return savings_document(session.path, table.title, None, table)
        if seen is self.spend:
            return self._chart_document(session.path, self.spend.chart, "Spend by month")
        if self._savings_place.currentWidget() is self.savings:
            return self._chart_document(session.path, self.savings.chart, "Savings by month")
        return None

    def _chart_document(self, path: Path, chart: ChartView, title: str) -> PrintDocument | None:
        if chart.picture is None or self.read is None:
            return None
        order, cells = chart.order, chart.table.cells
        plan = f"scenario {order.scenario}; " if order.scenario else ""
        if chart is self.savings.chart:
            cells = self.savings.months.cells
        table = PrintedTable(title, f"{plan}all vendors and sites", cells)
        return savings_document(path, chart.picture.title, order, table)


def _read(path: Path, wanted: str | None, progress: Progress) -> tuple[Savings, Cells]:
    """What the page shows; the table that may be long is written in the job too."""
    read = read_savings(path, wanted, progress)
    meters = meters_table(read)
    progress.check()
    meters.decimals  # noqa: B018 (counted here and kept)
    return read, meters
