"""Payments and calls that an earlier import has already: they are told apart and ignored."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

from telecom_audit.store import reference_rows
from telecom_audit.store.reference_rows import EventTable
from telecom_audit.tasks.imports_rows import have_same_quarantine

Event = tuple[Any, ...]
Numbered = list[tuple[int, Event]]


class Repeats:
    """Finds the events of one import that are equal in all columns to one of an earlier import.

    `ignored` counts them.
    """

    def __init__(self, connection: sqlite3.Connection, table: EventTable, import_id: int) -> None:
        self._connection = connection
        self._table = table
        self._import_id = import_id
        self._compares = reference_rows.has_events(connection, table)
        self._matches: Counter[int] = Counter()
        self.ignored = 0

    def split(self, numbered: Numbered) -> tuple[Numbered, list[Event]]:
        """The events that are new, and those that repeat an earlier one."""
        if not self._compares:
            return numbered, []
        new: Numbered = []
        repeated = []
        for number, event in numbered:
            matches = reference_rows.earlier_equal_events(
                self._connection, self._table, self._import_id, event
            )
            self._matches.update(matches)
            if matches:
                repeated.append(event)
            else:
                new.append((number, event))
        self.ignored += len(repeated)
        return new, repeated

    def same_as(self, layout: str, quarantined: Sequence[str]) -> int | None:
        """The newest earlier import with the same content as this one, which stored nothing."""
        if self.ignored:
            candidates = [
                import_id
                for import_id, matched in sorted(self._matches.items())
                if matched == self.ignored == self._counted(import_id)
            ]
        else:
            candidates = reference_rows.imports_without_rows(
                self._connection, layout, self._import_id
            )
        same = [
            import_id
            for import_id in candidates
            if have_same_quarantine(self._connection, [import_id], quarantined)
        ]
        return same[-1] if same else None

    def _counted(self, import_id: int) -> int:
        return reference_rows.counted_rows(self._connection, self._table.name, import_id)
