"""Discounting and metrics of section 5 for the independent engine, with 80 digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from .forecast_amounts import cents, money_text
from .forecast_roots import growth_roots

DIGITS = 80
Amount = Decimal | Fraction | int


@dataclass(frozen=True)
class Flows:
    """The columns of a forecast in micros, place 0 = upfront (all nought when there is none)."""

    baseline: Sequence[int]
    legacy: Sequence[int]
    new_recurring: Sequence[int]
    one_time: Sequence[int]
    termination: Sequence[int]

    def benefit(self) -> list[int]:
        """baseline - legacy - new_recurring by month."""
        columns = zip(self.baseline, self.legacy, self.new_recurring, strict=True)
        return [b - old - new for b, old, new in columns]

    def spent(self) -> list[int]:
        """one_time + termination by month."""
        return [a + b for a, b in zip(self.one_time, self.termination, strict=True)]

    def net(self) -> list[int]:
        """What the plan saves by month."""
        return [a - b for a, b in zip(self.benefit(), self.spent(), strict=True)]


def discount_factor(discounting: str, rate: Decimal, t: int) -> Decimal:
    """v(t) of a discounting convention; v(0) = 1 in every one."""
    if t == 0:
        return Decimal(1)
    if discounting == "nominal-monthly":
        return 1 / (1 + rate / 12) ** t
    years_in_24ths = {
        "month-end": 2 * t,
        "month-mid": 2 * t - 1,
        "year-end": 24 * (-(-t // 12)),
        "year-mid": 24 * (-(-t // 12)) - 12,
    }[discounting]
    root: Decimal = (1 + rate) ** (Decimal(1) / 24)
    return 1 / root**years_in_24ths


def metrics(flows: Flows, discounting: str, rate: Decimal) -> dict[str, Any]:
    """The metrics as `forecast --json` names them: money as text, ratios as numbers or None."""
    with localcontext() as context:
        context.prec = DIGITS
        factors = [discount_factor(discounting, rate, t) for t in range(len(flows.baseline))]
        net = flows.net()
        discounted = [n * v for n, v in zip(net, factors, strict=True)]
        roi = _roi(flows, factors)
        return {
            "npv": money_text(cents(sum(discounted, Decimal(0)) / 1_000_000)),
            "irr": irr(net),
            "mirr": _mirr(net, _monthly_rate(discounting, rate)),
            "payback_months": _payback(net, Fraction),
            "discounted_payback_months": _payback(discounted, Decimal),
            "roi": roi,
            "roi_undiscounted": _roi(flows, [Decimal(1)] * len(factors)),
            "pi": None if roi is None else 1 + roi,
            "total_savings": money_text(sum(net)),
            "peak_funding": money_text(min(0, *_running(net))),
            "run_rate_annual": _run_rate(flows.benefit()),
        }


def irr(net: Sequence[int]) -> float | None:
    """The year's rate of the one root, None unless there is exactly one."""
    roots = growth_roots(net)
    return float(roots[0] ** 12 - 1) if len(roots) == 1 else None


def _running(flows: Sequence[Any]) -> list[Any]:
    totals: list[Any] = []
    for flow in flows:
        totals.append(flow + (totals[-1] if totals else 0))
    return totals


def _run_rate(benefit: Sequence[int]) -> str | None:
    return None if len(benefit) - 1 < 12 else money_text(sum(benefit[-12:]))


def _roi(flows: Flows, factors: Sequence[Decimal]) -> float | None:
    gained = sum((b * v for b, v in zip(flows.benefit(), factors, strict=True)), Decimal(0))
    spent = sum((s * v for s, v in zip(flows.spent(), factors, strict=True)), Decimal(0))
    return float((gained - spent) / spent) if spent else None


def _monthly_rate(discounting: str, rate: Decimal) -> Decimal:
    if discounting == "nominal-monthly":
        return rate / 12
    growth: Decimal = (1 + rate) ** (Decimal(1) / 12)
    return growth - 1


def _mirr(net: Sequence[int], k: Decimal) -> float | None:
    last = len(net) - 1
    grown = sum((n * (1 + k) ** (last - t) for t, n in enumerate(net) if n > 0), Decimal(0))
    lent = sum((-n / (1 + k) ** t for t, n in enumerate(net) if n < 0), Decimal(0))
    if not grown or not lent:
        return None
    # (1 + m) ^ 12 with 1 + m = (grown / lent) ^ (1 / N)
    return float((grown / lent) ** (Decimal(12) / last) - 1)


def _payback(net: Sequence[Any], exact: Callable[[Any], Any]) -> float | None:
    totals = _running(net)
    negative = [t for t, total in enumerate(totals) if total < 0]
    if not negative:
        return 0.0
    t = negative[-1] + 1
    if t == len(net):
        return None
    return float(t - 1 + exact(-totals[t - 1]) / exact(net[t]))
