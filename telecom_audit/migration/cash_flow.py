"""The figures of any cash flow: for checking a published claim (`cashflow`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from telecom_audit.migration.discounting import CONTEXT, present_factor, present_value, to_cents
from telecom_audit.migration.metrics import (
    Number,
    internal_returns,
    modified_return,
    payback,
    return_on,
)


@dataclass(frozen=True)
class Terms:
    """How flows are valued; all rates are a year's effective rates.

    Attributes:
        rate: discounts the flows.
        finance_rate: discounts the negative flows in MIRR.
        reinvest_rate: lets the positive flows grow in MIRR.
        per_year: 1 for yearly periods, 12 for months.
        mid: flows but that of period 0 lie in the middle of their period.
    """

    rate: Fraction
    finance_rate: Fraction
    reinvest_rate: Fraction
    per_year: int = 1
    mid: bool = False


@dataclass(frozen=True)
class CashFlow:
    """Flows and costs in micros, period 0 first; a cost is a positive amount."""

    flows: tuple[int, ...]
    costs: tuple[int, ...]


@dataclass(frozen=True)
class CashFlowFigures:
    """The figures; money in micros, rates a year, paybacks in periods; None does not exist."""

    npv: int
    irr: float | None
    irr_roots: tuple[float, ...]
    mirr: float | None
    payback: float | None
    discounted_payback: float | None
    pi: float | None
    roi: float | None
    total: int
    notes: tuple[str, ...]


def cash_flow_figures(cash: CashFlow, terms: Terms) -> CashFlowFigures:
    """NPV, rates of return, paybacks, PI and ROI of flows."""
    discounts = _factors(terms, len(cash.flows))
    npv = present_value(cash.flows, discounts)
    costs = present_value(cash.costs, discounts)
    worth: list[Number] = [
        CONTEXT.multiply(Decimal(flow), v) for flow, v in zip(cash.flows, discounts, strict=True)
    ]
    returns = internal_returns(cash.flows, terms.per_year)
    mirr = modified_return(
        cash.flows, terms.per_year, _growth(terms, terms.finance_rate),
        _growth(terms, terms.reinvest_rate),
    )  # fmt: skip
    back = payback("payback", cash.flows)
    back_discounted = payback("discounted_payback", worth)
    roi = return_on("roi and pi", CONTEXT.add(npv, costs), costs)
    figures = (returns.irr, mirr, back, back_discounted, roi)
    return CashFlowFigures(
        to_cents(npv),
        returns.irr.value,
        returns.roots,
        mirr.value,
        back.value,
        back_discounted.value,
        None if roi.value is None else 1 + roi.value,
        roi.value,
        sum(cash.flows),
        tuple(figure.reason for figure in figures if figure.value is None),
    )


def _factors(terms: Terms, periods: int) -> list[Decimal]:
    """v(t): period 0 is not discounted, also in the middle of periods."""
    early = Fraction(1, 2) if terms.mid else Fraction(0)
    later = ((period - early) / terms.per_year for period in range(1, periods))
    return [Decimal(1), *(present_factor(terms.rate, years) for years in later)]


def _growth(terms: Terms, rate: Fraction) -> Decimal:
    return present_factor(rate, Fraction(-1, terms.per_year))
