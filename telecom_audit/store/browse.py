"""Looking through a table: its keys under filters and an order, pages of rows, sums.

Names come from the tables' declarations, values go by `?` only. Keys are whole numbers in an
`array('q')`; where a table's ids have no gap they are a `range`, which costs nothing however long
the table is.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from pathlib import PureWindowsPath
from typing import TypeAlias

from telecom_audit.progress import SILENT, Progress, Step
from telecom_audit.store.browse_columns import BrowsedTable, Kind
from telecom_audit.store.interruption import interruptible

Keys: TypeAlias = "array[int] | range"
Value: TypeAlias = str | int | None

COUNTS = "counts"
_BATCH = 20_000
_SUM_BATCH = 10_000


class Compare(StrEnum):
    """How a column is compared with a value."""

    CONTAINS = "contains"
    IS = "is"
    FROM = "from"
    UP_TO = "up to"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class Condition:
    """One comparison that rows must pass: a column's key, the test, and the value."""

    column: str
    test: Compare
    value: str | int


@dataclass(frozen=True)
class Within:
    """Only these rows, and what of each counts.

    Attributes:
        ids: the keys in rising order.
        counts: micros of each, in the same order; the column COUNTS sorts and filters by them.
    """

    ids: array[int]
    counts: array[int]


@dataclass(frozen=True)
class Query:
    """Which rows are wanted and in which order.

    Attributes:
        conditions: all of them must hold.
        order: a column's key; empty: the order of the keys. Ties go by key, blanks come last.
        is_descending: the largest first.
        within: only these rows; None: all.
    """

    conditions: tuple[Condition, ...] = ()
    order: str = ""
    is_descending: bool = False
    within: Within | None = None

    @property
    def is_plain(self) -> bool:
        """Whether all rows are wanted as they stand."""
        return not self.conditions and not self.order and self.within is None


def dense_range(connection: sqlite3.Connection, table: BrowsedTable) -> range | None:
    """The keys of a table whose ids have no gap, found without reading it; None for others.

    Rows are only ever appended; a gap that another program made shows as a row that is not there.
    """
    if not table.dense:
        return None
    if table.dense_unless:
        found = connection.execute(f"SELECT 1 FROM {table.dense_unless} LIMIT 1").fetchone()
        if found is not None:
            return None
    first, last = connection.execute(
        f"SELECT (SELECT min(id) FROM {table.dense}), (SELECT max(id) FROM {table.dense})"
    ).fetchone()
    return range(0) if first is None else range(first, last + 1)


def row_count(connection: sqlite3.Connection, table: BrowsedTable) -> int:
    """How many rows a table has; a table without gaps is not read for it."""
    dense = dense_range(connection, table)
    if dense is not None:
        return len(dense)
    return int(connection.execute(f"SELECT count(*) FROM {table.view}").fetchone()[0])


def keys(
    connection: sqlite3.Connection,
    table: BrowsedTable,
    query: Query,
    progress: Progress = SILENT,
) -> array[int]:
    """The keys of the rows that a query wants, in its order.

    Raises:
        CancelledError: the person asked to stop.
    """
    where, values = _where(table, query)
    found: array[int] = array("q")
    name = f"Sort {table.caption.lower()}" if query.order else f"Filter {table.caption.lower()}"
    with _within(connection, query.within), _asking(connection, progress):
        cursor = connection.cursor()
        cursor.row_factory = None
        cursor.execute(
            f"SELECT {table.id} FROM {table.view} AS shown{where} ORDER BY {_order(table, query)}",
            values,
        )
        while rows := cursor.fetchmany(_BATCH):
            found.extend(chain.from_iterable(rows))
            progress.at(Step(name, len(found), None, "rows", len(found)))
    return found


