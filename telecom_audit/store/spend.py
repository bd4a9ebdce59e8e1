"""What is known about the reach of the bills and payments, for the words around a chart."""

from __future__ import annotations

import sqlite3


def last_bill_date(connection: sqlite3.Connection) -> str:
    """The latest date of a current bill, ISO; "" without bills."""
    row = connection.execute(
        "SELECT max(bill_date) AS latest FROM invoices WHERE status = 'current'"
    ).fetchone()
    return row["latest"] or ""


def last_payment_date(connection: sqlite3.Connection) -> str:
    """The latest date of a payment, ISO; "" without payments."""
    row = connection.execute("SELECT max(payment_date) AS latest FROM payments").fetchone()
    return row["latest"] or ""
