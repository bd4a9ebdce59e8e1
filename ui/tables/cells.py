"""How a cell is written: on the screen, for a screen reader, and for the clipboard."""

from __future__ import annotations

from telecom_audit.money import money_text, plain_text
from telecom_audit.months import month_text
from telecom_audit.store.browse import Value, file_name
from telecom_audit.store.browse_columns import Column, Kind
from telecom_audit.tasks.export_files import guarded
from ui.numbers import amount_text, count_text

_SHAPES = {
    "proven": "● proven",
    "check": "◐ to check",
    "lead": "○ lead",
}


def cell_text(kind: Kind, value: Value) -> str:
    """A value as a table shows it; empty for what does not exist."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _words(kind, value)
    if kind is Kind.MONEY:
        return amount_text(value)
    if kind is Kind.QUANTITY:
        return quantity_text(value)
    return month_text(value) if kind is Kind.MONTH else count_text(value)


def _words(kind: Kind, value: str) -> str:
    if kind is Kind.STATUS:
        return _SHAPES.get(value, value)
    if kind is Kind.FILE:
        return file_name(value)
    return value.replace("\n", " ") if "\n" in value else value


def quantity_text(micros: int) -> str:
    """A quantity as a plain number: "2", "0.5", "1,200"."""
    return amount_text(micros).rstrip("0").rstrip(".")


def copied_text(kind: Kind, value: Value) -> str:
    """A value as another program reads it: numbers plain, no text that it takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value if kind is Kind.TEXT else _words(kind, value))
    if kind is Kind.MONEY:
        return money_text(value)
    if kind is Kind.QUANTITY:
        return plain_text(value)
    return month_text(value) if kind is Kind.MONTH else str(value)


def head_text(column: Column, currency: str) -> str:
    """A column's head; an amount's names its currency."""
    if column.kind is Kind.MONEY and currency:
        return f"{column.caption}, {currency}"
    return column.caption
