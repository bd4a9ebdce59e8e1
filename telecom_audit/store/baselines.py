"""The editions of the baseline: added, never changed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from telecom_audit.store.project import now_text


@dataclass(frozen=True)
class StoredEdition:
    """An edition as it is stored.

    Attributes:
        edition: 1 for the first.
        through: M, a month number.
        months: how many months the window has.
        frozen_by: who froze it.
        digest: SHA-256 of the answer, as hexadecimal text.
        answer: what `baseline --json` answers, as JSON.
        detail: the same with whole micros and what the program needs besides, as JSON.
    """

    edition: int
    through: int
    months: int
    frozen_by: str
    digest: str
    answer: str
    detail: str


def add_edition(connection: sqlite3.Connection, edition: StoredEdition) -> None:
    """Store a new edition; call it inside `write`."""
    connection.execute(
        "INSERT INTO baseline"
        " (edition, at, through_month, months, frozen_by, digest, answer, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            edition.edition,
            now_text(),
            edition.through,
            edition.months,
            edition.frozen_by,
            edition.digest,
            edition.answer,
            edition.detail,
        ),
    )


def latest_edition(connection: sqlite3.Connection) -> int:
    """The number of the edition that holds; 0 before the first freeze."""
    number: int = connection.execute("SELECT ifnull(max(edition), 0) FROM baseline").fetchone()[0]
    return number


def stored_edition(connection: sqlite3.Connection, edition: int) -> StoredEdition | None:
    """The edition of that number; None when there is none."""
    row = connection.execute(
        "SELECT edition, through_month, months, frozen_by, digest, answer, detail"
        " FROM baseline WHERE edition = ?",
        (edition,),
    ).fetchone()
    return StoredEdition(*row) if row else None
