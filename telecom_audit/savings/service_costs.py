"""What a service costs a month: b_mrc, b_tax and b_usage (the contract, section 7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from telecom_audit.money import half_up

_HALF_YEAR = 6


@dataclass(frozen=True)
class RecurringMonth:
    """The MRC lines of a service that count in a month, in micros.

    Attributes:
        total: all of them.
        fractions: those with a period shorter than 28 days.
        whole_lines: the number of the others.
        fraction_lines: the number of the fractions.
    """

    total: int
    fractions: int
    whole_lines: int
    fraction_lines: int


@dataclass
class ServiceHistory:
    """The lines of one service in the window, month by month; filled while reading the parts."""

    recurring: dict[int, RecurringMonth] = field(default_factory=dict)
    tax: dict[int, int] = field(default_factory=dict)
    usage: dict[int, int] = field(default_factory=dict)
    accounts: set[int] = field(default_factory=set)

    @property
    def first_month(self) -> int:
        """The first month with a line that is not one-off."""
        return min((*self.recurring, *self.tax, *self.usage))

    @property
    def is_rare(self) -> bool:
        """Whether recurring lines come in two months or more, at most in one of two."""
        months = self.recurring
        return len(months) >= 2 and 2 * len(months) <= max(months) - min(months) + 1

    @property
    def is_seldom(self) -> bool:
        """Whether recurring lines come once, or on average half a year and more apart."""
        months = self.recurring
        return max(months) - min(months) >= _HALF_YEAR * (len(months) - 1)

    @property
    def is_thin(self) -> bool:
        """Whether the price rests on one or two months."""
        return 1 <= len(self.recurring) <= 2 and not self.is_rare


@dataclass(frozen=True)
class MonthlyCost:
    """b_mrc, b_tax and b_usage of a service, in micros."""

    mrc: int
    tax: int
    usage: int


def monthly_cost(history: ServiceHistory, covered: Collection[int]) -> MonthlyCost:
    """The monthly cost of a service.

    Args:
        history: its lines in the window.
        covered: the months of the window in which one of its accounts is covered.
    """
    mrc, tax = _recurring_and_tax(history)
    first = history.first_month
    months = [month for month in covered if month >= first]
    if not history.recurring:
        tax = mean_over(history.tax, months)
    return MonthlyCost(mrc, tax, mean_over(history.usage, months))


def mean_over(amounts: Mapping[int, int], months: Collection[int]) -> int:
    """The sum of what counts in these months by their number, half up; 0 when there are none."""
    if not months:
        return 0
    return half_up(Fraction(sum(amounts.get(month, 0) for month in months), len(months)))


def _recurring_and_tax(history: ServiceHistory) -> tuple[int, int]:
    months = sorted(history.recurring)
    if not months:
        return 0, 0
    mrc = [history.recurring[month].total for month in months]
    tax = [history.tax.get(month, 0) for month in months]
    if history.is_rare:
        span = months[-1] - months[0]
        return half_up(Fraction(sum(mrc[1:]), span)), half_up(Fraction(sum(tax[1:]), span))
    if history.is_thin:
        return _latest(history.recurring[months[-1]], tax[-1])
    return _median(mrc), _median(tax)


def _latest(month: RecurringMonth, tax: int) -> tuple[int, int]:
    """The latest month without its fractions, the tax in the same proportion."""
    if not month.fraction_lines or not month.whole_lines:
        return month.total, tax
    whole = month.total - month.fractions
    return whole, half_up(Fraction(tax * whole, month.total)) if month.total else tax


def _median(values: list[int]) -> int:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return half_up(Fraction(ordered[middle - 1] + ordered[middle], 2))
