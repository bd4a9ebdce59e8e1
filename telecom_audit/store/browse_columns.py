"""What a table to look through is made of: its columns, their kinds, its view and its key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds, and so how it is shown, filtered and added up.

    MONEY and QUANTITY are micros, COUNT a whole number, DATE an ISO text, MONTH a month number,
    STATUS a word of ours, FILE a path of which the name is shown.
    """

    TEXT = "text"
    MONEY = "money"
    QUANTITY = "quantity"
    COUNT = "count"
    DATE = "date"
    MONTH = "month"
    STATUS = "status"
    FILE = "file"


NUMBERS = frozenset({Kind.MONEY, Kind.QUANTITY, Kind.COUNT})


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        key: its name in the view.
        caption: its head.
        adds: whether a sum of it means something.
    """

    key: str
    caption: str
    kind: Kind = Kind.TEXT
    adds: bool = False


@dataclass(frozen=True)
class BrowsedTable:
    """A table as it is looked through.

    Attributes:
        key: its name for doors and settings.
        caption: its name for people.
        view: the view that says which rows there are (or a SELECT in parentheses).
        id: the view's key, a whole number.
        columns: what is shown.
        rows: where rows of known keys are read from, when the view is slow to ask for one row;
            it bears the same columns.
        rows_id: the key there.
        dense: the table whose ids, without a gap, are the view's keys; empty: they must be listed.
        dense_unless: a table that must be empty for that.
        record: an expression for the position of its raw record in its import.
        is_imported: whether a file brought the rows.
        hint: what to do when there are no rows.
    """

    key: str
    caption: str
    view: str
    id: str
    columns: tuple[Column, ...]
    rows: str = ""
    rows_id: str = ""
    dense: str = ""
    dense_unless: str = ""
    record: str = "record"
    is_imported: bool = True
    hint: str = ""

    def column(self, key: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: there is none.
        """
        for each in self.columns:
            if each.key == key:
                return each
        raise KeyError(key)
