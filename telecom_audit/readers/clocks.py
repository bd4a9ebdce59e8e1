"""Times of day and moments as call records write them, on the clock of the place: no zones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from telecom_audit.readers.cells import BadCellError
from telecom_audit.readers.dates import day_reader

SECOND = 1_000_000
DAY = 86_400 * SECOND
_TIME = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]+))?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_CLOCK = re.compile(_TIME)
_MOMENT = re.compile(
    rf"(?P<date>.*?[^\sT])(?:T|\s+)(?P<time>{_TIME})(?P<zone>\s?(?:Z|[+-][0-9:]+))?"
)


def clock_micros(text: str) -> int | None:
    """A time of day ("7:02:47", "08:15", "3:10 PM") in micros of a second since midnight.

    Digits beyond the micro are cut; None when the text is no time of a day.
    """
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    part = int((match["part"] or "")[:6].ljust(6, "0"))
    return ((hour * 60 + minute) * 60 + second) * SECOND + part


def date_of_moment(text: str) -> str:
    """The part of a date and time that is the date; the whole text when it has no time."""
    match = _MOMENT.fullmatch(text)
    return match["date"] if match else text


def clock_reader() -> Callable[[str], int | None]:
    """A function from a cell's text to micros since midnight; an empty cell is None.

    Raises:
        BadCellError: by the function returned, for what is no time of a day.
    """

    def read(text: str) -> int | None:
        trimmed = text.strip()
        found = clock_micros(trimmed)
        if trimmed and found is None:
            raise BadCellError(f"{trimmed!r} is not a time of a day")
        return found

    return read


def moment_reader(
    formats: Sequence[str], on_midnight: Callable[[str], None]
) -> Callable[[str], int | None]:
    """A function from a cell's text to micros of a second since 1970-01-01 0:00 on its clock.

    Args:
        formats: the accepted spellings of the date; the time may be written in any way.
        on_midnight: called with each text that is a mere date, which counts as its midnight.

    Raises:
        BadCellError: by the function returned, for what is no date and time, or has a time zone.
    """
    day_of = day_reader(formats)

    def read(text: str) -> int | None:
        trimmed = text.strip()
        match = _MOMENT.fullmatch(trimmed)
        if not match:
            day = day_of(trimmed)
            if day is not None:
                on_midnight(trimmed)
            return None if day is None else day.day * DAY
        if match["zone"]:
            raise BadCellError(f"{trimmed!r} has a time zone; only local clock time is read")
        day, clock = day_of(match["date"]), clock_micros(match["time"])
        if day is None or clock is None:
            raise BadCellError(f"{trimmed!r} is not a date and time")
        return day.day * DAY + clock

    return read
