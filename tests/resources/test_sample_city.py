"""The sample city is what its script makes, says that it is synthetic, and adds up."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.sample_city.city import build
from benchmarks.sample_city.model import City
from benchmarks.sample_city.write import contents, digest, write

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "sample"
RULES = {
    "bill-does-not-add-up",
    "duplicate-charge",
    "billed-not-in-inventory",
    "billed-after-disconnect",
    "late-payment-charge",
    "contract-rate-variance",
    "service-at-closed-site",
    "tax-on-exempt-customer",
}


@pytest.fixture(scope="module")
def city() -> City:
    return build()


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((SHIPPED / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def charges() -> list[dict[str, str]]:
    rows = []
    for path in sorted((SHIPPED / "bills").glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def test_the_script_regenerates_what_is_shipped(city: City, tmp_path: Path) -> None:
    files = contents(city)
    write(files, tmp_path)
    shipped = {
        path.relative_to(SHIPPED).as_posix(): digest(path)
        for path in SHIPPED.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert shipped == {name: digest(tmp_path / name) for name in files}


def test_the_script_makes_the_same_city_twice(city: City) -> None:
    assert contents(build()) == contents(city)


def test_the_sample_takes_at_most_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) <= 3_000_000


def test_the_readme_says_that_it_is_synthetic() -> None:
    assert "**synthetic**" in (SHIPPED / "README.md").read_text(encoding="utf-8")


def test_compressed_bills_bear_neither_a_name_nor_a_time() -> None:
    for path in (SHIPPED / "bills").iterdir():
        head = path.read_bytes()[:10]
        assert head[3] == 0 and head[4:8] == b"\0\0\0\0"


def test_every_rule_has_errors_and_one_vendor_is_clean(truth: dict) -> None:
    by_rule = Counter(finding["rule"] for finding in truth["findings"])
    assert set(by_rule) == RULES and min(by_rule.values()) >= 3
    assert truth["headline"]["clean_vendors"] == ["Bayou Wireless"]


def test_no_two_planted_errors_share_a_key(truth: dict) -> None:
    keys = ("rule", "vendor", "account", "service", "charge_code", "invoice")
    found = Counter(tuple(finding.get(key) for key in keys) for finding in truth["findings"])
    assert max(found.values()) == 1


def test_the_bills_add_up_to_the_control_figures(
    truth: dict, charges: list[dict[str, str]]
) -> None:
    by_vendor: Counter[str] = Counter()
    for charge in charges:
        by_vendor[charge["vendor"]] += Decimal(charge["amount"])
    expected: Counter[str] = Counter()
    for key, amount in truth["controls"]["billed"].items():
        expected[key.rsplit(" ", 1)[0]] += Decimal(amount)
    assert by_vendor == expected
    assert len(charges) == truth["controls"]["rows"]


def test_only_planted_totals_differ_from_their_lines(
    truth: dict, charges: list[dict[str, str]]
) -> None:
    sums: Counter[str] = Counter()
    heads = {}
    for charge in charges:
        sums[charge["invoice"]] += Decimal(charge["amount"])
        heads[charge["invoice"]] = charge
    wrong = {
        invoice
        for invoice, head in heads.items()
        if Decimal(head["invoice_total"])
        not in (
            sums[invoice],
            sums[invoice] + Decimal(head["previous_balance"]) - Decimal(head["payments"]),
        )
    }
    planted = {
        finding["invoice"]
        for finding in truth["findings"]
        if finding["rule"] == "bill-does-not-add-up"
    }
    assert wrong == planted


def test_a_customer_exempt_from_taxes_is_taxed_only_where_planted(
    truth: dict, charges: list[dict[str, str]]
) -> None:
    taxed = sum(Decimal(charge["amount"]) for charge in charges if charge["class"] == "TAX")
    planted = sum(
        Decimal(finding["recoverable"])
        for finding in truth["findings"]
        if finding["rule"] == "tax-on-exempt-customer"
    )
    assert taxed == planted


def test_the_city_has_thirty_sites_and_some_twelve_hundred_services() -> None:
    with (SHIPPED / "inventory-2024-12.csv").open(encoding="utf-8", newline="") as file:
        services = list(csv.DictReader(file))
    with (SHIPPED / "sites.csv").open(encoding="utf-8", newline="") as file:
        sites = list(csv.DictReader(file))
    assert len(sites) == 30
    assert 1_150 <= len(services) <= 1_300
    assert len({(one["vendor"], one["service"]) for one in services}) == len(services)
