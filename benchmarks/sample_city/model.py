"""The things that the city is made of: accounts, services, bill lines, invoices, payments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST_YEAR = 2024
MONTHS = 24
"""Months are counted from 0, January of the first year, to 23."""

CITY = "City of Marlow Parish (synthetic)"


@dataclass(frozen=True)
class Account:
    """A carrier's account: its cycle day (31 is a month's last), its habits on a bill."""

    vendor: str
    number: str
    day: int
    due_days: int | None
    prefix: str
    service_surcharges: bool = False
    early: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Service:
    """A billed service and what the inventory knows of it.

    `billed` are the months in which the carrier bills its recurring charge; `refund_days` are
    given back on the bill after the last of them. `disconnected` is the day that the carrier
    confirmed. A service that is not `listed` stands in no inventory.
    """

    account: Account
    number: str
    kind: str
    code: str
    site: str
    billed: tuple[int, ...] = tuple(range(MONTHS))
    use: str = ""
    user: str = ""
    contract: str = ""
    channels: int = 0
    installed: date = date(2018, 5, 14)
    disconnected: date | None = None
    order: str = ""
    refund_days: int = 0
    listed: bool = True
    undated: bool = False
    blank_vendor: bool = False

    @property
    def key(self) -> str:
        """The identifier as a finding names it: digits, or upper case with dots."""
        return self.number.upper().replace("/", ".").strip(".")


@dataclass(frozen=True)
class Line:
    """One charge of a bill; money in cents."""

    code: str
    text: str
    kind: str
    amount: int
    service: Service | None = None
    quantity: int | None = None
    rate: int | None = None
    start: date | None = None
    thru: date | None = None


@dataclass(frozen=True)
class Invoice:
    """A bill as sent; `lines` add up to `charges`, `total` is what it states."""

    account: Account
    month: int
    lines: tuple[Line, ...]
    previous: int
    payments: int
    total: int

    @property
    def number(self) -> str:
        """The invoice number."""
        return f"{self.account.prefix}-{month_text(self.month).replace('-', '')}"

    @property
    def billed(self) -> date:
        """The date of the bill."""
        return bill_date(self.account, self.month)

    @property
    def due(self) -> date | None:
        """The date until which it is to be paid, when the bill states one."""
        days = self.account.due_days
        return None if days is None else self.billed + timedelta(days=days)

    @property
    def charges(self) -> int:
        """The sum of the lines, in cents."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True)
class Payment:
    """Money that the city paid to a carrier, in cents."""

    account: Account
    invoice: str
    paid: date
    amount: int
    reference: str


@dataclass(frozen=True)
class Finding:
    """What the audit must find: one planted error, money in cents."""

    rule: str
    confidence: str
    account: Account
    service: str
    monthly: int
    recoverable: int
    first_month: int
    last_month: int
    charges: int
    note: str
    charge_code: str = ""
    invoice: str = ""


Book = dict[tuple[str, int], list[Line]]
"""The lines of every bill by account number and month."""


@dataclass(frozen=True)
class City:
    """All of it, ready to be written."""

    services: list[Service]
    invoices: list[Invoice]
    payments: list[Payment]
    findings: list[Finding]
    plan: dict[str, int] = field(default_factory=dict)


def first_day(month: int) -> date:
    """The first day of a month counted from 0."""
    return date(FIRST_YEAR + month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of a month counted from 0."""
    return first_day(month + 1) - timedelta(days=1)


def month_text(month: int) -> str:
    """A month as "2024-03"."""
    return first_day(month).isoformat()[:7]


def bill_date(account: Account, month: int) -> date:
    """The date of an account's bill of a month."""
    if account.day == 31:
        return last_day(month)
    day = first_day(month) + timedelta(days=account.day - 1)
    return day - timedelta(days=1) if month in account.early else day


def period(account: Account, month: int) -> tuple[date, date]:
    """First and last day of the month of service that a bill charges in advance."""
    if account.day == 31:
        return first_day(month + 1), last_day(month + 1)
    start = first_day(month) + timedelta(days=account.day - 1)
    following = first_day(month + 1) + timedelta(days=account.day - 1)
    return start, following - timedelta(days=1)


def percent(amount: int, hundredths: int) -> int:
    """So many hundredths of a per cent of an amount that is not negative, half up."""
    return (amount * hundredths + 5_000) // 10_000


def dollars(cents: int) -> str:
    """Cents as "-1234.50"."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
