"""Overview: found, planned, realized, what is next, the savings chart, and what changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from telecom_audit.months import month_text
from telecom_audit.progress import Progress
from telecom_audit.tasks.figures import Door, ForecastDoor, MeasureDoor
from ui import theme
from ui.charts.empty import EmptyState
from ui.overview.groups import HeadlineGroup
from ui.overview.news import NewsPanel
from ui.overview.steps import step_offer
from ui.page import Page

if TYPE_CHECKING:
    from telecom_audit.tasks.chart_pictures import Region
    from telecom_audit.tasks.overview import Group, Measured
    from ui.charts.view import ChartView
    from ui.desk import Desk
    from ui.printing import PrintDocument
    from ui.session import Session
    from ui.work import Job

_GROUPS = ("found", "planned", "realized", "next")
_CHART_HEIGHT = 42 * theme.GRID


class OverviewPage(Page):
    """Where the open project stands; every number opens what is behind it."""

    key = "overview"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._session: Session | None = None
        self._scenario: str | None = None
        self._found_step = ""
        self._job: Job | None = None  # that reads the bills
        self._chart: ChartView | None = None  # made when there is something to draw
        self._groups = {key: HeadlineGroup(desk) for key in _GROUPS}
        self._news = NewsPanel(desk)
        self._blank, self._empty = QWidget(), EmptyState()
        self._place = QStackedWidget()
        self._place.addWidget(self._blank)
        self._place.addWidget(self._empty)
        self._place.setAutoFillBackground(True)
        self._place.setBackgroundRole(QPalette.ColorRole.Base)
        self._place.setMinimumHeight(_CHART_HEIGHT)
        self._news.setMinimumHeight(_CHART_HEIGHT)
        self._inside = self._lay_out()
        self._inside.hide()

    def _lay_out(self) -> QWidget:
        top = QHBoxLayout()
        top.setSpacing(theme.MARGIN)
        for group in self._groups.values():
            top.addWidget(group, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.MARGIN)
        below.addWidget(self._place, 5)
        below.addWidget(self._news, 2)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(theme.MARGIN, theme.GRID, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.MARGIN)
        layout.addLayout(top)
        layout.addLayout(below, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        return inside

    def refresh(self) -> None:
        """Read the figures; those shown stay until they are known."""
        session = self.desk.session
        if session is None:
            self._inside.hide()
            self._clear_chart()
            return
        if session is not self._session:  # nothing of another project stays in sight
            self._session = session
            self._inside.hide()
            self._groups["realized"].wait("Realized", "Reading the bills…")
            self._news.wait()
            self._place.setCurrentWidget(self._blank)
        self.desk.read(self, partial(_read, session.path), partial(self._show, session))
        self._job = self.desk.read(
            self,
            partial(_read_measured, session.path),
            partial(self._show_measured, session),
            slot="measured",
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what is still being read: other pages wait for their turn."""
        super().hideEvent(event)
        if self._job is not None and not event.spontaneous():
            self._job.cancel()
            self._job = None
            self._is_stale = True

    def _show(self, session: Session, groups: tuple[Group, ...]) -> None:
        if session is not self.desk.session:
            return
        for group in groups:
            self._groups[group.key].show_group(group)
        self._found_step = next((group.step for group in groups if group.key == "found"), "")
        self._inside.show()

    def _show_measured(self, session: Session, found: Measured) -> None:
        self._job = None
        if session is not self.desk.session:
            return
        self._groups["realized"].show_group(found.realized)
        self._news.show_news(found.news, found.news_of)
        self._scenario = found.chart_scenario
        if found.has_chart:
            self._show_chart()
        else:
            self._show_no_chart(found.realized.step)

    def _show_chart(self) -> None:
        if self._chart is None:
            from ui.charts.view import ChartView

            self._chart = ChartView(self.desk, "savings")
            self._chart.setContentsMargins(theme.GRID, 0, theme.GRID, theme.GRID // 2)
            self._chart.activated.connect(self._open_month)
            self._place.addWidget(self._chart)
        self._place.setCurrentWidget(self._chart)
        self._chart.show_chart(self._scenario)

    def _clear_chart(self) -> None:
        if self._chart is not None:
            self._chart.clear()

    def _show_no_chart(self, step: str) -> None:
        self._clear_chart()
        self._empty.say(
            "No savings chart yet",
            "It needs bills, a baseline frozen from them, and bills of later months.",
            step_offer(self.desk, step or self._found_step),
        )
        self._place.setCurrentWidget(self._empty)

    def _open_month(self, region: Region) -> None:
        """Go where the months stand, to the one that was clicked."""
        month = "" if region.month is None else month_text(region.month)
        door: Door = MeasureDoor(self._scenario, "realized", month)
        if region.series == "projected" and self._scenario is not None:
            door = ForecastDoor(self._scenario, "net", month)
        self.desk.go("savings", door)

    def document(self) -> PrintDocument | None:
        """The savings chart, when it is drawn."""
        session, chart = self.desk.session, self._chart
        if session is None or chart is None or chart.picture is None:
            return None
        from telecom_audit.tasks.chart_order import ChartOrder
        from ui.charts.handing_on import chart_document

        order = ChartOrder("savings", self._scenario)
        return chart_document(session.path, order, chart.picture.title)


def _read(path: Path, progress: Progress) -> tuple[Group, ...]:
    from telecom_audit.tasks.overview import overview  # numpy, and so only in the job

    return overview(path, progress)


def _read_measured(path: Path, progress: Progress) -> Measured:
    from telecom_audit.tasks.overview import overview_measured

    return overview_measured(path, progress)
