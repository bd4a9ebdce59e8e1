"""A table on a place: columns by measure, cells of a few lines, a thin rule below each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telecom_audit.drawing.place import BODY, Place, Type, rule, write
from telecom_audit.drawing.style import SMALLEST
from telecom_audit.drawing.words import printable
from telecom_audit.report.columns import GAP, MOST_LINES, cell_lines, column_widths

_PAD = 0.035  # inches above and below the words of a row
_WIDEST_GAP = 0.5  # inches between two columns where there is room
_BASE = 0.75  # of the line, down to where the letters stand
BOLD = Type(SMALLEST, "bold")
LEAST_ROW = BODY.line + 2 * _PAD  # inches, of a row of one line

Row = tuple[list[str], ...]  # each cell as its lines


@dataclass(frozen=True)
class Grid:
    """A table measured for one room: where columns begin, how wide, which go right, its heads."""

    starts: tuple[float, ...]
    widths: tuple[float, ...]
    right: frozenset[int]
    heads: Row

    @property
    def width(self) -> float:
        """Inches from the first column's left side to the last one's right side."""
        return self.starts[-1] + self.widths[-1]


def measured(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int], room: float
) -> Grid:
    """Measure a table.

    Args:
        heads: of the columns.
        rows: all its cells.
        right: the positions of columns of numbers.
        room: inches of width.
    """
    printed = [printable(head) for head in heads]
    widths = column_widths(printed, rows, right, room)
    gap = max(GAP, min(_WIDEST_GAP, (room - sum(widths)) / max(1, len(widths) - 1)))
    starts = [sum(widths[:place]) + gap * place for place in range(len(widths))]
    lines = tuple(
        cell_lines(head, wide, 2, bold=True) for head, wide in zip(printed, widths, strict=True)
    )
    return Grid(tuple(starts), tuple(widths), frozenset(right), lines)


def row_of(cells: Sequence[str], grid: Grid) -> Row:
    """The lines of each cell; numbers are never broken."""
    return tuple(
        cell_lines(cell, grid.widths[place], 1 if place in grid.right else MOST_LINES)
        for place, cell in enumerate(cells)
    )


def row_height(row: Row) -> float:
    """The height of a row in inches, with what stands above and below its words."""
    return max(len(lines) for lines in row) * BODY.line + 2 * _PAD


def write_heads(place: Place, grid: Grid) -> Place:
    """Write the heads at the top of a place; what they leave free."""
    rest = _write(place, grid, grid.heads, BOLD)
    rule(_below(rest, grid), rest.height, place.palette.soft_ink)
    return rest


def write_row(place: Place, grid: Grid, row: Row, kind: Type = BODY) -> Place:
    """Write a row at the top of a place; what it leaves free."""
    rest = _write(place, grid, row, kind)
    rule(_below(rest, grid), rest.height, place.palette.grid)
    return rest


def _below(rest: Place, grid: Grid) -> Place:
    return rest.less(right=rest.width - grid.width)


def _write(place: Place, grid: Grid, row: Row, kind: Type) -> Place:
    for column, lines in enumerate(row):
        to_right = column in grid.right
        x = grid.starts[column] + (grid.widths[column] if to_right else 0)
        side = Type(kind.size, kind.weight, side="right" if to_right else "left", hang="baseline")
        for number, line in enumerate(lines):
            if line:
                y = place.height - _PAD - (number + _BASE) * kind.line
                write(place, (x, y), line, side)
    return place.less(top=row_height(row))
