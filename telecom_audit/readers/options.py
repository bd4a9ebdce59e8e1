"""What the user settles about a file: the options of `--set` and the parts of a mapping file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ReadOptions:
    """How to read a file, as far as the user says so; "" and 0 leave it to the program.

    Attributes:
        layout: the key of the layout.
        date_formats: accepted spellings of the dates of all day columns.
        reverses: the file writes charges as negative amounts.
        header_row: the physical row of the header.
        captions: plain captions that the header must have.
        columns: plain caption -> column of the layout.
        values: list name -> plain spelling (perhaps with "*" at its end) -> listed value.
        defaults: column -> text where the file has no such column or an empty cell.
        vendor: the carrier's name where the file has none; aliases: plain spelling -> name.
    """

    layout: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    date_formats: tuple[str, ...] = ()
    sheet: str = ""
    reverses: bool = False
    header_row: int = 0
    captions: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    defaults: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    aliases: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
