"""What shows whether a project is whole: SQLite's own checks, the schema and the counts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from telecom_audit.money import MICROS
from telecom_audit.store.migrations import migrate

_MOST_FAULTS = 20

SchemaPart = tuple[str, str]


def integrity_faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's integrity check finds; nothing in a sound file."""
    found = connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")
    return [row[0] for row in found if row[0] != "ok"]


def foreign_key_faults(connection: sqlite3.Connection) -> list[str]:
    """Rows that point to no row of another table, the first few of them."""
    found = connection.execute("PRAGMA foreign_key_check")
    return [
        f"{row['table']} {row['rowid']} points to no {row['parent']}"
        for row in islice(found, _MOST_FAULTS)
    ]


def schema_of(connection: sqlite3.Connection) -> dict[SchemaPart, str]:
    """Type and name of every table, index, trigger and view -> its SQL."""
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return {(row[0], row[1]): f"{row[2]}: {row[3]}" for row in found}


def fresh_schema() -> dict[SchemaPart, str]:
    """The same of a project that is made now."""
    from sqlite_utils import Database  # slow to import, and needed only here

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(Database(connection), 0)
        return schema_of(connection)


@dataclass(frozen=True)
class ImportCounts:
    """What an import says of itself beside what the tables hold of it.

    Attributes:
        said: what -> the count or the micros that the import states.
        present: what -> the same as the rows are.
        first_row: the physical row of its first raw record, 0 without any.
        has_all_records: the raw records follow one another without a gap.
    """

    import_id: int
    file: str
    said: dict[str, int]
    present: dict[str, int]
    raw_records: int
    first_row: int
    has_all_records: bool

    @property
    def before(self) -> int:
        """How many records stood before the header: those read that are no raw records."""
        return self.said["rows read"] - self.raw_records


def import_counts(connection: sqlite3.Connection) -> list[ImportCounts]:
    """What each import says beside what is there, the oldest first."""
    rows = _rows_by_import(connection)
    money = _money_by_import(connection)
    quarantined = _by_import(connection, "SELECT import_id FROM quarantined_row")
    invoices = _by_import(connection, "SELECT import_id FROM invoice")
    raw = _raw_by_import(connection)
    found = []
    for row in connection.execute(
        "SELECT id, file, rows_read, rows_stored, rows_quarantined, stored_micros, invoices "
        "FROM import_file ORDER BY id"
    ):
        number = row["id"]
        said = {
            "rows read": row["rows_read"],
            "rows stored": row["rows_stored"],
            "rows quarantined": row["rows_quarantined"],
            "invoices": row["invoices"],
        }
        present = {
            "rows stored": rows.get(number, 0),
            "rows quarantined": quarantined.get(number, 0),
            "invoices": invoices.get(number, 0),
        }
        if row["stored_micros"] is not None:
            said["amount"] = row["stored_micros"]
            present["amount"] = money.get(number, 0)
        records, first_row, has_all = raw.get(number, (0, 0, True))
        found.append(ImportCounts(number, row["file"], said, present, records, first_row, has_all))
    return found


def tables_of_rows(connection: sqlite3.Connection) -> list[str]:
    """The tables whose rows bear an import and the record in its file, but for charges."""
    found = connection.execute(
        "SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND c.name IN ('import_id', 'record') "
        "GROUP BY m.name HAVING count(*) = 2 ORDER BY m.name"
    )
    return [row[0] for row in found]


def _by_import(connection: sqlite3.Connection, rows: str) -> dict[int, int]:
    found = connection.execute(f"SELECT import_id, count(*) FROM ({rows}) GROUP BY import_id")
    return {row[0]: row[1] for row in found}


def _rows_by_import(connection: sqlite3.Connection) -> dict[int, int]:
    counts = _by_import(
        connection,
        "SELECT invoice.import_id FROM charge JOIN invoice ON invoice.id = charge.invoice_id",
    )
    for table in tables_of_rows(connection):
        for number, count in _by_import(connection, f"SELECT import_id FROM {table}").items():
            counts[number] = counts.get(number, 0) + count
    return counts


def _money_by_import(connection: sqlite3.Connection) -> dict[int, int]:
    """Sums of amounts; units and micros apart, so that no sum leaves 64 bits."""
    found = connection.execute(
        "SELECT import_id, sum(amount / 1000000), sum(amount % 1000000) FROM ("
        " SELECT invoice.import_id AS import_id, charge.amount_micros AS amount"
        " FROM charge JOIN invoice ON invoice.id = charge.invoice_id"
        " UNION ALL SELECT import_id, amount_micros FROM payment"
        ") GROUP BY import_id"
    )
    return {row[0]: row[1] * MICROS + row[2] for row in found}


def _raw_by_import(connection: sqlite3.Connection) -> dict[int, tuple[int, int, bool]]:
    """Import id -> how many raw records, the row of the first, and whether none is missing."""
    found: dict[int, tuple[int, int, bool]] = {}
    for row in connection.execute(
        "SELECT import_id, first_record, records, first_row FROM raw_block "
        "ORDER BY import_id, first_record"
    ):
        count, first_row, has_all = found.get(row["import_id"], (0, row["first_row"], True))
        has_all = has_all and row["first_record"] == count
        found[row["import_id"]] = (count + row["records"], first_row, has_all)
    return found


def invoice_states(connection: sqlite3.Connection) -> dict[int, tuple[str, int]]:
    """Invoice id -> the stored state and the month in which it counts."""
    found = connection.execute("SELECT invoice_id, status, counts_month FROM invoice_state")
    return {row[0]: (row[1], row[2]) for row in found}
