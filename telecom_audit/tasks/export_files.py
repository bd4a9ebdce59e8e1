"""Exported rows as CSV or XLSX, so that no text is run as a formula by a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.money import MICROS, money_text
from telecom_audit.tasks.export_rows import Cell, Micros

_FORMULA = tuple("=+-@\t\r\n|\0＝＋－＠")  # as in OWASP's list, full-width signs too
_BLANKS = " \u00a0\ufeff"
_SHEET_ROWS = 1_048_576
_LONGEST_CELL = 32_767
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (fixed, so that equal exports make equal bytes)


def guarded(text: str) -> str:
    """The text, after an apostrophe when a spreadsheet might take it for a formula."""
    return f"'{text}" if text.lstrip(_BLANKS).startswith(_FORMULA) else text


def write_csv(path: Path, captions: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write UTF-8 without a byte order mark, amounts as decimal strings; the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(caption) for caption in captions])
        for row in rows:
            writer.writerow([_csv_cell(cell) for cell in row])
            count += 1
    return count


def _csv_cell(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, Micros):
        return money_text(cell.value)
    return guarded(cell) if isinstance(cell, str) else cell


def write_xlsx(path: Path, captions: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write sheets of text and numbers, a new one when a sheet is full; the number of rows.

    Raises:
        RefusedError: a cell is longer than a sheet can hold.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _MADE})
        money = book.add_format({"num_format": "#,##0.00####"})
        bold = book.add_format({"bold": True})
        sheet = None
        at = _SHEET_ROWS
        for row in rows:
            if sheet is None or at == _SHEET_ROWS:
                sheet, at = _new_sheet(book, captions, bold), 1
            for column, cell in enumerate(row):
                _write_cell(sheet, (at, column), cell, money)
            at += 1
            count += 1
        if sheet is None:
            _new_sheet(book, captions, bold)
    return count


def _new_sheet(book: Any, captions: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, caption in enumerate(captions):
        sheet.write_string(0, column, caption, bold)
    return sheet


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, money: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, Micros):
        sheet.write_number(*place, cell.value / MICROS, money)
    elif isinstance(cell, int):
        sheet.write_number(*place, cell)
    elif len(cell) > _LONGEST_CELL:
        raise RefusedError(
            f"a cell has {len(cell)} characters, more than a sheet can hold",
            "Export to a CSV file instead.",
        )
    else:
        sheet.write_string(*place, cell)
