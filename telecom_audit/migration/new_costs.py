"""What the new service costs: recurring items and those that come once, in micros a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from telecom_audit.migration.plan import OneTimeItem, Plan, RecurringItem, Wave
from telecom_audit.migration.scenario_file import UPFRONT
from telecom_audit.migration.timing import cutover_month, item_escalation, share, wave_parts
from telecom_audit.money import half_up


def recurring_months(plan: Plan) -> list[int]:
    """What the recurring items cost in months 1 … N, each rounded once a month."""
    parts = wave_parts(plan)
    shares: dict[int, Fraction] = {}
    totals = [0] * plan.months
    for item in plan.recurring:
        whole = item.price * item.quantity * (1 + item.tax_rate)
        for month in range(1, plan.months + 1):
            part = _part(plan, item, parts, shares, month)
            if part:
                totals[month - 1] += half_up(whole * part * item_escalation(item.escalator, month))
    return totals


def _part(
    plan: Plan,
    item: RecurringItem,
    parts: list[tuple[Wave, Fraction]],
    shares: dict[int, Fraction],
    month: int,
) -> Fraction:
    """The part of an item that runs in a month."""
    if item.from_month is not None:
        return Fraction(plan.start + month - 1 >= item.from_month)
    led = month + item.lead_months
    if led not in shares:
        shares[led] = share(plan, parts, led)
    return shares[led]


def one_time_parts(plan: Plan, item: OneTimeItem) -> Iterator[tuple[int, Fraction]]:
    """The months of the plan (0 = upfront) in which an item falls, with exact amounts."""
    whole = item.price * item.quantity * (1 + plan.contingency)
    if item.month == UPFRONT:
        yield 0, whole
    elif isinstance(item.month, int):
        yield item.month - plan.start + 1, whole
    else:
        by_month: dict[int, Fraction] = defaultdict(Fraction)
        for wave, part in wave_parts(plan):
            by_month[cutover_month(plan, wave)] += whole * part
        yield from by_month.items()


def one_time_months(plan: Plan) -> list[int]:
    """What comes once in t = 0 … N, each item rounded once a month."""
    totals = [0] * (plan.months + 1)
    for item in plan.one_time:
        for month, amount in one_time_parts(plan, item):
            if month <= plan.months:
                totals[month] += half_up(amount)
    return totals
