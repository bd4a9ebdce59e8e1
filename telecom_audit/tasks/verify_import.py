"""Making an import again from the raw cells that the project keeps of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.progress import Progress
from telecom_audit.readers.conversion import Reading, Remarks
from telecom_audit.readers.intake import TakenFile
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.recognition import SEARCHED, Recognised, candidates
from telecom_audit.readers.records import Header, PlainRecords, Record
from telecom_audit.readers.table import Table
from telecom_audit.readers.text_records import RowsAndRecords
from telecom_audit.store import history
from telecom_audit.store.imports import ImportRow, rows_in_any_order
from telecom_audit.store.project import Project
from telecom_audit.store.raw_rows import CELL, all_raw_records
from telecom_audit.tasks.imports_file import Importing, store_table
from telecom_audit.tasks.imports_progress import FileProgress
from telecom_audit.tasks.imports_relations import SAYINGS, Placing

_ANY_WIDTH = 1 << 20  # rows that were too wide are known by the reason that is kept with them


class _PlacedOtherwiseError(Exception):
    """The invoices came to stand otherwise than they are stored."""


@dataclass(frozen=True)
class Again:
    """An import that is made again.

    Attributes:
        source: connection to the project that keeps the raw cells.
        row: the import there.
        before: how many records stood before its header.
    """

    source: sqlite3.Connection
    row: ImportRow
    before: int

    def store_in(self, project: Project, progress: Progress) -> None:
        """Store it as the next import of another project, as its options say.

        What the user said of contradicting invoices is not kept with an import; it is the answer
        with which they come to stand as they are stored.

        Raises:
            RefusedError: the import contradicts what is stored there whatever the user said.
        """
        wanted = history.placed_invoices(self.source, self.row.import_id)
        possible = []
        with rows_in_any_order(project.connection):
            for saying in ("", *SAYINGS):
                try:
                    return self._store(project, saying, wanted, progress)
                except _PlacedOtherwiseError:
                    possible.append(saying)
                except RefusedError:
                    if saying == SAYINGS[-1] and not possible:
                        raise
            return self._store(project, possible[0], None, progress)

    def _store(
        self, project: Project, saying: str, wanted: object | None, progress: Progress
    ) -> None:
        """Store it, unless its invoices come to stand otherwise than wanted (None: anyhow)."""
        row = self.row
        options = _options(row)
        layout = candidates(options)[0]
        currency = project.settings.currency
        given = Importing(
            transaction=project.write,
            log=project.log,
            currency=currency,
            options=options,
            placing=Placing(saying),
            told=FileProgress(progress, Path(row.file).name, 0, row.size, row.size),
        )
        formats = {column: tuple(forms) for column, forms in _texts(row, "formats").items()}
        reading = Reading(layout, options, layout.currency or currency, formats, Remarks())
        header = Header(tuple(row.header), 1, self.before, _ANY_WIDTH)
        recognised = Recognised(layout, header, dict(row.columns))
        table = Table(
            Path(row.file).name, recognised, row.sheet, row.encoding, row.delimiter, 0, (),
            self._records,
        )  # fmt: skip
        taken = TakenFile(
            Path(row.file), row.sha256, row.size, is_gzip=False, head=b"", is_utf8=True, nul_bytes=0
        )
        with project.write() as connection:
            store_table(connection, taken, table, reading, given)
            if wanted not in (None, history.placed_invoices(connection, row.import_id)):
                raise _PlacedOtherwiseError

    def _records(self) -> Iterator[RowsAndRecords]:
        """The raw records after as many others as stood before them, the header included."""
        shaped = history.refused_by_shape(self.source, self.row.import_id)
        before = self.before + 1
        yield [0] * before, [[] for _ in range(before)], {}
        for rows, kept in all_raw_records(self.source, self.row.import_id):
            faults = {place: shaped[row] for place, row in enumerate(rows) if row in shaped}
            yield rows, _as_read(kept), faults


def _as_read(kept: list[str] | list[list[str]]) -> Sequence[Record]:
    """Records as a reader emits them; those of plain text stay lines until a cell is wanted."""
    lines = [one for one in kept if isinstance(one, str)]
    if lines:
        return PlainRecords(lines, CELL)
    return [one for one in kept if isinstance(one, list)]


def again(source: sqlite3.Connection, row: ImportRow, raw_records: int) -> Again:
    """An import of a project, to be made again from its raw cells.

    Args:
        source: connection to the project.
        row: the import.
        raw_records: how many raw records it has.
    """
    return Again(source, row, min(max(row.read - raw_records, 0), SEARCHED))


def _options(row: ImportRow) -> ReadOptions:
    stored = row.options
    return ReadOptions(
        layout=row.layout,
        decimal=str(stored.get("decimal", "")),
        reverses=bool(stored.get("reverses", False)),
        defaults=_texts(row, "defaults"),
        columns=_texts(row, "columns"),
        values=_texts(row, "values"),
        aliases=_texts(row, "aliases"),
    )


def _texts(row: ImportRow, name: str) -> dict[str, Any]:
    found = row.options.get(name, {})
    return dict(found) if isinstance(found, dict) else {}
