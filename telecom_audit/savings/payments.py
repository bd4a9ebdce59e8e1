"""Payments: spend of each payer and vendor against its average (the contract, section 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from telecom_audit.money import half_up
from telecom_audit.savings.editions import Meter
from telecom_audit.savings.expected import Window


@dataclass(frozen=True)
class PaidInMonth:
    """What a payer paid a vendor in a month (a month number), in micros."""

    month: int
    payer: str
    vendor: str
    micros: int


@dataclass(frozen=True)
class MeterMonth:
    """A meter in a month after M: its average and what was paid, in micros."""

    month: int
    payer: str
    vendor: str
    counterfactual: int
    actual: int


def meters(paid: Sequence[PaidInMonth], window: Window) -> tuple[Meter, ...]:
    """The meters with payments in the window, each with its monthly average.

    The sum over the window by the number of its months from the project's first payment on.
    """
    inside: dict[tuple[str, str], int] = defaultdict(int)
    for one in paid:
        if one.month in window:
            inside[one.payer, one.vendor] += one.micros
    if not inside:
        return ()
    first = max(window.first, min(one.month for one in paid))
    months = window.through - first + 1
    return tuple(
        Meter(payer, vendor, half_up(Fraction(total, months)))
        for (payer, vendor), total in sorted(inside.items())
    )


def metered_months(
    meters: Sequence[Meter], paid: Sequence[PaidInMonth], months: range
) -> list[MeterMonth]:
    """Each meter in each of the months: those of the baseline, and those paid in these months.

    Args:
        meters: of the baseline.
        paid: all payments by month.
        months: the months to answer.
    """
    average = {(meter.payer, meter.vendor): meter.average_micros for meter in meters}
    actual = {(one.month, one.payer, one.vendor): one.micros for one in paid if one.month in months}
    known = sorted({*average, *((payer, vendor) for _, payer, vendor in actual)})
    return [
        MeterMonth(
            month,
            payer,
            vendor,
            average.get((payer, vendor), 0),
            actual.get((month, payer, vendor), 0),
        )
        for month in months
        for payer, vendor in known
    ]
