"""A table on paper: its heads on every page, no row torn between two pages, no number cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from matplotlib.figure import Figure

from telecom_audit.drawing.place import Type, write
from telecom_audit.drawing.sheet import MARGIN, Heading, Sheet, new_page, room_between
from telecom_audit.drawing.words import printable
from telecom_audit.errors import RefusedError
from telecom_audit.report.columns import column_groups
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
    pages = [part for columns in _side_by_side(sheet, table) for part in _parts(sheet, columns)]
    _check_pages(table, len(pages))
    return [
        _page(sheet, _heading(shown, (number, table.before + len(pages))), grid, page)
        for number, (shown, grid, page) in enumerate(pages, start=table.before + 1)
    ]


def _side_by_side(sheet: Sheet, table: TablePage) -> list[TablePage]:
    """The table in parts as wide as the sheet, each with some of its columns."""
    rows = [tuple(printable(cell) for cell in row) for row in table.rows]
    groups = column_groups(table.heads, rows, table.right, _room(sheet))
    shown = {place for group in groups for place in group}
    empty = [head for place, head in enumerate(table.heads) if place not in shown]
    left_out = [f"without values and left out: {', '.join(empty)}"] if empty else []
    return [
        replace(
            table,
            filter="; ".join([table.filter, *left_out]),
            heads=tuple(table.heads[place] for place in group),
            rows=tuple(tuple(row[place] for place in group) for row in rows),
            right=tuple(at for at, place in enumerate(group) if place in table.right),
        )
        for group in groups
    ]


def _parts(sheet: Sheet, table: TablePage) -> list[tuple[TablePage, Grid, list[Row]]]:
    """The rows of each page of a table that is no wider than the sheet."""
    grid = measured(table.heads, table.rows, table.right, _room(sheet))
    room = room_between(sheet, _heading(table, (1, 1))) - row_height(grid.heads)
    return [(table, grid, page) for page in _split([row_of(row, grid) for row in table.rows], room)]


def _room(sheet: Sheet) -> float:
    return sheet.paper.width - 2 * MARGIN


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
