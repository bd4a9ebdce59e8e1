"""Writing the rows of all kinds but bills, and comparing them with earlier ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_BLOCK = 2_000


@dataclass(frozen=True)
class ReferenceTable:
    """A table whose later rows replace the earlier ones of their key.

    Attributes:
        columns: all but id, import_id and record, in the order in which they are stored; the
            last is `extra`.
        key: an expression of the columns that make the key.
        view: the documented view of the rows that hold.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    view: str


INVENTORY = ReferenceTable(
    "inventory_row",
    (
        "service", "service_key", "service_type", "status", "site", "department", '"user"', "use",
        "vendor", "vendor_id", "account", "contract", "system", "channels", "bandwidth_mbps",
        "monthly_cost_micros", "install_date", "install_day", "disconnect_date", "disconnect_day",
        "disconnect_order", "last_verified", "extra",
    ),
    ("ifnull(vendor_id, 0)", "service_key"),
    "inventory",
)  # fmt: skip
CONTRACT = ReferenceTable(
    "contract_row",
    (
        "contract", "vendor", "vendor_id", "charge_code", "description", "site", "rate_micros",
        "unit", "effective_from", "effective_from_day", "effective_to", "effective_to_day",
        "auto_renew", "notice_days", "dispute_window_days", "early_termination",
        "annual_commitment_micros", "shortfall_percent", "extra",
    ),
    ("contract", "charge_code", "site", "effective_from"),
    "contracts",
)  # fmt: skip
SITE = ReferenceTable(
    "site_row",
    (
        "site", "name", "address", "city", "state", "postal_code", "status", "closed_date",
        "closed_day", "department", "extra",
    ),
    ("site",),
    "sites",
)  # fmt: skip

USAGE = ReferenceTable(
    "usage_row",
    (
        "service", "service_key", "month", "calls", "minutes_micros", "messages",
        "megabytes_micros", "calls_in", "calls_out", "minutes_in_micros", "minutes_out_micros",
        "coverage", "last_seen", "last_seen_day", "extra",
    ),
    ("service_key", "month"),
    "usage",
)  # fmt: skip
PERSON = ReferenceTable(
    "person_row",
    ("person", "name", "department", "site", "status", "end_date", "end_day", "extra"),
    ("person",),
    "people",
)


@dataclass(frozen=True)
class EventTable:
    """A table of events: rows that stay beside one another, and of which none comes twice.

    Attributes:
        columns: all but id, import_id and record, in the order in which they are stored; two
            events are the same when all of them are equal.
        when: the one of them that tells when it happened; it has an index.
    """

    name: str
    columns: tuple[str, ...]
    when: str


PAYMENT = EventTable(
    "payment",
    (
        "vendor_id", "spelling_id", "account", "invoice", "payment_date", "payment_day",
        "approximate", "amount_micros", "reference", "department", "payer",
    ),
    "payment_day",
)  # fmt: skip
CALL = EventTable(
    "call_row",
    (
        "start_micros", "duration_micros", "direction", "from_number", "to_number", "answered",
        "trunk_group", "service", "service_key",
    ),
    "start_micros",
)  # fmt: skip


def insert_rows(
    connection: sqlite3.Connection,
    table: ReferenceTable | EventTable,
    rows: Iterable[Sequence[object]],
) -> None:
    """Store rows: import id, record, then the table's columns."""
    names = ", ".join(("import_id", "record", *table.columns))
    marks = ", ".join("?" * (2 + len(table.columns)))
    connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)


def counted_rows(connection: sqlite3.Connection, table: str, import_id: int) -> int:
    """How many rows of a table an import stored."""
    found = connection.execute(
        f"SELECT count(*) FROM {table} WHERE import_id = ?", (import_id,)
    ).fetchone()
    return int(found[0])


