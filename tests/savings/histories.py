"""Bills written by hand, as columns: what the tests of the savings room start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from telecom_audit.counting import DatedInvoice, counts_months, whole_months
from telecom_audit.months import day_number, month_number
from telecom_audit.savings.bill_lines import (
    NO_SERVICE,
    PART_OF_CLASS,
    Account,
    BillLines,
    Bills,
    Names,
    Service,
)
from telecom_audit.savings.coverage import accounts_bills, covered_months
from telecom_audit.savings.expected import Window
from telecom_audit.savings.placement import Parts, placed
from telecom_audit.savings.window import WindowCosts, window_costs

DOLLAR = 1_000_000


@dataclass(frozen=True)
class Line:
    """A bill line; the invoice is its account and date. Money is whole dollars unless micros."""

    date: str
    kind: str
    amount: float
    service: str = ""
    period: tuple[str, str] | None = None
    account: str = "A"
    micros: int | None = None

    @property
    def amount_micros(self) -> int:
        return round(self.amount * DOLLAR) if self.micros is None else self.micros


@dataclass(frozen=True)
class History:
    """Lines of one vendor."""

    written: Sequence[Line]

    @cached_property
    def names(self) -> Names:
        accounts = sorted({line.account for line in self.written})
        services = sorted({line.service for line in self.written} - {""})
        return Names(
            tuple(Account("Acme", number) for number in accounts),
            tuple(Service("Acme", key, key) for key in services),
        )

    @cached_property
    def _invoices(self) -> list[tuple[str, str]]:
        return sorted({(line.account, line.date) for line in self.written})

    @cached_property
    def bills(self) -> Bills:
        numbers = [account.number for account in self.names.accounts]
        dated = [
            DatedInvoice(place, numbers.index(account), day_number(date))
            for place, (account, date) in enumerate(self._invoices)
        ]
        months = counts_months(dated)
        return Bills(
            np.array([one.account_id for one in dated]),
            np.array([months[place] for place in range(len(dated))]),
        )

    @cached_property
    def lines(self) -> BillLines:
        return BillLines(
            np.arange(len(self.written)),
            np.array([self._invoices.index((one.account, one.date)) for one in self.written]),
            np.array([self._service(one) for one in self.written]),
            np.array([PART_OF_CLASS[one.kind] for one in self.written]),
            np.array([_months(one) for one in self.written]),
            np.array([_is_fraction(one) for one in self.written]),
            np.array([one.amount_micros for one in self.written]),
        )

    def _service(self, line: Line) -> int:
        keys = [service.key for service in self.names.services]
        if line.service:
            return keys.index(line.service)
        return keys.index(f"account:{line.account}") if line.kind == "MRC" else NO_SERVICE

    @cached_property
    def parts(self) -> Parts:
        return placed(self.lines, self.bills, self.names)

    def counted(self, *, service: str | None = None, kind: str | None = None) -> dict[str, float]:
        """Month -> dollars that count there, of one service or one class of part."""
        chosen = np.ones(len(self.parts.amount), np.bool_)
        if service is not None:
            keys = [one.key for one in self.names.services]
            chosen &= self.parts.service == (keys.index(service) if service else NO_SERVICE)
        if kind is not None:
            chosen &= self.parts.part == PART_OF_CLASS[kind]
        months: dict[str, float] = {}
        for month, amount in zip(self.parts.month[chosen], self.parts.amount[chosen], strict=True):
            text = f"{month // 12:04d}-{month % 12 + 1:02d}"
            months[text] = months.get(text, 0) + int(amount) / DOLLAR
        return dict(sorted(months.items()))

    def covered(self, account: str, through: str) -> list[str]:
        """The months in which the account is covered, seen from a baseline through a month."""
        numbers = [one.number for one in self.names.accounts]
        bills = accounts_bills(self.lines, self.bills)[numbers.index(account)]
        months = covered_months(bills, month_number(through))
        return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in sorted(months)]

    def window(self, first: str, through: str) -> WindowCosts:
        """The costs of a window."""
        window = Window(month_number(first), month_number(through))
        covered = {
            account: covered_months(bills, window.through)
            for account, bills in accounts_bills(self.lines, self.bills).items()
        }
        return window_costs(self.parts, covered, window)

    def costs(self, first: str, through: str) -> dict[str, tuple[float, float, float]]:
        """Service key -> b_mrc, b_tax and b_usage in dollars."""
        found = self.window(first, through).costs
        return {
            self.names.services[number].key: (
                cost.mrc / DOLLAR,
                cost.tax / DOLLAR,
                cost.usage / DOLLAR,
            )
            for number, cost in found.items()
        }


def monthly(first: str, months: int, day: int = 10) -> list[str]:
    """Bill dates: the same day of so many months from the first ("2024-01") on."""
    start = month_number(first)
    return [
        f"{month // 12:04d}-{month % 12 + 1:02d}-{day:02d}"
        for month in range(start, start + months)
    ]


def every(dates: Sequence[str], kind: str, amount: float, service: str = "") -> list[Line]:
    """The same line on each of these bills of account A."""
    return [Line(date, kind, amount, service) for date in dates]


def _months(line: Line) -> int:
    if line.period is None or line.kind not in ("MRC", "SUR", "TAX"):
        return 1
    return max(1, whole_months(*map(day_number, line.period)))


def _is_fraction(line: Line) -> bool:
    if line.period is None or line.kind != "MRC":
        return False
    first, last = map(day_number, line.period)
    return last - first + 1 < 28
