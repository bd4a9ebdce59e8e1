"""A table on paper: its heads on every page, no row torn between two pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from matplotlib.figure import Figure

from telecom_audit.drawing.place import Type, write
from telecom_audit.drawing.sheet import MARGIN, Heading, Sheet, new_page, room_between
from telecom_audit.drawing.words import printable
from telecom_audit.errors import RefusedError
from telecom_audit.report.grid import (
    LEAST_ROW,
    Grid,
    Row,
    measured,
    row_height,
    row_of,
    write_heads,
    write_row,
)
from telecom_audit.report.table_page import TablePage

MOST_PAGES = 200


def table_pages(sheet: Sheet, table: TablePage) -> list[Figure]:
    """The pages of a table; one page that says so when there are no rows.

    Raises:
        RefusedError: it would take more than 200 pages.
    """
    _check_pages(table, ceil(len(table.rows) * LEAST_ROW / sheet.paper.height))
    rows = [tuple(printable(cell) for cell in row) for row in table.rows]
    grid = measured(table.heads, rows, table.right, sheet.paper.width - 2 * MARGIN)
    room = room_between(sheet, _heading(table, (1, 1))) - row_height(grid.heads)
    pages = _split([row_of(row, grid) for row in rows], room)
    _check_pages(table, len(pages))
    return [
        _page(sheet, _heading(table, (number, table.before + len(pages))), grid, page)
        for number, page in enumerate(pages, start=table.before + 1)
    ]


def _check_pages(table: TablePage, pages: int) -> None:
    if pages > MOST_PAGES:
        raise RefusedError(
            f"{table.title} has {len(table.rows):,} rows, which would take more than"
            f" {MOST_PAGES} pages",
            "Filter it first, or export it as a file.",
        )


def _heading(table: TablePage, page: tuple[int, int]) -> Heading:
    count = "1 row" if len(table.rows) == 1 else f"{len(table.rows):,} rows"
    return Heading(table.title, count, table.period, table.filter, page)


def _split(rows: Sequence[Row], room: float) -> list[list[Row]]:
    """The rows of each page, at least one page."""
    pages: list[list[Row]] = [[]]
    left = room
    for row in rows:
        height = row_height(row)
        if height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= height
    return pages


def _page(sheet: Sheet, heading: Heading, grid: Grid, rows: Sequence[Row]) -> Figure:
    place = write_heads(new_page(sheet, heading), grid)
    for row in rows:
        place = write_row(place, grid, row)
    if not rows:
        write(place, (0, place.height - 0.1), "No row passes the filter.", Type(hang="top"))
    return place.figure
