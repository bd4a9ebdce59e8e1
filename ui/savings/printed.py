"""What the Savings page prints: a chart on its page, and its figures on the pages after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
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

_PAGE = re.compile(r"page \d+ of \d+$")


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

    pages: list[Figure] = []
    if order is not None:
        pages += chart_pages(path, replace(order, paper=paper, grey=grey))
    words = f"{table.filter}; amounts to the cent"
    cells = table.cells
    page = TablePage(table.title, words, cells.heads, _to_the_cent(cells), cells.right)
    pages += table_pages(path, page, paper, grey)
    _number(pages)
    return pages


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


def _number(pages: Sequence[Figure]) -> None:
    """Count the pages through, since chart and table were made as documents of their own."""
    from matplotlib.text import Text

    for number, page in enumerate(pages, start=1):
        for text in page.findobj(Text):
            if isinstance(text, Text) and _PAGE.search(text.get_text()):
                text.set_text(_PAGE.sub(f"page {number} of {len(pages)}", text.get_text()))
