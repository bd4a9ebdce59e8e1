"""A table that shall be printed: a plain value, made without a slow library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TablePage:
    """A table as it stands on a screen.

    Attributes:
        title: what it is ("Findings"), or the finding in one sentence.
        filter: what is in and what is out, in words.
        heads: of the columns, with the currency of amounts.
        rows: texts, as many in each row as heads.
        right: the positions of the columns of numbers, to be aligned right.
        before: the pages of the same document that come before it.
        period: the months that it covers, for the footer; empty: those of the bills.
    """

    title: str
    filter: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    before: int = 0
    period: str = ""
