"""The known layouts, which of them fits a file, and empty forms to fill in."""

from __future__ import annotations

from pathlib import Path

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.readers.intake import take
from telecom_audit.readers.layout import Column, closed_list, known_layouts, layout_of
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.table import open_table

_BOLD = {"bold": True, "bottom": 1}
_REQUIRED = {"bold": True, "bottom": 1, "bg_color": "#DDEBF7"}


def all_layouts() -> dict[str, object]:
    """The known layouts with their columns."""
    return {
        "layouts": [
            {
                "key": layout.key,
                "kind": layout.kind,
                "title": layout.title,
                "columns": [column.name for column in layout.columns],
                "required": [column.name for column in layout.columns if column.required],
            }
            for layout in known_layouts()
        ]
    }


def guess(path: Path) -> dict[str, object]:
    """Which layout fits a file, with the mapping that it would use.

    Raises:
        UsageError: there is no such file.
        RefusedError: none fits, or several.
    """
    table = open_table(take(path), ReadOptions())
    recognised = table.recognised
    captions = recognised.header.captions
    mapped = set(recognised.positions.values())
    return {
        "file": str(path),
        "layout": recognised.layout.key,
        "kind": recognised.layout.kind,
        "sheet": table.sheet,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header_row": recognised.header.row,
        "mapping": {captions[place]: column for column, place in recognised.positions.items()},
        "extra": [caption for place, caption in enumerate(captions) if place not in mapped],
        "missing": [
            column.name
            for column in recognised.layout.columns
            if column.name not in recognised.positions
        ],
        "warnings": list(table.warnings),
    }


def write_template(key: str, path: Path) -> dict[str, object]:
    """Write an empty form of a layout: one sheet with the captions, one with notes.

    Raises:
        UsageError: there is no such layout, or no such folder.
        RefusedError: the file exists already or cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    layout = layout_of(key)
    if path.exists():
        raise RefusedError(f"{path} exists already", "Choose another name.")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", "Make the folder first.")
    try:
        with xlsxwriter.Workbook(path) as book:
            text, bold, required = (
                book.add_format(form) for form in ({"num_format": "@"}, _BOLD, _REQUIRED)
            )
            form, notes = book.add_worksheet(key[:31]), book.add_worksheet("notes")
            notes.write_row(0, 0, ("column", "required", "what to write"), bold)
            for place, column in enumerate(layout.columns):
                form.set_column(place, place, max(12, len(column.name) + 2), text)
                form.write_string(
                    0, place, column.captions[0], required if column.required else bold
                )
                yes = "yes" if column.required else ""
                notes.write_row(place + 1, 0, (column.captions[0], yes, _note(column)))
            form.freeze_panes(1, 0)
            notes.set_column(0, 1, 20)
            notes.set_column(2, 2, 90)
    except FileCreateError as error:
        raise RefusedError(
            f"{path} cannot be written ({error})", "Choose another place."
        ) from error
    return {"layout": key, "file": str(path), "columns": [c.captions[0] for c in layout.columns]}


def _note(column: Column) -> str:
    kinds = {
        "text": "text",
        "money": "an amount, such as 1234.50 or -7.20",
        "quantity": "a number",
        "integer": "a whole number",
        "day": "a date: 2025-03-31",
        "month": "a month: 2025-03",
        "moment": "a date and time: 2025-03-31 08:15:00",
        "clock": "a time of day: 8:15:00",
    }
    if column.type == "listed":
        what = "one of: " + ", ".join(closed_list(column.list_name).values)
    else:
        what = kinds[column.type]
    return f"{what}; {column.note}" if column.note else what
