"""Records as text: the cells of each record with the physical row on which it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import methodcaller
from typing import overload

Record = list[str]


class PlainRecords(Sequence[Record]):
    """Records of text without quotes, kept as lines: only a record that is asked for is split."""

    def __init__(self, lines: list[str], delimiter: str) -> None:
        self._lines = lines
        self._delimiter = delimiter

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> PlainRecords: ...
    def __getitem__(self, index: int | slice) -> Record | PlainRecords:
        if isinstance(index, slice):
            return PlainRecords(self._lines[index], self._delimiter)
        line = self._lines[index]
        return line.split(self._delimiter) if line else []

    def columns(self, width: int) -> list[list[str]] | None:
        """The columns, all cut at once; None when not every record has so many cells."""
        delimiter = self._delimiter
        if set(map(methodcaller("count", delimiter), self._lines)) != {width - 1}:
            return None
        cells = delimiter.join(self._lines).split(delimiter)
        return [cells[place::width] for place in range(width)]

    def joined(self, cell: str, record: str) -> str:
        """All records as one text with these marks between cells and between records."""
        return record.join(self._lines).replace(self._delimiter, cell)


@dataclass(frozen=True)
class Batch:
    """Some consecutive records.

    Attributes:
        first: the number of the first among the file's data records, from 0.
        rows: the physical row of each, from 1.
        records: the cells of each.
        columns: the same by column, when every record is as wide as the header and this is known.
        faults: index in this batch -> why the record cannot be accepted whatever it says.
    """

    first: int
    rows: Sequence[int]
    records: Sequence[Record]
    faults: Mapping[int, str]
    columns: Sequence[Sequence[str]] | None = None


@dataclass(frozen=True)
class Header:
    """The header of a file.

    Attributes:
        captions: as they stand, without empty ones at the end.
        row: its physical row.
        before: how many records stand before it; they are read and ignored.
        width: how many cells it has, with those that have no caption at the end.
    """

    captions: tuple[str, ...]
    row: int
    before: int
    width: int
