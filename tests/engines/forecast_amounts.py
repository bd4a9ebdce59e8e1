"""Exact amounts and month numbers of the independent forecast engine."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

MICROS = 1_000_000


def fraction(number: Any) -> Fraction:
    """The exact value of an int, a Decimal or a text; an empty text is nought."""
    if isinstance(number, float):
        raise TypeError("read the scenario with parse_float=Decimal")
    if isinstance(number, str):
        return Fraction(Decimal(number.strip() or "0"))
    return Fraction(number)


def micros(amount: Fraction) -> int:
    """An amount in currency units as whole micros, half up: a tie goes away from zero."""
    return _away_from_zero(amount * MICROS)


def cents(amount: Decimal) -> int:
    """An amount in currency units as whole cents, half up, in micros."""
    return _away_from_zero(Fraction(amount) * 100) * (MICROS // 100)


def _away_from_zero(number: Fraction) -> int:
    whole = (abs(number) + Fraction(1, 2)).__floor__()
    return whole if number >= 0 else -whole


def money_text(amount_micros: int) -> str:
    """Micros as the answers spell money: with as many of 2 to 6 decimals as needed."""
    whole, part = divmod(abs(amount_micros), MICROS)
    decimals = f"{part:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if amount_micros < 0 else ''}{whole}.{decimals}"


def month(text: str) -> int:
    """The running number of the calendar month "YYYY-MM"."""
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def month_text(number: int) -> str:
    """ "YYYY-MM" of a running month number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def last_day(number: int) -> dt.date:
    """The last day of the month with this running number."""
    year, zero_month = divmod(number, 12)
    return dt.date(year, zero_month + 1, calendar.monthrange(year, zero_month + 1)[1])
