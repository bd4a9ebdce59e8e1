"""What a person writes above a column to see fewer rows, read into conditions.

Words: the text is contained, in any case; `=word` is the whole cell, `=` an empty one.
Numbers: `100`, `=100`, `>100`, `>=100`, `<100`, `<=100`, `10..20`, `10..`, `..20`.
Dates and months: `2024`, `2024-03`, `2024-03-31`, the same signs, and ranges of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from telecom_audit.errors import UsageError
from telecom_audit.money import micros_from_text
from telecom_audit.months import month_number
from telecom_audit.store.browse import Compare, Condition
from telecom_audit.store.browse_columns import Kind

_RANGE = ".."
_AFTER_ALL = "~"  # sorts after the digits, "-" and "T" of any longer date
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_HELP = {
    "number": "Write a number (100), >100, <100, or a range such as 10..20.",
    "date": "Write a year (2024), a month (2024-03), a day (2024-03-31), or 2024-01..2024-06.",
    "month": "Write a year (2024), a month (2024-03), or a range such as 2024-01..2024-06.",
}

_Bounds = Callable[[str], tuple[int | str, int | str]]


def filter_help(kind: Kind) -> str:
    """What may be written above a column of this kind, in a sentence."""
    known = _reading(kind)
    return _HELP[known[0]] if known else "Part of the text, in any case; =word is the whole cell."


def conditions(column: str, kind: Kind, text: str) -> tuple[Condition, ...]:
    """The conditions that a filter's text sets; none for a blank one.

    Args:
        column: the column's key.
        kind: what the column holds; numbers are compared in its units.
        text: as the person wrote it.

    Raises:
        UsageError: the text is not one that a column of this kind can be filtered by.
    """
    text = text.strip()
    if not text:
        return ()
    known = _reading(kind)
    if known is None:
        if text.startswith("="):
            return (Condition(column, Compare.IS, text[1:].strip()),)
        return (Condition(column, Compare.CONTAINS, text),)
    name, bounds = known
    try:
        return tuple(Condition(column, test, value) for test, value in _compared(text, bounds))
    except ValueError as error:
        raise UsageError(f"“{text}” cannot be read as a filter", _HELP[name]) from error


def _reading(kind: Kind) -> tuple[str, _Bounds] | None:
    known: dict[Kind, tuple[str, _Bounds]] = {
        Kind.MONEY: ("number", _micros),
        Kind.QUANTITY: ("number", _micros),
        Kind.COUNT: ("number", _count),
        Kind.DATE: ("date", _dates),
        Kind.MONTH: ("month", _months),
    }
    return known.get(kind)


def _compared(text: str, bounds: _Bounds) -> list[tuple[Compare, int | str]]:
    """Tests and values of a filter; each value stands for a stretch, such as a whole month."""
    if _RANGE in text:
        low, high = (part.strip() for part in text.split(_RANGE, 1))
        if not low and not high:
            raise ValueError("a range without ends")
        ends: list[tuple[Compare, int | str]] = []
        if low:
            ends.append((Compare.FROM, bounds(low)[0]))
        if high:
            ends.append((Compare.UP_TO, bounds(high)[1]))
        return ends
    sign = re.match(r">=|<=|>|<|=", text)
    first, last = bounds(text[sign.end() :].strip() if sign else text)
    match sign and sign[0]:
        case ">=":
            return [(Compare.FROM, first)]
        case "<=":
            return [(Compare.UP_TO, last)]
        case ">":
            return [(Compare.ABOVE, last)]
        case "<":
            return [(Compare.BELOW, first)]
        case _:
            return [(Compare.FROM, first), (Compare.UP_TO, last)]


def _plain(text: str) -> str:
    return text.replace(",", "").replace("\N{MINUS SIGN}", "-")


def _micros(text: str) -> tuple[int, int]:
    micros = _held(micros_from_text(_plain(text)))
    return micros, micros


def _count(text: str) -> tuple[int, int]:
    plain = _plain(text)
    if not re.fullmatch(r"[+-]?[0-9]+", plain):
        raise ValueError(f"{text!r} is not a whole number")
    count = _held(int(plain))
    return count, count


def _held(number: int) -> int:
    if abs(number) >= 1 << 63:
        raise ValueError(f"{number} is larger than any stored number")
    return number


def _dates(text: str) -> tuple[str, str]:
    if not any(known.fullmatch(text) for known in (_YEAR, _MONTH, _DAY)):
        raise ValueError(f"{text!r} is not a date")
    return text, text + _AFTER_ALL


def _months(text: str) -> tuple[int, int]:
    if _YEAR.fullmatch(text):
        return month_number(f"{text}-01"), month_number(f"{text}-12")
    month = month_number(text)
    return month, month
