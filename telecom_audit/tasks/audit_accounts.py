"""The last month in which each account bills recurring charges, unless it has ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from telecom_audit.months import month_of_day
from telecom_audit.store import audit_facts


def last_months(
    connection: sqlite3.Connection, account_ids: Iterable[int], as_of_day: int
) -> dict[int, int]:
    """The last month with MRC lines of each account that has such lines and has not ended.

    An account most of whose invoices bear only lines for several months has MRC lines in every
    month in which a part of one counts, up to the month of the audit.
    """
    account_ids = set(account_ids)
    as_of_month = month_of_day(as_of_day)
    billed: dict[int, list[tuple[int, bool, int]]] = {}
    for row in audit_facts.recurring_invoices(connection, account_ids, as_of_day):
        if row["longest_months"] is not None:
            billed.setdefault(row["account_id"], []).append(
                (row["counts_month"], bool(row["is_regular"]), row["longest_months"])
            )
    recorded = audit_facts.recorded_ends(connection)
    found = {}
    for account_id, invoices in billed.items():
        month = _last_month(invoices, as_of_month)
        end = recorded.get(account_id)
        if end is None:
            end = _disconnected(connection, account_id, month)
        # an account that bills on after its end has not ended
        if end is None or end < month or end > max(as_of_month, month):
            found[account_id] = month
    return found


def _last_month(invoices: list[tuple[int, bool, int]], as_of_month: int) -> int:
    regular = [month for month, is_regular, _ in invoices if is_regular]
    if len(regular) * 2 >= len(invoices):
        return max(regular)
    latest = max(month for month, _, _ in invoices)
    reach = max(month + length - 1 for month, _, length in invoices)
    return max(latest, min(reach, as_of_month))


def _disconnected(connection: sqlite3.Connection, account_id: int, month: int) -> int | None:
    """The month of the day before the last disconnect when all services of the account have one."""
    services, gone, day = audit_facts.disconnected_services(
        connection, account_id, (month - 2, month)
    )
    if not services or gone < services or day is None:
        return None
    return month_of_day(day - 1)
