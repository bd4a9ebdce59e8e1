"""The period of a project's bills."""

from __future__ import annotations

import sqlite3


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
