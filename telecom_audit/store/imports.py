"""Imports: what was read from where, what became of it, and what was taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class ImportRow:
    """An import as it is stored; money in micros, None where the kind has none."""

    import_id: int
    file: str
    sha256: str
    size: int
    layout: str
    kind: str
    sheet: str
    encoding: str
    delimiter: str
    options: Mapping[str, object]
    header: Sequence[str]
    columns: Mapping[str, int]
    imported_at: str
    read: int
    stored: int
    quarantined: int
    ignored: int
    stated_micros: int | None
    stored_micros: int | None
    compared_micros: int | None
    invoices: int
    warnings: Sequence[str]


@contextmanager
def rows_in_any_order(connection: sqlite3.Connection) -> Iterator[None]:
    """Let a whole transaction store rows before those that they point to.

    Foreign keys are not looked up row by row meanwhile, nor counted as deferred ones, for which
    SQLite reads all charges again with each new item. Call it before the transaction begins.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA temp_store = FILE")  # sorting an index stays out of memory
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")


def next_import_id(connection: sqlite3.Connection) -> int:
    """The id that the next import gets."""
    return int(connection.execute("SELECT ifnull(max(id), 0) + 1 FROM import_file").fetchone()[0])


def insert_import(connection: sqlite3.Connection, row: ImportRow) -> None:
    """Store an import beside its rows, which may point to it before."""
    connection.execute(
        "INSERT INTO import_file (id, file, sha256, size, layout, kind, sheet, encoding, "
        "delimiter, options, header, columns, imported_at, rows_read, rows_stored, "
        "rows_quarantined, rows_ignored, stated_micros, stored_micros, compared_micros, "
        "invoices, warnings) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.import_id, row.file, row.sha256, row.size, row.layout, row.kind, row.sheet,
            row.encoding, row.delimiter, json.dumps(row.options), json.dumps(list(row.header)),
            json.dumps(row.columns), row.imported_at, row.read, row.stored, row.quarantined,
            row.ignored, row.stated_micros, row.stored_micros, row.compared_micros, row.invoices,
            json.dumps(list(row.warnings)),
        ),
    )  # fmt: skip


def not_retired_with_digest(connection: sqlite3.Connection, sha256: str) -> list[sqlite3.Row]:
    """The imports of a file with this digest that were not taken back: import_id, sheet, ..."""
    return connection.execute(
        "SELECT import_id, sheet FROM imports WHERE sha256 = ? AND status = 'current' "
        "ORDER BY import_id",
        (sha256,),
    ).fetchall()


def all_imports(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """All imports, oldest first, as the view `imports` shows them."""
    return connection.execute(
        "SELECT import_id, file, sha256, layout, kind, sheet, status, imported_at, rows_read, "
        "rows_stored, rows_quarantined, rows_ignored, stated_micros, stored_micros, "
        "compared_micros, invoices, warnings, retired_because FROM imports ORDER BY import_id"
    ).fetchall()


def import_with_id(connection: sqlite3.Connection, import_id: int) -> sqlite3.Row | None:
    """One import as the view `imports` shows it, None when there is none of that number."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT import_id, file, sha256, layout, kind, sheet, status, imported_at, rows_read, "
        "rows_stored, rows_quarantined, rows_ignored, stated_micros, stored_micros, "
        "compared_micros, invoices, warnings, retired_because FROM imports WHERE import_id = ?",
        (import_id,),
    ).fetchone()
    return row


def later_with_ignored_rows(
    connection: sqlite3.Connection, kind: str, import_id: int
) -> list[sqlite3.Row]:
    """The later imports of a kind, not taken back, that ignored rows: import_id, file, ..."""
    return connection.execute(
        "SELECT import_id, file, rows_ignored FROM imports WHERE kind = ? AND import_id > ? "
        "AND rows_ignored > 0 AND status = 'current' ORDER BY import_id",
        (kind, import_id),
    ).fetchall()


def header_of(connection: sqlite3.Connection, import_id: int) -> tuple[list[str], dict[str, int]]:
    """The captions of an import's file, and the position of each column that its layout knows."""
    row = connection.execute(
        "SELECT header, columns FROM import_file WHERE id = ?", (import_id,)
    ).fetchone()
    return json.loads(row["header"]), json.loads(row["columns"])


def insert_retirement(
    connection: sqlite3.Connection, import_id: int, at: str, user: str, reason: str
) -> None:
    """Mark an import as taken back; its rows stay."""
    connection.execute(
        "INSERT INTO retirement (import_id, at, user, reason) VALUES (?, ?, ?, ?)",
        (import_id, at, user, reason),
    )
