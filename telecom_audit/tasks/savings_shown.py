"""What the window shows of savings, read in one job; numpy is loaded inside the job only."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telecom_audit.money import micros_from_text
from telecom_audit.progress import Progress

if TYPE_CHECKING:
    from telecom_audit.migration.forecast import ForecastMonth
    from telecom_audit.savings.payments import MeterMonth
    from telecom_audit.store.project import Project
    from telecom_audit.tasks.forecast import Forecast
    from telecom_audit.tasks.measure import Measurement, Waiting
    from telecom_audit.tasks.scenarios import KeptScenario


_OTHERS = re.compile(r"\d+ other vendors?")


@dataclass(frozen=True)
class MonthRow:
    """A month after the baseline, in micros; `projected` is None without a plan."""

    month: int
    expected: int
    billed: int
    realized: int
    one_off: int
    recurring: int
    projected: int | None
    is_provisional: bool


@dataclass(frozen=True)
class Plan:
    """The scenario's forecast.

    Attributes:
        scenario: its name.
        months: month number -> that month, without the upfront row.
        upfront: the row of upfront items, or None.
        start: month number of month 1.
        document: what `forecast --json` answers.
    """

    scenario: str
    months: dict[int, ForecastMonth]
    upfront: ForecastMonth | None
    start: int
    document: dict[str, Any]


@dataclass(frozen=True)
class Frozen:
    """The edition of the baseline that is measured against; months are month numbers."""

    edition: int
    first: int
    through: int


@dataclass(frozen=True)
class Savings:
    """What was measured and what was planned; months are month numbers, amounts micros.

    Attributes:
        currency: its ISO code.
        has_bills: whether bill lines are in the project.
        has_payments: whether payments are.
        scenarios: the names that can be chosen.
        compared: the scenario that the measurement is compared with, or None.
        remark: why a chosen scenario is not compared with; empty when it is.
        frozen: the baseline; None before the first freeze.
        through: the last complete month; None before the first freeze.
        months: the complete months, then the provisional ones.
        bridge: the effects between projected and realized, with their amounts.
        waiting: accounts whose missing bills stop the run of complete months.
        meters: payments against their averages.
        plan: the forecast of the chosen scenario, or None.
    """

    currency: str
    has_bills: bool
    has_payments: bool
    scenarios: tuple[str, ...]
    compared: str | None = None
    remark: str = ""
    frozen: Frozen | None = None
    through: int | None = None
    months: tuple[MonthRow, ...] = ()
    bridge: tuple[tuple[str, int], ...] = ()
    waiting: tuple[Waiting, ...] = ()
    meters: tuple[MeterMonth, ...] = ()
    plan: Plan | None = None

    @property
    def complete(self) -> tuple[MonthRow, ...]:
        """The months that totals and bridge cover."""
        return tuple(row for row in self.months if not row.is_provisional)

    @property
    def provisional_from(self) -> int | None:
        """The first month for which bills are still missing."""
        return next((row.month for row in self.months if row.is_provisional), None)

    @property
    def realized_total(self) -> int:
        """Of the complete months."""
        return sum(row.realized for row in self.complete)

    @property
    def recurring_total(self) -> int:
        """Of the complete months, without their one-off lines."""
        return sum(row.recurring for row in self.complete)

    @property
    def projected_total(self) -> int | None:
        """Of the complete months; None without a plan."""
        if self.compared is None:
            return None
        return sum(row.projected or 0 for row in self.complete)

    def row(self, month: int) -> MonthRow | None:
        """A measured or provisional month."""
        return next((row for row in self.months if row.month == month), None)


def read_savings(path: Path, wanted: str | None, progress: Progress) -> Savings:
    """Measure a project and forecast a scenario; a job.

    Args:
        path: the project file.
        wanted: the scenario to compare with; None, or one that is gone, for the first.
        progress: watches, and may stop it.

    Raises:
        TelecomAuditError: the project cannot be opened or measured.
    """
    from telecom_audit.store.overview import counts
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.baseline import held_baseline
    from telecom_audit.tasks.measure import MeasureOrder, measured
    from telecom_audit.tasks.scenarios import kept_scenarios

    progress.check()
    with open_project(path) as project:
        with project.read() as connection:
            found = counts(connection)
        kept = kept_scenarios(project)
        chosen = _chosen(kept, wanted)
        read = Savings(
            currency=project.settings.currency,
            has_bills=bool(found.lines),
            has_payments=bool(found.payments),
            scenarios=tuple(one.plan.name for one in kept),
            remark=chosen.not_measurable if chosen else "",
            plan=None if chosen is None else _plan(project, chosen.plan.name, progress),
        )
        progress.check()
        if held_baseline(project) is None:
            return read
        name = chosen.plan.name if chosen is not None and not chosen.not_measurable else None
        return _with_measurement(read, measured(project, MeasureOrder(scenario=name), progress))


def _chosen(kept: list[KeptScenario], wanted: str | None) -> KeptScenario | None:
    named = [one for one in kept if one.plan.name == wanted]
    measurable = [one for one in kept if not one.not_measurable]
    return next(iter([*named, *measurable, *kept]), None)


def _plan(project: Project, scenario: str, progress: Progress) -> Plan:
    from telecom_audit.tasks.forecast import forecast

    made: Forecast = forecast(project, scenario, progress)
    return Plan(
        scenario,
        {one.month: one for one in made.months if one.month is not None},
        next((one for one in made.months if one.month is None), None),
        made.start,
        made.document,
    )


def _with_measurement(read: Savings, measurement: Measurement) -> Savings:
    from telecom_audit.tasks.measure_answer import measure_answer

    baseline = measurement.baseline
    bridge = measure_answer(measurement)["bridge"]
    return replace(
        read,
        compared=measurement.plan.scenario,
        frozen=Frozen(baseline.edition, baseline.first, baseline.through),
        through=measurement.through,
        months=tuple(
            MonthRow(
                month=one.month,
                expected=one.counterfactual,
                billed=one.actual,
                realized=one.realized,
                one_off=one.one_off,
                recurring=one.realized_recurring,
                projected=measurement.plan.projected(one.month),
                is_provisional=one.month in measurement.provisional,
            )
            for one in measurement.figures
        ),
        bridge=tuple((one["effect"], micros_from_text(one["amount"])) for one in bridge),
        waiting=measurement.waiting,
        meters=measurement.payments,
    )


def vendors_of_bar(
    path: Path, series: str, drawn: frozenset[str], progress: Progress
) -> tuple[str, ...]:
    """The vendors that a bar of spend stands for; a job.

    Args:
        path: the project file.
        series: a vendor, or "3 other vendors".
        drawn: the series that have bars.
        progress: asked before the bills are read.
    """
    if not _OTHERS.fullmatch(series):
        return (series,)
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.charts_frames import spend_frame

    progress.check()
    with open_project(path) as project:
        vendors = {str(vendor) for vendor in spend_frame(project, None).frame["vendor"]}
    return (series,) if series in vendors else tuple(sorted(vendors - drawn))
