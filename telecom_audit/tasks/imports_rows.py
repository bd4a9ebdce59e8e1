"""What the writers of all kinds share: the accepted rows of a batch, column by column."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from telecom_audit.money import exact
from telecom_audit.readers.cells import BadCell, Converted
from telecom_audit.store import quarantine

_REMEMBERED = 100_000
_LEADING_ZERO = re.compile(r"-?0[0-9]")


@dataclass(frozen=True)
class Rows:
    """Some records that may be stored.

    Attributes:
        numbers: their positions among the file's records.
        columns: layout column -> its texts; a column that the file lacks has empty texts.
        extra: caption -> texts of the columns that the layout does not know.
    """

    numbers: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    extra: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Amounts:
    """The money of an import in micros; None where the kind has none or nothing is stated.

    Attributes:
        compared_micros: the part of the stored amount that a stated total covers.
    """

    stored_micros: int | None = None
    stated_micros: int | None = None
    compared_micros: int | None = None


@dataclass(frozen=True)
class Finished:
    """What a writer has to say when all rows are in.

    Attributes:
        same_as: the import that has the same content already; nothing is kept then.
        supersedes, completes: imports whose invoices are replaced or added to.
    """

    amounts: Amounts
    stored: int
    ignored: int = 0
    invoices: int = 0
    warnings: tuple[str, ...] = ()
    same_as: int | None = None
    supersedes: tuple[int, ...] = ()
    completes: tuple[int, ...] = ()


class Writer(Protocol):
    """Stores the rows of one kind of file; `cells` are the converters of its columns."""

    cells: Mapping[str, Converted[object]]

    def store(self, rows: Rows) -> Mapping[int, BadCell]:
        """Store all rows and answer nothing, or store none and answer the bad ones by index."""

    def finish(self, quarantined: Sequence[str]) -> Finished:
        """Complete the import; `quarantined` are the raw cells of the rows not accepted."""


def bad_cells(
    columns: Sequence[tuple[bool, Sequence[object]]],
) -> dict[int, BadCell]:
    """The first bad cell of each row, from columns that say whether they may have any."""
    found: dict[int, BadCell] = {}
    for may_have, values in columns:
        if may_have:
            for index, value in enumerate(values):
                if isinstance(value, BadCell):
                    found.setdefault(index, value)
    return found


def looked_up(
    find: Callable[[tuple[str, ...]], object], rows: Rows, columns: Sequence[str]
) -> list[object]:
    """What several columns of each row mean together."""
    return list(map(find, zip(*(rows.columns[column] for column in columns), strict=True)))


def have_same_quarantine(
    connection: sqlite3.Connection, imports: Iterable[int], quarantined: Sequence[str]
) -> bool:
    """Whether imports put aside the same rows, however a sheet writes their numbers ("5.5")."""
    stored = [
        raw for import_id in imports for raw in quarantine.quarantined_cells(connection, import_id)
    ]
    return sorted(map(_content, stored)) == sorted(map(_content, quarantined))


def _content(raw: str) -> list[str]:
    cells = [cell.strip() for cell in json.loads(raw)]
    while cells and not cells[-1]:
        cells.pop()
    return [as_content(cell) for cell in cells]


def extra_content(extras: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The filled extra cells of a row as they are compared, however a sheet writes them."""
    return tuple(
        sorted(
            (caption, as_content(cell))
            for caption, text in extras.items()
            if (cell := text.strip())
        )
    )


@lru_cache(_REMEMBERED)
def as_content(cell: str) -> str:
    """A cell as it is compared when a sheet may write its number otherwise ("5.50" as "5.5")."""
    if _LEADING_ZERO.match(cell):
        return cell
    try:
        return str(exact(cell))
    except ValueError:
        return cell
