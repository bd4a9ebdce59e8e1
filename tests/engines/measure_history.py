"""What a measurement is made of: bill lines, invoices, inventory rows, and the calendar they use.

Written for the independent engine of the contract, section 7. Money is whole micros, a month is
year * 12 + month - 1. Nothing of the program is used here.
"""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

RECURRING = "MRC"
TAXES = ("SUR", "TAX")
USAGE = "USG"
ONE_OFF = ("NRC", "OCC", "LPC", "CRD", "ADJ")

Row = Mapping[str, str]
Account = tuple[str, str]


@dataclass(frozen=True)
class BillRow:
    """One row of a standard bill as text, with the number of the file that brought it."""

    file: int
    cells: Row


@dataclass(frozen=True)
class History:
    """All that was imported and recorded, in the order in which it came in."""

    bills: tuple[BillRow, ...] = ()
    inventory: tuple[Row, ...] = ()
    ends: tuple[tuple[str, str, str], ...] = ()
    payments: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Line:
    """One charge of an invoice; `service` is empty on a line of the account."""

    service: str
    kind: str
    amount: int
    start: date | None
    end: date | None

    @property
    def period(self) -> tuple[date, date] | None:
        """The days that the line is for; none when an end is missing or they are reversed."""
        if self.start is None or self.end is None or self.end < self.start:
            return None
        return self.start, self.end

    @property
    def spread(self) -> int:
        """Over how many months the line counts: n of exception (2), else 1."""
        if self.period is None or self.kind not in (RECURRING, *TAXES):
            return 1
        return whole_months(*self.period)

    @property
    def is_fraction(self) -> bool:
        """Whether this is a recurring line of less than 28 days."""
        if self.period is None or self.kind != RECURRING:
            return False
        first, last = self.period
        return (last - first).days + 1 < 28


@dataclass(frozen=True)
class Invoice:
    """One invoice as it holds after corrections."""

    vendor: str
    account: str
    number: str
    bill_date: date
    lines: tuple[Line, ...] = field(default=())

    @property
    def of(self) -> Account:
        """The account that it bills."""
        return self.vendor, self.account

    def bears(self, kinds: Iterable[str], service: str | None = None) -> bool:
        """Whether it has lines of these classes, of one service when that is given."""
        wanted = tuple(kinds)
        return any(
            line.kind in wanted and (service is None or line.service == service)
            for line in self.lines
        )


def month_number(text: str) -> int:
    """The number of a month that is written YYYY-MM."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def month_text(month: int) -> str:
    """YYYY-MM of a month number."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_of(day: date) -> int:
    """The month in which a day lies."""
    return day.year * 12 + day.month - 1


def days_in(month: int) -> int:
    """The number of days of a month."""
    return monthrange(month // 12, month % 12 + 1)[1]


def months_after(day: date, count: int) -> date:
    """The same day of the month `count` months later, its last day when it is shorter."""
    month = month_of(day) + count
    return date(month // 12, month % 12 + 1, min(day.day, days_in(month)))


def whole_months(first: date, last: date) -> int:
    """n >= 2 when the day after `last` lies within 3 days of n months after `first`, else 1."""
    after = last + timedelta(days=1)
    count = 2
    while months_after(first, count) <= after + timedelta(days=3):
        if abs((after - months_after(first, count)).days) <= 3:
            return count
        count += 1
    return 1


def half_up(value: Fraction) -> int:
    """The nearest whole number; a tie goes away from zero."""
    whole = (abs(value) + Fraction(1, 2)).__floor__()
    return whole if value >= 0 else -whole


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in proportion to positive weights, the largest remainder on its absolute value.

    On equal remainders the earlier weight is served first.
    """
    size, total = abs(amount), sum(weights)
    exact = [Fraction(size * weight, total) for weight in weights]
    parts = [value.__floor__() for value in exact]
    left = size - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(exact[i] - parts[i]), i))
    for index in order[:left]:
        parts[index] += 1
    return parts if amount >= 0 else [-part for part in parts]


def micros(text: str) -> int:
    """Micros of a plain decimal."""
    return half_up(Fraction(text) * 1_000_000)


def money(amount: int) -> str:
    """A decimal string with as many of 2 to 6 decimals as the amount needs."""
    whole, rest = divmod(abs(amount), 1_000_000)
    decimals = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if amount < 0 else ''}{whole}.{decimals}"


def day(text: str) -> date | None:
    """The day of an ISO date, none of an empty cell."""
    return date.fromisoformat(text) if text.strip() else None


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text as captions and cells."""
    return list(csv.DictReader(io.StringIO(text)))


def history_from_csv(
    bills: Sequence[str],
    inventory: str = "",
    ends: Iterable[tuple[str, str, str]] = (),
    payments: str = "",
) -> History:
    """A history from the texts of its files; bills are given in the order of their import."""
    return History(
        bills=tuple(
            BillRow(number, row) for number, text in enumerate(bills) for row in rows_of(text)
        ),
        inventory=tuple(rows_of(inventory)),
        ends=tuple(ends),
        payments=tuple(rows_of(payments)),
    )


def invoices_of(history: History) -> list[Invoice]:
    """The invoices that hold: of each the lines of the last file that brings it.

    A file whose lines alone miss the stated total and reach it together with those that are there
    completes the invoice (the contract, section 2).
    """
    held: dict[tuple[str, str, str, date], list[Row]] = {}
    for number in sorted({row.file for row in history.bills}):
        for key, rows in _by_invoice(history.bills, number).items():
            earlier = held.get(key, [])
            held[key] = [*earlier, *rows] if earlier and _completes(rows, earlier) else rows
    return [
        Invoice(*key, lines=tuple(_line(row) for row in rows))
        for key, rows in sorted(held.items(), key=lambda item: (item[0][3], item[0]))
    ]


def _by_invoice(
    bills: Iterable[BillRow], number: int
) -> dict[tuple[str, str, str, date], list[Row]]:
    found: dict[tuple[str, str, str, date], list[Row]] = {}
    for row in bills:
        if row.file == number:
            cells = row.cells
            billed = date.fromisoformat(cells["bill_date"])
            key = (cells["vendor"], cells["account"], cells["invoice"], billed)
            found.setdefault(key, []).append(cells)
    return found


def _completes(rows: list[Row], earlier: list[Row]) -> bool:
    stated = {micros(row["invoice_total"]) for row in rows if row.get("invoice_total")}
    alone = sum(micros(row["amount"]) for row in rows)
    together = alone + sum(micros(row["amount"]) for row in earlier)
    return len(stated) == 1 and alone not in stated and together in stated


def _line(row: Row) -> Line:
    return Line(
        service=row.get("service", ""),
        kind=row["class"],
        amount=micros(row["amount"]),
        start=day(row.get("from", "")),
        end=day(row.get("thru", "")),
    )
