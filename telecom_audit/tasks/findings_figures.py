"""The findings in figures: totals by confidence, what waits for a decision, what is new."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from telecom_audit.audit.claims import CONFIDENCES
from telecom_audit.audit.findings import SET_ASIDE
from telecom_audit.drawing.amounts import exact_money
from telecom_audit.progress import SILENT, Progress
from telecom_audit.store import findings
from telecom_audit.store.audit_facts import latest_bill_day
from telecom_audit.store.project import open_project
from telecom_audit.tasks.figures import Figure, FindingsDoor
from telecom_audit.tasks.findings import UNDECIDED

AMOUNTS = ("monthly", "annual", "recoverable")
WORDS = {"proven": "proven", "check": "to check", "lead": "leads"}
_OF_COLUMN = {"monthly": "a month", "annual": "a year", "recoverable": "recoverable"}


@dataclass(frozen=True)
class Found:
    """The findings of the newest audit.

    Attributes:
        rows: all of them, by id.
        new: the ids of those that no earlier audit had.
        is_of_first_audit: no audit ran before the newest, so that nothing is new.
    """

    rows: Sequence[sqlite3.Row]
    new: frozenset[int]
    is_of_first_audit: bool

    def behind(self, door: FindingsDoor) -> list[sqlite3.Row]:
        """The findings behind a number; rejected and muted ones are behind no total."""
        if door.finding:
            return [row for row in self.rows if row["finding_id"] == door.finding]
        return [
            row
            for row in self.rows
            if row["status"] not in SET_ASIDE
            and door.confidence in ("", row["confidence"])
            and door.rule in ("", row["rule"])
            and (not door.is_open or row["status"] in UNDECIDED)
            and (not door.is_new or row["finding_id"] in self.new)
        ]

    def micros(self, door: FindingsDoor) -> int:
        """What the findings behind a number add up to, in the door's column."""
        if door.column == "annual":
            return 12 * sum(int(row["monthly_micros"]) for row in self.behind(door))
        return sum(int(row[f"{door.column}_micros"]) for row in self.behind(door))

    def count(self, key: str, caption: str, door: FindingsDoor) -> Figure:
        """How many findings are behind a door."""
        return Figure(key, caption, f"{len(self.behind(door)):,}", None, door)

    def amount(self, key: str, caption: str, door: FindingsDoor) -> Figure:
        """What the findings behind a door add up to."""
        micros = self.micros(door)
        return Figure(key, caption, exact_money(micros), micros, door)


@dataclass(frozen=True)
class ConfidenceFigures:
    """One confidence with the number of its findings, and their sums in the order of AMOUNTS."""

    confidence: str
    count: Figure
    amounts: tuple[Figure, ...]


@dataclass(frozen=True)
class FindingsFigures:
    """What the Audit page shows over its table.

    Attributes:
        as_of: the day of the newest audit (ISO); None before the first, and without bills.
        has_bills: whether there is anything to audit.
        count: how many findings there are, rejected and muted ones too.
        totals: by confidence; leads are absent when there are none.
        notes: what the audit could not test.
        set_aside: how many findings are rejected or muted, and so stand in no total.
    """

    as_of: str | None
    has_bills: bool
    count: int
    totals: tuple[ConfidenceFigures, ...]
    notes: tuple[str, ...]
    set_aside: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """The notes as sentences."""
        return tuple(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in self.notes)


@dataclass(frozen=True)
class Behind:
    """What is behind a number: the ids of its findings, ascending, and the number itself."""

    ids: tuple[int, ...]
    words: str
    figure: Figure


def found(connection: sqlite3.Connection) -> Found:
    """The findings of the newest audit."""
    new = findings.found_first_by_newest(connection)
    is_first = findings.audit_count(connection) < 2
    return Found(findings.results(connection), frozenset(new), is_first)


def findings_figures(path: Path, progress: Progress = SILENT) -> FindingsFigures:
    """The figures of the newest audit; a job."""
    progress.check()
    with open_project(path) as project, project.read() as connection:
        audit = findings.newest_audit(connection)
        known = found(connection)
        currency = project.settings.currency
        has_bills = latest_bill_day(connection) is not None
    present = {row["confidence"] for row in known.rows}
    return FindingsFigures(
        (audit["as_of"] or None) if audit else None,
        has_bills,
        len(known.rows),
        tuple(
            _of_confidence(known, confidence, currency)
            for confidence in CONFIDENCES
            if confidence != "lead" or "lead" in present
        ),
        tuple(json.loads(audit["answer"])["notes"]) if audit else (),
        sum(row["status"] in SET_ASIDE for row in known.rows),
    )


def behind_door(path: Path, door: FindingsDoor, progress: Progress = SILENT) -> Behind:
    """The findings behind a number; a job."""
    progress.check()
    with open_project(path) as project, project.read() as connection:
        known = found(connection)
        currency = project.settings.currency
    ids = tuple(row["finding_id"] for row in known.behind(door))
    which = door_words(door)
    if door.column == "count":
        figure = known.count("behind", f"Shown: {which}", door)
        return Behind(ids, f"Shown: {which}", figure)
    words = f"Shown: {which}, together {currency} {_OF_COLUMN.get(door.column, '')}".rstrip()
    return Behind(ids, words, known.amount("behind", words, door))


def waiting_count(path: Path, progress: Progress = SILENT) -> int:
    """How many findings a person must still check; a job."""
    progress.check()
    with open_project(path) as project, project.read() as connection:
        return len(found(connection).behind(WAITING))


WAITING = FindingsDoor("count", "check", is_open=True)


def door_words(door: FindingsDoor) -> str:
    """Which findings are behind a door, in words ("proven findings of duplicate-charge")."""
    if door.finding:
        return f"finding {door.finding} alone"
    parts: Iterable[str] = (
        "new" if door.is_new else "",
        {"check": "findings to check", "": "findings", "lead": "leads"}.get(
            door.confidence, f"{door.confidence} findings"
        ),
        f"of {door.rule}" if door.rule else "",
        "without a decision" if door.is_open else "",
    )
    return " ".join(part for part in parts if part)


def _of_confidence(known: Found, confidence: str, currency: str) -> ConfidenceFigures:
    words = WORDS[confidence]
    return ConfidenceFigures(
        confidence,
        known.count(
            f"audit-{confidence}-count",
            f"Findings, {words}",
            FindingsDoor("count", confidence),
        ),
        tuple(
            known.amount(
                f"audit-{confidence}-{column}",
                f"Claimed, {words}, {currency} {_OF_COLUMN[column]}",
                FindingsDoor(column, confidence),
            )
            for column in AMOUNTS
        ),
    )
