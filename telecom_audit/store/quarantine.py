"""Rows that were not accepted, with the reason and the raw cells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that was not accepted; `raw` is the JSON list of its cells, amount in micros."""

    import_id: int
    row: int
    column: str
    reason: str
    raw: str
    amount_micros: int | None = None
    vendor_id: int | None = None
    account: str = ""
    invoice: str = ""
    bill_date: str = ""


def insert_quarantined(connection: sqlite3.Connection, rows: Iterable[QuarantinedRow]) -> None:
    """Store rows that were not accepted."""
    connection.executemany(
        "INSERT INTO quarantined_row (import_id, row, column_name, reason, raw, amount_micros, "
        "vendor_id, account, invoice, bill_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (r.import_id, r.row, r.column, r.reason, r.raw, r.amount_micros, r.vendor_id,
             r.account, r.invoice, r.bill_date)
            for r in rows
        ],
    )  # fmt: skip


def quarantined_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """All rows that were not accepted: import_id, file, sheet, row, column_name, reason, raw."""
    return connection.execute(
        "SELECT quarantined_row.import_id, import_file.file, import_file.sheet, "
        "quarantined_row.row, quarantined_row.column_name, quarantined_row.reason, "
        "quarantined_row.raw, imports.status "
        "FROM quarantined_row "
        "JOIN import_file ON import_file.id = quarantined_row.import_id "
        "JOIN imports ON imports.import_id = quarantined_row.import_id "
        "ORDER BY quarantined_row.id"
    ).fetchall()


def quarantined_cells(connection: sqlite3.Connection, import_id: int) -> list[str]:
    """The raw cells of an import's rows that were not accepted, as JSON, in order of the text."""
    found = connection.execute(
        "SELECT raw FROM quarantined_row WHERE import_id = ? ORDER BY raw", (import_id,)
    )
    return [row["raw"] for row in found]
