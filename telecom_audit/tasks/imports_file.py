"""Importing one file: taken, recognised, converted and stored whole, or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from telecom_audit.errors import RefusedError, TelecomAuditError
from telecom_audit.memory import cycles_unsought
from telecom_audit.months import day_text
from telecom_audit.readers.cells import BadCell
from telecom_audit.readers.conversion import Reading, Remarks, read_with_dates
from telecom_audit.readers.date_columns import settled_formats
from telecom_audit.readers.intake import TakenFile, take
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.records import Batch, PlainRecords
from telecom_audit.readers.table import Table, open_table
from telecom_audit.store import imports, quarantine
from telecom_audit.store.dimensions import known_vendor
from telecom_audit.store.imports import ImportRow
from telecom_audit.store.open_files import reading_bytes
from telecom_audit.store.project import now_text
from telecom_audit.store.quarantine import QuarantinedRow
from telecom_audit.store.raw_rows import CELL, RECORD, RawBlocks
from telecom_audit.tasks import invoice_states
from telecom_audit.tasks.imports_answer import FileAnswer, already_imported, imported
from telecom_audit.tasks.imports_bill import BillWriter
from telecom_audit.tasks.imports_call import CallWriter
from telecom_audit.tasks.imports_payment import PaymentWriter
from telecom_audit.tasks.imports_progress import FileProgress
from telecom_audit.tasks.imports_reference import ReferenceWriter
from telecom_audit.tasks.imports_relations import Placing
from telecom_audit.tasks.imports_rows import Finished, Writer
from telecom_audit.tasks.imports_screen import Screened, screened

Transaction = Callable[[], AbstractContextManager[sqlite3.Connection]]


@dataclass(frozen=True)
class Importing:
    """What all files of one command share.

    Attributes:
        transaction: opens what is kept whole or not at all.
        log: notes an action; call it inside a transaction.
        currency: of the project.
        told: what is told of the file at work.
    """

    transaction: Transaction
    log: Callable[[str, Mapping[str, object]], None]
    currency: str
    options: ReadOptions
    placing: Placing
    told: FileProgress = field(default_factory=FileProgress)


class _SameContentError(Exception):
    """The content is stored already; what was written of it must go."""

    def __init__(self, import_id: int, read: int) -> None:
        super().__init__(import_id)
        self.import_id = import_id
        self.read = read


def import_file(path: Path, given: Importing) -> FileAnswer:
    """Import one file.

    Raises:
        UsageError: there is no such file.
        RefusedError: it cannot be accepted; nothing was changed.
        CancelledError: the person asked to stop; nothing was changed.
    """
    given.told.begins()
    with reading_bytes(path) as may_read:
        if not may_read:
            raise RefusedError(
                f"{path.name} is a project that is open", "Name the bill or the inventory."
            )
    taken = take(path, given.told.progress)
    try:
        with cycles_unsought():
            return _import_taken(taken, given)
    except TelecomAuditError as error:
        error.add_note(taken.sha256)
        raise


def _import_taken(taken: TakenFile, given: Importing) -> FileAnswer:
    known = _same_bytes(taken, given)
    if known is not None:
        return _already(taken, given, known)
    table = open_table(taken, given.options)
    layout = table.recognised.layout
    reading = Reading(
        layout=layout,
        options=given.options,
        currency=layout.currency or given.currency,
        formats=settled_formats(table, given.options),
        remarks=Remarks(),
    )
    try:
        return read_with_dates(
            table, reading, lambda one: _store(taken, table, one, given), given.told.decides
        )
    except _SameContentError as same:
        return _already(taken, given, same.import_id, same.read)


def _same_bytes(taken: TakenFile, given: Importing) -> int | None:
    """The import that has these bytes, of a workbook also the wanted sheet of it."""
    sheet = given.options.sheet if taken.is_workbook else ""
    with given.transaction() as connection:
        found = imports.not_retired_with_digest(connection, taken.sha256)
    return next((row["import_id"] for row in found if sheet in ("", row["sheet"])), None)


def _already(
    taken: TakenFile, given: Importing, import_id: int, read: int | None = None
) -> FileAnswer:
    with given.transaction() as connection:
        row = imports.import_with_id(connection, import_id)
        given.log("import", {"file": str(taken.path), "already-imported": import_id})
    if row is None:
        raise RefusedError(f"import {import_id} is gone", "Try again.")
    return already_imported(taken, row, row["rows_read"] if read is None else read)


def _store(taken: TakenFile, table: Table, reading: Reading, given: Importing) -> FileAnswer:
    before = taken.path.stat()
    with given.transaction() as connection:
        row, finished = store_table(connection, taken, table, reading, given)
        after = taken.path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise RefusedError(f"{taken.path.name} changed while it was read", "Try again.")
        given.log("import", {"file": row.file, "sha256": row.sha256, "import_id": row.import_id})
    return imported(row, finished)


def store_table(
    connection: sqlite3.Connection,
    taken: TakenFile,
    table: Table,
    reading: Reading,
    given: Importing,
) -> tuple[ImportRow, Finished]:
    """Store the records of a table as the next import, inside a transaction.

    Args:
        connection: inside the transaction.
        taken: the file that the records come from.
        table: its records.
        reading: how its cells become values.
        given: what the files of a command share.

    Raises:
        RefusedError: the records contradict what is stored, or there are none.
    """
    run = _Run(connection, table, reading, given)
    with RawBlocks(connection, run.import_id) as raw:
        run.read(raw)
    return run.complete(taken)


@dataclass
class _Counts:
    read: int = 0
    ignored: int = 0
    quarantined: list[str] = field(default_factory=list)


class _Run:
    """One pass over a file inside its transaction."""

    def __init__(
        self, connection: sqlite3.Connection, table: Table, reading: Reading, given: Importing
    ) -> None:
        self._connection = connection
        self._table = table
        self._reading = reading
        self._given = given
        self.import_id = imports.next_import_id(connection)
        self._writer = _writer(connection, self.import_id, reading, given.placing)
        before = table.recognised.header.before
        self._counts = _Counts(read=before, ignored=before)

    def read(self, raw: RawBlocks) -> None:
        """Read all records: keep them raw, store what can be, put the others aside."""
        for batch in self._table.batches():
            _keep_raw(batch, raw)
            self._counts.read += len(batch.records)
            screen = screened(batch, self._table.recognised, self._given.currency)
            while bad := self._writer.store(screen.rows):
                screen = screen.without(bad)
            self._set_aside(batch, screen)
            self._given.told.reads(batch.rows[-1], self._table.rows, self._counts.read)
        raw.finish()

    def complete(self, taken: TakenFile) -> tuple[ImportRow, Finished]:
        """Check the row count and store the import beside its rows.

        Raises:
            RefusedError: the file has no data records, or contradicts what is stored.
            CancelledError: the person asked to stop.
        """
        counts, progress = self._counts, self._given.told.progress
        self._given.told.completes(counts.read)
        finished = self._writer.finish(counts.quarantined)
        if not finished.stored + finished.ignored + len(counts.quarantined):
            raise RefusedError(
                f"{taken.path.name} has no data records under its header", "Ask for the file again."
            )
        if finished.same_as is not None:
            raise _SameContentError(finished.same_as, counts.read)
        row = self._row(taken, finished)
        if row.read != row.stored + row.quarantined + row.ignored:
            raise AssertionError("rows read are not the rows stored, quarantined and ignored")
        imports.insert_import(self._connection, row)
        if finished.invoices:
            invoice_states.refresh(self._connection, progress)
        progress.check()
        return row, finished

    def _row(self, taken: TakenFile, finished: Finished) -> ImportRow:
        recognised, amounts = self._table.recognised, finished.amounts
        return ImportRow(
            import_id=self.import_id,
            file=str(taken.path),
            sha256=taken.sha256,
            size=taken.size,
            layout=recognised.layout.key,
            kind=recognised.layout.kind,
            sheet=self._table.sheet,
            encoding=self._table.encoding,
            delimiter=self._table.delimiter,
            options=_option_texts(self._reading),
            header=recognised.header.captions,
            columns=recognised.positions,
            imported_at=now_text(),
            read=self._counts.read,
            stored=finished.stored,
            quarantined=len(self._counts.quarantined),
            ignored=self._counts.ignored + finished.ignored,
            stated_micros=amounts.stated_micros,
            stored_micros=amounts.stored_micros,
            compared_micros=amounts.compared_micros,
            invoices=finished.invoices,
            warnings=(
                *self._table.warnings,
                *_currency_warning(recognised.layout.currency, self._given.currency),
                *self._reading.remarks.warnings(),
                *finished.warnings,
            ),
        )

    def _set_aside(self, batch: Batch, screen: Screened) -> None:
        self._counts.ignored += screen.ignored
        rows = []
        for index, bad in sorted(screen.bad.items()):
            raw = json.dumps(batch.records[index], ensure_ascii=False)
            self._counts.quarantined.append(raw)
            rows.append(self._quarantined(batch.rows[index], bad, raw, screen.cells(index)))
        quarantine.insert_quarantined(self._connection, rows)

    def _quarantined(
        self, row: int, bad: BadCell, raw: str, cells: Mapping[str, str]
    ) -> QuarantinedRow:
        readable = {
            name: value
            for name, converted in self._writer.cells.items()
            if name in cells and not isinstance(value := converted[cells[name]], BadCell)
        }
        vendor = readable.get("vendor")
        day = readable.get("bill_date")
        return QuarantinedRow(
            import_id=self.import_id,
            row=row,
            column=bad.column,
            reason=bad.reason,
            raw=raw,
            amount_micros=readable.get("amount"),  # type: ignore[arg-type]
            vendor_id=known_vendor(self._connection, str(vendor)) if vendor else None,
            account=str(readable.get("account", "")),
            invoice=str(readable.get("invoice", "")),
            bill_date=day_text(day.day) if day else "",  # type: ignore[attr-defined]
        )


def _keep_raw(batch: Batch, raw: RawBlocks) -> None:
    if batch.columns is not None and isinstance(batch.records, PlainRecords):
        text = batch.records.joined(CELL, RECORD)
        raw.add(batch.first, batch.rows, batch.records, (text, len(batch.columns)))
    else:
        raw.add(batch.first, batch.rows, batch.records)


def _writer(
    connection: sqlite3.Connection, import_id: int, reading: Reading, placing: Placing
) -> Writer:
    if reading.layout.kind == "bill":
        return BillWriter(connection, import_id, reading, placing)
    if reading.layout.kind == "payment":
        return PaymentWriter(connection, import_id, reading)
    if reading.layout.kind == "call":
        return CallWriter(connection, import_id, reading)
    return ReferenceWriter(connection, import_id, reading)


def _option_texts(reading: Reading) -> dict[str, object]:
    options = reading.options
    return {
        "formats": {column: list(formats) for column, formats in reading.formats.items()},
        "decimal": options.decimal,
        "reverses": options.reverses,
        "defaults": dict(options.defaults),
        "columns": dict(options.columns),
        "values": {name: dict(spellings) for name, spellings in options.values.items()},
        "aliases": dict(options.aliases),
    }


def _currency_warning(layout: str, project: str) -> Sequence[str]:
    if layout and layout != project:
        return [f"the amounts are in {layout}, the project's currency is {project}"]
    return []
