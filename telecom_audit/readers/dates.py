"""Dates as bills write them, and which spelling a column has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from telecom_audit.months import day_of, last_day
from telecom_audit.readers.cells import BadCellError

ISO = "%Y-%m-%d"
ISO_SPELLINGS = (ISO, "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
MONTH_SPELLINGS = ("%Y-%m", "%B %Y", "%B %Y-%B %Y")
MONTH_NUMBERS = ("%m/%Y", "%m-%Y", "%m.%Y", "%Y/%m", "%Y.%m", "%Y%m")
SPELLINGS = (
    *ISO_SPELLINGS,
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d.%m.%Y",
    "%m.%d.%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%y/%m/%d",
    "%d-%m-%y",
    "%m-%d-%y",
    "%d.%m.%y",
    "%d %B %Y",
    "%d-%B-%Y",
    "%d-%B-%y",
    "%d/%B/%Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%A, %B %d, %Y",
)
_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = {name: n for n, name in enumerate(_NAMES, 1)}
_MONTHS |= {name[:3]: n for n, name in enumerate(_NAMES, 1)}
_MONTHS["sept"] = 9
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CODES = {
    "Y": ("year", r"[0-9]{4}"),
    "y": ("short", r"[0-9]{2}"),
    "m": ("month", r"[0-9]{1,2}"),
    "d": ("day", r"[0-9]{1,2}"),
    "B": ("name", r"[A-Za-z]{3,9}\.?"),
    "b": ("name", r"[A-Za-z]{3,9}\.?"),
    "A": ("weekday", r"[A-Za-z]+"),
    "a": ("weekday", r"[A-Za-z]+"),
    "H": ("hour", r"[0-9]{2}"),
    "M": ("minute", r"[0-9]{2}"),
    "S": ("second", r"[0-9]{2}(?:\.0+)?"),
}
_PIVOT = 69
_RANGE = re.escape("-") + "(?P<name2>"


class ReadDay(NamedTuple):
    """A day number; approximate when the cell gave a month or a range, which ends on that day."""

    day: int
    approximate: bool


def is_spelling(text: str) -> bool:
    """Whether a text is a date format that this module can read ("%d/%m/%Y")."""
    codes = set(re.findall(r"%(.)", text))
    tells_month = bool(codes & set("Yy")) and bool(codes & set("mBb"))
    return tells_month and codes <= set(_CODES) and "%" not in re.sub(r"%.", "", text)


def day_reader(formats: Sequence[str]) -> Callable[[str], ReadDay | None]:
    """A function from a cell's text to its day; an empty cell is None.

    Raises:
        BadCellError: by the function returned, when the text fits none of the formats, or fits
            several of them.
    """

    def read(text: str) -> ReadDay | None:
        trimmed = text.strip()
        if not trimmed:
            return None
        fits = [found for form in formats if (found := read_as(trimmed, form)) is not None]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise BadCellError(f"{trimmed!r} fits {len(fits)} of the accepted formats")
        raise BadCellError(f"{trimmed!r} is not a date")

    return read


def fitting(texts: Iterable[str], formats: Sequence[str] = SPELLINGS) -> list[str]:
    """The formats that every one of the texts fits."""
    left = list(formats)
    for text in texts:
        left = [form for form in left if read_as(text, form) is not None]
        if not left:
            break
    return left


def read_as(text: str, form: str) -> ReadDay | None:
    """The day that a text writes in a format; None when it does not fit it."""
    match = _pattern(form).fullmatch(text)
    if not match:
        return None
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    if "year2" in parts:
        first, second = _month(parts, ""), _month(parts, "2")
        if not first or not second or first > second:
            return None
        return ReadDay(last_day(second), approximate=True)
    if "day" not in parts:
        month = _month(parts, "")
        return ReadDay(last_day(month), approximate=True) if month else None
    return _day(parts)


def _day(parts: dict[str, str]) -> ReadDay | None:
    month = _month(parts, "")
    if not month or int(parts.get("hour", "0")) > 23:
        return None
    try:
        value = date(month // 12, month % 12 + 1, int(parts["day"]))
    except ValueError:
        return None
    weekday = parts.get("weekday", "").lower()
    if weekday and weekday not in (_WEEKDAYS[value.weekday()], _WEEKDAYS[value.weekday()][:3]):
        return None
    return ReadDay(day_of(value), approximate=False)


def _month(parts: dict[str, str], which: str) -> int | None:
    if "short" in parts:
        short = int(parts["short"])
        year = short + (1900 if short >= _PIVOT else 2000)
    else:
        year = int(parts["year" + which])
    name = parts.get("name" + which)
    month = _MONTHS.get(name.rstrip(".").lower()) if name else int(parts["month" + which])
    if not month or not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    return year * 12 + month - 1


@cache
def _pattern(form: str) -> re.Pattern[str]:
    seen: dict[str, int] = {}
    year_first = form.startswith("%Y") or form == "%y%m%d"

    def group(match: re.Match[str]) -> str:
        name, body = _CODES[match[1]]
        body = body.replace("{1,2}", "{2}") if year_first else body
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{seen[name] if seen[name] > 1 else ''}>{body})"

    pieces = re.split(r"(%.)", form)
    return re.compile(
        "".join(
            group(code) if (code := re.fullmatch(r"%(.)", piece)) else re.escape(piece)
            for piece in pieces
        ).replace(_RANGE, r"\s?[-–]\s?(?P<name2>")
    )
