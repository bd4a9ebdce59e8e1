"""What counts: the charges of current invoices as columns, and the names around them."""

from __future__ import annotations

import sqlite3
from itertools import chain

import numpy as np
import numpy.typing as npt

CHARGE_COLUMNS = ("charge_id", "invoice_id", "service_id", "item_id", "period_id", "amount_micros")


def charge_columns(connection: sqlite3.Connection) -> npt.NDArray[np.int64]:
    """Every stored charge as a row of whole numbers; a charge without a service has service 0.

    Returns:
        An array with the columns CHARGE_COLUMNS, in the order of charge ids.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(
        "SELECT id, invoice_id, ifnull(service_id, 0), item_id, period_id, amount_micros"
        " FROM charge ORDER BY id"
    )
    numbers = np.fromiter(chain.from_iterable(cursor), np.int64)
    return numbers.reshape(-1, len(CHARGE_COLUMNS))


def current_invoices(connection: sqlite3.Connection) -> list[tuple[int, int, int, int, int]]:
    """Invoice id, bill id (its group), account id, counting month and bill day of each."""
    rows = connection.execute(
        "SELECT invoice.id, invoice.group_id, invoice.account_id, invoice_state.counts_month,"
        " invoice.bill_day"
        " FROM invoice JOIN invoice_state ON invoice_state.invoice_id = invoice.id"
        " WHERE invoice_state.status = 'current' ORDER BY invoice.id"
    )
    return [tuple(row) for row in rows]


def billed_items(connection: sqlite3.Connection) -> list[tuple[int, str, str, str]]:
    """Id, class, service type and site of every item that a charge may name."""
    rows = connection.execute("SELECT id, class, service_type, site FROM item")
    return [tuple(row) for row in rows]


def period_lengths(connection: sqlite3.Connection) -> list[tuple[int, int | None, int | None]]:
    """Id, whole months and days of every period; both are None where there is no period."""
    return [tuple(row) for row in connection.execute("SELECT id, months, days FROM period")]


def billed_accounts(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Id, vendor's name and number of every account."""
    rows = connection.execute(
        "SELECT account.id, vendor.name, account.number FROM account"
        " JOIN vendor ON vendor.id = account.vendor_id ORDER BY account.id"
    )
    return [tuple(row) for row in rows]


def billed_services(connection: sqlite3.Connection) -> list[tuple[int, str, str, str]]:
    """Id, vendor's name, canonical key and first spelling of every billed service."""
    rows = connection.execute(
        "SELECT service.id, vendor.name, service.key, service.name FROM service"
        " JOIN vendor ON vendor.id = service.vendor_id ORDER BY service.id"
    )
    return [tuple(row) for row in rows]


def inventory_places(
    connection: sqlite3.Connection,
) -> list[tuple[str, str, str, str, int | None]]:
    """Vendor's name, service key, site, department and disconnect day of the inventory's services.

    A row without a vendor stands under the one vendor that bills the service; a row of the
    vendor's own comes after it, so that it holds in a dictionary made of these rows.
    """
    rows = connection.execute(
        "SELECT vendor.name, inventory.service_key, inventory.site, inventory.department,"
        " inventory.disconnect_day"
        " FROM inventory JOIN vendor ON vendor.id = inventory.owner_id"
        " ORDER BY inventory.vendor_id IS NOT NULL, inventory.inventory_id"
    )
    return [tuple(row) for row in rows]


def payments_by_month(connection: sqlite3.Connection) -> list[tuple[int, str, str, int]]:
    """Month, payer, vendor's name and micros paid, one row for each of these that has a payment."""
    rows = connection.execute(
        "SELECT CAST(substr(payment_date, 1, 4) AS INTEGER) * 12"
        "       + CAST(substr(payment_date, 6, 2) AS INTEGER) - 1 AS month,"
        " payer, vendor, sum(amount_micros)"
        " FROM payments GROUP BY month, payer, vendor ORDER BY month, payer, vendor"
    )
    return [tuple(row) for row in rows]
