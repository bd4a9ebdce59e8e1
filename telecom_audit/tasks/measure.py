"""Measure what was really saved: counterfactual against bills, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.months import month_text
from telecom_audit.progress import SILENT, Progress
from telecom_audit.savings.editions import Baseline
from telecom_audit.savings.expected import Expectation, Reach, Window, missing_bills, reach
from telecom_audit.savings.measurement import MonthFigures, Share, month_figures, shares
from telecom_audit.savings.payments import MeterMonth, metered_months
from telecom_audit.store.interruption import interruptible
from telecom_audit.store.project import Project
from telecom_audit.tasks.baseline import needed_baseline
from telecom_audit.tasks.baseline_answer import payments_by_month
from telecom_audit.tasks.baseline_bills import CountedBills, counted_bills, window_expectations
from telecom_audit.tasks.measure_answer import measure_answer
from telecom_audit.tasks.measure_groups import grouping
from telecom_audit.tasks.measure_plan import NO_PLAN, Plan, scenario_plan

_SHOWN_MISSING = 10


@dataclass(frozen=True)
class MeasureOrder:
    """What to measure.

    Attributes:
        scenario: the scenario to compare with, None for savings alone.
        through: the last month (a month number), None for the last complete one.
        by: service, site, vendor or department; None for the whole alone.
        edition: of the baseline; None for the scenario's, else the one that holds.
    """

    scenario: str | None = None
    through: int | None = None
    by: str | None = None
    edition: int | None = None


@dataclass(frozen=True)
class Waiting:
    """An account whose missing bill stops the measurement, since a month (a month number)."""

    vendor: str
    account: str
    since: int


@dataclass(frozen=True)
class Measurement:
    """What was measured, in whole micros; months are month numbers.

    Attributes:
        baseline: the edition measured against.
        plan: what the scenario projects.
        through: the last month asked for, or the last complete one.
        measured: the months M + 1 … through and not past the scenario's last month.
        provisional: the months after these whose bills are not all in.
        figures: of the measured and the provisional months.
        waiting: the accounts that stop the run of complete months.
        by: the measured months by service, site, vendor or department; None when not asked for.
        payments: the meters of payments after M.
    """

    baseline: Baseline
    plan: Plan
    through: int
    measured: range
    provisional: range
    figures: tuple[MonthFigures, ...]
    waiting: tuple[Waiting, ...]
    by: tuple[str, tuple[Share, ...]] | None
    payments: tuple[MeterMonth, ...]

    @property
    def measured_figures(self) -> tuple[MonthFigures, ...]:
        """The figures of the measured months: what totals and bridge cover."""
        return tuple(one for one in self.figures if one.month in self.measured)


def measured(
    project: Project,
    order: MeasureOrder,
    progress: Progress = SILENT,
    known: CountedBills | None = None,
) -> Measurement:
    """Measure against a baseline, and compare with a scenario when one is named.

    Args:
        project: an open project.
        order: what to measure.
        progress: watches, and may stop it.
        known: the project's bills, when they were read already.

    Raises:
        RefusedError: nothing was frozen, the scenario was stored with another edition, or bills
            are missing for the month asked for.
        UsageError: there is no such edition or scenario.
        CancelledError: the person asked to stop.
    """
    progress.check()
    plan = scenario_plan(project, order.scenario, order.edition) if order.scenario else NO_PLAN
    edition = order.edition if plan.edition is None else plan.edition
    baseline = needed_baseline(project, edition)
    if order.through is not None and order.through < baseline.through:
        raise RefusedError(
            f"{month_text(order.through)} lies before the end of the baseline's window",
            f"Choose a month after {month_text(baseline.through)} for --through.",
        )
    with interruptible(project.connection, progress), project.read() as connection:
        counted = counted_bills(connection, progress) if known is None else known
        if not len(counted.bills.month):
            return _of_payments(project, baseline, plan, order)
        window = Window(baseline.first, baseline.through)
        expected = window_expectations(connection, counted, window)
        progress.check()
        reached = reach(expected, baseline.through, counted.last_month)
        through = _through(order.through, reached, expected, counted)
        end = through if plan.last_month is None else min(through, plan.last_month)
        months = range(baseline.through + 1, max(end, baseline.through) + 1)
        provisional = _provisional(through, reached, plan)
        last = max((*months, *provisional), default=baseline.through)
        group = grouping(connection, counted, order.by) if order.by else None
        progress.check()
        return Measurement(
            baseline,
            plan,
            through,
            months,
            provisional,
            tuple(month_figures(baseline, counted.parts, last)),
            _waiting(reached, counted),
            (
                order.by,
                tuple(shares(baseline, counted.parts, counted.names, months, group)),
            )
            if order.by and group
            else None,
            _payments(project, baseline, None),
        )


def measure(project: Project, order: MeasureOrder, progress: Progress = SILENT) -> dict[str, Any]:
    """What `measure --json` answers; see `measured` for what is raised."""
    return measure_answer(measured(project, order, progress))


def _through(
    asked: int | None,
    reached: Reach,
    expected: Mapping[int, Expectation],
    counted: CountedBills,
) -> int:
    """The month asked for, or the last complete one.

    Raises:
        RefusedError: bills are missing up to the month asked for.
    """
    if asked is None or asked <= reached.through:
        return reached.through if asked is None else asked
    missing = missing_bills(expected, range(reached.through + 1, asked + 1))
    accounts = counted.names.accounts
    shown = [
        f"{accounts[place].vendor} {accounts[place].number} {month_text(month)}"
        for place, month in missing[:_SHOWN_MISSING]
    ]
    if len(missing) > _SHOWN_MISSING:
        shown.append(f"{len(missing) - _SHOWN_MISSING} more")
    what = f"missing are {', '.join(shown)}" if shown else "no later bill is loaded"
    raise RefusedError(
        f"the bills are complete through {month_text(reached.through)} only; {what}",
        "Import these bills, or record an account's last month with `end-account`; or leave out"
        " --through.",
    )


def _provisional(through: int, reached: Reach, plan: Plan) -> range:
    last = reached.last_month
    if plan.last_month is not None:
        last = min(last, plan.last_month)
    if through < reached.through:
        last = through
    return range(reached.through + 1, max(last, reached.through) + 1)


def _waiting(reached: Reach, counted: CountedBills) -> tuple[Waiting, ...]:
    accounts = counted.names.accounts
    waiting = sorted(
        (accounts[place].vendor, accounts[place].number) for place in reached.waiting_for
    )
    return tuple(Waiting(*account, reached.through + 1) for account in waiting)


def _of_payments(
    project: Project, baseline: Baseline, plan: Plan, order: MeasureOrder
) -> Measurement:
    """The measurement of a project without bills: its payments alone."""
    asked = order.through
    payments = _payments(project, baseline, asked)
    last = max((one.month for one in payments), default=baseline.through)
    if asked is not None and asked > last:
        raise RefusedError(
            f"the last payment lies in {month_text(last)}",
            "Import later payments, or leave out --through.",
        )
    through = last if asked is None else asked
    none = range(0)
    by = (order.by, ()) if order.by else None
    return Measurement(baseline, plan, through, none, none, (), (), by, payments)


def _payments(project: Project, baseline: Baseline, through: int | None) -> tuple[MeterMonth, ...]:
    paid = payments_by_month(project.connection)
    last = max((one.month for one in paid), default=baseline.through)
    if through is not None:
        last = min(last, through)
    return tuple(metered_months(baseline.payments, paid, range(baseline.through + 1, last + 1)))
