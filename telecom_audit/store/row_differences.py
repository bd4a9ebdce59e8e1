"""The rows in which a project differs from another that was made from the same sources."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_WHEN_AND_WHO = frozenset({"at", "user", "imported_at"})
_NOT_COMPARED: dict[str, frozenset[str]] = {
    "import_file": frozenset({"file", "warnings"}),  # other systems write paths otherwise
    "quarantined_row": frozenset({"column_name", "reason"}),
}
_NOT_READ = frozenset({"action_log", "raw_block", "cutover", "baseline", "scenario"})


@dataclass(frozen=True)
class Difference:
    """A cell that differs; of a row that only one of the two has, `column` is "".

    Attributes:
        key: the row's primary key as text.
        mine, beside: the values; None where the row is missing.
    """

    table: str
    key: str
    column: str
    mine: object
    beside: object


@contextmanager
def compared_with(connection: sqlite3.Connection, other: Path) -> Iterator[None]:
    """Let the functions below see another project as `beside`, to read only."""
    uri = "file:" + quote(str(other.resolve()), safe="") + "?mode=ro"
    connection.execute("ATTACH ? AS beside", (uri,))
    try:
        yield
    except BaseException:
        with suppress(sqlite3.OperationalError):  # a row that cannot be read is still being read
            connection.execute("DETACH beside")
        raise
    connection.execute("DETACH beside")


def compared_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that can be compared row by row."""
    found = connection.execute(
        "SELECT name FROM beside.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    )
    return [row[0] for row in found if row[0] not in _NOT_READ]


def differences(connection: sqlite3.Connection, table: str) -> Iterator[Difference]:
    """Where a table differs, cell by cell; moments and the persons at the machine are left out."""
    keys, columns = _columns(connection, table)
    same_key = " AND ".join(f"other.{key} IS mine.{key}" for key in keys)
    yield from _changed(connection, table, (keys, columns, same_key))
    missing = connection.execute(
        f"SELECT {_names('mine', keys)} FROM beside.{table} AS mine"
        f" WHERE NOT EXISTS (SELECT 1 FROM main.{table} AS other WHERE {same_key})"
    )
    for row in missing:
        yield Difference(table, _key(row), "", None, "there")


def _changed(
    connection: sqlite3.Connection, table: str, how: tuple[list[str], list[str], str]
) -> Iterator[Difference]:
    keys, columns, same_key = how
    mine, other = (_names(name, columns or keys) for name in ("mine", "other"))
    found = connection.execute(
        f"SELECT {_names('mine', keys)}, other.{keys[0]} IS NULL, {mine}, {other}"
        f" FROM main.{table} AS mine LEFT JOIN beside.{table} AS other ON {same_key}"
        f" WHERE other.{keys[0]} IS NULL OR ({mine}) IS NOT ({other})"
    )
    for row in found:
        key, is_missing, cells = _key(row[: len(keys)]), row[len(keys)], row[len(keys) + 1 :]
        if is_missing:
            yield Difference(table, key, "", "there", None)
            continue
        for place, column in enumerate(columns):
            here, there = cells[place], cells[place + len(columns)]
            if here != there:
                yield Difference(table, key, column.strip('"'), here, there)


def _columns(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    """The columns of the primary key and the others that are compared, quoted."""
    rows = connection.execute(f"PRAGMA beside.table_info({table})").fetchall()
    left_out = _WHEN_AND_WHO | _NOT_COMPARED.get(table, frozenset())
    keys = [f'"{row["name"]}"' for row in rows if row["pk"]]
    others = [f'"{row["name"]}"' for row in rows if not row["pk"] and row["name"] not in left_out]
    return keys, others


def _names(table: str, columns: list[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)


def _key(values: tuple[object, ...] | sqlite3.Row) -> str:
    return " ".join(map(str, values))


def source_of(connection: sqlite3.Connection, table: str, key: str) -> tuple[int, int] | None:
    """The import and the record that a row came from; None for a row that came from no file."""
    query = (
        "SELECT invoice.import_id, charge.record FROM beside.charge"
        " JOIN beside.invoice ON invoice.id = charge.invoice_id WHERE charge.id = ?"
        if table == "charge"
        else f"SELECT import_id, record FROM beside.{table} WHERE id = ?"
    )
    row = connection.execute(query, (int(key),)).fetchone()
    return None if row is None else (row[0], row[1])


def take_changed_rows(connection: sqlite3.Connection, table: str, keys: Iterable[str]) -> None:
    """Give rows that are there the values that they have in the project beside."""
    names, key, same_key = _names_and_key(connection, table)
    connection.execute(
        f"REPLACE INTO main.{table} ({names}) SELECT {names} FROM beside.{table} AS other"
        f" WHERE {key} IN (SELECT value FROM json_each(?))"
        f" AND EXISTS (SELECT 1 FROM main.{table} AS mine WHERE {same_key})",
        (json.dumps(list(keys)),),
    )


def take_added_and_missing_rows(
    connection: sqlite3.Connection, table: str, keys: Iterable[str]
) -> None:
    """Add the rows that only the project beside has, and delete those that it has not."""
    names, key, _ = _names_and_key(connection, table)
    wanted = json.dumps(list(keys))
    connection.execute(
        f"DELETE FROM main.{table} WHERE {key} IN (SELECT value FROM json_each(?))", (wanted,)
    )
    connection.execute(
        f"INSERT INTO main.{table} ({names}) SELECT {names} FROM beside.{table}"
        f" WHERE {key} IN (SELECT value FROM json_each(?))",
        (wanted,),
    )


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Let rows be changed in a project that is made only to be compared."""
    found = connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'trigger'")
    for row in found.fetchall():
        connection.execute(f'DROP TRIGGER "{row[0]}"')


def _names_and_key(connection: sqlite3.Connection, table: str) -> tuple[str, str, str]:
    """All columns, the primary key as a text, and what says that two rows have the same one."""
    rows = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
    keys = [f'"{row["name"]}"' for row in rows if row["pk"]]
    return (
        ", ".join(f'"{row["name"]}"' for row in rows),
        "CAST(" + " || ' ' || ".join(keys) + " AS TEXT)",
        " AND ".join(f"mine.{key} = other.{key}" for key in keys),
    )
