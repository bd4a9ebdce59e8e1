"""Payments and calls that an earlier import has already: they are told apart and ignored."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from telecom_audit.store import imports, raw_rows, reference_rows
from telecom_audit.store.reference_rows import EventTable
from telecom_audit.tasks.imports_rows import Rows, extra_content, have_same_quarantine
from telecom_audit.tasks.imports_screen import extra_captions

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
        self._when = table.columns.index(table.when)
        self._earlier: dict[int, Mapping[Event, set[int]]] = {}
        self._matches: Counter[int] = Counter()
        self._content = 0
        self.ignored = 0

    def split(self, rows: Rows, events: Sequence[Event]) -> tuple[Numbered, list[Event]]:
        """The events of some rows that are new, and those that repeat an earlier one."""
        if not self._compares:
            return list(zip(rows.numbers, events, strict=True)), []
        self._look_up({event[self._when] for event in events})
        new: Numbered = []
        repeated = []
        for place, event in enumerate(events):
            matches = self._earlier[event[self._when]].get(event)
            if matches:
                self._matches.update(matches)
                self._content += _content(event, ((c, t[place]) for c, t in rows.extra.items()))
                repeated.append(event)
            else:
                new.append((rows.numbers[place], event))
        self.ignored += len(repeated)
        return new, repeated

    def same_as(self, layout: str, quarantined: Sequence[str]) -> int | None:
        """The newest earlier import with the same content as this one, which stored nothing."""
        if self.ignored:
            candidates = [
                import_id
                for import_id, matched in sorted(self._matches.items())
                if matched == self.ignored == self._counted(import_id)
                and self._content == self._content_of(import_id)
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

    def _look_up(self, times: Iterable[int]) -> None:
        """Keep the earlier events of these times alone; many events may share a time."""
        self._earlier = {
            when: known if (known := self._earlier.get(when)) is not None else self._at(when)
            for when in times
        }

    def _at(self, when: int) -> Mapping[Event, set[int]]:
        found: dict[Event, set[int]] = {}
        for import_id, event in reference_rows.earlier_events(
            self._connection, self._table, self._import_id, when
        ):
            found.setdefault(event, set()).add(import_id)
        return found

    def _counted(self, import_id: int) -> int:
        return reference_rows.counted_rows(self._connection, self._table.name, import_id)

    def _content_of(self, import_id: int) -> int:
        captions, known = imports.header_of(self._connection, import_id)
        extras = extra_captions(captions, known.values())
        content = 0
        for events in reference_rows.events_of(self._connection, self._table, import_id):
            records = [(import_id, record) for record, _ in events] if extras else []
            raw = raw_rows.raw_records(self._connection, records)
            content += sum(
                _content(event, ((c, raw[import_id, r].cells[p]) for p, c in extras.items()))
                for r, event in events
            )
        return content


def _content(event: Event, extras: Iterable[tuple[str, str]]) -> int:
    """A number for an event with its extra cells; those of a file, added up, tell its content."""
    return hash((event, extra_content(dict(extras))))
