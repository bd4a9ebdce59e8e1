"""The forecast: what the plan costs and saves month by month (the contract, section 5).

Products are exact until their one rounding, half up, per service or item and month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from telecom_audit.migration.new_costs import one_time_months, recurring_months
from telecom_audit.migration.plan import Plan, PlannedService
from telecom_audit.migration.scenario_file import UPFRONT
from telecom_audit.migration.terminations import terminations
from telecom_audit.migration.timing import keep, legacy_escalation
from telecom_audit.money import half_up


@dataclass(frozen=True)
class ForecastMonth:
    """A month of the forecast; money in micros.

    Attributes:
        month: month number; None for the row of upfront items (t = 0).
        net: baseline - legacy - new_recurring - one_time - termination.
        cumulative: the sum of net up to here, upfront included.
    """

    month: int | None
    baseline: int
    legacy: int
    new_recurring: int
    one_time: int
    termination: int
    net: int
    cumulative: int

    @property
    def recurring_saving(self) -> int:
        """Baseline - legacy - new_recurring."""
        return self.baseline - self.legacy - self.new_recurring

    @property
    def spent(self) -> int:
        """one_time + termination."""
        return self.one_time + self.termination


def forecast_months(plan: Plan) -> tuple[ForecastMonth, ...]:
    """The months of a plan; the upfront row comes first when there are upfront items."""
    baseline, legacy = _old_costs(plan)
    new, once, ends = recurring_months(plan), one_time_months(plan), terminations(plan)
    months = []
    cumulative = 0
    if any(item.month == UPFRONT for item in plan.one_time):
        cumulative = -once[0]
        months.append(ForecastMonth(None, 0, 0, 0, once[0], 0, cumulative, cumulative))
    for t in range(1, plan.months + 1):
        amounts = (baseline[t - 1], legacy[t - 1], new[t - 1], once[t], ends.get(t, 0))
        net = amounts[0] - sum(amounts[1:])
        cumulative += net
        months.append(ForecastMonth(plan.start + t - 1, *amounts, net, cumulative))
    return tuple(months)


def _old_costs(plan: Plan) -> tuple[list[int], list[int]]:
    """baseline(t) and legacy(t) for t = 1 … N."""
    everything = [service.cost for service in plan.services]
    groups: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    patterns: dict[tuple[int | None, str], PlannedService] = {}
    for service in plan.services:
        if not service.follows:
            key = (service.wave, service.action)
            groups[key].append(service.cost)
            patterns[key] = service
    sums: dict[tuple[object, Fraction], int] = {}
    following = _following_months(plan)
    baseline, legacy = [], []
    for month in range(1, plan.months + 1):
        step = legacy_escalation(plan, month)
        baseline.append(_cached(sums, None, everything, step))
        total = sum(
            _cached(sums, key, costs, step * keep(plan, patterns[key], month))
            for key, costs in groups.items()
        )
        legacy.append(total + following[month - 1])
    return baseline, legacy


def _cached(
    sums: dict[tuple[object, Fraction], int], key: object, costs: list[int], factor: Fraction
) -> int:
    """Factors repeat for most months, so each sum over a group is made once."""
    if (key, factor) not in sums:
        sums[key, factor] = rounded_sum(costs, factor)
    return sums[key, factor]


def rounded_sum(costs: Iterable[int], factor: Fraction) -> int:
    """The sum of each cost * factor, each rounded half up to the micro.

    Args:
        costs: micros, of any sign.
        factor: not negative.
    """
    top, bottom = 2 * factor.numerator, factor.denominator
    if bottom == 1:
        return sum(costs) * factor.numerator
    whole = 2 * bottom
    return sum(
        (cost * top + bottom) // whole if cost >= 0 else -((bottom - cost * top) // whole)
        for cost in costs
    )


@dataclass(frozen=True)
class _Followed:
    """The services billed on an account that are kept alike: what those above 0 cost, in micros."""

    pattern: PlannedService
    bearing: int


def _followed(plan: Plan, service: PlannedService) -> list[_Followed]:
    bearing: dict[tuple[int | None, str], int] = defaultdict(int)
    patterns: dict[tuple[int | None, str], PlannedService] = {}
    for index in service.follows:
        other = plan.services[index]
        key = (other.wave, other.action)
        bearing[key] += max(0, other.cost)
        patterns[key] = other
    return [_Followed(patterns[key], bearing[key]) for key in patterns]


def _following_months(plan: Plan) -> list[int]:
    """What the account lines that follow other services cost in months 1 … N."""
    totals = [0] * plan.months
    for service in plan.services:
        if service.follows:
            followed = _followed(plan, service)
            for month in range(1, plan.months + 1):
                kept = [(one.bearing, keep(plan, one.pattern, month)) for one in followed]
                step = legacy_escalation(plan, month)
                totals[month - 1] += half_up(
                    service.cost * step * following_keep(service.cost, kept)
                )
    return totals


def following_keep(cost: int, followed: Sequence[tuple[int, Fraction]]) -> Fraction:
    """The part of an account's lines that is still paid.

    A standing discount (cost below 0) shrinks with what it is given on; a charge for the account
    as a whole stays as long as any of its services.

    Args:
        cost: c of the account's lines.
        followed: of the services billed on the account, or groups of them that are kept alike:
            the sum of c over those with c > 0, and the part that is kept.
    """
    if cost >= 0:
        return max((part for _, part in followed), default=Fraction(1))
    bearing = sum(one for one, _ in followed)
    if not bearing:
        return Fraction(1)
    return sum((one * part for one, part in followed), Fraction(0)) / bearing


def audit_overlap(plan: Plan) -> int:
    """What the audit claims of the monthly cost that goes when all waves have moved, in micros.

    Claims on other services of a bill shift its account-level lines onto those that go; where that
    outweighs what is claimed of these, nothing is counted twice, and the answer is 0.
    """
    total = 0
    for service in plan.services:
        stays = Fraction(service.wave is None)
        if service.follows:
            followed = [
                (one.bearing, Fraction(one.pattern.wave is None))
                for one in _followed(plan, service)
            ]
            stays = following_keep(service.cost, followed)
        total += half_up((service.full_cost - service.unclaimed_cost) * (1 - stays))
    return max(0, total)
