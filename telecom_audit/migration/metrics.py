"""Payback, internal rates of return and their like, of flows in equal periods.

A figure that does not exist is None, and the reason stands in the notes. Flows are micros, period
0 first; a year has `per_year` periods. Sources: the contract, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import isinf

from telecom_audit.migration.discounting import CONTEXT, decimal_of, settled
from telecom_audit.migration.rate_roots import (
    GREATEST_MONTHLY,
    LEAST_MONTHLY,
    discount_roots,
)

Number = int | Decimal


@dataclass(frozen=True)
class Figure:
    """A figure, or None with the reason why there is none."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True)
class Returns:
    """The rates of return a year at which the flows have no present value, ascending."""

    irr: Figure
    roots: tuple[float, ...]


def internal_returns(flows: Sequence[int], per_year: int) -> Returns:
    """All internal rates of return between -99 % and +1000 % a month, answered a year."""
    if not any(flows):
        return Returns(Figure(None, "irr: every flow is zero, so every rate fits"), ())
    months = 12 // per_year
    least = (1 / (1 + GREATEST_MONTHLY)) ** months
    greatest = (1 / (1 + LEAST_MONTHLY)) ** months
    found = discount_roots(flows, least, greatest)
    one = Decimal(1)
    rates = tuple(
        float(settled(CONTEXT.subtract(CONTEXT.power(CONTEXT.divide(one, v), per_year), one)))
        for v in reversed(found)
    )
    if len(rates) == 1:
        return Returns(Figure(rates[0]), rates)
    return Returns(Figure(None, f"irr: {_no_rate(flows, rates)}"), rates)


def _no_rate(flows: Sequence[int], rates: tuple[float, ...]) -> str:
    if rates:
        shown = ", ".join(f"{rate:.4%}" for rate in rates)
        return f"{len(rates)} rates fit ({shown}), so none of them is the rate of return"
    if all(flow >= 0 for flow in flows):
        return "no flow is negative: nothing is invested"
    if all(flow <= 0 for flow in flows):
        return "no flow is positive: nothing comes back"
    return "no rate between -99 % and +1000 % a month brings the present value to zero"


def modified_return(
    flows: Sequence[int], per_year: int, finance: Decimal, reinvest: Decimal
) -> Figure:
    """MIRR a year.

    Args:
        flows: micros.
        per_year: periods in a year.
        finance: 1 + the rate of a period at which negative flows are discounted.
        reinvest: 1 + the rate of a period at which positive flows grow.
    """
    last = len(flows) - 1
    gained = sum(
        (flow * CONTEXT.power(reinvest, last - t) for t, flow in enumerate(flows) if flow > 0),
        Decimal(0),
    )
    spent = sum(
        (-flow * CONTEXT.power(finance, -t) for t, flow in enumerate(flows) if flow < 0),
        Decimal(0),
    )
    if not gained or not spent:
        missing = "negative" if not spent else "positive"
        return Figure(None, f"mirr: no flow is {missing}")
    growth = CONTEXT.power(gained / spent, decimal_of(Fraction(per_year, last)))
    return _figure("mirr", growth - 1)


def payback(name: str, flows: Sequence[Number]) -> Figure:
    """Periods until the cumulative flow is at or above zero for good, fractional.

    Args:
        name: how the reason names the figure.
        flows: micros, or what they are worth at present.
    """
    sums: list[Number] = list(accumulate(flows, _plus))
    below = [t for t, total in enumerate(sums) if settled(Decimal(total)) < 0]
    if not below:
        return Figure(0.0)
    period = below[-1] + 1
    if period == len(sums):
        return Figure(None, f"{name}: the cumulative flow is below zero at the end")
    before, flow = sums[period - 1], flows[period]
    part = CONTEXT.divide(-Decimal(before), Decimal(flow))
    return Figure(float(CONTEXT.add(Decimal(period - 1), part)))


def _plus(a: Number, b: Number) -> Number:
    if isinstance(a, int) and isinstance(b, int):
        return a + b
    return CONTEXT.add(Decimal(a), Decimal(b))


def return_on(name: str, gained: Decimal, spent: Decimal) -> Figure:
    """(gained - spent) / spent."""
    if spent == 0:
        return Figure(None, f"{name}: nothing is spent")
    return _figure(name, CONTEXT.divide(CONTEXT.subtract(gained, spent), spent))


def _figure(name: str, value: Decimal) -> Figure:
    number = float(value)
    return Figure(None, f"{name}: beyond all measure") if isinf(number) else Figure(number)
