"""The frames that charts draw, by name; a chart says which one it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.months import month_text
from telecom_audit.store.project import Project
from telecom_audit.store.spend import last_bill_date, last_payment_date
from telecom_audit.tasks.baseline_answer import payments_by_month
from telecom_audit.tasks.baseline_bills import counted_bills
from telecom_audit.tasks.measure import Measurement, MeasureOrder, measured
from telecom_audit.tasks.scenarios import kept_scenario, kept_scenarios

_PLAN_AHEAD = 12  # months of plan that are shown after the last bill


@dataclass(frozen=True)
class Framed:
    """A frame with the words about it: its source, what was left out, its last date (ISO)."""

    frame: pd.DataFrame
    source: str
    filter: str
    as_of: str


def savings_frame(project: Project, scenario: str | None) -> Framed:
    """Projected and realized savings by month, as the chart `savings` documents.

    Raises:
        RefusedError: nothing was frozen, or there is no bill after the baseline.
        UsageError: no such scenario, or several and none was named.
    """
    name = scenario or _only_scenario(project)
    measurement = measured(project, MeasureOrder(scenario=name))
    baseline = measurement.baseline
    frame = _months(project, measurement, name)
    if frame.empty:
        raise RefusedError(
            f"no bill counts after {month_text(baseline.through)}, the end of the baseline",
            "Import later bills first; for payments choose the chart spend.",
        )
    with project.read() as connection:
        as_of = last_bill_date(connection)
    source = (
        f"imported bills; baseline edition {baseline.edition}, {baseline.months} months "
        f"to {month_text(baseline.through)}"
    )
    plan = f"scenario {name}" if name else "no scenario"
    return Framed(frame, source, f"{plan}; all vendors and sites", as_of)


def _only_scenario(project: Project) -> str | None:
    names = [kept.plan.name for kept in kept_scenarios(project) if not kept.not_measurable]
    if len(names) > 1:
        raise UsageError(
            "the project has several scenarios", f"Name one with --scenario: {', '.join(names)}."
        )
    return names[0] if names else None


def _months(project: Project, measurement: Measurement, scenario: str | None) -> pd.DataFrame:
    figures = {one.month: one for one in measurement.figures}
    first = measurement.baseline.through + 1
    last = max(figures, default=first - 1)
    planned_to = measurement.plan.last_month
    end = last if planned_to is None else max(last, min(planned_to, last + _PLAN_AHEAD))
    cutovers = _cutovers(project, scenario)
    months = range(first, end + 1)
    frame = pd.DataFrame({"month": list(months)})
    realized = [figures[month].realized if month in figures else None for month in months]
    recurring = [
        figures[month].realized_recurring if month in figures else None for month in months
    ]
    return frame.assign(
        projected_micros=pd.array(
            [measurement.plan.projected(month) for month in months], dtype="Int64"
        ),
        realized_micros=pd.array(realized, dtype="Int64"),
        recurring_micros=pd.array(recurring, dtype="Int64"),
        provisional=[month in measurement.provisional for month in months],
        cutover=[cutovers.get(month, "") for month in months],
    )


def _cutovers(project: Project, scenario: str | None) -> dict[int, str]:
    """The waves that move in a month, the recorded month before the planned one."""
    if scenario is None:
        return {}
    kept = kept_scenario(project, scenario)
    names: dict[int, str] = {}
    for wave in kept.plan.waves:
        month = kept.cutovers.get(wave.name, wave.cutover)
        names[month] = f"{names[month]}, {wave.name}" if month in names else wave.name
    return names


def spend_frame(project: Project, scenario: str | None) -> Framed:
    """Spend by month and vendor, placed as in `measure`; payments in a project without bills.

    Raises:
        RefusedError: the project has neither.
        UsageError: a scenario was named that does not exist; spend itself knows none.
    """
    if scenario is not None:
        kept_scenario(project, scenario)
    with project.read() as connection:
        bills = counted_bills(connection)
        if len(bills.bills.month):
            parts = bills.parts
            vendors = np.array([account.vendor for account in bills.names.accounts], dtype=object)
            frame = pd.DataFrame(
                {
                    "month": parts.month,
                    "vendor": vendors[parts.account],
                    "amount_micros": parts.amount,
                }
            )
            frame = frame[frame["month"] <= bills.last_month]
            return _spend(frame, "bills", last_bill_date(connection))
        paid = payments_by_month(connection)
        frame = pd.DataFrame(
            {
                "month": [one.month for one in paid],
                "vendor": [one.vendor for one in paid],
                "amount_micros": [one.micros for one in paid],
            }
        )
        return _spend(frame, "payments", last_payment_date(connection))


def _spend(frame: pd.DataFrame, kind: str, as_of: str) -> Framed:
    if frame.empty:
        raise RefusedError(
            "there is nothing to draw: no bills and no payments",
            "Import bills or payments first.",
        )
    summed = frame.groupby(["month", "vendor"], as_index=False)["amount_micros"].sum()
    return Framed(summed.assign(kind=kind), f"imported {kind}", "all vendors and sites", as_of)


FRAMES: Mapping[str, Callable[[Project, str | None], Framed]] = {
    "savings": savings_frame,
    "spend": spend_frame,
}
