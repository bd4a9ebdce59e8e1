"""The last months of accounts, as people recorded them."""

from __future__ import annotations

import sqlite3

from telecom_audit.store.project import now_text


def account_id(connection: sqlite3.Connection, vendor_key: str, number: str) -> int | None:
    """The account of a vendor with that number; None when no bill named it."""
    row = connection.execute(
        "SELECT account.id FROM account JOIN vendor ON vendor.id = account.vendor_id"
        " WHERE vendor.key = ? AND account.number = ?",
        (vendor_key, number),
    ).fetchone()
    return None if row is None else int(row[0])


def add_ended_account(
    connection: sqlite3.Connection, account: int, last_month: int, recorded_by: str
) -> None:
    """Record the last month (a month number) that an account bills; call it inside `write`."""
    connection.execute(
        "INSERT INTO ended_account (account_id, last_month, at, recorded_by) VALUES (?, ?, ?, ?)",
        (account, last_month, now_text(), recorded_by),
    )


def ended_accounts(connection: sqlite3.Connection) -> dict[int, int]:
    """Account id -> the last month that it bills; the newest record of an account holds."""
    rows = connection.execute("SELECT account_id, last_month FROM ended_account ORDER BY seq")
    return {row["account_id"]: row["last_month"] for row in rows}
