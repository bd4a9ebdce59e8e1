"""Storing the rows of a bill: each distinct text is converted and looked up once."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.money import LARGEST_MICROS, money_text
from telecom_audit.readers.cells import BadCell, Converted, Together
from telecom_audit.readers.conversion import Reading, converters, derived_class
from telecom_audit.readers.layout import closed_list
from telecom_audit.store import bills_in, dimensions, reference_rows
from telecom_audit.tasks.imports_relations import NewBill, Placing, place_bills
from telecom_audit.tasks.imports_rows import (
    Amounts,
    Finished,
    Rows,
    bad_cells,
    have_same_quarantine,
    looked_up,
)

_INVOICE = (
    "vendor", "account", "invoice", "bill_date", "due_date", "previous_balance", "payments",
    "invoice_total",
)  # fmt: skip
_SERVICE = ("vendor", "service")
_ITEM = ("charge_code", "description", "class", "service_type", "site", "jurisdiction")
_PERIOD = ("from", "thru")


@dataclass(slots=True)
class _Draft:
    """An invoice of the file while its rows come in; `is_torn` when its rows state two totals."""

    account_id: int
    number: str
    bill_day: int
    due_day: int | None = None
    previous: int | None = None
    payments: int | None = None
    total: int | None = None
    is_torn: bool = False


class BillWriter:
    """Stores charges as they come and their invoices at the end."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        import_id: int,
        reading: Reading,
        placing: Placing,
    ) -> None:
        self._connection = connection
        self._import_id = import_id
        self._placing = placing
        self._layout = reading.layout
        self.cells: Mapping[str, Converted[object]] = converters(reading)
        self._classes = closed_list("class")
        self._invoices = Together(_INVOICE, self.cells, self._invoice)
        self._services = Together(_SERVICE, self.cells, self._service)
        self._items = Together(_ITEM, self.cells, self._item)
        self._periods = Together(_PERIOD, self.cells, self._period)
        self._drafts: list[_Draft] = []
        self._slots: dict[tuple[int, str, int], int] = {}
        self._sums: list[int] = []
        self._filled: set[int] = set()
        self._vendors: dict[str, int] = {}
        self._unclassed: list[tuple[int, int]] = []
        self._unclassed_count = 0
        self._unclassed_micros = 0
        self._indices_wait = bills_in.leave_indices_for_later(connection)
        self._first_invoice = bills_in.next_id(connection, "invoice")
        self._first_charge = self._next_charge = bills_in.next_id(connection, "charge")

    def store(self, rows: Rows) -> Mapping[int, BadCell]:
        """Store the charges of some rows, or answer which rows are bad and store none."""
        slots: list[Any] = looked_up(self._invoices.__getitem__, rows, _INVOICE)
        services: list[Any] = looked_up(self._services.__getitem__, rows, _SERVICE)
        items: list[Any] = looked_up(self._items.__getitem__, rows, _ITEM)
        periods: list[Any] = looked_up(self._periods.__getitem__, rows, _PERIOD)
        quantities, rates, amounts = (
            list(map(self.cells[column].__getitem__, rows.columns[column]))
            for column in ("quantity", "rate", "amount")
        )
        bad = bad_cells(
            (
                (self._invoices.has_bad, slots),
                (self._services.has_bad, services),
                (self._items.has_bad, items),
                (self._periods.has_bad, periods),
                (self.cells["quantity"].has_bad, quantities),
                (self.cells["rate"].has_bad, rates),
                (self.cells["amount"].has_bad, amounts),
            )
        )
        if bad or not slots:
            return bad
        if self._unclassed:
            items = self._classed(items, amounts)
        self._add_up(slots, amounts)
        service_ids, spelling_ids = zip(*services, strict=True)
        bills_in.insert_charges(
            self._connection,
            list(
                zip(
                    range(self._next_charge, self._next_charge + len(slots)),
                    map(self._first_invoice.__add__, slots),
                    service_ids,
                    spelling_ids,
                    items,
                    periods,
                    quantities,
                    rates,
                    amounts,
                    rows.numbers,
                    strict=True,
                )
            ),
        )
        self._next_charge += len(slots)
        return {}

    def finish(self, quarantined: Sequence[str]) -> Finished:
        """Store the invoices, each beside what it replaces or adds to.

        Raises:
            RefusedError: an invoice contradicts a stored one, or the amounts exceed all bounds.
        """
        if self._indices_wait:
            bills_in.make_indices(self._connection)
        drafts = [self._bill(slot) for slot in range(len(self._drafts))]
        bills = [draft for slot, draft in enumerate(drafts) if slot in self._filled]
        stored = sum(self._sums)
        stated = sum(draft.total_micros or 0 for draft in drafts)
        if max(abs(stored), abs(stated)) > LARGEST_MICROS:
            raise RefusedError("the amounts add up to more than 9.2e12", "Correct the file.")
        placed = place_bills(self._connection, bills, self._placing, quarantined)
        stating = [draft for draft in drafts if draft.total_micros is not None]
        return Finished(
            amounts=Amounts(
                stored_micros=stored,
                stated_micros=stated if stating else None,
                compared_micros=sum(b.amount_micros for b in stating) if stating else None,
            ),
            stored=bills_in.counted_charges(self._connection, self._first_charge),
            invoices=len(bills),
            warnings=(*placed.warnings, *self._warnings()),
            same_as=placed.same_as if bills else self._same_quarantine(quarantined),
            supersedes=placed.supersedes,
            completes=placed.completes,
        )

    def _same_quarantine(self, quarantined: Sequence[str]) -> int | None:
        """The earlier import that accepted no row either, of the same rows."""
        candidates = reference_rows.imports_without_rows(
            self._connection, self._layout.key, self._import_id
        )
        same = [
            import_id
            for import_id in candidates
            if have_same_quarantine(self._connection, [import_id], quarantined)
        ]
        return max(same, default=None)

    def _bill(self, slot: int) -> NewBill:
        draft = self._drafts[slot]
        return NewBill(
            invoice_id=self._first_invoice + slot,
            import_id=self._import_id,
            account_id=draft.account_id,
            number=draft.number,
            bill_day=draft.bill_day,
            due_day=draft.due_day,
            previous_balance_micros=draft.previous,
            payments_micros=draft.payments,
            total_micros=None if draft.is_torn else draft.total,
            amount_micros=self._sums[slot],
        )

    def _warnings(self) -> list[str]:
        warnings = []
        if self._unclassed_count:
            warnings.append(
                f"class: empty in {self._unclassed_count} rows with a sum of "
                f"{money_text(self._unclassed_micros)}; derived from code and text, else CRD when "
                f"negative, else MRC"
            )
        torn = [draft.number for draft in self._drafts if draft.is_torn]
        if torn:
            warnings.append(
                f"invoice_total: {len(torn)} invoices give several totals and count as stating "
                f"none, such as {torn[0]}"
            )
        return warnings

    def _add_up(self, slots: list[Any], amounts: list[Any]) -> None:
        sums = self._sums
        for slot, amount in zip(slots, amounts, strict=True):
            sums[slot] += amount
        self._filled.update(slots)

    def _classed(self, items: list[Any], amounts: list[Any]) -> list[int]:
        """The items of rows without a class by the sign of their amount; counts these rows."""
        pairs = self._unclassed
        unclassed = [amount for item, amount in zip(items, amounts, strict=True) if item < 0]
        self._unclassed_count += len(unclassed)
        self._unclassed_micros += sum(unclassed)
        return [
            item if item > 0 else pairs[-item - 1][amount < 0]
            for item, amount in zip(items, amounts, strict=True)
        ]

    def _invoice(self, values: tuple[Any, ...]) -> int:
        vendor, account, number, bill_date, due, previous, payments, total = values
        account_id = dimensions.account_id(self._connection, self._vendor(vendor), account)
        key = (account_id, number, bill_date.day)
        slot = self._slots.get(key)
        if slot is None:
            slot = self._slots[key] = len(self._drafts)
            self._drafts.append(_Draft(*key))
            self._sums.append(0)
        draft = self._drafts[slot]
        draft.due_day = draft.due_day if due is None or draft.due_day is not None else due.day
        draft.previous = previous if draft.previous is None else draft.previous
        draft.payments = payments if draft.payments is None else draft.payments
        if total is not None:
            draft.is_torn = draft.is_torn or draft.total not in (None, total)
            draft.total = total
        return slot

    def _service(self, values: tuple[Any, ...]) -> tuple[int | None, int | None]:
        vendor, service = values
        if not service:
            return None, None
        return dimensions.service_ids(self._connection, self._vendor(vendor), service)

    def _vendor(self, name: str) -> int:
        found = self._vendors.get(name)
        if found is None:
            found = self._vendors[name] = dimensions.vendor_id(self._connection, name)
        return found

    def _item(self, values: tuple[Any, ...]) -> int:
        """The id of an item; of one without a class the negative number of its pair of ids."""
        code, description, charge_class, service_type, site, jurisdiction = values

        def of(known: str) -> int:
            return dimensions.item_id(
                self._connection, (code, description, known, service_type, site, jurisdiction)
            )

        if charge_class:
            return of(charge_class)
        derived = derived_class(code, description, self._classes)
        self._unclassed.append((of(derived or "MRC"), of(derived or "CRD")))
        return -len(self._unclassed)

    def _period(self, values: tuple[Any, ...]) -> int:
        first, last = values
        return dimensions.period_id(
            self._connection, first.day if first else None, last.day if last else None
        )
