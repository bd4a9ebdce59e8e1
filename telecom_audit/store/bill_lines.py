"""The lines behind a number: charges and payments with where they stand in their files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

_ACCOUNT_SERVICE = "account:"


@dataclass(frozen=True)
class LineFilter:
    """Which lines are wanted; what is None does not narrow the answer.

    Attributes:
        charges: charge ids; with these, superseded and retired lines are answered too.
        service: a spelling as billed, or `account:NUMBER`.
        service_key: the canonical key of that spelling.
        vendor_keys: the canonical keys of vendors, of which one must match.
    """

    charges: Sequence[int] | None = None
    service: str | None = None
    service_key: str | None = None
    vendor_keys: Sequence[str] | None = None


def charge_rows(connection: sqlite3.Connection, wanted: LineFilter) -> list[sqlite3.Row]:
    """The charges that pass the filter, in the order of bill dates and charge ids."""
    conditions = ["status = 'current'"] if wanted.charges is None else []
    values: list[str] = []
    if wanted.charges is not None:
        conditions.append("charge_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(wanted.charges)))
    if wanted.vendor_keys is not None:
        conditions.append(_VENDORS)
        values.append(json.dumps(list(wanted.vendor_keys)))
    if wanted.service is not None:
        number = wanted.service.removeprefix(_ACCOUNT_SERVICE)
        if number != wanted.service:
            conditions.append("service_id IS NULL AND class = 'MRC' AND account = ?")
            values.append(number)
        else:
            conditions.append(_SERVICES)
            values += [wanted.service_key or wanted.service, wanted.service, wanted.service]
    return connection.execute(
        "SELECT charge_id, import_id, record, vendor, account, invoice, bill_date, service,"
        " service_key, charge_code, description, class, quantity_micros, rate_micros,"
        " amount_micros, from_date, thru_date"
        f" FROM charges WHERE {' AND '.join(conditions)} ORDER BY bill_day, charge_id",
        values,
    ).fetchall()


_VENDORS = "vendor_id IN (SELECT id FROM vendor WHERE key IN (SELECT value FROM json_each(?)))"
_SERVICES = (
    "service_id IN (SELECT id FROM service WHERE key IN (?, ?)"
    " UNION SELECT service_id FROM charge"
    " WHERE spelling_id IN (SELECT id FROM spelling WHERE name = ?))"
)


def payment_rows(
    connection: sqlite3.Connection, month: str | None, vendor_keys: Sequence[str] | None
) -> list[sqlite3.Row]:
    """The payments of a month ("2025-03") and of some vendors, by date and payment id."""
    conditions, values = ["payment_id IS NOT NULL"], []
    if month is not None:
        conditions.append("substr(payment_date, 1, 7) = ?")
        values.append(month)
    if vendor_keys is not None:
        conditions.append(_VENDORS)
        values.append(json.dumps(list(vendor_keys)))
    return connection.execute(
        "SELECT payment_id, import_id, record, vendor, vendor_as_paid, account, invoice,"
        " payment_date, approximate, amount_micros, reference, department, payer"
        f" FROM payments WHERE {' AND '.join(conditions)} ORDER BY payment_day, payment_id",
        values,
    ).fetchall()
