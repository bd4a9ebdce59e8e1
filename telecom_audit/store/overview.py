"""The figures of a project at a glance."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """What stands in a project."""

    invoices: int
    lines: int
    payments: int


def counts(connection: sqlite3.Connection) -> Counts:
    """Current invoices with their lines, and payments."""
    invoices = connection.execute(
        "SELECT count(*) FROM invoice_state WHERE status = 'current'"
    ).fetchone()
    lines = connection.execute(
        "SELECT count(*) FROM charge JOIN invoice_state ON invoice_state.invoice_id ="
        " charge.invoice_id WHERE invoice_state.status = 'current'"
    ).fetchone()
    payments = connection.execute("SELECT count(*) FROM payments").fetchone()
    return Counts(invoices[0], lines[0], payments[0])


def bill_period(connection: sqlite3.Connection) -> str:
    """The months of the current bills in words: "2024-01 … 2025-12", or that there are none."""
    first, last = connection.execute(
        "SELECT min(bill_date), max(bill_date) FROM invoices WHERE status = 'current'"
    ).fetchone()
    return f"{first[:7]} … {last[:7]}" if first else "no bills yet"


def bill_months(connection: sqlite3.Connection) -> list[int]:
    """The months (month numbers) in which a current bill counts, ascending."""
    rows = connection.execute(
        "SELECT DISTINCT counts_month FROM invoice_state WHERE status = 'current'"
        " AND counts_month IS NOT NULL ORDER BY counts_month"
    )
    return [row["counts_month"] for row in rows]


def payment_months(connection: sqlite3.Connection) -> list[int]:
    """The months (month numbers) with a payment, ascending."""
    rows = connection.execute(
        "SELECT DISTINCT CAST(substr(payment_date, 1, 4) AS INTEGER) * 12"
        "       + CAST(substr(payment_date, 6, 2) AS INTEGER) - 1 AS month"
        " FROM payments ORDER BY month"
    )
    return [row["month"] for row in rows]
