"""The rows that a table shows, written to a file with the file and row each came from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from telecom_audit.months import month_text
from telecom_audit.progress import SILENT, Progress, Step
from telecom_audit.store.browse import Value, file_name, records_of
from telecom_audit.store.browse_columns import Kind
from telecom_audit.store.project import open_project
from telecom_audit.store.raw_rows import raw_records
from telecom_audit.tasks.browse import Rows, values_of
from telecom_audit.tasks.export_files import write_csv, write_xlsx
from telecom_audit.tasks.export_rows import Cell, Micros
from telecom_audit.tasks.export_target import checked_ending, whole_file

ENDINGS = (".csv", ".xlsx")
_BATCH = 2_000  # rows
_SOURCE = ("File", "Sheet", "Row")


def export_shown(path: Path, rows: Rows, target: Path, progress: Progress = SILENT) -> int:
    """Write rows in their order to a CSV or XLSX file; a job that answers how many.

    Raises:
        UsageError: an ending that we do not write, or no such folder.
        RefusedError: the file cannot be written.
        CancelledError: the person asked to stop; no file was written.
    """
    ending = checked_ending(target, ENDINGS)
    write = write_csv if ending == ".csv" else write_xlsx
    captions = [column.caption for column in rows.table.columns]
    if rows.table.is_imported:
        captions.extend(_SOURCE)
    with open_project(path) as project, project.read() as connection, whole_file(target) as made:
        return write(made, captions, _cells(connection, rows, progress))


def _cells(connection: sqlite3.Connection, rows: Rows, progress: Progress) -> Iterator[list[Cell]]:
    kinds = [column.kind for column in rows.table.columns]
    for first in range(0, len(rows.keys), _BATCH):
        progress.at(Step("Export rows", first, len(rows.keys)))
        some = replace(rows, keys=rows.keys[first : first + _BATCH])
        sources = _sources(connection, some)
        for key, values in zip(some.keys, values_of(connection, some), strict=True):
            if values is not None:
                cells = [_cell(kind, value) for kind, value in zip(kinds, values, strict=True)]
                yield cells + sources.get(key, [])


def _cell(kind: Kind, value: Value) -> Cell:
    if not isinstance(value, int):
        return file_name(value) if kind is Kind.FILE and value else value
    if kind in (Kind.MONEY, Kind.QUANTITY):
        return Micros(value)
    return month_text(value) if kind is Kind.MONTH else value


def _sources(connection: sqlite3.Connection, rows: Rows) -> dict[int, list[Cell]]:
    found = records_of(connection, rows.table, rows.keys)
    raw = raw_records(
        connection,
        [(import_id, record) for import_id, record in found.values() if record is not None],
    )
    sources: dict[int, list[Cell]] = {}
    for key, (import_id, record) in found.items():
        kept = None if record is None else raw.get((import_id, record))
        sources[key] = [file_name(kept.file), kept.sheet, kept.row] if kept else [None] * 3
    return sources
