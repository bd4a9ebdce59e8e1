"""Invented bills as plain values, and their text in the standard layouts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.engines.measure_history import History, days_in, history_from_csv, money, months_after

BILL_COLUMNS = (
    "vendor",
    "account",
    "invoice",
    "bill_date",
    "invoice_total",
    "service",
    "charge_code",
    "description",
    "class",
    "amount",
    "from",
    "thru",
)
INVENTORY_COLUMNS = (
    "service",
    "service_type",
    "status",
    "site",
    "vendor",
    "account",
    "disconnect_date",
)


@dataclass(frozen=True)
class Charge:
    """One line to be billed: amount in micros, an empty service for a line of the account."""

    service: str
    kind: str
    amount: int
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Bill:
    """One invoice to be written; `total` is what it states, none when it states nothing."""

    vendor: str
    account: str
    number: str
    bill_date: date
    charges: tuple[Charge, ...]
    total: int | None = None


@dataclass(frozen=True)
class Sample:
    """Files in the order of their import (a command each), and the options of `freeze`."""

    files: tuple[tuple[str, str], ...]
    inventory: str
    ends: tuple[tuple[str, str, str], ...]
    through: str
    months: int
    escalator: str = "0"
    expected_through: str = ""

    def history(self) -> History:
        """The same history for the independent engine."""
        return history_from_csv([text for _, text in self.files], self.inventory, self.ends)


def bill_day(month: int, day: int) -> date:
    """The cycle day of a month, its last day when the month is shorter."""
    return date(month // 12, month % 12 + 1, min(day, days_in(month)))


def period(first: date, months: int, slack: int = 0) -> tuple[date, date]:
    """The days of so many months from a first day on, give or take some at the end."""
    return first, months_after(first, months) + timedelta(days=slack - 1)


def bills_text(bills: Iterable[Bill]) -> str:
    """A standard bill file."""
    return _csv(
        BILL_COLUMNS,
        [
            (
                bill.vendor,
                bill.account,
                bill.number,
                bill.bill_date.isoformat(),
                "" if bill.total is None else money(bill.total),
                charge.service,
                f"{charge.kind}-1",
                f"{charge.kind} charge",
                charge.kind,
                money(charge.amount),
                charge.start.isoformat() if charge.start else "",
                charge.end.isoformat() if charge.end else "",
            )
            for bill in bills
            for charge in bill.charges
        ],
    )


def inventory_text(rows: Iterable[Sequence[str]]) -> str:
    """A standard inventory file from rows of INVENTORY_COLUMNS."""
    return _csv(INVENTORY_COLUMNS, rows)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
