"""The metrics of a forecast (the contract, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from telecom_audit.migration.discounting import (
    CONTEXT,
    decimal_of,
    factors,
    present_factor,
    present_value,
    to_cents,
)
from telecom_audit.migration.forecast import ForecastMonth
from telecom_audit.migration.metrics import (
    Figure,
    Number,
    internal_returns,
    modified_return,
    payback,
    return_on,
)
from telecom_audit.migration.plan import Plan

_YEAR = 12


@dataclass(frozen=True)
class Metrics:
    """The metrics; money in micros, rates a year, paybacks in months; None does not exist.

    Attributes:
        notes: why a figure does not exist.
    """

    npv: int
    irr: float | None
    irr_roots: tuple[float, ...]
    mirr: float | None
    payback_months: float | None
    discounted_payback_months: float | None
    roi: float | None
    roi_undiscounted: float | None
    pi: float | None
    total_savings: int
    peak_funding: int
    run_rate_annual: int | None
    notes: tuple[str, ...]


def scenario_metrics(plan: Plan, months: Sequence[ForecastMonth]) -> Metrics:
    """The metrics of the months that `forecast_months` made."""
    flows = _from_zero(months, lambda month: month.net)
    discounts = factors(plan.discount_rate, plan.discounting, plan.months)
    worth = [CONTEXT.multiply(Decimal(flow), v) for flow, v in zip(flows, discounts, strict=True)]
    growth = _monthly_growth(plan)
    returns = internal_returns(flows, _YEAR)
    mirr = modified_return(flows, _YEAR, growth, growth)
    back = payback("payback_months", flows)
    discounted: list[Number] = list(worth)
    back_discounted = payback("discounted_payback_months", discounted)
    ones = [Decimal(1)] * len(flows)
    roi, roi_flat = _return(months, "roi and pi", discounts), _return(months, "", ones)
    lasting = sum(month.recurring_saving for month in months[-_YEAR:])
    run_rate = lasting if plan.months >= _YEAR else None
    figures = (returns.irr, mirr, back, back_discounted, roi)
    return Metrics(
        to_cents(present_value(flows, discounts)),
        returns.irr.value,
        returns.roots,
        mirr.value,
        back.value,
        back_discounted.value,
        roi.value,
        roi_flat.value,
        None if roi.value is None else 1 + roi.value,
        sum(flows),
        min(0, *(month.cumulative for month in months)),
        run_rate,
        _notes(figures, roi_flat, run_rate),
    )


def _notes(figures: Sequence[Figure], roi_flat: Figure, run_rate: int | None) -> tuple[str, ...]:
    notes = [figure.reason for figure in figures if figure.value is None]
    if roi_flat.value is None:
        notes.append("roi_undiscounted: nothing is spent")
    if run_rate is None:
        notes.append("run_rate_annual: the forecast has fewer than 12 months")
    return tuple(notes)


def _from_zero(
    months: Sequence[ForecastMonth], amount: Callable[[ForecastMonth], int]
) -> list[int]:
    """An amount of t = 0 … N; t = 0 is 0 when there is no upfront row."""
    lead = [] if months[0].month is None else [0]
    return [*lead, *(amount(month) for month in months)]


def _return(months: Sequence[ForecastMonth], name: str, discounts: Sequence[Decimal]) -> Figure:
    gained = present_value(_from_zero(months, lambda m: m.recurring_saving), discounts)
    spent = present_value(_from_zero(months, lambda m: m.spent), discounts)
    return return_on(name, gained, spent)


def _monthly_growth(plan: Plan) -> Decimal:
    """1 + k of MIRR."""
    if plan.discounting == "nominal-monthly":
        return decimal_of(1 + plan.discount_rate / 12)
    return present_factor(plan.discount_rate, Fraction(-1, 12))
