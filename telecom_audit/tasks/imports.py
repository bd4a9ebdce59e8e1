"""Importing files, listing the imports, and taking one back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from telecom_audit.errors import DamagedError, RefusedError, TelecomAuditError, UsageError
from telecom_audit.progress import SILENT, CancelledError, Progress
from telecom_audit.store import imports
from telecom_audit.store.interruption import interruptible
from telecom_audit.store.project import Project, now_text, open_project, user_name
from telecom_audit.tasks import invoice_states
from telecom_audit.tasks.imports_answer import FileAnswer, ImportAnswer, amount, refused
from telecom_audit.tasks.imports_file import Importing, Transaction, import_file
from telecom_audit.tasks.imports_options import ImportOptions, read_options
from telecom_audit.tasks.imports_progress import StoppedImportError, of_files
from telecom_audit.tasks.imports_relations import Placing

__all__ = ["ImportAnswer", "ImportOptions", "all_imports", "import_files", "retire"]


def import_files(
    project_path: Path,
    files: Sequence[Path],
    options: ImportOptions,
    progress: Progress = SILENT,
) -> ImportAnswer:
    """Import files one by one; a refused one changes nothing and does not stop the others.

    An unknown layout, setting or mapping refuses all of them alike.

    Raises:
        UsageError: there is no such project.
        RefusedError, DamagedError: the project cannot be opened.
        StoppedImportError: the person asked to stop; of the file at work nothing was kept, those
            before it stay.
    """
    with open_project(project_path) as project:
        try:
            wanted, saying = read_options(options)
        except TelecomAuditError as error:
            return ImportAnswer([refused(path, error) for path in files], error)
        given = Importing(
            transaction=_stoppable(project.write, project.connection, progress),
            log=project.log,
            currency=project.settings.currency,
            options=wanted,
            placing=Placing(saying),
        )
        with imports.rows_in_any_order(project.connection):
            if not options.dry_run:
                return _all(files, given, progress)
            with project.read() as connection:
                trial = _stoppable(_trial(connection), connection, progress)
                return _tried(files, replace(given, transaction=trial), progress)


def _all(files: Sequence[Path], given: Importing, progress: Progress) -> ImportAnswer:
    answers: list[FileAnswer] = []
    for path, told in zip(files, of_files(files, progress), strict=True):
        mine = frozenset(file.import_id for file in answers if file.import_id is not None)
        placing = replace(given.placing, same_command=mine)
        try:
            answers.append(import_file(path, replace(given, placing=placing, told=told)))
        except DamagedError:
            raise
        except CancelledError as error:
            raise StoppedImportError(path, ImportAnswer(answers)) from error
        except TelecomAuditError as error:
            answers.append(refused(path, error))
    return ImportAnswer(answers)


def _tried(files: Sequence[Path], given: Importing, progress: Progress) -> ImportAnswer:
    """What the import of files would be; nothing of it is kept."""
    try:
        return _without_ids(_all(files, given, progress))
    except CancelledError as error:
        raise CancelledError from error  # whose words say that nothing was changed


def _stoppable(
    transaction: Transaction, connection: sqlite3.Connection, progress: Progress
) -> Transaction:
    @contextmanager
    def stoppable() -> Iterator[sqlite3.Connection]:
        with interruptible(connection, progress), transaction() as inside:
            yield inside

    return stoppable


def _trial(connection: sqlite3.Connection) -> Transaction:
    @contextmanager
    def transaction() -> Iterator[sqlite3.Connection]:
        connection.execute("SAVEPOINT file")
        try:
            yield connection
        except BaseException:
            if connection.in_transaction:  # a stopped statement has ended it
                connection.execute("ROLLBACK TO file")
                connection.execute("RELEASE file")
            raise
        connection.execute("RELEASE file")

    return transaction


def _without_ids(answer: ImportAnswer) -> ImportAnswer:
    files = [replace(file, document={**file.document, "import_id": None}) for file in answer.files]
    return ImportAnswer(files)


def all_imports(project_path: Path) -> dict[str, object]:
    """What was imported, oldest first (the contract, section 2)."""
    with open_project(project_path) as project, project.read() as connection:
        rows = imports.all_imports(connection)
    return {"imports": [_document(row) for row in rows]}


def _document(row: sqlite3.Row) -> Mapping[str, object]:
    return {
        "import_id": row["import_id"],
        "file": row["file"],
        "sha256": row["sha256"],
        "layout": row["layout"],
        "kind": row["kind"],
        "sheet": row["sheet"],
        "status": row["status"],
        "imported_at": row["imported_at"],
        "rows": {
            "read": row["rows_read"],
            "stored": row["rows_stored"],
            "quarantined": row["rows_quarantined"],
            "ignored": row["rows_ignored"],
        },
        "amount": amount(row["stated_micros"], row["stored_micros"], row["compared_micros"]),
        "invoices": row["invoices"],
        "warnings": json.loads(row["warnings"]),
        "retired_because": row["retired_because"],
    }


def retire(project_path: Path, import_id: int, reason: str) -> dict[str, Any]:
    """Take an import back: its rows stay, marked; what it superseded holds again.

    Payments and calls that later files ignored because this one has them do not come back by
    themselves; `warnings` names these files.

    Raises:
        UsageError: no reason is given.
        RefusedError: there is no such import, or it was taken back before.
    """
    if not reason.strip():
        raise UsageError("a reason is missing", 'Write `--reason "wrong file"`.')
    with open_project(project_path) as project:
        return _retired(project, import_id, reason.strip())


def _retired(project: Project, import_id: int, reason: str) -> dict[str, Any]:
    with project.write() as connection:
        row = imports.import_with_id(connection, import_id)
        if row is None:
            raise RefusedError(f"there is no import {import_id}", "`imports` lists them.")
        if row["status"] == "retired":
            raise RefusedError(
                f"import {import_id} was taken back before ({row['retired_because']})",
                "Nothing is left to do; to have it again, import the file anew.",
            )
        warnings = _left_out_for(connection, row)
        imports.insert_retirement(connection, import_id, now_text(), user_name(), reason)
        invoice_states.refresh(connection)
        project.log("retire", {"import_id": import_id, "reason": reason})
    return {
        "import_id": import_id,
        "status": "retired",
        "file": row["file"],
        "reason": reason,
        "warnings": warnings,
    }


def _left_out_for(connection: sqlite3.Connection, row: sqlite3.Row) -> list[str]:
    """What the later imports of payments or calls may have ignored because this one has it."""
    if row["kind"] not in ("payment", "call"):
        return []
    return [
        f"import {later['import_id']} ({PurePath(later['file']).name}) ignored "
        f"{later['rows_ignored']} rows; those that were {row['kind']}s of this import count no "
        f"more until that file is taken back and imported anew"
        for later in imports.later_with_ignored_rows(connection, row["kind"], row["import_id"])
    ]
