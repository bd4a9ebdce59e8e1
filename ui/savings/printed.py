"""What the Savings page prints: a chart on its page, and its figures on the pages after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from telecom_audit.money import cents, micros_from_text
from telecom_audit.tasks.chart_order import ChartOrder
from ui.charts.text_table import Cells
from ui.numbers import MINUS, amount_text
from ui.printing import PrintDocument

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True)
class PrintedTable:
    """A table that follows the chart, or stands alone.

    Attributes:
        title: what it is.
        filter: what is in and what is out, in words.
        cells: as they stand on the screen.
    """

    title: str
    filter: str
    cells: Cells


def savings_document(
    path: Path, title: str, order: ChartOrder | None, table: PrintedTable
) -> PrintDocument:
    """The chart, when there is one, and a table below it, as one document."""
    return PrintDocument(title, partial(_pages, path, order, table))


def _pages(
    path: Path, order: ChartOrder | None, table: PrintedTable, paper: str, grey: bool
) -> list[Figure]:
    from telecom_audit.report.table_page import TablePage
    from telecom_audit.tasks.printed_pages import chart_pages, table_pages

    words, cells = f"{table.filter}; amounts to the cent", table.cells
    before = 0 if order is None else 1
    rows, period = _to_the_cent(cells), _period(cells)
    page = TablePage(table.title, words, cells.heads, rows, cells.right, before, period)
    pages = table_pages(path, page, paper)
    if order is None:
        return pages
    chart = replace(order, paper=paper, grey=grey)
    return chart_pages(path, chart, before + len(pages)) + pages


def _period(cells: Cells) -> str:
    """The first and the last month in the first column; empty when none stands there."""
    months = [row[0] for row in cells.rows if _MONTH.fullmatch(row[0])]
    return f"{min(months)} … {max(months)}" if months else ""


def _to_the_cent(cells: Cells) -> tuple[tuple[str, ...], ...]:
    """The rows as paper shows them; the screen keeps every decimal that there is."""
    return tuple(
        tuple(
            amount_text(cents(_micros(text))) if column in cells.right and text else text
            for column, text in enumerate(row)
        )
        for row in cells.rows
    )


def _micros(text: str) -> int:
    return micros_from_text(text.replace(MINUS, "-").replace(",", ""))
