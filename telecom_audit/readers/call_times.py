"""When each call of a file begins and ends, in micros of a second since 1970-01-01."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from telecom_audit.readers.cells import BadCell, Converted
from telecom_audit.readers.clocks import DAY
from telecom_audit.readers.layout import Layout

Span = tuple[int, int]

_START, _DURATION = "start", "duration_seconds"
_BACKWARDS = "the call would end before it begins"


class CallTimes:
    """Reads the time columns of the calls of one layout.

    A layout either has the columns start and duration_seconds, or declares under `[calls]` the
    columns of a date, of the time of day at which a call begins, and of those at which parts of
    it end; it ends with the latest of these, of the same date, where 0:00:00 says that a part
    did not happen.
    """

    def __init__(self, layout: Layout, cells: Mapping[str, Converted[object]]) -> None:
        self._clocks = layout.call_clocks
        self.columns: tuple[str, ...] = (_START, _DURATION)
        if self._clocks:
            self.columns = (self._clocks.date, self._clocks.start, *self._clocks.ends)
        self._cells = [cells[column] for column in self.columns]

    def spans(self, columns: Mapping[str, Sequence[str]]) -> list[Span | BadCell]:
        """The begin and end of each call of some rows, or why it has none."""
        span = self._by_clocks if self._clocks else _by_duration
        converted = [
            map(cells.__getitem__, columns[name])
            for name, cells in zip(self.columns, self._cells, strict=True)
        ]
        return list(map(span, *converted))

    def _by_clocks(self, *values: Any) -> Span | BadCell:
        for value in values:
            if isinstance(value, BadCell):
                return value
        date, start, *parts = values
        ends = [end for end in parts if end]
        if not ends:
            return BadCell(self.columns[2], "no part of the call ends")
        if max(ends) < start:
            return BadCell(self.columns[2], _BACKWARDS)
        midnight = date.day * DAY
        return midnight + start, midnight + max(ends)


def _by_duration(start: Any, duration: Any) -> Span | BadCell:
    if isinstance(start, BadCell):
        return start
    if isinstance(duration, BadCell):
        return duration
    if duration < 0:
        return BadCell(_DURATION, _BACKWARDS)
    return start, start + duration
