"""What a reader of a baseline must know: where bills by the month do not tell the cost."""

from __future__ import annotations

from collections import defaultdict

from telecom_audit.money import money_text
from telecom_audit.savings.coverage import bills_every_28_days
from telecom_audit.savings.editions import Baseline
from telecom_audit.savings.window import WindowCosts
from telecom_audit.tasks.baseline_bills import CountedBills


def baseline_warnings(frozen: Baseline, counted: CountedBills, costs: WindowCosts) -> list[str]:
    """The known limits of measuring by the month that touch this baseline, one sentence each."""
    return [*_rare(frozen), *_seldom(costs), *_four_weeks(counted)]


def _rare(frozen: Baseline) -> list[str]:
    rare = [service for service in frozen.services if service.rare]
    if not rare:
        return []
    total = money_text(sum(service.cost_micros for service in rare))
    return [
        f"billed in at most one of two months without a period: {len(rare)} services; their cost"
        f" of {total} a month is an average, and comes out even only over the year"
    ]


def _seldom(costs: WindowCosts) -> list[str]:
    if not costs.seldom:
        return []
    total = money_text(sum(costs.ended[service] for service in costs.seldom))
    return [
        f"billed once, or half a year and more apart, without a period: {len(costs.seldom)}"
        f" services with {total} in the window; they are in no baseline, and what they bill later"
        " is new demand"
    ]


def _four_weeks(counted: CountedBills) -> list[str]:
    days: dict[int, list[int]] = defaultdict(list)
    for account, day in zip(counted.bills.account.tolist(), counted.day.tolist(), strict=True):
        days[account].append(day)
    names = [
        f"{counted.names.accounts[account].vendor} {counted.names.accounts[account].number}"
        for account, dates in sorted(days.items())
        if bills_every_28_days(dates)
    ]
    if not names:
        return []
    return [f"billed every 28 days, so that a year has thirteen bills: {', '.join(names)}"]
