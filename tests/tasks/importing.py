"""What the tests of importing share: a project, files, and one way to import and to look."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from telecom_audit.store.project import ProjectSettings, create_project, open_project
from telecom_audit.tasks.imports import ImportOptions, import_files

BILL = "vendor,account,invoice,bill_date,amount"


def project(folder: Path, currency: str = "USD") -> Path:
    """An empty project."""
    path = folder / "city.telaudit"
    create_project(path, ProjectSettings(currency=currency))
    return path


def file(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def bill(folder: Path, name: str, rows: Iterable[str], header: str = BILL) -> Path:
    """A bill with these rows under a header."""
    return file(folder, name, "\n".join([header, *rows]) + "\n")


def entries(target: Path, *files: Path, **options: Any) -> list[dict[str, Any]]:
    """The entries of `files` that an import answers; `settings` are those of --set."""
    answer = import_files(target, files, ImportOptions(**options))
    return [dict(entry.document) for entry in answer.files]


def entry(target: Path, path: Path, **options: Any) -> dict[str, Any]:
    """The entry of one file."""
    return entries(target, path, **options)[0]


def counts(answered: dict[str, Any]) -> tuple[int, int, int, int]:
    """Rows read, stored, quarantined and ignored."""
    rows = answered["rows"]
    return rows["read"], rows["stored"], rows["quarantined"], rows["ignored"]


def rows_of(target: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query finds in a project."""
    with open_project(target) as opened:
        opened.connection.row_factory = None
        found: list[tuple[Any, ...]] = opened.connection.execute(query).fetchall()
        return found


def current_amount(target: Path) -> int:
    """The sum in micros of the charges that hold."""
    return int(
        rows_of(
            target, "SELECT ifnull(sum(amount_micros), 0) FROM charges WHERE status = 'current'"
        )[0][0]
    )


def broken_keys(target: Path) -> list[tuple[Any, ...]]:
    """The rows that point to no row."""
    connection = sqlite3.connect(target)
    try:
        return connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
