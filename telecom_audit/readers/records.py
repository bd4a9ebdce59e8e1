"""Records as text: the cells of each record with the physical row on which it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Record = list[str]


@dataclass(frozen=True)
class Batch:
    """Some consecutive records.

    Attributes:
        first: the number of the first among the file's data records, from 0.
        rows: the physical row of each, from 1.
        records: the cells of each.
        faults: index in this batch -> why the record cannot be accepted whatever it says.
    """

    first: int
    rows: Sequence[int]
    records: Sequence[Record]
    faults: Mapping[int, str]


@dataclass(frozen=True)
class Header:
    """The header of a file.

    Attributes:
        captions: as they stand, without empty ones at the end.
        row: its physical row.
        before: how many records stand before it; they are read and ignored.
    """

    captions: tuple[str, ...]
    row: int
    before: int
