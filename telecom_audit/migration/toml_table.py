"""A table of a TOML file, read key by key; what does not belong there is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NoReturn, TypeVar

from telecom_audit.errors import RefusedError
from telecom_audit.money import LARGEST_MICROS, MICROS, exact
from telecom_audit.months import month_number

Value = TypeVar("Value")

_SIZE, _DIGITS = 30, 60
_LARGEST: int = 10 ** (_SIZE + 1)


@dataclass(frozen=True)
class Table:
    """The keys of one table and the words that name it in a refusal ("[[wave]] 'Downtown'")."""

    where: str
    values: Mapping[str, Any]

    def refuse(self, what: str, remedy: str) -> NoReturn:
        """Refuse the file because of this table."""
        raise RefusedError(f"{self.where}: {what}", remedy)

    def only(self, known: Collection[str]) -> None:
        """Refuse a key that is not known."""
        for key in self.values:
            if key not in known:
                self.refuse(f"unknown key {key!r}", f"Known keys here: {', '.join(sorted(known))}.")

    def need(self, *keys: str) -> None:
        """Refuse the table when a required key is missing."""
        for key in keys:
            if key not in self.values:
                self.refuse(f"the key {key!r} is missing", f"Write a line `{key} = …`.")

    def text(self, key: str, default: str = "") -> str:
        """A text, trimmed; a required one that is empty is refused by `name`."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            self.refuse(f"{key} is not a text", f'Write {key} = "…", in quotes.')
        return value.strip()

    def name(self, key: str = "name") -> str:
        """A text that must not be empty."""
        self.need(key)
        value = self.text(key)
        if not value:
            self.refuse(f"{key} is empty", f"Give {key} a value.")
        return value

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """One of a few words; without a default it is required."""
        if default is None:
            self.need(key)
        value = self.text(key, default or "")
        if value not in allowed:
            self.refuse(f"{key} = {value!r} is not known", f"Use one of: {', '.join(allowed)}.")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.refuse(f"{key} is neither true nor false", f"Write {key} = true or false.")
        return value

    def count(self, key: str, default: int, least: int = 0, most: int = 1200) -> int:
        """A whole number of months."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(f"{key} is not a whole number", f"Write {key} as a whole number.")
        if not least <= value <= most:
            self.refuse(f"{key} is not from {least} to {most}", "Correct the number.")
        return value

    def number(self, key: str, default: int | None = None) -> Fraction:
        """The decimal written, exactly; without a default it is required."""
        if default is None:
            self.need(key)
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.refuse(f"{key} is not a number", f"Write {key} as a number without quotes.")
        if not _is_moderate(value):
            self.refuse(f"{key} is no number to reckon with", "Correct the number.")
        return Fraction(value)

    def rate(self, key: str, default: int | None = 0) -> Fraction:
        """A rate above -1, as a number (0.03 is three in a hundred)."""
        value = self.number(key, default)
        if value <= -1:
            self.refuse(f"{key} = {float(value)} is not above -1", "3 % is written 0.03.")
        return value

    def money(self, key: str) -> Fraction:
        """An amount written as a string, in micros, exactly."""
        self.need(key)
        value = self.values[key]
        remedy = f'Write {key} as a decimal in quotes, like "18.95".'
        if not isinstance(value, str):
            self.refuse(f"{key} is not a string", remedy)
        try:
            micros = exact(value.strip()) * MICROS
        except ValueError:
            self.refuse(f"{key} = {value!r} is not an amount", remedy)
        if abs(micros) > LARGEST_MICROS:
            self.refuse(f"{key} = {value!r} is beyond 9.2e12", "Correct the amount.")
        return micros

    def month(self, key: str) -> int | None:
        """A month number, or None when the text is empty or missing."""
        value = self.text(key)
        if not value:
            return None
        try:
            return month_number(value)
        except ValueError:
            self.refuse(f"{key} = {value!r} is not a month", "Write it as 2026-01.")

    def needed_month(self, key: str) -> int:
        """A month number; the key is required."""
        month = self.month(key)
        if month is None:
            self.need(key)
            self.refuse(f"{key} is empty", "Write a month like 2026-01.")
        return month

    def table(self, key: str) -> Table | None:
        """The table under a key, or None when it is missing."""
        return self.needed_table(key) if key in self.values else None

    def needed_table(self, key: str) -> Table:
        """The table under a key; the key is required."""
        self.need(key)
        value = self.values[key]
        if not isinstance(value, dict):
            self.refuse(f"{key} is not a table", f"Write {key} = {{ … }}, or [{key}].")
        return Table(f"{self.where}, {key}", value)

    def each(self, key: str, read: Callable[[Table], Value]) -> tuple[Value, ...]:
        """What `read` makes of each table of a list of tables (`[[key]]`)."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse(f"{key} is not a list of tables", f"Write each as [[{key}]].")
        return tuple(
            read(Table(_place(key, index, one), one)) for index, one in enumerate(value, 1)
        )


def _is_moderate(value: int | Decimal) -> bool:
    """Whether a number is finite, and neither its size nor its digits are beyond all use."""
    if isinstance(value, int):
        return abs(value) < _LARGEST
    size, digits = value.adjusted(), len(value.as_tuple().digits)
    return value.is_finite() and -_SIZE <= size <= _SIZE and digits <= _DIGITS


def _place(key: str, index: int, values: Mapping[str, Any]) -> str:
    name = values.get("name")
    return f"[[{key}]] {name!r}" if isinstance(name, str) and name else f"[[{key}]] number {index}"
