"""Storing calls; one that an earlier import has already is ignored."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from telecom_audit.identifiers import service_key
from telecom_audit.money import plain_text
from telecom_audit.readers.call_times import CallTimes
from telecom_audit.readers.cells import BadCell, Converted
from telecom_audit.readers.conversion import Reading, converters
from telecom_audit.store import reference_rows
from telecom_audit.store.reference_rows import CALL
from telecom_audit.tasks.imports_repeats import Repeats
from telecom_audit.tasks.imports_rows import Amounts, Finished, Rows, bad_cells

_TEXTS = ("direction", "from", "to", "answered", "trunk_group", "service")


class CallWriter:
    """Stores calls as they come."""

    def __init__(self, connection: sqlite3.Connection, import_id: int, reading: Reading) -> None:
        self._connection = connection
        self._import_id = import_id
        self._layout = reading.layout
        self.cells: Mapping[str, Converted[object]] = converters(reading)
        self._times = CallTimes(reading.layout, self.cells)
        self._keys: Converted[object] = Converted("service", service_key)
        self._repeats = Repeats(connection, CALL, import_id)
        self._ignored_micros = 0

    def store(self, rows: Rows) -> Mapping[int, BadCell]:
        """Store some calls, or answer which rows are bad and store none."""
        spans: list[Any] = self._times.spans(rows.columns)
        empty = [""] * len(spans)
        texts: list[list[Any]] = [
            list(map(self.cells[name].__getitem__, rows.columns[name]))
            if name in self.cells
            else empty
            for name in _TEXTS
        ]
        bad = bad_cells(
            [
                (True, spans),
                *(
                    (self.cells[n].has_bad, t)
                    for n, t in zip(_TEXTS, texts, strict=True)
                    if n in self.cells
                ),
            ]
        )
        if bad or not spans:
            return bad
        calls = [
            (start, end - start, *words)
            for (start, end), *words in zip(
                spans, *texts, map(self._keys.__getitem__, texts[-1]), strict=True
            )
        ]
        numbered, repeated = self._repeats.split(rows, calls)
        self._ignored_micros += sum(call[1] for call in repeated)
        reference_rows.insert_rows(
            self._connection, CALL, [(self._import_id, number, *call) for number, call in numbered]
        )
        return {}

    def finish(self, quarantined: Sequence[str]) -> Finished:
        """Tell what was ignored."""
        stored = reference_rows.counted_rows(self._connection, CALL.name, self._import_id)
        ignored = self._repeats.ignored
        warnings = []
        if ignored:
            warnings.append(
                f"{ignored} calls with a sum of {plain_text(self._ignored_micros)} seconds are "
                f"in an earlier import already and were ignored"
            )
        return Finished(
            Amounts(),
            stored,
            ignored,
            warnings=tuple(warnings),
            same_as=None if stored else self._repeats.same_as(self._layout.key, quarantined),
        )
