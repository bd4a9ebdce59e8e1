"""Layouts: what a kind of file calls its columns, how it writes them, and how it is recognised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

import resources
from telecom_audit.errors import UsageError

_LISTS = "lists.toml"
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """A caption or a listed value as it is compared: trimmed, single-spaced, in lower case."""
    return _SPACES.sub(" ", text.strip()).casefold()


@dataclass(frozen=True)
class ClosedList:
    """The values of a closed list and the shipped spellings of each.

    Attributes:
        values: as stored.
        spellings: plain spelling -> value; endings: plain beginning -> value.
        derived: (value, words) in the order in which they are tried.
    """

    values: tuple[str, ...]
    spellings: Mapping[str, str]
    derived: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a layout.

    Attributes:
        name: what the program calls it.
        type: text, money, quantity, day, integer, listed, month, moment or clock.
        captions: what the file may call it, plain.
        list_name: of a listed column, its closed list.
        formats: of a day, month or moment, the accepted spellings of the date; empty when the
            file decides.
        identifier: whether "1.2E+10" in it is damage done by a spreadsheet.
        note: a word for whoever fills in the form.
    """

    name: str
    type: str
    captions: tuple[str, ...]
    required: bool = False
    list_name: str = ""
    formats: tuple[str, ...] = ()
    identifier: bool = False
    note: str = ""


@dataclass(frozen=True)
class CallClocks:
    """The columns of a call's date, of the time at which it begins, and of those at which it ends.

    The latest of the ends counts; 0:00:00 says that a part of the call did not happen.
    """

    date: str
    start: str
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A kind of file that the program reads.

    Attributes:
        signature: the columns whose captions say that a file has this layout.
        absent: captions that say that it has not.
        currency: of the amounts, when the layout settles it; "" leaves it to the project.
        defaults: column -> text where the file has no such column or an empty cell.
        call_clocks: of calls that have no start and duration in seconds, where their times stand.
    """

    key: str
    kind: str
    title: str
    signature: tuple[str, ...]
    columns: tuple[Column, ...]
    absent: tuple[str, ...] = ()
    currency: str = ""
    defaults: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    call_clocks: CallClocks | None = None

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def positions(self, header: Sequence[str]) -> dict[str, list[int]]:
        """Where the layout's columns stand in a header; a column that occurs twice has two."""
        names = {caption: column.name for column in self.columns for caption in column.captions}
        found: dict[str, list[int]] = {}
        for position, caption in enumerate(header):
            name = names.get(plain(caption))
            if name:
                found.setdefault(name, []).append(position)
        return found

    def claims(self, header: Sequence[str]) -> bool:
        """Whether a header has the whole signature and none of the absent captions."""
        captions = {plain(caption) for caption in header}
        return not captions.intersection(self.absent) and all(
            name in self.defaults or captions.intersection(self.column(name).captions)
            for name in self.signature
        )

    def missing(self, header: Sequence[str]) -> list[str]:
        """The captions of the signature that a header lacks."""
        captions = {plain(caption) for caption in header}
        columns = [self.column(name) for name in self.signature if name not in self.defaults]
        return [c.captions[0] for c in columns if not captions.intersection(c.captions)]


def layout_of(key: str) -> Layout:
    """The layout with a key.

    Raises:
        UsageError: there is none.
    """
    for layout in known_layouts():
        if layout.key == key:
            return layout
    keys = ", ".join(layout.key for layout in known_layouts())
    raise UsageError(f"there is no layout {key!r}", f"Choose one of: {keys}.")


@cache
def known_layouts() -> tuple[Layout, ...]:
    """All shipped layouts, in the order of their keys."""
    texts = (resources.read_text(f"layouts/{name}") for name in _names())
    return tuple(layout_from(tomllib.loads(text)) for text in texts)


def _names() -> Iterable[str]:
    return (name for name in resources.names("layouts", ".toml") if name != _LISTS)


def layout_from(document: Mapping[str, Any]) -> Layout:
    """The layout that a TOML document declares."""
    head = document["layout"]
    return Layout(
        key=head["key"],
        kind=head["kind"],
        title=head["title"],
        signature=tuple(head["signature"]),
        columns=tuple(_column(entry) for entry in document["columns"]),
        absent=tuple(head.get("absent", ())),
        currency=head.get("currency", ""),
        defaults=MappingProxyType(dict(document.get("defaults", {}))),
        call_clocks=_call_clocks(document.get("calls")),
    )


def _call_clocks(entry: Mapping[str, Any] | None) -> CallClocks | None:
    return CallClocks(entry["date"], entry["start"], tuple(entry["ends"])) if entry else None


def _column(entry: Mapping[str, Any]) -> Column:
    return Column(
        name=entry["name"],
        type=entry["type"],
        captions=tuple(plain(caption) for caption in entry.get("captions", [entry["name"]])),
        required=entry.get("required", False),
        list_name=entry.get("list", ""),
        formats=tuple(entry.get("formats", ())),
        identifier=entry.get("identifier", False),
        note=entry.get("note", ""),
    )


@cache
def closed_list(name: str) -> ClosedList:
    """A closed list with the shipped spellings of its values."""
    entry = tomllib.loads(resources.read_text(f"layouts/{_LISTS}"))[name]
    spellings = {plain(value): value for value in entry["values"]}
    for value, others in entry.get("synonyms", {}).items():
        spellings |= {plain(other): value for other in others}
    derived = tuple((rule["value"], tuple(rule["words"])) for rule in entry.get("derived", ()))
    return ClosedList(tuple(entry["values"]), MappingProxyType(spellings), derived)
