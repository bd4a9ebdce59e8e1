"""The baseline of a window: which services it has, what each costs, and what stays outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np

from telecom_audit.savings.bill_lines import (
    NO_SERVICE,
    ONE_OFF,
    RECURRING,
    TAX,
    USAGE,
    Flags,
    Numbers,
    sums,
)
from telecom_audit.savings.coverage import last_covered
from telecom_audit.savings.expected import Window
from telecom_audit.savings.placement import Parts
from telecom_audit.savings.service_costs import (
    MonthlyCost,
    RecurringMonth,
    ServiceHistory,
    mean_over,
    monthly_cost,
)

Covered = Mapping[int, Set[int]]  # account (position) -> the months in which it is covered


@dataclass(frozen=True)
class WindowCosts:
    """What the bills of a window come to, in micros; services and accounts by position.

    Attributes:
        costs: of the services of the baseline.
        rare: those of them that are billed in at most one of two months.
        thin: those of them whose price rests on 1 or 2 months -> these months' number.
        ended: the other services with recurring lines -> the sum of these.
        seldom: those of them whose lines come once, or half a year and more apart.
        one_off: all one-off lines.
        unallocated: account -> its monthly tax and usage that no service bears.
        mrc_accounts: service -> the accounts on which it has MRC lines in M - 2 … M.
    """

    costs: Mapping[int, MonthlyCost]
    rare: frozenset[int]
    thin: Mapping[int, int]
    ended: Mapping[int, int]
    seldom: frozenset[int]
    one_off: int
    unallocated: Mapping[int, int]
    mrc_accounts: Mapping[int, frozenset[int]]


def window_costs(parts: Parts, covered: Covered, window: Window) -> WindowCosts:
    """The baseline of a window (the contract, section 7, "Baseline").

    Args:
        parts: what counts where; months outside the window are not looked at.
        covered: the months in which each account is covered.
        window: the months of the baseline.
    """
    inside = parts.between(window.first, window.through)
    histories = _histories(inside)
    recent = inside.between(window.through - 2, window.through)
    chosen = _chosen(histories, recent, covered, window)
    kept = {service: histories[service] for service in sorted(chosen)}
    gone = {
        service: history
        for service, history in sorted(histories.items())
        if history.recurring and service not in chosen
    }
    return WindowCosts(
        costs={
            service: monthly_cost(history, _covered_in(history.accounts, covered, window))
            for service, history in kept.items()
        },
        rare=frozenset(service for service, history in kept.items() if history.is_rare),
        thin={
            service: len(history.recurring) for service, history in kept.items() if history.is_thin
        },
        ended={
            service: sum(month.total for month in history.recurring.values())
            for service, history in gone.items()
        },
        seldom=frozenset(service for service, history in gone.items() if history.is_seldom),
        one_off=int(inside.amount[inside.part == ONE_OFF].sum()),
        unallocated=_unallocated(inside, covered, window),
        mrc_accounts=_mrc_accounts(recent),
    )


def _covered_in(accounts: Set[int], covered: Covered, window: Window) -> set[int]:
    months = set().union(*(covered.get(account, frozenset()) for account in accounts))
    return {month for month in months if month in window}


def _histories(inside: Parts) -> dict[int, ServiceHistory]:
    """Every service with lines in the window that are not one-off."""
    histories: dict[int, ServiceHistory] = defaultdict(ServiceHistory)
    own = inside.where((inside.service != NO_SERVICE) & (inside.part != ONE_OFF))
    _add_recurring(own, histories)
    for part in (TAX, USAGE):
        for service, month, amount in _by_service_and_month(own, own.part == part):
            history = histories[service]
            (history.tax if part == TAX else history.usage)[month] = amount
    for service, account in _different(own.service, own.account):
        histories[service].accounts.add(account)
    return dict(histories)


def _add_recurring(own: Parts, histories: dict[int, ServiceHistory]) -> None:
    lines = own.where(own.part == RECURRING)
    keys, place = _places(lines.service, lines.month)
    fraction = lines.fraction
    columns = zip(
        *keys,
        sums(place, lines.amount, len(keys[0])).tolist(),
        sums(place[fraction], lines.amount[fraction], len(keys[0])).tolist(),
        np.bincount(place[~fraction], minlength=len(keys[0])).tolist(),
        np.bincount(place[fraction], minlength=len(keys[0])).tolist(),
        strict=True,
    )
    for service, month, total, fractions, whole_lines, fraction_lines in columns:
        histories[service].recurring[month] = RecurringMonth(
            total, fractions, whole_lines, fraction_lines
        )


def _by_service_and_month(parts: Parts, chosen: Flags) -> list[tuple[int, int, int]]:
    lines = parts.where(chosen)
    keys, place = _places(lines.service, lines.month)
    return list(zip(*keys, sums(place, lines.amount, len(keys[0])).tolist(), strict=True))


def _places(left: Numbers, right: Numbers) -> tuple[tuple[list[int], list[int]], Numbers]:
    """The different pairs, and for each position the place of its pair among these."""
    width = int(right.max()) + 1 if len(right) else 1
    pairs, place = np.unique(left * width + right, return_inverse=True)
    return ((pairs // width).tolist(), (pairs % width).tolist()), place


def _different(left: Numbers, right: Numbers) -> list[tuple[int, int]]:
    return list(zip(*_places(left, right)[0], strict=True))


def _chosen(
    histories: Mapping[int, ServiceHistory], recent: Parts, covered: Covered, window: Window
) -> set[int]:
    """The services of the baseline: still billed, rare, or with tax or usage of their own only."""
    latest = np.full(int(recent.account.max(initial=0)) + 1, -1, np.int64)
    for account in np.unique(recent.account).tolist():
        month = last_covered(covered.get(account, ()), window.through)
        latest[account] = -1 if month is None else month
    billed = recent.where(recent.part == RECURRING)
    chosen = set(billed.service[latest[billed.account] == billed.month].tolist())
    single = recent.where(recent.own & ((recent.part == TAX) | (recent.part == USAGE)))
    chosen |= {one for one in set(single.service.tolist()) if not histories[one].recurring}
    for service, history in histories.items():
        if history.is_rare and max(history.recurring) >= window.through - 2:
            chosen.add(service)
    return chosen


def _unallocated(inside: Parts, covered: Covered, window: Window) -> dict[int, int]:
    """Account -> its unallocated lines by the window's months in which it is covered."""
    lines = inside.where(inside.unallocated)
    keys, place = _places(lines.account, lines.month)
    by_account: dict[int, dict[int, int]] = defaultdict(dict)
    for account, month, amount in zip(
        *keys, sums(place, lines.amount, len(keys[0])).tolist(), strict=True
    ):
        by_account[account][month] = amount
    return {
        account: mean_over(amounts, _covered_in({account}, covered, window))
        for account, amounts in sorted(by_account.items())
        if max(amounts) >= window.through - 2
    }


def _mrc_accounts(recent: Parts) -> dict[int, frozenset[int]]:
    lines = recent.where(recent.part == RECURRING)
    found: dict[int, set[int]] = defaultdict(set)
    for service, account in _different(lines.service, lines.account):
        found[service].add(account)
    return {service: frozenset(accounts) for service, accounts in found.items()}