def rows_with_keys(
    connection: sqlite3.Connection, table: BrowsedTable, wanted: Sequence[int]
) -> dict[int, tuple[Value, ...]]:
    """The rows of these keys, each by its key with its columns' values, COUNTS left out.

    A row that is not there is absent.

    Args:
        connection: to the project.
        table: which table.
        wanted: keys; a `range` is read as one stretch.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    columns = ", ".join(f'"{column.key}"' for column in table.columns if column.key != COUNTS)
    where, values = _these(table, wanted)
    cursor.execute(
        f"SELECT {table.rows_id or table.id}, {columns} FROM {table.rows or table.view}{where}",
        values,
    )
    return {row[0]: row[1:] for row in cursor.fetchall()}


def sums(
    connection: sqlite3.Connection,
    table: BrowsedTable,
    wanted: Sequence[int],
    columns: Sequence[str],
    progress: Progress = SILENT,
) -> list[int]:
    """The exact sums of some columns over the rows of these keys.

    Raises:
        CancelledError: the person asked to stop.
    """
    if not columns:
        return []
    added = ", ".join(f'sum("{table.column(column).key}")' for column in columns)
    totals = [0] * len(columns)
    for first in range(0, len(wanted), _SUM_BATCH):
        progress.at(Step("Add up", first, len(wanted)))
        where, values = _these(table, wanted[first : first + _SUM_BATCH])
        row = connection.execute(
            f"SELECT {added} FROM {table.rows or table.view}{where}", values
        ).fetchone()
        totals = [total + (part or 0) for total, part in zip(totals, row, strict=True)]
    return totals


def records_of(
    connection: sqlite3.Connection, table: BrowsedTable, wanted: Sequence[int]
) -> dict[int, tuple[int, int | None]]:
    """The import and the raw record that rows came from, by their keys.

    What no file brought is absent; the record is None for what is not kept as one.
    """
    if not table.is_imported:
        return {}
    cursor = connection.cursor()
    cursor.row_factory = None
    where, values = _these(table, wanted)
    cursor.execute(
        f"SELECT {table.rows_id or table.id}, import_id, {table.record}"
        f" FROM {table.rows or table.view}{where}",
        values,
    )
    return {key: (import_id, record) for key, import_id, record in cursor.fetchall()}


def import_facts(connection: sqlite3.Connection, import_id: int) -> Mapping[str, Value] | None:
    """File, sha256, sheet, layout and header (a JSON list of captions) of an import."""
    row = connection.execute(
        "SELECT file, sha256, sheet, layout, header FROM import_file WHERE id = ?", (import_id,)
    ).fetchone()
    return None if row is None else dict(row)


def quarantined_record(connection: sqlite3.Connection, key: int) -> tuple[int, str] | None:
    """The physical row and the raw cells (a JSON list) of a row that was not accepted."""
    row = connection.execute("SELECT row, raw FROM quarantined_row WHERE id = ?", (key,)).fetchone()
    return None if row is None else (row[0], row[1])


@lru_cache(maxsize=1024)  # many rows come from few files
def file_name(path: str) -> str:
    """The name of a file without its folders, whichever system wrote the path."""
    return PureWindowsPath(path).name


def _these(table: BrowsedTable, wanted: Sequence[int]) -> tuple[str, tuple[Value, ...]]:
    key = table.rows_id or table.id
    if isinstance(wanted, range):
        return f" WHERE {key} BETWEEN ? AND ?", (wanted.start, wanted.stop - 1)
    return f" WHERE {key} IN (SELECT value FROM json_each(?))", (json.dumps(list(wanted)),)


def _expression(table: BrowsedTable, column: str) -> str:
    if column == COUNTS:
        return f"(SELECT counts FROM temp.behind WHERE behind.id = shown.{table.id})"
    shown = f'shown."{table.column(column).key}"'
    return f"file_name({shown})" if table.column(column).kind is Kind.FILE else shown


def _where(table: BrowsedTable, query: Query) -> tuple[str, list[Value]]:
    parts, values = [], []
    if query.within is not None:
        parts.append(f"shown.{table.id} IN (SELECT id FROM temp.behind)")
    for condition in query.conditions:
        text, value = _compared(_expression(table, condition.column), condition)
        parts.append(text)
        values.append(value)
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


_SIGNS = {
    Compare.FROM: ">=",
    Compare.UP_TO: "<=",
    Compare.ABOVE: ">",
    Compare.BELOW: "<",
    Compare.IS: "=",
}


def _compared(column: str, condition: Condition) -> tuple[str, Value]:
    value = condition.value
    if condition.test is Compare.CONTAINS:
        text = str(value)
        if not text.isascii():  # LIKE folds the case of ASCII letters only
            return f"instr(folded({column}), ?) > 0", text.casefold()
        for special in "\\%_":
            text = text.replace(special, "\\" + special)
        return f"{column} LIKE ? ESCAPE '\\'", f"%{text}%"
    if isinstance(value, str) and condition.test is Compare.IS:
        return f"folded({column}) = ?", value.casefold()
    return f"{column} {_SIGNS[condition.test]} ?", value


def _order(table: BrowsedTable, query: Query) -> str:
    key = f"shown.{table.id}"
    if not query.order:
        return key
    way = "DESC" if query.is_descending else "ASC"
    expression = _expression(table, query.order)
    kind = Kind.MONEY if query.order == COUNTS else table.column(query.order).kind
    if kind in (Kind.TEXT, Kind.STATUS, Kind.FILE):
        expression = f"nullif({expression}, '') COLLATE NOCASE"
    return f"{expression} {way} NULLS LAST, {key}"


@contextmanager
def _within(connection: sqlite3.Connection, within: Within | None) -> Iterator[None]:
    """A table of the connection's own, kept in memory, with the rows that alone are wanted."""
    if within is None:
        yield
        return
    connection.execute("CREATE TEMP TABLE behind (id INTEGER PRIMARY KEY, counts INTEGER)")
    try:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO temp.behind (id, counts) VALUES (?, ?)",
            zip(within.ids, within.counts, strict=True),
        )
        connection.execute("COMMIT")
        yield
    finally:
        connection.execute("DROP TABLE temp.behind")


@contextmanager
def _asking(connection: sqlite3.Connection, progress: Progress) -> Iterator[None]:
    """Know our functions, and stop SQLite itself, also while it sorts, when the person asks.

    Raises:
        CancelledError: it was stopped.
    """
    connection.create_function("folded", 1, _folded, deterministic=True)
    connection.create_function("file_name", 1, file_name, deterministic=True)
    with interruptible(connection, progress):
        yield


def _folded(text: Value) -> Value:
    return text.casefold() if isinstance(text, str) else text
