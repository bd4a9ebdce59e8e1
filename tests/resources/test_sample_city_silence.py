"""Beyond what was planted nothing in the sample city is wrong, by plain looks at its files."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
Row = dict[str, str]

BILLED_ON_AND_CREDITED_IN_FULL = {"8885550140"}


def key_of(spelling: str) -> str:
    digits = re.sub(r"\D", "", spelling)
    if re.fullmatch(r"[\d+() .\-]+", spelling) and len(digits) in (10, 11):
        return digits[-10:]
    return spelling.replace(" ", "").replace("/", ".")


def table(name: str) -> list[Row]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def recurring() -> list[Row]:
    rows: list[Row] = []
    for path in sorted((SAMPLE / "bills").glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows += [row for row in csv.DictReader(file) if row["class"] == "MRC"]
    return [row | {"key": key_of(row["service"])} for row in rows if row["service"]]


@pytest.fixture(scope="module")
def inventory() -> dict[tuple[str, str], Row]:
    rows = table("inventory-2025-12.csv")
    owners = {(row["vendor"], key_of(row["service"])): row for row in rows}
    unnamed = {key: row for (vendor, key), row in owners.items() if not vendor}
    vendors = {vendor for vendor, _ in owners if vendor}
    return {(vendor, key): row for key, row in unnamed.items() for vendor in vendors} | owners


def planted(rule: str) -> set[str]:
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    return {one["service"] for one in truth["findings"] if one["rule"] == rule}


def test_only_planted_services_are_unknown(
    recurring: list[Row], inventory: dict[tuple[str, str], Row]
) -> None:
    unknown = set()
    for row in recurring:
        owned = inventory.get((row["vendor"], row["key"]))
        if not owned or (owned["status"] == "disconnected" and not owned["disconnect_date"]):
            unknown.add(row["key"])
    assert unknown == planted("billed-not-in-inventory")


def test_only_planted_services_are_billed_after_their_end(
    recurring: list[Row], inventory: dict[tuple[str, str], Row]
) -> None:
    late = set()
    for row in recurring:
        ended = inventory.get((row["vendor"], row["key"]), {}).get("disconnect_date")
        if ended and row["from"] > ended and Decimal(row["amount"]) > 0:
            late.add(row["key"])
    assert late == planted("billed-after-disconnect") | BILLED_ON_AND_CREDITED_IN_FULL


def test_only_planted_services_are_billed_at_closed_sites(
    recurring: list[Row], inventory: dict[tuple[str, str], Row]
) -> None:
    closed = {
        row["site"]: row["closed_date"] for row in table("sites.csv") if row["status"] == "closed"
    }
    there = set()
    for row in recurring:
        site = inventory.get((row["vendor"], row["key"]), row)["site"]
        if site in closed and Decimal(row["amount"]) > 0:
            grace = closed[site] and date.fromisoformat(closed[site]) + timedelta(days=30)
            if not grace or date.fromisoformat(row["from"]) > grace:
                there.add(row["key"])
    assert there == planted("service-at-closed-site")


def test_only_planted_services_cost_more_than_their_contract(
    recurring: list[Row], inventory: dict[tuple[str, str], Row]
) -> None:
    prices = defaultdict(list)
    for price in table("contracts.csv"):
        prices[price["vendor"], price["charge_code"], price["site"]].append(price)
    over = set()
    for row in recurring:
        days = (date.fromisoformat(row["thru"]) - date.fromisoformat(row["from"])).days + 1
        if days < 28 or row["charge_code"] == "DISC":
            continue
        site = inventory.get((row["vendor"], row["key"]), row)["site"]
        places = (site, "")
        found = [
            one for place in places for one in prices[row["vendor"], row["charge_code"], place]
        ]
        rate = max(
            (one["effective_from"], one["rate"])
            for one in found
            if one["effective_from"] <= row["from"]
        )[1]
        expected = Decimal(rate) * round(days / 30)
        if Decimal(row["amount"]) > expected * Decimal("1.005"):
            over.add(row["key"])
    discounted = {row["key"] for row in recurring if row["charge_code"] == "DISC"}
    corrected = {one for one in over if one.startswith("70.HCGS")} - discounted
    assert len(discounted) == 1 and len(corrected) == 1
    assert over - discounted - corrected == planted("contract-rate-variance")


def test_only_planted_and_credited_charges_stand_twice(recurring: list[Row]) -> None:
    names = ("vendor", "account", "key", "charge_code", "description", "from", "thru")
    seen: Counter[tuple[str, ...]] = Counter()
    for row in recurring:
        sign = -1 if row["amount"].startswith("-") else 1
        seen[(*(row[name] for name in names), row["amount"].lstrip("-"))] += sign
    twice = {place[2] for place, count in seen.items() if count > 1}
    installation = {one for one in planted("duplicate-charge") if one.startswith("70.KQGS")}
    assert twice >= planted("duplicate-charge") - installation
    assert len(twice - planted("duplicate-charge")) == 1  # by a credit; the reversal cancels
