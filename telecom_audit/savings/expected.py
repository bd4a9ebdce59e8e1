"""Which bills are expected, which are missing, and how far a measurement reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telecom_audit.savings.coverage import AccountBills, Habit, covered_months


@dataclass(frozen=True)
class Window:
    """The months of a baseline: `first` … `through` (M)."""

    first: int
    through: int

    def __contains__(self, month: int) -> bool:
        return self.first <= month <= self.through


@dataclass(frozen=True)
class Ending:
    """How an account ends: the month that `end-account` recorded, and what the inventory says.

    Attributes:
        recorded: the last month that it bills, None without a record.
        disconnected: the month of the day before the latest disconnect date, when every service
            with MRC lines on it since M - 2 has one; else None.
    """

    recorded: int | None = None
    disconnected: int | None = None


@dataclass(frozen=True)
class Expectation:
    """What is known of an account's bills, so that a missing one shows."""

    bills: AccountBills
    covered: frozenset[int]
    window: Window
    ending: Ending

    def missing(self, month: int) -> bool:
        """Whether a bill is expected in the month, after M, and none covers it."""
        return month not in self.covered and self._expected(month)

    def _expected(self, month: int) -> bool:
        if self._ended(month) or self._seldom():
            return False
        if self.bills.habit is Habit.WITHOUT:
            later = self.bills.last_month > month
            return not later and all(month - back in self.covered for back in (1, 2, 3))
        return any(self.window.through - 2 <= covered < month for covered in self.covered)

    def _ended(self, month: int) -> bool:
        recorded = self.ending.recorded
        if recorded is not None:
            billed_on = any(recorded < covered <= month for covered in self.covered)
            if not billed_on:
                return month > recorded
        return self.ending.disconnected is not None and month > self.ending.disconnected

    def _seldom(self) -> bool:
        """Whether bills cover at most half of six months or more of the window."""
        inside = [month for month in self.covered if month in self.window]
        if not inside:
            return False
        length = self.window.through - min(inside) + 1
        return length >= 6 and 2 * len(inside) <= length


def expectations(
    accounts: Mapping[int, AccountBills], window: Window, endings: Mapping[int, Ending]
) -> dict[int, Expectation]:
    """What to expect of every account, by its position."""
    return {
        account: Expectation(
            bills, covered_months(bills, window.through), window, endings.get(account, Ending())
        )
        for account, bills in accounts.items()
    }


@dataclass(frozen=True)
class Reach:
    """How far the bills reach.

    Attributes:
        through: the last month of the unbroken run of complete months after M, and not past
            `last_month`.
        last_month: the last month in which a bill counts.
        waiting_for: the accounts (positions) that stop the run in the month after `through`.
    """

    through: int
    last_month: int
    waiting_for: tuple[int, ...]


def reach(expected: Mapping[int, Expectation], through: int, last_month: int) -> Reach:
    """How far the measurement of a baseline through M reaches.

    Args:
        expected: of every account.
        through: M.
        last_month: the last month in which a bill counts.
    """
    for month in range(through + 1, last_month + 1):
        waiting = tuple(number for number, account in expected.items() if account.missing(month))
        if waiting:
            return Reach(month - 1, last_month, waiting)
    return Reach(max(through, last_month), last_month, ())


def missing_bills(
    expected: Mapping[int, Expectation], months: Iterable[int]
) -> list[tuple[int, int]]:
    """Account (position) and month of each missing bill, month by month."""
    return [
        (number, month)
        for month in months
        for number, account in expected.items()
        if account.missing(month)
    ]
