"""The converters of a table's columns, as its layout and the user's options say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from telecom_audit.money import MICROS
from telecom_audit.months import month_of_day
from telecom_audit.progress import Progress
from telecom_audit.readers.cells import BadCellError, Converted
from telecom_audit.readers.clocks import clock_reader, moment_reader
from telecom_audit.readers.date_columns import (
    OtherSpellingError,
    decided_formats,
    is_spelled_otherwise,
    iso_formats,
)
from telecom_audit.readers.dates import ReadDay, day_reader
from telecom_audit.readers.layout import ClosedList, Column, Layout, closed_list, plain
from telecom_audit.readers.numbers import NumberStyle, number_reader
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.table import Table

Answer = TypeVar("Answer")

_DAMAGED = re.compile(r"-?[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+")
_OTHER = "other"
_DERIVED = "class"  # an unknown one counts as empty, which the charge code then settles


@dataclass
class Remarks:
    """What the converters met that the user should know.

    Attributes:
        unknown: (column, spelling) -> the value that it counts as.
        rounded: column -> numbers that were rounded; midnights: dates where a moment should stand.
    """

    unknown: dict[tuple[str, str], str] = field(default_factory=dict)
    rounded: dict[str, set[str]] = field(default_factory=dict)
    midnights: dict[str, set[str]] = field(default_factory=dict)

    def warnings(self) -> list[str]:
        """One warning a distinct unknown spelling, and one a column of each other kind."""
        return [
            *(
                f"{column}: {spelling!r} is not known and counts as {value or 'empty'}; "
                f"a mapping settles it"
                for (column, spelling), value in self.unknown.items()
            ),
            *(
                f"{column}: {len(texts)} distinct numbers with more than 6 decimals were rounded "
                f"half up, such as {min(texts)}"
                for column, texts in self.rounded.items()
            ),
            *(
                f"{column}: {len(texts)} distinct dates without a time count as midnight, such as "
                f"{min(texts)}"
                for column, texts in self.midnights.items()
            ),
        ]


@dataclass(frozen=True)
class Reading:
    """All that decides how the cells of one file become values.

    Attributes:
        currency: ISO code of the amounts.
        formats: day column -> accepted spellings; one that is not in it is ISO until a date says
            otherwise, which raises OtherSpellingError.
    """

    layout: Layout
    options: ReadOptions
    currency: str
    formats: Mapping[str, tuple[str, ...]]
    remarks: Remarks


def read_with_dates(
    table: Table,
    reading: Reading,
    read: Callable[[Reading], Answer],
    decides: Callable[[], Progress],
) -> Answer:
    """What `read` answers, called again when a date fits no spelling that was settled before.

    Args:
        table: what is read.
        reading: with the spellings of dates that are settled.
        read: reads the table; what it did in vain leaves nothing behind.
        decides: called when all dates of the file must decide; it answers what is asked meanwhile.

    Raises:
        RefusedError: the dates admit no one spelling, or several.
        CancelledError: the person asked to stop.
    """
    try:
        return read(reading)
    except OtherSpellingError:
        formats = decided_formats(table, reading.options, decides())
        return read(replace(reading, formats=formats, remarks=Remarks()))


def converters(reading: Reading) -> dict[str, Converted[object]]:
    """A converter for each column of the layout.

    Text becomes trimmed text, money and quantities micros, days ReadDay, months their number,
    integers int, moments and clocks micros of a second, listed values their listed spelling; an
    empty cell that is not required is "" or None.
    """
    return {
        column.name: Converted(column.name, _converter(column, reading))
        for column in reading.layout.columns
    }


def _converter(column: Column, reading: Reading) -> Callable[[str], object]:
    convert = _typed(column, reading)
    default = reading.layout.defaults.get(column.name, "")

    def checked(text: str) -> object:
        given = text if text.strip() else default
        if column.required and not given.strip():
            raise BadCellError(f"{column.name} is empty")
        return convert(given)

    return checked


def _typed(column: Column, reading: Reading) -> Callable[[str], object]:
    if column.type == "text":
        return _text(column, reading)
    if column.type == "listed":
        return _listed(column, reading)
    if column.type == "clock":
        return clock_reader()
    if column.type in _DATED:
        return _dated(column, reading)
    number = _number(column, reading)
    return _whole(number) if column.type == "integer" else number


def _dated(column: Column, reading: Reading) -> Callable[[str], object]:
    settled = reading.formats.get(column.name)
    read = _DATED[column.type](column, settled or iso_formats(column), reading.remarks)
    if settled:
        return read

    def read_iso(text: str) -> object:
        try:
            return read(text)
        except BadCellError:
            if is_spelled_otherwise(column, text):
                raise OtherSpellingError(column.name) from None
            raise

    return read_iso


def _day(
    _column: Column, formats: Sequence[str], _remarks: Remarks
) -> Callable[[str], ReadDay | None]:
    return day_reader(formats)


def _month(
    _column: Column, formats: Sequence[str], _remarks: Remarks
) -> Callable[[str], int | None]:
    read_day = day_reader(formats)

    def read(text: str) -> int | None:
        found = read_day(text)
        return None if found is None else month_of_day(found.day)

    return read


def _moment(
    column: Column, formats: Sequence[str], remarks: Remarks
) -> Callable[[str], int | None]:
    met = remarks.midnights
    return moment_reader(formats, lambda text: met.setdefault(column.name, set()).add(text))


_DATED: Mapping[str, Callable[[Column, Sequence[str], Remarks], Callable[[str], object]]] = {
    "day": _day,
    "month": _month,
    "moment": _moment,
}


def _number(column: Column, reading: Reading) -> Callable[[str], int | None]:
    is_money = column.type == "money"
    style = NumberStyle(
        decimal=reading.options.decimal or ".",
        currency=reading.currency if is_money else "",
        reverses=reading.options.reverses and column.name in ("amount", "rate", "invoice_total"),
    )
    rounded = reading.remarks.rounded
    return number_reader(style, lambda text: rounded.setdefault(column.name, set()).add(text))


def _whole(number: Callable[[str], int | None]) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        micros = number(text)
        if micros is not None and micros % MICROS:
            raise BadCellError(f"{text.strip()!r} is not a whole number")
        return None if micros is None else micros // MICROS

    return read


def _text(column: Column, reading: Reading) -> Callable[[str], str]:
    aliases = reading.options.aliases if column.name == "vendor" else {}

    def read(text: str) -> str:
        trimmed = text.strip()
        if column.identifier and _DAMAGED.fullmatch(trimmed):
            raise BadCellError(f"{trimmed!r} was damaged by a spreadsheet program")
        if column.identifier and ("\n" in trimmed or "\r" in trimmed):
            raise BadCellError("it spans lines: a quote is probably not closed")
        return aliases.get(plain(trimmed), trimmed) if aliases else trimmed

    return read


def _listed(column: Column, reading: Reading) -> Callable[[str], str]:
    known = closed_list(column.list_name)
    own = reading.options.values.get(column.list_name, {})
    fallback = "" if column.list_name == _DERIVED else _OTHER

    def read(text: str) -> str:
        spelling = plain(text)
        if not spelling:
            return ""
        value = _mapped(spelling, own) or known.spellings.get(spelling)
        if value is None:
            reading.remarks.unknown[column.name, text.strip()] = fallback
            return fallback
        return value

    return read


def _mapped(spelling: str, own: Mapping[str, str]) -> str | None:
    if spelling in own:
        return own[spelling]
    for pattern, value in own.items():
        if pattern.endswith("*") and spelling.startswith(pattern[:-1]):
            return value
    return None


def derived_class(code: str, description: str, known: ClosedList) -> str:
    """The class that the shipped list derives from a charge code and a description, or ""."""
    text = " " + plain(f"{code} {description}")
    for value, words in known.derived:
        if any(f" {word}" in text for word in words):
            return value
    return ""
