"""Storing payments; one that an earlier import has already is ignored."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.money import LARGEST_MICROS, money_text
from telecom_audit.months import day_text
from telecom_audit.readers.cells import BadCell, Converted, Together
from telecom_audit.readers.conversion import Reading, converters
from telecom_audit.store import dimensions, reference_rows
from telecom_audit.store.reference_rows import PAYMENT
from telecom_audit.tasks.imports_repeats import Repeats
from telecom_audit.tasks.imports_rows import (
    Amounts,
    Finished,
    Rows,
    bad_cells,
    looked_up,
)

_TEXTS = ("account", "invoice", "reference", "department", "payer")


class PaymentWriter:
    """Stores payments as they come."""

    def __init__(self, connection: sqlite3.Connection, import_id: int, reading: Reading) -> None:
        self._connection = connection
        self._import_id = import_id
        self.cells: Mapping[str, Converted[object]] = converters(reading)
        self._layout = reading.layout
        known = {column.name for column in reading.layout.columns}
        self._given = [name for name in _TEXTS if name in known]
        self._vendors = Together(("vendor",), self.cells, self._vendor)
        self._dates = Together(("payment_date",), self.cells, self._date)
        self._repeats = Repeats(connection, PAYMENT, import_id)
        self._stored_micros = self._ignored_micros = self._approximate = 0

    def store(self, rows: Rows) -> Mapping[int, BadCell]:
        """Store some payments, or answer which rows are bad and store none."""
        vendors: list[Any] = looked_up(self._vendors.__getitem__, rows, ("vendor",))
        dates: list[Any] = looked_up(self._dates.__getitem__, rows, ("payment_date",))
        amounts: list[Any] = list(map(self.cells["amount"].__getitem__, rows.columns["amount"]))
        texts: dict[str, list[Any]] = {
            name: list(map(self.cells[name].__getitem__, rows.columns[name]))
            for name in self._given
        }
        bad = bad_cells(
            [
                (self._vendors.has_bad, vendors),
                (self._dates.has_bad, dates),
                (self.cells["amount"].has_bad, amounts),
                *((self.cells[name].has_bad, texts[name]) for name in self._given),
            ]
        )
        if bad or not vendors:
            return bad
        empty = [""] * len(vendors)
        account, invoice, reference, department, payer = (texts.get(n, empty) for n in _TEXTS)
        payments = [
            (*v, a, i, *d, amount, r, department_, p)
            for v, a, i, d, amount, r, department_, p in zip(
                vendors, account, invoice, dates, amounts, reference, department, payer,
                strict=True,
            )
        ]  # fmt: skip
        numbered, repeated = self._repeats.split(rows, payments)
        self._ignored_micros += sum(payment[7] for payment in repeated)
        reference_rows.insert_rows(
            self._connection,
            PAYMENT,
            [(self._import_id, number, *payment) for number, payment in numbered],
        )
        self._stored_micros += sum(payment[7] for _, payment in numbered)
        self._approximate += sum(payment[6] for _, payment in numbered)
        return {}

    def finish(self, quarantined: Sequence[str]) -> Finished:
        """Tell what was ignored and what is approximate.

        Raises:
            RefusedError: the amounts exceed all bounds.
        """
        if abs(self._stored_micros) > LARGEST_MICROS:
            raise RefusedError("the amounts add up to more than 9.2e12", "Correct the file.")
        stored = reference_rows.counted_rows(self._connection, "payment", self._import_id)
        same_as = None if stored else self._repeats.same_as(self._layout.key, quarantined)
        warnings = []
        if self._repeats.ignored:
            warnings.append(
                f"{self._repeats.ignored} payments with a sum of "
                f"{money_text(self._ignored_micros)} are in an earlier import already and were "
                f"ignored"
            )
        if self._approximate:
            warnings.append(
                f"payment_date: {self._approximate} payments give a month or a range; they count "
                f"on its last day"
            )
        return Finished(
            Amounts(stored_micros=self._stored_micros),
            stored,
            self._repeats.ignored,
            warnings=tuple(warnings),
            same_as=same_as,
        )

    def _vendor(self, values: tuple[Any, ...]) -> tuple[int, int]:
        name = values[0]
        return (
            dimensions.vendor_id(self._connection, name),
            dimensions.spelling_id(self._connection, name),
        )

    def _date(self, values: tuple[Any, ...]) -> tuple[str, int, int]:
        found = values[0]
        return day_text(found.day), found.day, int(found.approximate)
