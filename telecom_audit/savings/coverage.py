"""Which accounts are covered by bills in which month (the contract, section 7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from telecom_audit.savings.bill_lines import (
    RECURRING,
    USAGE,
    BillLines,
    Bills,
    Numbers,
    marked,
)

_FOUR_WEEKS = 28
_FEWEST_GAPS = 3


class Habit(Enum):
    """What recurring lines the bills of an account bear."""

    MONTHLY = "monthly"
    LONG = "long"  # most bills with MRC lines bear only lines of two months and more
    WITHOUT = "without"  # it never bore MRC lines


@dataclass(frozen=True)
class AccountBills:
    """The bills of one account, month by month.

    Attributes:
        habit: which of the three sentences on coverage speaks of it.
        billed: the months in which what its habit asks for counts.
        running_bills: month -> number of bills with MRC or usage lines that count there.
        last_month: the last month in which a bill of it counts.
    """

    habit: Habit
    billed: frozenset[int]
    running_bills: Mapping[int, int]
    last_month: int


def covered_months(account: AccountBills, through: int) -> frozenset[int]:
    """The months in which an account is covered.

    Args:
        account: its bills.
        through: M, the last month of the baseline's window.
    """
    least = _least_bills(account, through)
    return frozenset(
        month for month in account.billed if account.running_bills.get(month, 0) >= least
    )


def _least_bills(account: AccountBills, through: int) -> int:
    """How many bills with MRC or usage lines must count in a month that is covered."""
    last_three = range(through - 2, through + 1)
    counts = [account.running_bills.get(month, 0) for month in last_three]
    if account.habit is Habit.LONG:
        return min(counts)
    if not account.billed.intersection(last_three):
        return 1
    number, times = Counter(counts).most_common(1)[0]
    return number if times > 1 else min(counts)


def accounts_bills(lines: BillLines, bills: Bills) -> dict[int, AccountBills]:
    """The bills of every account that has any, by the account's position."""
    size = len(bills.month)
    recurring = lines.part == RECURRING
    long = recurring & (lines.months > 1)
    short_mrc = marked(lines.bill[recurring & ~long], size)
    long_mrc = marked(lines.bill[long], size)
    running = marked(lines.bill[recurring | (lines.part == USAGE)], size)
    of_account: dict[int, list[int]] = defaultdict(list)
    for bill, account in enumerate(bills.account.tolist()):
        of_account[account].append(bill)
    part_months = _part_months(lines.bill[long], lines.months[long], bills)
    return {
        account: _account_bills(
            [
                _Bill(int(bills.month[b]), bool(short_mrc[b]), bool(long_mrc[b]), bool(running[b]))
                for b in numbers
            ],
            part_months.get(account, frozenset()),
        )
        for account, numbers in of_account.items()
    }


@dataclass(frozen=True)
class _Bill:
    month: int
    short_mrc: bool
    long_mrc: bool
    running: bool


def _account_bills(bills: list[_Bill], part_months: frozenset[int]) -> AccountBills:
    only_long = sum(bill.long_mrc and not bill.short_mrc for bill in bills)
    with_mrc = sum(bill.long_mrc or bill.short_mrc for bill in bills)
    if not with_mrc:
        habit, billed = Habit.WITHOUT, frozenset(bill.month for bill in bills)
    elif 2 * only_long > with_mrc:
        habit, billed = Habit.LONG, part_months
    else:
        habit, billed = Habit.MONTHLY, frozenset(b.month for b in bills if b.short_mrc)
    running = Counter(bill.month for bill in bills if bill.running)
    return AccountBills(habit, billed, running, max(bill.month for bill in bills))


def _part_months(bill: Numbers, months: Numbers, bills: Bills) -> dict[int, frozenset[int]]:
    """Account -> the months in which a part of one of its longer MRC lines counts."""
    found: dict[int, set[int]] = defaultdict(set)
    for number, length in set(zip(bill.tolist(), months.tolist(), strict=True)):
        first = int(bills.month[number])
        found[int(bills.account[number])].update(range(first, first + length))
    return {account: frozenset(numbers) for account, numbers in found.items()}


def last_covered(covered: Iterable[int], through: int) -> int | None:
    """The latest month of M - 2 … M among the covered ones, M = `through`."""
    return max((month for month in covered if through - 2 <= month <= through), default=None)


def bills_every_28_days(days: Iterable[int]) -> bool:
    """Whether most bills of an account come 28 days after the one before.

    Args:
        days: the day numbers of its bills.
    """
    dated = sorted(set(days))
    gaps = [later - earlier for earlier, later in pairwise(dated)]
    return len(gaps) >= _FEWEST_GAPS and 2 * gaps.count(_FOUR_WEEKS) > len(gaps)
