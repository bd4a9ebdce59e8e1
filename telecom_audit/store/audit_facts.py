"""What an audit asks the project besides its rules: lines, bills, accounts and contracts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

_LINE = """
    SELECT charge_id, bill_id, account_id, vendor_id, service_id, vendor, account, invoice,
           bill_date, service, service_key, charge_code, description, site, class AS kind,
           amount_micros, bill_day, counts_month, period_months, period_days, from_day
    FROM charges
"""


def latest_bill_day(connection: sqlite3.Connection) -> int | None:
    """The latest bill date of the current invoices as a day number; None without bills."""
    day: int | None = connection.execute(
        "SELECT max(bill_day) FROM invoices WHERE status = 'current'"
    ).fetchone()[0]
    return day


def rule_rows(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, int | str]
) -> list[sqlite3.Row]:
    """What a rule's SELECT returns."""
    return connection.execute(sql, dict(values)).fetchall()


def charge_lines(connection: sqlite3.Connection, charge_ids: Iterable[int]) -> list[sqlite3.Row]:
    """The lines of some charges with their names, bill, and month in which the bill counts."""
    return connection.execute(
        f"{_LINE} WHERE charge_id IN (SELECT value FROM json_each(?))", (_list(charge_ids),)
    ).fetchall()


def negative_lines(
    connection: sqlite3.Connection, account_ids: Iterable[int], as_of_day: int
) -> list[sqlite3.Row]:
    """The lines below zero on the current bills of some accounts up to a day."""
    return connection.execute(
        f"{_LINE} WHERE amount_micros < 0 AND status = 'current' AND bill_day <= ?"
        " AND account_id IN (SELECT value FROM json_each(?))",
        (as_of_day, _list(account_ids)),
    ).fetchall()


def bills(connection: sqlite3.Connection, bill_ids: Iterable[int]) -> list[sqlite3.Row]:
    """Some bills with their total: the one they state, else the sum of their lines."""
    return connection.execute(
        """
        SELECT bill_id, account_id, vendor_id, vendor, account, invoice, bill_date, bill_day,
               min(counts_month) AS counts_month,
               ifnull(max(total_micros), (
                   SELECT sum(charge.amount_micros)
                   FROM charge
                   JOIN invoice ON invoice.id = charge.invoice_id
                   WHERE invoice.group_id = invoices.bill_id
               )) AS total_micros
        FROM invoices
        WHERE status = 'current' AND bill_id IN (SELECT value FROM json_each(?))
        GROUP BY bill_id
        """,
        (_list(bill_ids),),
    ).fetchall()


def bill_sums(connection: sqlite3.Connection, bill_ids: Iterable[int]) -> list[sqlite3.Row]:
    """Per bill and service (NULL: the account) of some bills what its lines are together."""
    return connection.execute(
        """
        SELECT invoice.group_id AS bill_id, charge.service_id,
               ifnull(service.key, '') AS service_key,
               sum(CASE WHEN item.class = 'MRC' THEN charge.amount_micros ELSE 0 END)
                   AS mrc_micros,
               ifnull(min(CASE WHEN item.class = 'MRC' AND charge.amount_micros > 0
                               THEN max(ifnull(period.months, 1), 1) END), 0) AS least_months,
               ifnull(max(CASE WHEN item.class = 'MRC' AND charge.amount_micros > 0
                               THEN max(ifnull(period.months, 1), 1) END), 0) AS most_months,
               sum(CASE WHEN item.class IN ('SUR', 'TAX') THEN charge.amount_micros ELSE 0 END)
                   AS tax_micros,
               max(item.class IN ('MRC', 'USG')) AS runs,
               max(item.class IN ('NRC', 'OCC', 'LPC', 'CRD', 'ADJ')) AS one_off
        FROM invoice
        JOIN invoice_state ON invoice_state.invoice_id = invoice.id
         AND invoice_state.status = 'current'
        JOIN charge ON charge.invoice_id = invoice.id
        JOIN item ON item.id = charge.item_id
        JOIN period ON period.id = charge.period_id
        LEFT JOIN service ON service.id = charge.service_id
        WHERE invoice.group_id IN (SELECT value FROM json_each(?))
        GROUP BY invoice.group_id, charge.service_id
        """,
        (_list(bill_ids),),
    ).fetchall()


def recurring_invoices(
    connection: sqlite3.Connection, account_ids: Iterable[int], as_of_day: int
) -> list[sqlite3.Row]:
    """Account, month and kind of the invoices with MRC lines.

    `is_regular` is 1 when it bears an MRC line that is not for several months; else
    `longest_months` is the number of months of the longest.
    """
    return connection.execute(
        """
        SELECT account_id, counts_month, is_regular,
               CASE WHEN is_regular THEN 1 ELSE (
                   SELECT max(period.months)
                   FROM charge
                   JOIN item ON item.id = charge.item_id
                   JOIN period ON period.id = charge.period_id
                   WHERE charge.invoice_id = billed.invoice_id AND item.class = 'MRC'
               ) END AS longest_months
        FROM (
            SELECT invoice_id, account_id, counts_month, EXISTS (
                       SELECT 1
                       FROM charge
                       JOIN item ON item.id = charge.item_id
                       JOIN period ON period.id = charge.period_id
                       WHERE charge.invoice_id = invoices.invoice_id AND item.class = 'MRC'
                         AND ifnull(period.months, 1) < 2
                   ) AS is_regular
            FROM invoices
            WHERE status = 'current' AND bill_day <= ?
              AND account_id IN (SELECT value FROM json_each(?))
        ) AS billed
        """,
        (as_of_day, _list(account_ids)),
    ).fetchall()


