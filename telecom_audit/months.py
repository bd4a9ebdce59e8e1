"""Months and days as whole numbers: a month is year * 12 + month - 1, a day counts from 1970."""

from __future__ import annotations

import calendar
import re
from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def month_number(text: str) -> int:
    """The number of a month written "2025-03".

    Raises:
        ValueError: the text is not a month.
    """
    match = _MONTH.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) == 0:
        raise ValueError(f"{text!r} is not a month; write it as 2025-03")
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(month: int) -> str:
    """A month number as "2025-03"."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def day_number(text: str) -> int:
    """The day number of an ISO date "2025-03-31".

    Raises:
        ValueError: the text is not a date.
    """
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date; write it as 2025-03-31")
    return date(int(match[1]), int(match[2]), int(match[3])).toordinal() - _EPOCH


def day_of(value: date) -> int:
    """The day number of a date."""
    return value.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _EPOCH)


def day_text(day: int) -> str:
    """A day number as an ISO date."""
    return date_of(day).isoformat()


def month_of_day(day: int) -> int:
    """The month number in which a day lies."""
    value = date_of(day)
    return value.year * 12 + value.month - 1


def days_in_month(month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(month // 12, month % 12 + 1)[1]


def first_day(month: int) -> int:
    """The day number of a month's first day."""
    return day_of(date(month // 12, month % 12 + 1, 1))


def last_day(month: int) -> int:
    """The day number of a month's last day."""
    return first_day(month) + days_in_month(month) - 1


def months_after(day: int, months: int) -> int:
    """The same day of the month so many months later; the month's last day when it is shorter."""
    value = date_of(day)
    month = value.year * 12 + value.month - 1 + months
    return first_day(month) + min(value.day, days_in_month(month)) - 1
