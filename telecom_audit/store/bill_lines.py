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
    where, values = _charges_where(wanted)
    return connection.execute(
        "SELECT charge_id, import_id, record, vendor, account, invoice, bill_date, service,"
        " service_key, charge_code, description, class, quantity_micros, rate_micros,"
        " amount_micros, from_date, thru_date"
        f" FROM charges WHERE {where} ORDER BY bill_day, charge_id",
        values,
    ).fetchall()


def charge_amounts(connection: sqlite3.Connection, wanted: LineFilter) -> list[tuple[int, int]]:
    """Id and micros of the charges that pass the filter, in the same order as `charge_rows`."""
    where, values = _charges_where(wanted)
    return _pairs(
        connection,
        f"SELECT charge_id, amount_micros FROM charges WHERE {where} ORDER BY bill_day, charge_id",
        values,
    )


def _pairs(
    connection: sqlite3.Connection, query: str, values: Sequence[str]
) -> list[tuple[int, int]]:
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(query, values).fetchall()


def _charges_where(wanted: LineFilter) -> tuple[str, list[str]]:
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
    return " AND ".join(conditions), values


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
    where, values = _payments_where(month, vendor_keys)
    return connection.execute(
        "SELECT payment_id, import_id, record, vendor, vendor_as_paid, account, invoice,"
        " payment_date, approximate, amount_micros, reference, department, payer"
        f" FROM payments WHERE {where} ORDER BY payment_day, payment_id",
        values,
    ).fetchall()


def payment_amounts(
    connection: sqlite3.Connection, month: str | None, vendor_keys: Sequence[str] | None
) -> list[tuple[int, int]]:
    """Id and micros of the payments that `payment_rows` answers, in the same order."""
    where, values = _payments_where(month, vendor_keys)
    return _pairs(
        connection,
        "SELECT payment_id, amount_micros FROM payments"
        f" WHERE {where} ORDER BY payment_day, payment_id",
        values,
    )


def _payments_where(month: str | None, vendor_keys: Sequence[str] | None) -> tuple[str, list[str]]:
    conditions, values = ["payment_id IS NOT NULL"], []
    if month is not None:
        conditions.append("substr(payment_date, 1, 7) = ?")
        values.append(month)
    if vendor_keys is not None:
        conditions.append(_VENDORS)
        values.append(json.dumps(list(vendor_keys)))
    return " AND ".join(conditions), values
