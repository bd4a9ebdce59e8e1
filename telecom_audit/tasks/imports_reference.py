"""Storing inventories, contracts, sites, usage and persons: a later row replaces an earlier one."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from telecom_audit.identifiers import service_key
from telecom_audit.readers.cells import BadCell, Converted
from telecom_audit.readers.conversion import Reading, converters
from telecom_audit.readers.layout import layout_of
from telecom_audit.store import dimensions, reference_rows
from telecom_audit.store.dimensions import optional_day_text
from telecom_audit.store.reference_rows import (
    CONTRACT,
    INVENTORY,
    PERSON,
    SITE,
    USAGE,
    ReferenceTable,
)
from telecom_audit.tasks.imports_rows import (
    Amounts,
    Finished,
    Rows,
    bad_cells,
    extra_content,
    have_same_quarantine,
)

Cells = Mapping[str, Any]
_KEYS = {
    "inventory": "services",
    "contract": "contract rates",
    "site": "sites",
    "usage": "months of a service",
    "person": "persons",
}
_TEXTS = ("text", "listed")
_WHOLE_COVERAGE = "both"


class ReferenceWriter:
    """Stores rows of one kind as they come."""

    def __init__(self, connection: sqlite3.Connection, import_id: int, reading: Reading) -> None:
        self._connection = connection
        self._import_id = import_id
        self._layout = reading.layout
        self.cells: Mapping[str, Converted[object]] = converters(reading)
        self._table, self._values = _KINDS[reading.layout.kind]
        standard = layout_of(f"standard-{reading.layout.kind}")
        self._empty: Cells = {
            column.name: "" if column.type in _TEXTS else None for column in standard.columns
        }

    def store(self, rows: Rows) -> Mapping[int, BadCell]:
        """Store some rows, or answer which are bad and store none."""
        columns = {
            name: list(map(cells.__getitem__, rows.columns[name]))
            for name, cells in self.cells.items()
        }
        bad = bad_cells([(self.cells[name].has_bad, column) for name, column in columns.items()])
        if bad:
            return bad
        names = list(columns)
        extras = _extras(rows)
        stored = []
        for index, values in enumerate(zip(*columns.values(), strict=True)):
            cells: Cells = {**self._empty, **dict(zip(names, values, strict=True))}
            row = self._values(self._connection, cells)
            stored.append((self._import_id, rows.numbers[index], *row, extras[index]))
        reference_rows.insert_rows(self._connection, self._table, stored)
        return {}

    def finish(self, quarantined: Sequence[str]) -> Finished:
        """Count what the file replaces and what it lacks."""
        table = self._table
        stored = reference_rows.counted_rows(self._connection, table.name, self._import_id)
        same = [
            import_id
            for import_id in self._equal(stored)
            if have_same_quarantine(self._connection, [import_id], quarantined)
        ]
        missing, replaced = reference_rows.missing_keys(self._connection, table, self._import_id)
        what = _KEYS[self._layout.kind]
        warnings = []
        if missing:
            warnings.append(f"{missing} {what} of earlier files are not in this one; they stay")
        if replaced:
            warnings.append(f"{replaced} {what} of earlier files are replaced")
        return Finished(
            Amounts(), stored, warnings=tuple(warnings), same_as=same[-1] if same else None
        )

    def _equal(self, stored: int) -> list[int]:
        if stored:
            similar = reference_rows.import_with_equal_rows(
                self._connection, self._table, self._import_id
            )
            mine = self._content(self._import_id) if similar else None
            return [import_id for import_id in similar if self._content(import_id) == mine]
        return reference_rows.imports_without_rows(
            self._connection, self._layout.key, self._import_id
        )

    def _content(self, import_id: int) -> Counter[tuple[object, ...]]:
        """The rows of an import, counted; numbers in extra columns as a sheet may write them."""
        rows = reference_rows.stored_rows(self._connection, self._table, import_id)
        return Counter((*row[:-1], extra_content(json.loads(str(row[-1])))) for row in rows)


def _extras(rows: Rows) -> list[str]:
    """The columns that the layout does not know, of each row, as a JSON object."""
    captions = list(rows.extra)
    if not captions:
        return ["{}"] * len(rows.numbers)
    return [
        json.dumps(
            {c: cell for c, cell in zip(captions, cells, strict=True) if cell}, ensure_ascii=False
        )
        for cells in zip(*rows.extra.values(), strict=True)
    ]


def _day(value: Any) -> int | None:
    return None if value is None else value.day


def _dated(value: Any) -> tuple[str | None, int | None]:
    return optional_day_text(_day(value)), _day(value)


def _inventory(connection: sqlite3.Connection, cells: Cells) -> tuple[object, ...]:
    vendor = cells["vendor"]
    return (
        cells["service"], service_key(cells["service"]), cells["service_type"],
        cells["status"], cells["site"], cells["department"], cells["user"],
        cells["use"], vendor, dimensions.vendor_id(connection, vendor) if vendor else None,
        cells["account"], cells["contract"], cells["system"], cells["channels"],
        cells["bandwidth_mbps"], cells["monthly_cost"], *_dated(cells["install_date"]),
        *_dated(cells["disconnect_date"]), cells["disconnect_order"],
        optional_day_text(_day(cells["last_verified"])),
    )  # fmt: skip


def _contract(connection: sqlite3.Connection, cells: Cells) -> tuple[object, ...]:
    return (
        cells["contract"], cells["vendor"], dimensions.vendor_id(connection, cells["vendor"]),
        cells["charge_code"], cells["description"], cells["site"], cells["rate"], cells["unit"],
        *_dated(cells["effective_from"]), *_dated(cells["effective_to"]), cells["auto_renew"],
        cells["notice_days"], cells["dispute_window_days"], cells["early_termination"],
        cells["annual_commitment"], cells["shortfall_percent"],
    )  # fmt: skip


def _site(_connection: sqlite3.Connection, cells: Cells) -> tuple[object, ...]:
    return (
        cells["site"], cells["name"], cells["address"], cells["city"], cells["state"],
        cells["postal_code"], cells["status"], *_dated(cells["closed_date"]), cells["department"],
    )  # fmt: skip


def _usage(_connection: sqlite3.Connection, cells: Cells) -> tuple[object, ...]:
    return (
        cells["service"], service_key(cells["service"]), cells["month"], cells["calls"],
        cells["minutes"], cells["messages"], cells["megabytes"], cells["calls_in"],
        cells["calls_out"], cells["minutes_in"], cells["minutes_out"],
        cells["coverage"] or _WHOLE_COVERAGE, *_dated(cells["last_seen"]),
    )  # fmt: skip


def _person(_connection: sqlite3.Connection, cells: Cells) -> tuple[object, ...]:
    return (
        cells["person"], cells["name"], cells["department"], cells["site"], cells["status"],
        *_dated(cells["end_date"]),
    )  # fmt: skip


_KINDS: dict[
    str, tuple[ReferenceTable, Callable[[sqlite3.Connection, Cells], tuple[object, ...]]]
] = {
    "inventory": (INVENTORY, _inventory),
    "contract": (CONTRACT, _contract),
    "site": (SITE, _site),
    "usage": (USAGE, _usage),
    "person": (PERSON, _person),
}