def missing_keys(
    connection: sqlite3.Connection, table: ReferenceTable, import_id: int
) -> tuple[int, int]:
    """How many keys of earlier imports a new one lacks, and how many it replaces.

    Only imports that were not taken back count.
    """
    key = ", ".join(table.key)
    earlier = (
        f"SELECT {key} FROM {table.name} "
        f"LEFT JOIN retirement ON retirement.import_id = {table.name}.import_id "
        f"WHERE retirement.import_id IS NULL AND {table.name}.import_id < ?"
    )
    new = f"SELECT {key} FROM {table.name} WHERE import_id = ?"
    missing, replaced = (
        connection.execute(
            f"SELECT count(*) FROM ({earlier} {act} {new})", (import_id, import_id)
        ).fetchone()[0]
        for act in ("EXCEPT", "INTERSECT")
    )
    return int(missing), int(replaced)


def import_with_equal_rows(
    connection: sqlite3.Connection, table: ReferenceTable, import_id: int
) -> list[int]:
    """The earlier imports that were not taken back and stored the same rows, extras apart."""
    names = table.columns[:-1]
    counted = (
        f"SELECT {', '.join(names)}, count(*) FROM {table.name} WHERE import_id = ? "
        f"GROUP BY {', '.join(str(n + 1) for n in range(len(names)))}"
    )
    candidates = connection.execute(
        f"SELECT {table.name}.import_id, count(*) FROM {table.name} "
        f"LEFT JOIN retirement ON retirement.import_id = {table.name}.import_id "
        f"WHERE retirement.import_id IS NULL AND {table.name}.import_id < ? "
        f"GROUP BY {table.name}.import_id HAVING count(*) = ?",
        (import_id, counted_rows(connection, table.name, import_id)),
    ).fetchall()
    return [
        row[0]
        for row in candidates
        if connection.execute(f"{counted} EXCEPT {counted} LIMIT 1", (import_id, row[0])).fetchone()
        is None
    ]


def stored_rows(
    connection: sqlite3.Connection, table: ReferenceTable, import_id: int
) -> Iterator[tuple[object, ...]]:
    """The rows that an import stored, in the order of the table's columns; extras as JSON."""
    names = ", ".join(table.columns)
    for row in connection.execute(
        f"SELECT {names} FROM {table.name} WHERE import_id = ?", (import_id,)
    ):
        yield tuple(row)


def imports_without_rows(connection: sqlite3.Connection, layout: str, import_id: int) -> list[int]:
    """The earlier imports of a layout that were not taken back and stored no row."""
    found = connection.execute(
        "SELECT import_id FROM imports WHERE layout = ? AND status = 'current' "
        "AND rows_stored = 0 AND import_id < ?",
        (layout, import_id),
    )
    return [row[0] for row in found]


def has_events(connection: sqlite3.Connection, table: EventTable) -> bool:
    """Whether any event is stored."""
    return connection.execute(f"SELECT 1 FROM {table.name} LIMIT 1").fetchone() is not None


def events_of(
    connection: sqlite3.Connection, table: EventTable, import_id: int
) -> Iterator[list[tuple[int, tuple[object, ...]]]]:
    """The record and the columns of each event that an import stored, block by block."""
    found = connection.execute(
        f"SELECT record, {', '.join(table.columns)} FROM {table.name} WHERE import_id = ?",
        (import_id,),
    )
    while rows := found.fetchmany(_BLOCK):
        yield [(row[0], tuple(row)[1:]) for row in rows]


def earlier_events(
    connection: sqlite3.Connection, table: EventTable, import_id: int, when: int
) -> list[tuple[int, tuple[object, ...]]]:
    """The import and the columns of the events of earlier imports, not taken back, of one time.

    Args:
        connection: to the project.
        table: of the events.
        import_id: only imports before it count.
        when: the value of the table's column of that name.
    """
    columns = ", ".join(f"{table.name}.{column}" for column in table.columns)
    found = connection.execute(
        f"SELECT {table.name}.import_id, {columns} FROM {table.name} "
        f"LEFT JOIN retirement ON retirement.import_id = {table.name}.import_id "
        f"WHERE {table.name}.{table.when} = ? AND {table.name}.import_id < ? "
        f"AND retirement.import_id IS NULL",
        (when, import_id),
    )
    return [(row[0], tuple(row)[1:]) for row in found]