def recorded_ends(connection: sqlite3.Connection) -> dict[int, int]:
    """The last month of each account that was recorded as ended."""
    rows = connection.execute("SELECT account_id, last_month FROM ended_account ORDER BY seq")
    return {row["account_id"]: row["last_month"] for row in rows}


def disconnected_services(
    connection: sqlite3.Connection, account_id: int, months: tuple[int, int]
) -> tuple[int, int, int | None]:
    """How many services of an account stand in the inventory with a disconnect date.

    Returns:
        Of the services with MRC lines on it in the months from … to: how many there are, how many
        of them have such a date, and the latest of these as a day number.
    """
    row = connection.execute(
        """
        SELECT count(*), count(gone.disconnect_day), max(gone.disconnect_day)
        FROM (
            SELECT DISTINCT service.id, service.vendor_id, service.key
            FROM invoices
            JOIN charge ON charge.invoice_id = invoices.invoice_id
            JOIN item ON item.id = charge.item_id AND item.class = 'MRC'
            JOIN service ON service.id = charge.service_id
            WHERE invoices.account_id = ? AND invoices.status = 'current'
              AND invoices.counts_month BETWEEN ? AND ?
        ) AS billed
        LEFT JOIN (
            SELECT owner_id, service_key, max(disconnect_day) AS disconnect_day
            FROM inventory
            GROUP BY owner_id, service_key
        ) AS gone ON gone.owner_id = billed.vendor_id AND gone.service_key = billed.key
        """,
        (account_id, *months),
    ).fetchone()
    return (row[0], row[1], row[2])


def placed_services(
    connection: sqlite3.Connection, service_ids: Iterable[int]
) -> list[sqlite3.Row]:
    """Contract and site of some services by the inventory, and their sole MRC code, else NULL."""
    return connection.execute(
        """
        SELECT service.id AS service_id, ifnull(inventory.contract, '') AS contract,
               ifnull(inventory.site, '') AS site,
               (SELECT CASE WHEN min(item.charge_code) = max(item.charge_code)
                            THEN min(item.charge_code) END
                FROM charge
                JOIN item ON item.id = charge.item_id
                WHERE charge.service_id = service.id AND item.class = 'MRC'
                  AND charge.amount_micros > 0) AS sole_code
        FROM service
        LEFT JOIN inventory ON inventory.owner_id = service.vendor_id
         AND inventory.service_key = service.key
        WHERE service.id IN (SELECT value FROM json_each(?))
        ORDER BY inventory.vendor_id IS NOT NULL
        """,
        (_list(service_ids),),
    ).fetchall()


def service_sites(connection: sqlite3.Connection, service_ids: Iterable[int]) -> dict[int, str]:
    """The site of some services by the inventory; those without one are left out."""
    rows = connection.execute(
        """
        SELECT service.id, inventory.site
        FROM inventory
        JOIN service ON service.vendor_id = inventory.owner_id
         AND service.key = inventory.service_key
        WHERE inventory.site <> '' AND service.id IN (SELECT value FROM json_each(?))
        ORDER BY inventory.vendor_id IS NOT NULL
        """,
        (_list(service_ids),),
    )
    return {row["id"]: row["site"] for row in rows}


def contract_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """The rows of the contracts that hold; last_day is NULL when a row is open or renews itself."""
    return connection.execute(
        """
        SELECT contract_id, contract, vendor_id, charge_code, site, rate_micros,
               effective_from_day AS first_day,
               CASE WHEN lower(auto_renew) IN ('yes', 'y', 'true', '1') THEN NULL
                    ELSE effective_to_day END AS last_day,
               dispute_window_days
        FROM contracts
        """
    ).fetchall()


def vendors_without_inventory(connection: sqlite3.Connection, as_of_day: int) -> list[str]:
    """The vendors with current bills for whom the inventory has no row."""
    rows = connection.execute(
        """
        SELECT DISTINCT vendor
        FROM invoices
        WHERE status = 'current' AND bill_day <= ?
          AND vendor_id NOT IN (SELECT owner_id FROM inventory WHERE owner_id IS NOT NULL)
          AND vendor_id IN (SELECT vendor_id FROM service)
        ORDER BY vendor
        """,
        (as_of_day,),
    )
    return [row["vendor"] for row in rows]


def rows_of_several_vendors(connection: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    """The services of inventory rows without a vendor that several vendors bill, with these."""
    rows = connection.execute(
        """
        SELECT DISTINCT inventory.service, vendor.name AS vendor
        FROM inventory
        JOIN service ON service.key = inventory.service_key
        JOIN vendor ON vendor.id = service.vendor_id
        WHERE inventory.vendor_id IS NULL AND inventory.owner_id IS NULL
          AND EXISTS (
              SELECT 1
              FROM charge
              JOIN invoice_state ON invoice_state.invoice_id = charge.invoice_id
              WHERE charge.service_id = service.id AND invoice_state.status = 'current'
          )
        ORDER BY inventory.service, vendor.name
        """
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["service"], []).append(row["vendor"])
    return list(found.items())


def _list(values: Iterable[int]) -> str:
    return json.dumps(sorted(set(values)))
