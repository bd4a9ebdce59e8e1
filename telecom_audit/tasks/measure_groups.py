"""By what the savings are told apart: service, site, vendor or department."""

from __future__ import annotations

import sqlite3

from telecom_audit.savings.measurement import Group, Grouping
from telecom_audit.store import counted_lines
from telecom_audit.tasks.baseline_bills import CountedBills, billed_places

GROUPS = ("service", "site", "vendor", "department")


def grouping(connection: sqlite3.Connection, counted: CountedBills, by: str) -> Grouping:
    """The group of a vendor's name and a service key; "" where there is none.

    Args:
        connection: to the project.
        counted: its bills.
        by: one of GROUPS.
    """
    if by == "vendor":
        return _vendor
    if by == "service":
        return _service_names(connection)
    places = {
        (vendor, key): (site, department)
        for vendor, key, site, department, _ in counted_lines.inventory_places(connection)
    }
    if by == "department":
        return lambda vendor, key: ("", places.get((vendor, key), ("", ""))[1])
    billed = billed_places(connection, counted)

    def site(vendor: str, key: str) -> Group:
        own = places.get((vendor, key), ("", ""))[0]
        if own or (vendor, key) not in billed:
            return "", own
        return "", billed[vendor, key].site

    return site


def _vendor(vendor: str, _: str) -> Group:
    return "", vendor


def _service_names(connection: sqlite3.Connection) -> Grouping:
    names = {
        (vendor, key): name for _, vendor, key, name in counted_lines.billed_services(connection)
    }

    def service(vendor: str, key: str) -> Group:
        return (vendor, names.get((vendor, key), key)) if key else ("", "")

    return service
