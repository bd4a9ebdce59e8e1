"""What is selected in a table: its count and sums in words, and its copies for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QItemSelection, QMimeData

from telecom_audit.store.browse import Value
from telecom_audit.store.browse_columns import NUMBERS, Column, Kind
from ui.numbers import count_text
from ui.tables.cells import cell_text, copied_text, head_text

MOST_COPIED = 200_000  # rows
_AS_TEXT = "mso-number-format:'\\@'"


@dataclass(frozen=True)
class Stretch:
    """A rectangle of selected cells, both ends counted."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Chosen:
    """The selected cells of a table."""

    stretches: tuple[Stretch, ...]

    @property
    def rows(self) -> Sequence[int]:
        """The positions of the rows that a selected cell is in, from above."""
        if len(self.stretches) == 1:
            only = self.stretches[0]
            return range(only.top, only.bottom + 1)
        found: set[int] = set()
        for each in self.stretches:
            found.update(range(each.top, each.bottom + 1))
        return sorted(found)

    @property
    def columns(self) -> list[int]:
        """The positions of the columns that a selected cell is in."""
        return sorted({c for each in self.stretches for c in range(each.left, each.right + 1)})

    @property
    def is_even(self) -> bool:
        """Whether every selected column is selected in the same rows."""
        return len({(each.top, each.bottom) for each in self.stretches}) <= 1

    def has(self, row: int, column: int) -> bool:
        """Whether a cell is selected."""
        return any(
            each.top <= row <= each.bottom and each.left <= column <= each.right
            for each in self.stretches
        )

    def rows_of(self, column: int) -> Sequence[int]:
        """The positions of the rows in which a column is selected."""
        own = tuple(each for each in self.stretches if each.left <= column <= each.right)
        return Chosen(own).rows


def chosen(selection: QItemSelection) -> Chosen:
    """The cells of a selection."""
    every = [selection.at(place) for place in range(selection.count())]
    return Chosen(
        tuple(Stretch(each.top(), each.bottom(), each.left(), each.right()) for each in every)
    )


def told(rows: int, sums: Iterable[tuple[Column, int]]) -> str:
    """The words of the status bar: "Count 12  Sum 1,204.50"."""
    known = list(sums)
    words = [f"Count {count_text(rows)}"]
    for column, total in known:
        caption = "Sum" if len(known) == 1 else column.caption
        words.append(f"{caption} {cell_text(column.kind, total)}")
    return "  ".join(words)


def added(columns: Sequence[Column], positions: Iterable[int]) -> list[int]:
    """Those of the columns whose sum means something."""
    return [place for place in positions if columns[place].adds and columns[place].kind in NUMBERS]


def copy(
    columns: Sequence[Column], heads: str | None, rows: Iterable[Sequence[Value]]
) -> QMimeData:
    """Cells for the clipboard, as text between tabs and as a table that keeps numbers numbers.

    Args:
        columns: the columns copied.
        heads: the currency for the heads; None copies no heads.
        rows: the values of these columns.
    """
    lines: list[str] = []
    cells: list[str] = []
    if heads is not None:
        captions = [head_text(column, heads) for column in columns]
        lines.append("\t".join(map(_flat, captions)))
        cells.append("".join(f"<th>{escape(caption)}</th>" for caption in captions))
    for row in rows:
        texts = [
            copied_text(column.kind, value) for column, value in zip(columns, row, strict=True)
        ]
        lines.append("\t".join(map(_flat, texts)))
        cells.append(
            "".join(_cell(column.kind, text) for column, text in zip(columns, texts, strict=True))
        )
    data = QMimeData()
    data.setText("\n".join(lines))
    table = "".join(f"<tr>{each}</tr>" for each in cells)
    data.setHtml(f'<meta charset="utf-8"><table>{table}</table>')
    return data


def _flat(text: str) -> str:
    return " ".join(text.splitlines()).replace("\t", " ") if text else ""


def _cell(kind: Kind, text: str) -> str:
    if kind in NUMBERS:
        return f"<td>{text}</td>"
    return f'<td style="{_AS_TEXT}">{escape(text)}</td>'
