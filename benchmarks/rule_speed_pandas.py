"""The other side of rule_speed.py: the same checks in vectorised pandas, its loading included.

Prints the claims of each check and the seconds of all.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable

import pandas as pd

_CHARGES = """
    SELECT charge_id, bill_id, account_id, vendor_id, bill_date, bill_day, service_id, service_key,
           charge_code, description, class, site, quantity_micros, amount_micros, period_id,
           from_day, period_months
    FROM charges
    WHERE status = 'current'
"""
_INVENTORY = "SELECT owner_id AS vendor_id, service_key, status, site, contract, disconnect_day"
_LATE_DAYS = 31
_GRACE_DAYS = 30
_OWED_BY_ALL = "911|usf|universal service|relay|franchise|gross receipts|regulatory|recovery"

Tables = dict[str, pd.DataFrame]
_KEYS = ["vendor_id", "service_key"]


def _load(path: str) -> Tables:
    connection = sqlite3.connect(path)
    charges = pd.read_sql(_CHARGES, connection)
    recurring = charges[charges["class"] == "MRC"]
    inventory = pd.read_sql(f"{_INVENTORY} FROM inventory", connection)
    return {
        "charges": charges,
        "recurring": recurring,
        "inventory": inventory,
        "owned": recurring.merge(
            inventory, on=_KEYS, how="left", suffixes=("", "_known"), indicator=True
        ),
        "invoices": pd.read_sql("SELECT bill_id, total_micros FROM invoices", connection),
        "contracts": pd.read_sql(
            "SELECT vendor_id, charge_code, rate_micros FROM contracts", connection
        ),
        "sites": pd.read_sql("SELECT site, status, closed_day FROM sites", connection),
        "payments": pd.read_sql("SELECT payment_id FROM payments", connection),
    }


def _does_not_add_up(tables: Tables) -> int:
    sums = tables["charges"].groupby("bill_id")["amount_micros"].sum()
    stated = tables["invoices"].dropna().set_index("bill_id")["total_micros"]
    return int((stated != sums.reindex(stated.index)).sum())


def _duplicates(tables: Tables) -> int:
    charges = tables["charges"]
    lines = charges[charges["class"].isin(["MRC", "NRC", "OCC"]) & charges["service_id"].notna()]
    only_bill = lines["bill_id"].where(lines["period_months"].isna(), 0)
    lines = lines.assign(only_bill=only_bill)
    keys = [
        "account_id",
        "service_id",
        "charge_code",
        "description",
        "period_id",
        "amount_micros",
        "only_bill",
    ]
    return int(lines.duplicated(keys).sum())


def _after_disconnect(tables: Tables) -> int:
    owned = tables["owned"]
    day = owned["disconnect_day"].where(owned["status"] == "disconnected")
    without = owned["period_months"].isna() & (owned["bill_day"] > day + _LATE_DAYS)
    return int((without | (owned["from_day"] > day)).sum())


def _not_in_inventory(tables: Tables) -> int:
    owned, inventory = tables["owned"], tables["inventory"]
    known = owned["vendor_id"].isin(inventory["vendor_id"].unique()) & owned["service_id"].notna()
    lost = (owned["status"] == "disconnected") & owned["disconnect_day"].isna()
    return int((known & ((owned["_merge"] == "left_only") | lost)).sum())


def _closed_site(tables: Tables) -> int:
    sites = tables["sites"]
    closed = sites[sites["status"] == "closed"]
    owned = tables["owned"]
    place = owned["site_known"].fillna("")
    place = place.where(place != "", owned["site"])
    day = place.map(closed.set_index("site")["closed_day"])
    begins = owned["from_day"].fillna(owned["bill_day"])
    return int((place.isin(closed["site"]) & (day.isna() | (begins > day + _GRACE_DAYS))).sum())


def _late(tables: Tables) -> int:
    charges = tables["charges"]
    return int(((charges["class"] == "LPC") & (charges["amount_micros"] > 0)).sum())


def _above_contract(tables: Tables) -> int:
    lines = tables["recurring"].merge(tables["contracts"], on=["vendor_id", "charge_code"])
    lines = lines[(lines["period_months"].fillna(1) >= 1) & (lines["amount_micros"] > 0)]
    quantity = lines["quantity_micros"].fillna(1_000_000) // 1_000_000
    expected = quantity * lines["rate_micros"] * lines["period_months"].fillna(1)
    charges = tables["charges"]
    lower = charges[(charges["amount_micros"] < 0) & charges["class"].isin(["MRC", "CRD", "ADJ"])]
    offsets = lower.groupby(["bill_id", "service_id"])["amount_micros"].sum().rename("offset")
    lines = lines.assign(expected=expected).merge(
        offsets, left_on=["bill_id", "service_id"], right_index=True, how="left"
    )
    over = lines["amount_micros"] - lines["expected"] + lines["offset"].fillna(0)
    return int((over * 1000 > lines["expected"] * 5).sum())


def _exempt_tax(tables: Tables) -> int:
    charges = tables["charges"]
    lines = charges[(charges["class"] == "TAX") & (charges["amount_micros"] > 0)]
    text = (lines["charge_code"] + " " + lines["description"]).str.lower()
    return len(lines.assign(check=text.str.contains(_OWED_BY_ALL)))


_CHECKS: dict[str, Callable[[Tables], int]] = {
    "bill-does-not-add-up": _does_not_add_up,
    "duplicate-charge": _duplicates,
    "billed-after-disconnect": _after_disconnect,
    "service-at-closed-site": _closed_site,
    "billed-not-in-inventory": _not_in_inventory,
    "contract-rate-variance": _above_contract,
    "late-payment-charge": _late,
    "tax-on-exempt-customer": _exempt_tax,
}


def main() -> None:
    """Load once, run every check once."""
    start = time.perf_counter()
    tables = _load(sys.argv[1])
    print(f"loading {time.perf_counter() - start:.2f} s", file=sys.stderr)
    for key, check in _CHECKS.items():
        begun = time.perf_counter()
        print(key, check(tables))
        print(f"{key} {time.perf_counter() - begun:.2f} s", file=sys.stderr)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
