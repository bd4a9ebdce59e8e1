"""The process that reads a workbook for us: whatever a file does to it, the program stays.

`python -m telecom_audit.readers.sheet_child PATH COUNT [SHEET]` writes JSON lines: for each sheet,
or for the one that is named, `{"sheet": name, "is_hidden": bool}`, then lists of rows, each a list
of texts, and `{"end": name, "long_numbers": n}`; COUNT rows at most, or all when it is 0.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

from telecom_audit.readers.child import limit_own_memory

_ROWS_AT_ONCE = 1000
_EXACT_DIGITS = 15


class _Texts:
    """Makes the text of typed cells; counts numbers that have more digits than are exact."""

    def __init__(self) -> None:
        self.long_numbers = 0

    def of(self, value: object) -> str:
        """The text of a cell: whole numbers without ".0", dates as ISO."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, (int, float)):
            return self._number(value)
        return _moment(value)

    def _number(self, value: float) -> str:
        text = format(Decimal(repr(value)), "f")
        text = text.removesuffix(".0")
        if len(text.lstrip("-0.").split(".")[0]) > _EXACT_DIGITS:
            self.long_numbers += 1
        return text


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        at_midnight = value.time() == time(0)
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else ""


def lines(path: Path, count: int, wanted: str) -> Iterator[str]:
    """The JSON lines that the module's first words describe."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    for about in book.sheets_metadata:
        is_table = about.typ == SheetTypeEnum.WorkSheet
        if is_table and (not wanted or about.name == wanted):
            is_hidden = about.visible != SheetVisibleEnum.Visible
            yield json.dumps({"sheet": about.name, "is_hidden": is_hidden})
            texts = _Texts()
            rows = iter(book.get_sheet_by_name(about.name).iter_rows())
            rows = islice(rows, count) if count else rows
            while chunk := list(islice(rows, _ROWS_AT_ONCE)):
                yield json.dumps([list(map(texts.of, row)) for row in chunk])
            yield json.dumps({"end": about.name, "long_numbers": texts.long_numbers})


def main(arguments: list[str]) -> None:
    """Write the lines to stdout."""
    limit_own_memory()
    path, count = Path(arguments[0]), int(arguments[1])
    wanted = arguments[2] if len(arguments) > 2 else ""
    for line in lines(path, count, wanted):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
