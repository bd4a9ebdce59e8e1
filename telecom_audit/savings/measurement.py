"""Counterfactual, actual and realized, month by month (the contract, section 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from telecom_audit.money import half_up
from telecom_audit.savings.bill_lines import NO_SERVICE, ONE_OFF, Names, sums
from telecom_audit.savings.editions import Baseline
from telecom_audit.savings.placement import Parts


@dataclass(frozen=True)
class MonthFigures:
    """A month after M, in micros."""

    month: int
    counterfactual: int
    actual: int
    one_off: int
    unallocated: int

    @property
    def realized(self) -> int:
        """Counterfactual - actual."""
        return self.counterfactual - self.actual

    @property
    def realized_recurring(self) -> int:
        """Realized without the one-off lines: the headline."""
        return self.realized + self.one_off


@dataclass(frozen=True)
class Share:
    """What one service, site, vendor or department has of the measured months, in micros."""

    vendor: str
    name: str
    counterfactual: int
    actual: int


def escalated(cost: int, escalator: Fraction, months: int) -> int:
    """A monthly cost so many months after M: cost * (1 + g) ^ floor((k - 1) / 12), half up.

    Args:
        cost: micros.
        escalator: g, a year.
        months: k, 1 in month M + 1.
    """
    growth = (1 + escalator) ** ((months - 1) // 12)
    return half_up(cost * (growth if growth.denominator > 1 else growth.numerator))


def counterfactuals(baseline: Baseline, through: int) -> dict[int, int]:
    """What each of the months M + 1 … through would have cost without any change, in micros."""
    by_step: dict[int, int] = {}
    answer = {}
    for month in range(baseline.through + 1, through + 1):
        k = month - baseline.through
        step = (k - 1) // 12
        if step not in by_step:
            by_step[step] = sum(
                escalated(service.cost_micros, baseline.escalator, k)
                for service in baseline.services
            )
        answer[month] = by_step[step] + baseline.unallocated_micros
    return answer


def month_figures(baseline: Baseline, parts: Parts, through: int) -> list[MonthFigures]:
    """The months M + 1 … through: what was expected and what was billed.

    Args:
        baseline: the edition measured against.
        parts: what counts where.
        through: the last month to answer.
    """
    months = counterfactuals(baseline, through)
    inside = parts.between(baseline.through + 1, through)
    place = inside.month - baseline.through - 1
    one_off = inside.part == ONE_OFF
    loose = inside.unallocated
    return [
        MonthFigures(month, expected, int(actual), int(single), int(unallocated))
        for (month, expected), actual, single, unallocated in zip(
            months.items(),
            sums(place, inside.amount, len(months)),
            sums(place[one_off], inside.amount[one_off], len(months)),
            sums(place[loose], inside.amount[loose], len(months)),
            strict=True,
        )
    ]


Group = tuple[str, str]  # vendor (only when services are told apart) and the name of the group
Grouping = Callable[[str, str], Group]  # of a vendor's name and a service key, "" for none


def shares(
    baseline: Baseline, parts: Parts, names: Names, months: range, grouping: Grouping
) -> list[Share]:
    """The measured months by group; what belongs to no service stands with its vendor.

    Args:
        baseline: the edition measured against.
        parts: what counts where.
        names: what the positions in `parts` stand for.
        months: the measured months, from M + 1 on.
        grouping: vendor's name and service key -> the group.
    """
    expected: dict[Group, int] = defaultdict(int)
    for service in baseline.services:
        group = grouping(service.vendor, service.service_key)
        expected[group] += _over_months(service.cost_micros, baseline, months)
    for loose in baseline.unallocated:
        expected[grouping(loose.vendor, "")] += loose.micros * len(months)
    actual: dict[Group, int] = defaultdict(int)
    inside = parts.where((parts.month >= months.start) & (parts.month < months.stop))
    for vendor, key, amount in _billed(inside, names):
        actual[grouping(vendor, key)] += amount
    return [Share(*group, expected[group], actual[group]) for group in sorted({*expected, *actual})]


def _over_months(cost: int, baseline: Baseline, months: range) -> int:
    steps = _steps(months, baseline.through)
    return sum(
        number * escalated(cost, baseline.escalator, step * 12 + 1)
        for step, number in steps.items()
    )


def _steps(months: range, through: int) -> Mapping[int, int]:
    """Step of the escalator -> how many of the months have it."""
    steps: dict[int, int] = defaultdict(int)
    for month in months:
        steps[(month - through - 1) // 12] += 1
    return steps


def _billed(inside: Parts, names: Names) -> Iterable[tuple[str, str, int]]:
    """Vendor's name, service key ("" for none) and the sum of the parts."""
    of_service = inside.service != NO_SERVICE
    owned = sums(inside.service[of_service], inside.amount[of_service], len(names.services))
    for number in np.unique(inside.service[of_service]).tolist():
        service = names.services[number]
        yield service.vendor, service.key, int(owned[number])
    rest = sums(inside.account[~of_service], inside.amount[~of_service], len(names.accounts))
    for number in np.unique(inside.account[~of_service]).tolist():
        yield names.accounts[number].vendor, "", int(rest[number])
