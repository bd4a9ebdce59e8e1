"""An independent engine for baseline and measurement, written from the contract alone.

It follows the sentences of section 7 one by one, slowly, in whole micros and Fractions, and answers
what `baseline --json` and `measure --json` answer without a scenario. It knows nothing of the
program. `measure_history` holds bills and calendar, `measure_placing` months and parts,
`measure_coverage` which bills are in, `measure_baseline` the costs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.engines.measure_baseline import Baseline, RefusedError, baseline_of
from tests.engines.measure_coverage import Bills, Coverage
from tests.engines.measure_history import (
    History,
    half_up,
    micros,
    money,
    month_number,
    month_of,
    month_text,
)

Answer = dict[str, Any]
Meter = tuple[str, str]


@dataclass(frozen=True)
class Freeze:
    """The options of `baseline freeze`: M, n and g."""

    through: str
    months: int = 12
    escalator: str = "0"

    @property
    def last(self) -> int:
        """M as a month number."""
        return month_number(self.through)

    @property
    def window(self) -> range:
        """The n months that end at M."""
        return range(self.last - self.months + 1, self.last + 1)

    def growth(self, month: int) -> Fraction:
        """(1 + g) ^ floor((k - 1) / 12) with k = 1 in the month after M."""
        return (1 + Fraction(self.escalator)) ** ((month - self.last - 1) // 12)


def baseline(history: History, freeze: Freeze) -> Answer:
    """The keys of `baseline --json` that come from bills and payments.

    Raises RefusedError when `freeze` is refused.
    """
    averages = _averages(history, freeze)
    answer: Answer = {
        "through": freeze.through,
        "months": freeze.months,
        "services": [],
        "thin": [],
        "ended": [],
        "one_off": money(0),
        "unallocated": money(0),
        "payments": [
            {"payer": payer, "vendor": vendor, "average": money(average)}
            for (payer, vendor), average in sorted(averages.items())
        ],
    }
    if history.bills:
        answer |= _of_bills(_frozen(history, freeze)[2])
    elif not averages:
        raise RefusedError("no payment lies in the window")
    return answer


def measure(history: History, freeze: Freeze, through: str | None = None) -> Answer:
    """What `measure --json` answers without a scenario, optionally with an earlier `--through`.

    Raises RefusedError when bills are missing up to the month that was asked for.
    """
    answer: Answer = {
        "through": through or _last_payment(history, freeze),
        "provisional_from": None,
        "months": [],
        "realized_total": money(0),
        "unallocated": money(0),
        "waiting_for": [],
        "payments": _payment_months(history, freeze),
    }
    return answer | _measured(history, freeze, through) if history.bills else answer


def _frozen(history: History, freeze: Freeze) -> tuple[Bills, Coverage, Baseline]:
    bills = Bills(history)
    coverage = Coverage(bills, freeze.last, freeze.months)
    return bills, coverage, baseline_of(bills, coverage)


def _of_bills(found: Baseline) -> Answer:
    services = sorted(found.costs.items())
    return {
        "services": [
            {
                "vendor": vendor,
                "service": service,
                "mrc": money(cost.mrc),
                "tax": money(cost.tax),
                "usage": money(cost.usage),
            }
            for (vendor, service), cost in services
        ],
        "thin": [
            {"vendor": vendor, "service": service, "months": cost.thin}
            for (vendor, service), cost in services
            if cost.thin
        ],
        "ended": [
            {"vendor": vendor, "service": service, "amount": money(amount)}
            for (vendor, service), amount in sorted(found.ended.items())
        ],
        "one_off": money(found.one_off),
        "unallocated": money(found.unallocated),
    }


def _measured(history: History, freeze: Freeze, asked: str | None) -> Answer:
    bills, coverage, found = _frozen(history, freeze)
    default = coverage.through()
    until = month_number(asked) if asked else default
    if until > default:
        raise RefusedError(f"bills are missing after {month_text(default)}")
    last = bills.last_month if asked is None or until == default else until
    measured = range(freeze.last + 1, until + 1)
    stopped = default + 1
    return {
        "through": month_text(until),
        "provisional_from": month_text(until + 1) if last > until else None,
        "months": [
            _month(bills, found, freeze, month) for month in range(freeze.last + 1, last + 1)
        ],
        "realized_total": money(sum(_realized(bills, found, freeze, m) for m in measured)),
        "unallocated": money(
            sum(p.amount for p in bills.parts if p.kind == "unallocated" and p.month in measured)
        ),
        "waiting_for": [
            {"vendor": vendor, "account": account, "since": month_text(stopped)}
            for vendor, account in (
                coverage.missing(stopped) if stopped <= bills.last_month else []
            )
        ],
    }


def _month(bills: Bills, found: Baseline, freeze: Freeze, month: int) -> dict[str, str]:
    realized = _realized(bills, found, freeze, month)
    one_off = sum(p.amount for p in bills.parts if p.month == month and p.kind == "one_off")
    return {
        "month": month_text(month),
        "counterfactual": money(_counterfactual(found, freeze, month)),
        "actual": money(_actual(bills, month)),
        "realized": money(realized),
        "one_off": money(one_off),
        "realized_recurring": money(realized + one_off),
    }


def _counterfactual(found: Baseline, freeze: Freeze, month: int) -> int:
    grown = (half_up(cost.whole * freeze.growth(month)) for cost in found.costs.values())
    return sum(grown) + found.unallocated


def _actual(bills: Bills, month: int) -> int:
    return sum(part.amount for part in bills.parts if part.month == month)


def _realized(bills: Bills, found: Baseline, freeze: Freeze, month: int) -> int:
    return _counterfactual(found, freeze, month) - _actual(bills, month)


def _payments(history: History) -> dict[Meter, dict[int, int]]:
    paid: dict[Meter, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in history.payments:
        month = month_of(date.fromisoformat(row["payment_date"]))
        paid[row.get("payer", ""), row["vendor"]][month] += micros(row["amount"])
    return paid


def _averages(history: History, freeze: Freeze) -> dict[Meter, int]:
    """Of each meter with payments in the window its mean a month of it."""
    paid = _payments(history)
    if not paid:
        return {}
    first = min(month for months in paid.values() for month in months)
    window = [month for month in freeze.window if month >= first]
    return {
        meter: half_up(Fraction(sum(months.get(month, 0) for month in window), len(window)))
        for meter, months in paid.items()
        if any(month in window for month in months)
    }


def _last_payment(history: History, freeze: Freeze) -> str:
    months = [month for meter in _payments(history).values() for month in meter]
    return month_text(max(months)) if months else freeze.through


def _payment_months(history: History, freeze: Freeze) -> list[dict[str, str]]:
    paid, averages = _payments(history), _averages(history, freeze)
    last = max((month for months in paid.values() for month in months), default=freeze.last)
    later = range(freeze.last + 1, last + 1)
    meters = sorted(
        meter for meter in paid if meter in averages or any(m in later for m in paid[meter])
    )
    return [
        {
            "month": month_text(month),
            "payer": payer,
            "vendor": vendor,
            "counterfactual": money(averages.get((payer, vendor), 0)),
            "actual": money(paid[payer, vendor].get(month, 0)),
            "realized": money(averages.get((payer, vendor), 0) - paid[payer, vendor].get(month, 0)),
        }
        for month in later
        for payer, vendor in meters
    ]
