"""When each call of a file begins and ends, in micros of a second since 1970-01-01."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from telecom_audit.months import day_number
from telecom_audit.readers.cells import BadCell, Converted
from telecom_audit.readers.clocks import DAY, clock_micros
from telecom_audit.readers.layout import Layout

Span = tuple[int, int]

_START, _DURATION = "start", "duration_seconds"
_DATE_LENGTH = 10
_REMEMBERED = 200_000
_BACKWARDS = "the call would end before it begins"
_ENDLESS = "the call would end after the year 9999"
_AFTER_ALL_TIMES = (day_number("9999-12-31") + 1) * DAY


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
        self._cells = {column: cells[column] for column in self.columns}
        self._moments = _Moments(self._cells[self.columns[0]])

    def spans(self, columns: Mapping[str, Sequence[str]]) -> list[Span | BadCell]:
        """The begin and end of each call of some rows, or why it has none."""
        if not self._clocks:
            durations = map(self._cells[_DURATION].__getitem__, columns[_DURATION])
            return list(map(_by_duration, self._moments.of(columns[_START]), durations))
        converted = [map(cells.__getitem__, columns[name]) for name, cells in self._cells.items()]
        return list(map(self._by_clocks, *converted))

    def _by_clocks(self, *values: Any) -> Span | BadCell:
        for value in values:
            if isinstance(value, BadCell):
                return value
        day, start, *ends = values
        end = max(ends)
        if end < start:
            return BadCell(self.columns[2], _BACKWARDS if end else "no part of the call ends")
        midnight = day.day * DAY
        return midnight + start, midnight + end


class _Moments:
    """The moments of a column, nearly all distinct, from their dates and times, which are not.

    Only a text of which the date or the time is met for the first time is converted.
    """

    def __init__(self, cells: Converted[object]) -> None:
        self._cells = cells
        self._days: dict[str, int] = {}
        self._clocks: dict[str, int] = {}

    def of(self, texts: Sequence[str]) -> list[object]:
        days, clocks = self._days, self._clocks
        return [
            day + clock
            if (day := days.get(text[:_DATE_LENGTH])) is not None
            and (clock := clocks.get(text[_DATE_LENGTH:])) is not None
            else self._met_first(text)
            for text in texts
        ]

    def _met_first(self, text: str) -> object:
        day = self._days.get(text[:_DATE_LENGTH])
        clock = clock_micros(text[_DATE_LENGTH + 1 :])
        if clock is None or text[_DATE_LENGTH] not in " T":
            return self._cells[text]
        if day is None:
            moment = self._cells[text]
            if not isinstance(moment, int) or (moment - clock) % DAY:
                return moment
            day = self._days[text[:_DATE_LENGTH]] = moment - clock
        if len(self._clocks) < _REMEMBERED:
            self._clocks[text[_DATE_LENGTH:]] = clock
        return day + clock


def _by_duration(start: Any, duration: Any) -> Span | BadCell:
    if type(start) is int and type(duration) is int and duration >= 0:
        end = start + duration
        return (start, end) if end <= _AFTER_ALL_TIMES else BadCell(_DURATION, _ENDLESS)
    if isinstance(start, BadCell):
        return start
    return duration if isinstance(duration, BadCell) else BadCell(_DURATION, _BACKWARDS)
