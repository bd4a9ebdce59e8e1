"""The forecast of a stored scenario, with its metrics, as the contract spells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telecom_audit.migration.forecast import ForecastMonth, audit_overlap, forecast_months
from telecom_audit.migration.plan import Plan
from telecom_audit.migration.scenario_metrics import Metrics, scenario_metrics
from telecom_audit.money import money_text
from telecom_audit.months import month_text
from telecom_audit.progress import SILENT, Progress
from telecom_audit.store.project import Project
from telecom_audit.tasks.scenarios import kept_scenario

_AMOUNTS = (
    "baseline", "legacy", "new_recurring", "one_time", "termination", "net", "cumulative",
)  # fmt: skip
_TIMINGS = {
    "month-end": "each month's flow at its end: (1 + r) ^ (-t / 12)",
    "month-mid": "each month's flow in its middle: (1 + r) ^ (-(t - 0.5) / 12)",
    "year-end": "each month's flow at the end of its year: (1 + r) ^ -ceil(t / 12)",
    "year-mid": "each month's flow in the middle of its year: (1 + r) ^ -(ceil(t / 12) - 0.5)",
    "nominal-monthly": "each month's flow at its end at a twelfth: (1 + r / 12) ^ -t",
}


@dataclass(frozen=True)
class Forecast:
    """The forecast of a scenario.

    Attributes:
        scenario: its name.
        months: the upfront row (month None) when there are upfront items, then t = 1 … N.
        start: month number of month 1.
        edition: of the baseline that the plan stands on, or None.
        wave_cutovers: wave -> month number in which it really moved, where that is recorded.
        metrics: money in micros.
        document: what `forecast --json` answers.
    """

    scenario: str
    months: tuple[ForecastMonth, ...]
    start: int
    edition: int | None
    wave_cutovers: Mapping[str, int]
    metrics: Metrics
    document: dict[str, Any]


def forecast(project: Project, scenario: str, progress: Progress = SILENT) -> Forecast:
    """The forecast of the stored plan; recorded cutovers do not change it.

    Raises:
        UsageError: there is no such scenario.
        CancelledError: the person asked to stop.
    """
    progress.check()
    kept = kept_scenario(project, scenario)
    months = forecast_months(kept.plan)
    progress.check()
    metrics = scenario_metrics(kept.plan, months)
    return Forecast(
        scenario,
        months,
        kept.plan.start,
        kept.plan.edition,
        kept.cutovers,
        metrics,
        forecast_document(kept.plan, months, metrics),
    )


def forecast_document(
    plan: Plan, months: tuple[ForecastMonth, ...], metrics: Metrics
) -> dict[str, Any]:
    """The forecast as JSON: money as decimal strings, months as texts."""
    document: dict[str, Any] = {
        "scenario": plan.name,
        "start": month_text(plan.start),
        "edition": plan.edition,
        "months": [_row(month) for month in months],
        "metrics": _metrics(metrics),
        "conventions": _conventions(plan),
        "notes": list(metrics.notes),
        "warnings": list(plan.warnings),
    }
    return document if plan.less_audit else document | _overlap(plan)


def _overlap(plan: Plan) -> dict[str, Any]:
    overlap = money_text(audit_overlap(plan))
    warning = f"less_audit is false: the audit claims {overlap} a month of what the plan saves"
    return {"audit_overlap": overlap, "warnings": [*plan.warnings, warning]}


def _row(month: ForecastMonth) -> dict[str, str]:
    name = "upfront" if month.month is None else month_text(month.month)
    return {"month": name} | {key: money_text(getattr(month, key)) for key in _AMOUNTS}


def _metrics(metrics: Metrics) -> dict[str, Any]:
    run_rate = metrics.run_rate_annual
    return {
        "npv": money_text(metrics.npv),
        "irr": metrics.irr,
        "irr_roots": list(metrics.irr_roots),
        "mirr": metrics.mirr,
        "payback_months": metrics.payback_months,
        "discounted_payback_months": metrics.discounted_payback_months,
        "roi": metrics.roi,
        "roi_undiscounted": metrics.roi_undiscounted,
        "pi": metrics.pi,
        "total_savings": money_text(metrics.total_savings),
        "peak_funding": money_text(metrics.peak_funding),
        "run_rate_annual": None if run_rate is None else money_text(run_rate),
    }


def _conventions(plan: Plan) -> dict[str, Any]:
    baseline = "monthly_cost of the inventory"
    if plan.edition is not None:
        baseline = f"baseline edition {plan.edition}"
    return {
        "months": plan.months,
        "discount_rate": float(plan.discount_rate),
        "discounting": plan.discounting,
        "timing": f"{_TIMINGS[plan.discounting]}; upfront items at t = 0, undiscounted",
        "baseline": baseline,
        "legacy_escalator": float(plan.legacy_escalator),
        "escalator_steps_from": month_text(plan.steps_from),
        "contingency": float(plan.contingency),
        "less_audit": plan.less_audit,
        "irr": "flows at month ends; roots from -99 % to +1000 % a month, a year's rate",
        "mirr": "finance and reinvestment at the discount rate",
        "payback": "months until the cumulative net stays at or above zero, fractional",
        "roi": "(present value of recurring savings - that of one-time costs) / the latter",
        "pi": "1 + roi",
        "rounding": "half up to the micro per service or item and month; npv to the cent",
        "sign": "savings are positive, costs negative",
    }
