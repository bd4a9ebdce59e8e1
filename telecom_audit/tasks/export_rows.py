"""The rows of an exported table with their sources and extra columns, block by block."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from telecom_audit.months import month_text
from telecom_audit.store.browse import file_name
from telecom_audit.store.exports import Table, batches, columns, extra_columns
from telecom_audit.store.raw_rows import RawRecord, raw_records

_MONTHS = {"counts_month", "first_month", "last_month", "month"}
_SOURCE = ("import_id", "file", "sheet", "row")


@dataclass(frozen=True)
class Micros:
    """An amount, told from a whole number by its type."""

    value: int


Cell = str | int | Micros | None


@dataclass(frozen=True)
class Columns:
    """The captions of an export.

    Attributes:
        own: the columns of the view.
        has_source: the source columns follow them.
        extras: the captions of the extra columns, after these.
        places: import id -> position in the file -> position among the extra columns.
    """

    own: tuple[str, ...]
    has_source: bool
    extras: tuple[str, ...]
    places: Mapping[int, Mapping[int, int]]

    @property
    def captions(self) -> tuple[str, ...]:
        """All captions in order."""
        return (*self.own, *(_SOURCE if self.has_source else ()), *self.extras)


def exported_columns(connection: sqlite3.Connection, table: Table) -> Columns:
    """Which columns an export has; equal extra captions of one file are told apart by a number."""
    named = columns(connection, table)
    own = tuple(name for name in named if name not in {"import_id", "record"})
    has_source = "record" in named
    taken = {*own, *(_SOURCE if has_source else ())}
    extras: dict[str, int] = {}
    places: dict[int, dict[int, int]] = {}
    for import_id, found in (extra_columns(connection, table.kind) if table.kind else {}).items():
        used = set(taken)
        places[import_id] = {}
        for place, caption in found.items():
            name = _free(caption.strip() or f"column {place + 1}", used)
            used.add(name)
            places[import_id][place] = extras.setdefault(name, len(extras))
    return Columns(own, has_source, tuple(extras), places)


def _free(caption: str, used: set[str]) -> str:
    name, number = caption, 2
    while name in used:
        name, number = f"{caption} ({number})", number + 1
    return name


def exported_rows(
    connection: sqlite3.Connection, table: Table, shape: Columns
) -> Iterator[list[Cell]]:
    """The rows in the order of the captions."""
    for rows in batches(connection, table):
        raw: Mapping[tuple[int, int], RawRecord] = {}
        if shape.has_source:
            raw = raw_records(
                connection,
                [(row["import_id"], row["record"]) for row in rows if row["record"] is not None],
            )
        for row in rows:
            cells = [_cell(name, row[name], table) for name in shape.own]
            if shape.has_source:
                cells += _sourced(row, raw.get((row["import_id"], row["record"])), shape)
            yield cells


def _cell(name: str, value: str | int | None, table: Table) -> Cell:
    if value is None:
        return None
    if name in table.money:
        return Micros(int(value))
    if name in _MONTHS:
        return month_text(int(value))
    if name == "approximate":
        return "yes" if value else ""
    return value


def _sourced(row: sqlite3.Row, record: RawRecord | None, shape: Columns) -> list[Cell]:
    import_id: int = row["import_id"]
    extras: list[Cell] = [None] * len(shape.extras)
    if record is None:
        return [import_id, None, None, None, *extras]
    for place, position in shape.places.get(import_id, {}).items():
        if place < len(record.cells):
            extras[position] = record.cells[place]
    return [import_id, file_name(record.file), record.sheet, record.row, *extras]
