"""The figures of a project at a glance."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """What stands in a project; the first and last bill are ISO dates, None without bills."""

    files: int
    invoices: int
    lines: int
    payments: int
    first_bill: str | None
    last_bill: str | None


def counts(connection: sqlite3.Connection) -> Counts:
    """Files that count, current invoices with their lines, payments, first and last bill."""
    files = connection.execute("SELECT count(*) FROM imports WHERE status = 'current'").fetchone()
    bills = connection.execute(
        "SELECT count(*), min(bill_date), max(bill_date) FROM invoices WHERE status = 'current'"
    ).fetchone()
    lines = connection.execute(
        "SELECT count(*) FROM charge JOIN invoice_state ON invoice_state.invoice_id ="
        " charge.invoice_id WHERE invoice_state.status = 'current'"
    ).fetchone()
    payments = connection.execute("SELECT count(*) FROM payments").fetchone()
    return Counts(files[0], bills[0], lines[0], payments[0], bills[1], bills[2])


def bill_period(connection: sqlite3.Connection) -> str:
    """The months of the current bills in words: "2024-01 … 2025-12", or that there are none."""
    first, last = connection.execute(
        "SELECT min(bill_date), max(bill_date) FROM invoices WHERE status = 'current'"
    ).fetchone()
    return f"{first[:7]} … {last[:7]}" if first else "no bills yet"


def monthly_by_confidence(connection: sqlite3.Connection) -> dict[str, int]:
    """Micros a month that standing findings claim, by confidence."""
    rows = connection.execute(
        "SELECT confidence, sum(monthly_micros) AS monthly_micros FROM findings"
        " WHERE status NOT IN ('rejected', 'muted') GROUP BY confidence"
    )
    return {row["confidence"]: row["monthly_micros"] for row in rows}
