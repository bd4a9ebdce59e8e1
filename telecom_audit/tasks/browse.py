"""Looking through the tables of a project: how many rows, which, their sums, their sources."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

from telecom_audit.progress import SILENT, Progress, Step
from telecom_audit.store import browse
from telecom_audit.store.browse import COUNTS, Keys, Query, Value, Within
from telecom_audit.store.browse_columns import BrowsedTable
from telecom_audit.store.browse_tables import DATA_TABLES, QUARANTINE
from telecom_audit.store.connection import translated
from telecom_audit.store.project import open_project
from telecom_audit.store.raw_rows import raw_records

Values: TypeAlias = tuple[Value, ...]

_BATCH = 2_000  # rows


@dataclass(frozen=True)
class Source:
    """Where a row came from.

    Attributes:
        file: the file's name.
        sha256: the digest of its bytes.
        sheet: of a workbook, else empty.
        row: the physical row, from 1; None for a whole import.
        cells: captions and cells as they stood in the file.
    """

    file: str
    sha256: str
    sheet: str
    row: int | None
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """The rows of a table that a query wants, and how many there are without its conditions."""

    keys: Keys
    whole: int


@dataclass(frozen=True)
class Rows:
    """Some rows of a table by their keys, and what of each counts, where that is known."""

    table: BrowsedTable
    keys: Keys
    within: Within | None = None

    def counted(self, key: int) -> int:
        """What of a row counts, in micros."""
        if self.within is None:
            return 0
        return self.within.counts[bisect_left(self.within.ids, key)]


def listing(path: Path, table: BrowsedTable, query: Query, progress: Progress = SILENT) -> Listing:
    """The keys of the rows that a query wants, in its order; a job.

    Raises:
        CancelledError: the person asked to stop.
    """
    if not query.is_plain:
        return exact_listing(path, table, query, progress)
    with open_project(path) as project, translated(path):
        dense = browse.dense_range(project.connection, table)
    if dense is None:
        return exact_listing(path, table, query, progress)
    return Listing(dense, len(dense))


def exact_listing(
    path: Path, table: BrowsedTable, query: Query, progress: Progress = SILENT
) -> Listing:
    """As `listing`, reading every row, also where the ids should have no gap."""
    with open_project(path) as project, translated(path):
        connection = project.connection
        found = browse.keys(connection, table, query, progress)
        if query.within is not None:
            return Listing(found, len(query.within.ids))
        whole = browse.row_count(connection, table) if query.conditions else len(found)
    return Listing(found, whole)


def table_counts(path: Path, progress: Progress = SILENT) -> dict[str, int]:
    """How many rows each table of the Data page has, by the table's key; a job."""
    counts: dict[str, int] = {}
    with open_project(path) as project, project.read() as connection:
        for table in DATA_TABLES:
            progress.check()
            counts[table.key] = browse.row_count(connection, table)
    return counts


def column_sums(
    path: Path, rows: Rows, columns: Sequence[str], progress: Progress = SILENT
) -> list[int]:
    """The exact sums of some columns; a job."""
    stored = [column for column in columns if column != COUNTS]
    with open_project(path) as project, project.read() as connection:
        found = browse.sums(connection, rows.table, rows.keys, stored, progress)
    sums = dict(zip(stored, found, strict=True))
    if COUNTS in columns:
        sums[COUNTS] = sum(rows.counted(key) for key in rows.keys)
    return [sums[column] for column in columns]


def all_values(path: Path, rows: Rows, progress: Progress = SILENT) -> list[Values]:
    """The values of many rows in their order, blanks for those that vanished; a job."""
    found: list[Values] = []
    blank = (None,) * len(rows.table.columns)
    with open_project(path) as project, project.read() as connection:
        for first in range(0, len(rows.keys), _BATCH):
            progress.at(Step("Read rows", first, len(rows.keys)))
            some = replace(rows, keys=rows.keys[first : first + _BATCH])
            found.extend(values or blank for values in values_of(connection, some))
    return found


def values_of(connection: sqlite3.Connection, rows: Rows) -> list[Values | None]:
    """The values of rows in their order, in the order of the table's columns.

    A row that is not there is None.
    """
    found = browse.rows_with_keys(connection, rows.table, rows.keys)
    if rows.table.columns[-1].key != COUNTS:
        return [found.get(key) for key in rows.keys]
    return [(*found[key], rows.counted(key)) if key in found else None for key in rows.keys]


def source_of(connection: sqlite3.Connection, table: BrowsedTable, key: int) -> Source | None:
    """Where a row came from, with its raw cells; None for what no file brought."""
    found = browse.records_of(connection, table, (key,)).get(key)
    if found is None:
        return None
    import_id, record = found
    facts = browse.import_facts(connection, import_id)
    if facts is None:
        return None
    row: int | None = None
    cells: tuple[str, ...] = ()
    if table.key == QUARANTINE.key:
        row, raw = browse.quarantined_record(connection, key) or (None, "[]")
        cells = tuple(json.loads(raw))
    elif record is not None:
        kept = raw_records(connection, [(import_id, record)]).get((import_id, record))
        row, cells = (kept.row, kept.cells) if kept else (None, ())
    captions: list[str] = json.loads(str(facts["header"])) if cells else []
    return Source(
        browse.file_name(str(facts["file"])),
        str(facts["sha256"]),
        str(facts["sheet"]),
        row,
        tuple(
            (str(caption), str(cell))
            for caption, cell in zip_longest(captions, cells, fillvalue="")
        ),
    )
