"""What became of each file, as the contract spells it (section 1, `import`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from telecom_audit.errors import TelecomAuditError
from telecom_audit.money import money_text
from telecom_audit.readers.intake import TakenFile
from telecom_audit.store.imports import ImportRow
from telecom_audit.tasks.imports_rows import Finished

_WITHOUT_MONEY = ("inventory", "contract", "site", "call", "usage", "person")
_USAGE_EXIT = 2


@dataclass(frozen=True)
class FileAnswer:
    """What became of one file: `document` is its entry under `files`."""

    document: dict[str, object]
    error: TelecomAuditError | None = None

    @property
    def import_id(self) -> int | None:
        """The import that holds its rows."""
        found = self.document["import_id"]
        return found if isinstance(found, int) else None

    @property
    def outcome(self) -> str:
        """What became of it: "imported", "already-imported" or "refused"."""
        return str(self.document["outcome"])

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(str(self.document["file"])).name


@dataclass(frozen=True)
class ImportAnswer:
    """What became of the files of one command; `error` is what stopped the command itself."""

    files: Sequence[FileAnswer]
    error: TelecomAuditError | None = None

    @property
    def errors(self) -> list[TelecomAuditError]:
        """The errors to show, each once."""
        if self.error is not None:
            return [self.error]
        return [file.error for file in self.files if file.error is not None]

    @property
    def document(self) -> dict[str, object]:
        """The answer as JSON; what is the only error stands at the top too."""
        answer: dict[str, object] = {"files": [file.document for file in self.files]}
        if self.files and (self.error is not None or len(self.files) == 1):
            top = self.files[0].document.get("error")
            answer |= {"error": top} if top else {}
        return answer

    @property
    def exit_code(self) -> int:
        """0 when every file was taken, 2 when one does not exist, 3 when one was refused."""
        codes = {error.exit_code for error in self.errors}
        return _USAGE_EXIT if _USAGE_EXIT in codes else max(codes, default=0)


def imported(row: ImportRow, finished: Finished) -> FileAnswer:
    """The answer of a file that was imported."""
    document: dict[str, object] = {
        "file": row.file,
        "sha256": row.sha256,
        "layout": row.layout,
        "kind": row.kind,
        "sheet": row.sheet,
        "outcome": "imported",
        "import_id": row.import_id,
        "rows": _rows(row.read, row.stored, row.quarantined, row.ignored),
        "amount": amount(row.stated_micros, row.stored_micros, row.compared_micros),
        "invoices": row.invoices,
        "warnings": list(row.warnings),
    }
    if finished.supersedes:
        document["supersedes"] = list(finished.supersedes)
    if finished.completes:
        document["completes"] = list(finished.completes)
    return FileAnswer(document)


def already_imported(taken: TakenFile, row: sqlite3.Row, read: int) -> FileAnswer:
    """The answer of a file whose content is stored already; all rows read of it are ignored."""
    return FileAnswer(
        {
            "file": str(taken.path),
            "sha256": taken.sha256,
            "layout": row["layout"],
            "kind": row["kind"],
            "sheet": row["sheet"],
            "outcome": "already-imported",
            "import_id": row["import_id"],
            "rows": _rows(read, 0, 0, read),
            "amount": None if row["kind"] in _WITHOUT_MONEY else amount(None, 0, None),
            "invoices": 0,
            "warnings": [
                f"its content was imported as import {row['import_id']} "
                f"({row['file']}, {row['imported_at']})"
            ],
        }
    )


def refused(path: Path, error: TelecomAuditError) -> FileAnswer:
    """The answer of a file that was refused; its digest is known when it could be read."""
    notes = getattr(error, "__notes__", [])
    return FileAnswer(
        {
            "file": str(path),
            "sha256": notes[0] if notes else None,
            "layout": None,
            "kind": None,
            "outcome": "refused",
            "import_id": None,
            "rows": _rows(0, 0, 0, 0),
            "amount": None,
            "invoices": 0,
            "warnings": [],
            "error": {"kind": error.kind, "message": error.message, "remedy": error.remedy},
        },
        error,
    )


def amount(
    stated_micros: int | None, stored_micros: int | None, compared_micros: int | None
) -> dict[str, str | None] | None:
    """The money of an import; null for a kind without money, the difference without a total."""
    if stored_micros is None:
        return None
    difference = None if stated_micros is None else stated_micros - (compared_micros or 0)
    return {
        "stated": None if stated_micros is None else money_text(stated_micros),
        "stored": money_text(stored_micros),
        "difference": None if difference is None else money_text(difference),
    }


def _rows(read: int, stored: int, quarantined: int, ignored: int) -> dict[str, int]:
    return {"read": read, "stored": stored, "quarantined": quarantined, "ignored": ignored}
