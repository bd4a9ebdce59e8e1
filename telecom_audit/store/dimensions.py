"""Find or make the rows that charges and payments point to: vendors, services, items, periods."""

from __future__ import annotations

import sqlite3

from telecom_audit.counting import whole_months
from telecom_audit.identifiers import service_key, vendor_key
from telecom_audit.months import day_text, days_in_month, month_of_day

_NO_DAY = -1_000_000


def _found_or_made(
    connection: sqlite3.Connection, find: str, make: str, values: tuple[object, ...]
) -> int:
    row = connection.execute(find, values).fetchone()
    if row is not None:
        return int(row[0])
    return int(connection.execute(make, values).lastrowid or 0)


def known_vendor(connection: sqlite3.Connection, name: str) -> int | None:
    """The id of a vendor that exists, by any spelling with the same key."""
    row = connection.execute("SELECT id FROM vendor WHERE key = ?", (vendor_key(name),)).fetchone()
    return int(row[0]) if row else None


def vendor_id(connection: sqlite3.Connection, name: str) -> int:
    """The id of a vendor; a new one keeps this spelling as its name."""
    found = known_vendor(connection, name)
    if found is not None:
        return found
    made = connection.execute(
        "INSERT INTO vendor (key, name) VALUES (?, ?)", (vendor_key(name), name)
    )
    return int(made.lastrowid or 0)


def account_id(connection: sqlite3.Connection, vendor: int, number: str) -> int:
    """The id of an account of a vendor."""
    return _found_or_made(
        connection,
        "SELECT id FROM account WHERE vendor_id = ? AND number = ?",
        "INSERT INTO account (vendor_id, number) VALUES (?, ?)",
        (vendor, number),
    )


def spelling_id(connection: sqlite3.Connection, name: str) -> int:
    """The id of a spelling."""
    return _found_or_made(
        connection,
        "SELECT id FROM spelling WHERE name = ?",
        "INSERT INTO spelling (name) VALUES (?)",
        (name,),
    )


def service_ids(connection: sqlite3.Connection, vendor: int, name: str) -> tuple[int, int | None]:
    """The id of a service and that of its spelling, None when it is the service's first one."""
    key = service_key(name)
    row = connection.execute(
        "SELECT id, name FROM service WHERE vendor_id = ? AND key = ?", (vendor, key)
    ).fetchone()
    if row is None:
        made = connection.execute(
            "INSERT INTO service (vendor_id, key, name) VALUES (?, ?, ?)", (vendor, key, name)
        )
        return int(made.lastrowid or 0), None
    return int(row["id"]), None if row["name"] == name else spelling_id(connection, name)


def item_id(connection: sqlite3.Connection, item: tuple[str, str, str, str, str, str]) -> int:
    """The id of an item: charge_code, description, class, service_type, site, jurisdiction."""
    return _found_or_made(
        connection,
        "SELECT id FROM item WHERE charge_code = ? AND description = ? AND class = ? "
        "AND service_type = ? AND site = ? AND jurisdiction = ?",
        "INSERT INTO item (charge_code, description, class, service_type, site, jurisdiction) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        item,
    )


def period_id(connection: sqlite3.Connection, from_day: int | None, thru_day: int | None) -> int:
    """The id of a period; one without both ends, or that ends before it begins, has no length."""
    row = connection.execute(
        "SELECT id FROM period WHERE ifnull(from_day, -1000000) = ? "
        "AND ifnull(thru_day, -1000000) = ?",
        (_NO_DAY if from_day is None else from_day, _NO_DAY if thru_day is None else thru_day),
    ).fetchone()
    if row is not None:
        return int(row["id"])
    length: tuple[int | None, int | None, int | None] = (None, None, None)
    if from_day is not None and thru_day is not None and thru_day >= from_day:
        month_days = days_in_month(month_of_day(from_day))
        length = (whole_months(from_day, thru_day), thru_day - from_day + 1, month_days)
    made = connection.execute(
        "INSERT INTO period (from_date, from_day, thru_date, thru_day, months, days, month_days) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (optional_day_text(from_day), from_day, optional_day_text(thru_day), thru_day, *length),
    )
    return int(made.lastrowid or 0)


def optional_day_text(day: int | None) -> str | None:
    """A day number as an ISO date; None stays None."""
    return None if day is None else day_text(day)
