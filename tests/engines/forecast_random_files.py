"""Random inventories, contracts and bills for the forecast engine, as text of standard layouts."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from .forecast_amounts import last_day, month_text

INVENTORY = (
    "service,service_type,status,site,department,user,use,vendor,account,contract,system,channels,"
    "bandwidth_mbps,monthly_cost,install_date,disconnect_date,disconnect_order,last_verified,"
    "floor,Cost Center"
)
CONTRACT = (
    "contract,vendor,charge_code,description,site,rate,unit,effective_from,effective_to,auto_renew,"
    "notice_days,dispute_window_days,early_termination,annual_commitment,shortfall_percent"
)
BILL = (
    "vendor,account,invoice,bill_date,due_date,previous_balance,payments,invoice_total,service,"
    "service_type,charge_code,description,class,quantity,rate,amount,from,thru,site,jurisdiction"
)

PROTECTED = ("elevator", "fire-alarm", "burglar-alarm", "911", "scada")
OPEN_USES = ("user", "fax", "modem", "common-area", "gate", "")
TYPES = ("pots", "centrex", "pri", "did-block", "sip-trunk", "voicemail", "t1", "mpls", "mobile")
SITES = ("CITYHALL", "ANNEX", "NORTH-1", "NORTH-2", "SOUTH-1", "Bürgeramt")
DEPARTMENTS = ("Police", "Fire", "Parks and Recreation", "")
USERS = ("ann", "bob", "cy", "dee", "eve", "")
CONTRACTS = ("C-1", "C-2", "C-3", "C-4")
VENDORS = ("Bell", "Granite State Tel", "CloudVoice")
ACCOUNTS = (("Bell", "B-1"), ("Bell", "B-2"), ("Granite State Tel", "G-77"))

Rows = list[dict[str, str]]


def csv_text(header: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV text under a header; cells that a row lacks are empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header.split(","), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def money(rng: Random, greatest: int) -> str:
    """A positive amount with two to six decimals, as a person or a program writes it."""
    places = rng.choice((2, 2, 2, 3, 4, 6))
    return f"{Decimal(rng.randint(1, greatest * 10**places)) / 10**places:.{places}f}"


def any_case(rng: Random, text: str) -> str:
    """The text in lower case, upper case or as it is."""
    return rng.choice((text, text, text.upper(), text.lower()))


def inventory_rows(rng: Random, start: int) -> Rows:
    """Services with every kind of status, use and gap; vendor and service are unique."""
    rows = [_inventory_row(rng, number, start) for number in range(rng.randint(2, 24))]
    rows[0]["status"] = rows[1]["status"] = "active"
    if rng.random() < 0.3:  # before and after a port
        twin = dict(rng.choice(rows))
        twin["vendor"] = next(vendor for vendor in VENDORS if vendor != twin["vendor"])
        rows.append(twin | {"monthly_cost": money(rng, 50)})
    return rows


def _inventory_row(rng: Random, number: int, start: int) -> dict[str, str]:
    use = rng.choice(PROTECTED) if rng.random() < 0.15 else rng.choice(OPEN_USES)
    phone = f"415-555-{number:04d}"
    kind = rng.choice(TYPES)
    return {
        "service": phone if rng.random() < 0.3 else f"SVC{number:04d}",
        "service_type": any_case(rng, kind),
        "status": rng.choice(_STATUSES),
        "site": rng.choice((*SITES, "")),
        "department": rng.choice(DEPARTMENTS),
        "user": rng.choice(USERS),
        "use": any_case(rng, use),
        "vendor": rng.choice(VENDORS),
        "account": rng.choice(("A-1", "A-2", "")),
        "contract": rng.choice((*CONTRACTS, "C-9", "", "", "")),
        "system": rng.choice(("PBX", "")),
        "channels": rng.choice(("", "1", "20", "23", "100")),
        "monthly_cost": rng.choice(("", "0", "-3.21", *(money(rng, 200) for _ in range(7)))),
        "install_date": rng.choice(("", f"{month_text(start - rng.randint(1, 60))}-15")),
        "disconnect_date": rng.choice(("", "", f"{month_text(start + 3)}-01")),
        "floor": rng.choice(("B", "1", "2", "")),
        "Cost Center": rng.choice(("100-200", "100-300", "900-001", "")),
    }


_STATUSES = (*("active",) * 6, "Active", "ACTIVE", "suspended", "ordered", "disconnected", "")


def contract_rows(rng: Random, timeline: tuple[int, int], last_billed: Mapping[str, int]) -> Rows:
    """Contracts of one to three rows; the clauses of one agree or are empty.

    last_billed bears, by contract, a month near which its end is put at times.
    """
    start, months = timeline
    rows: Rows = []
    for name in CONTRACTS:
        clause = rng.choice(("", "none", _remaining(rng), _remaining(rng), _flat(rng), _flat(rng)))
        vendor = rng.choice(VENDORS)
        near = last_billed.get(name) if rng.random() < 0.5 else None
        for code in ("MRC", "DID", "")[: rng.randint(1, 3)]:
            end = _end(rng, start, months) if near is None else _end_near(rng, near)
            rows.append(
                {
                    "contract": name,
                    "vendor": vendor,
                    "charge_code": code,
                    "rate": money(rng, 50),
                    "effective_from": f"{month_text(start - 30)}-01",
                    "effective_to": end,
                    "auto_renew": rng.choice(("", "yes", "no")),
                    "early_termination": rng.choice((clause, clause, clause, "")),
                }
            )
    return rows


def _flat(rng: Random) -> str:
    return f"flat:{money(rng, 900)}"


def _end_near(rng: Random, number: int) -> str:
    """A day around the end of the month with this number, or around the end of the next."""
    day = last_day(number + rng.choice((0, 0, 1))) + dt.timedelta(
        days=rng.choice((-9, -1, 0, 0, 1))
    )
    return day.isoformat()


def _remaining(rng: Random) -> str:
    return f"remaining:{rng.choice(('100', '50', '37.5', '12.3456', '0'))}"


def _end(rng: Random, start: int, months: int) -> str:
    """Nothing, the last day of a month, or a day inside one; past ends come up too."""
    number = start + rng.randint(-6, months + 12)
    inside = f"{month_text(number)}-{rng.randint(1, 28):02d}"
    ends = last_day(number).isoformat()
    return rng.choice((inside, inside, ends, ends, ends, "" if rng.random() < 0.4 else ends))


def billed_inventory(rng: Random, start: int) -> Rows:
    """An inventory whose services stand on the accounts of ACCOUNTS, one vendor each."""
    rows = inventory_rows(rng, start)
    seen: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows):
        vendor, account = rng.choice(ACCOUNTS)
        row |= {"service": f"SVC{number:04d}", "vendor": vendor, "account": account}
        if row["status"].lower() != "active":
            row |= {"contract": "", "use": "fax"}
        seen[row["service"]] = row
    return list(seen.values())


def bill_lines(rng: Random, inventory: Rows) -> tuple[Rows, list[dict[str, Any]]]:
    """One month's lines, which every month repeats, and the baseline services they make.

    The amounts never change, so every median is the amount: mrc is the sum of a service's MRC
    lines, tax of its SUR and TAX lines, usage of its USG lines.
    """
    lines: Rows = []
    services: list[dict[str, Any]] = []
    for billed in _billed(rng, inventory):
        own = _lines(rng, billed)
        lines += own
        services.append(_baseline_service(billed, own))
    return lines, services


def _billed(rng: Random, inventory: Rows) -> list[dict[str, str]]:
    """Who is billed: most of the inventory, services it lacks, and accounts themselves."""
    keys = ("service", "service_type", "vendor", "account")
    billed = [
        {key: row[key] for key in keys} | {"site": row["site"] or "CITYHALL", "kind": "any"}
        for row in inventory
        if rng.random() < 0.8
    ]
    for number, (vendor, account) in enumerate(ACCOUNTS):
        place = {"vendor": vendor, "account": account}
        kinds = ["mrc", "usage"][: rng.randint(1, 2)]
        billed += [
            {
                "service": f"X{number}{kind.upper()}",
                "service_type": rng.choice(TYPES),
                "site": rng.choice(SITES),
                "kind": kind,
            }
            | place
            for kind in kinds
        ]
        if rng.random() < 0.7:
            account_kind = rng.choice(("discount", "mrc"))
            billed.append(
                {"service": "", "service_type": "other", "site": "BILLING", "kind": account_kind}
                | place
            )
    return billed


def _lines(rng: Random, billed: Mapping[str, str]) -> Rows:
    """The lines of one service or account in every month."""
    kind = billed["kind"]
    cells = {key: value for key, value in billed.items() if key != "kind"}
    amounts: list[tuple[str, str]] = []
    if kind == "usage":
        amounts = [("USG", money(rng, 20))]
    elif kind == "discount":
        amounts = [("MRC", f"-{money(rng, 20)}")]
    else:
        amounts = [("MRC", money(rng, 150))]
        if billed["service"]:
            extra = [("MRC", f"-{money(rng, 3)}"), ("MRC", money(rng, 9)), ("TAX", money(rng, 9))]
            extra += [("SUR", money(rng, 5)), ("USG", money(rng, 30))]
            amounts += [one for one in extra if rng.random() < 0.4]
    return [
        cells | {"class": name, "amount": amount, "charge_code": f"{name}{place}"}
        for place, (name, amount) in enumerate(amounts)
    ]


def _baseline_service(billed: Mapping[str, str], lines: Rows) -> dict[str, Any]:
    def total(*classes: str) -> str:
        return str(sum((Decimal(x["amount"]) for x in lines if x["class"] in classes), Decimal(0)))

    return {
        "vendor": billed["vendor"],
        "account": billed["account"],
        "service": billed["service"] or f"account:{billed['account']}",
        "service_type": billed["service_type"],
        "site": billed["site"],
        "mrc": total("MRC"),
        "tax": total("TAX", "SUR"),
        "usage": total("USG"),
        "has_mrc_lines": any(line["class"] == "MRC" for line in lines),
    }


def bill_rows(rng: Random, lines: Rows, first: int, through: int) -> Rows:
    """The same lines on an invoice of each account in every month from first to through."""
    days = {account: rng.randint(6, 24) for _, account in ACCOUNTS}
    rows: Rows = []
    for number in range(first, through + 1):
        for _, account in ACCOUNTS:
            own = [line for line in lines if line["account"] == account]
            total = sum((Decimal(line["amount"]) for line in own), Decimal(0))
            invoice = {
                "invoice": f"{account}/{month_text(number)}",
                "bill_date": f"{month_text(number)}-{days[account]:02d}",
                "invoice_total": str(total),
            }
            rows += [line | invoice for line in own]
    return rows
