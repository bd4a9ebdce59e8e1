"""Inventories, contracts, sites and payments that come again."""

from __future__ import annotations

from pathlib import Path

from telecom_audit.tasks.imports import retire
from tests.tasks.importing import counts, entry, file, project, rows_of

PAYMENTS = "vendor,payment_date,amount,reference"


def inventory(folder: Path, name: str, *rows: str) -> Path:
    return file(folder, name, "\n".join(["service,service_type,vendor,status", *rows]) + "\n")


def payments(folder: Path, name: str, *rows: str) -> Path:
    return file(folder, name, "\n".join([PAYMENTS, *rows]) + "\n")


def test_a_later_row_replaces_the_earlier_one_of_its_key_and_missing_keys_stay(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    rows = [f"555-201-000{n},pots,Acme,active" for n in (1, 2, 3)]
    entry(target, inventory(tmp_path, "a.csv", *rows))
    answered = entry(target, inventory(tmp_path, "b.csv", "(555) 201-0001,pots,ACME,disconnected"))
    assert answered["amount"] is None
    assert answered["warnings"] == [
        "2 services of earlier files are not in this one; they stay",
        "1 services of earlier files are replaced",
    ]
    found = rows_of(target, "SELECT service_key, status FROM inventory ORDER BY service_key")
    assert found == [
        ("5552010001", "disconnected"), ("5552010002", "active"), ("5552010003", "active")
    ]  # fmt: skip
    retire(target, 2, "wrong")
    found = rows_of(target, "SELECT status FROM inventory WHERE service_key = '5552010001'")
    assert found == [("active",)]


def test_the_same_inventory_in_another_wrapper_is_imported_once(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = inventory(tmp_path, "a.csv", "555-201-0001,pots,Acme,active", ",pots,Acme,active")
    entry(target, path)
    again = file(tmp_path, "b.csv", path.read_text().replace(",", "\t").encode("utf-16"))
    assert entry(target, again)["outcome"] == "already-imported"
    assert rows_of(target, "SELECT count(*) FROM inventory_row") == [(1,)]


def test_a_spelling_that_is_unknown_becomes_other_with_one_warning(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = [f"555-201-000{n},carrier pigeon,Acme,IN SERVICE" for n in range(3)]
    answered = entry(target, inventory(tmp_path, "a.csv", *rows))
    assert [w for w in answered["warnings"] if "carrier pigeon" in w] == answered["warnings"]
    assert len(answered["warnings"]) == 1
    found = rows_of(target, "SELECT DISTINCT service_type, status FROM inventory")
    assert found == [("other", "active")]


def test_a_mapping_settles_captions_spellings_vendor_and_defaults(tmp_path: Path) -> None:
    target = project(tmp_path)
    mapping = file(tmp_path, "m.toml", """
[layout]
key = "my-inventory"
kind = "inventory"
[columns]
"Phone No" = "service"
"Kind of line" = "service_type"
[values.service_type]
"Carrier P*" = "POTS"
[defaults]
status = "Live"
[vendor]
name = "Acme Telecom"
[format]
delimiter = ";"
header_row = 2
""")  # fmt: skip
    content = "service;service_type\nPhone No;Kind of line\n555-201-0001;carrier pigeon\n"
    answered = entry(target, file(tmp_path, "a.csv", content), mapping=mapping)
    assert answered["warnings"] == []
    assert counts(answered) == (2, 1, 0, 1)
    found = rows_of(target, "SELECT service_key, service_type, status, vendor FROM inventory")
    assert found == [("5552010001", "pots", "active", "Acme Telecom")]


def test_payments_of_an_earlier_import_are_ignored_and_repeats_in_one_file_are_stored(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    one, two, three = (f"Acme,2025-0{n}-01,{n}0.00,R{n}" for n in (1, 2, 3))
    first = entry(target, payments(tmp_path, "a.csv", one, one, two))
    assert counts(first) == (3, 3, 0, 0)
    second = entry(target, payments(tmp_path, "b.csv", one, three, three))
    assert counts(second) == (3, 2, 0, 1)
    assert "1 payments with a sum of 10.00" in second["warnings"][0]
    assert second["amount"] == {"stated": None, "stored": "60.00", "difference": None}
    assert rows_of(target, "SELECT sum(amount_micros) FROM payments") == [(100_000_000,)]


def test_the_same_payments_in_another_wrapper_are_imported_once(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = payments(tmp_path, "a.csv", "Acme,2025-01-01,10.00,R1", "Acme,2025-02-01,10.00,R1")
    entry(target, path)
    again = file(tmp_path, "b.csv", path.read_text().replace(",", "|"))
    assert entry(target, again)["outcome"] == "already-imported"


def test_payments_of_a_retired_import_do_not_stand_in_the_way(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = payments(tmp_path, "a.csv", "Acme,2025-01-01,10.00,R1")
    entry(target, path)
    retire(target, 1, "wrong")
    assert counts(entry(target, path)) == (1, 1, 0, 0)
    assert rows_of(target, "SELECT sum(amount_micros) FROM payments") == [(10_000_000,)]


def test_contracts_and_sites_are_kept_by_their_keys(tmp_path: Path) -> None:
    target = project(tmp_path)
    head = "contract,vendor,charge_code,rate,effective_from\n"
    entry(target, file(tmp_path, "a.csv", f"{head}C1,Acme,1FB,20.00,2025-01-01\n"))
    entry(target, file(tmp_path, "b.csv", f"{head}C1,Acme,1FB,19.00,2025-01-01\n"))
    assert rows_of(target, "SELECT rate_micros FROM contracts") == [(19_000_000,)]
    entry(target, file(tmp_path, "s.csv", "site,name,floor,floor\nCH,City Hall,1,2\n"))
    found = rows_of(target, "SELECT name, extra FROM sites")
    assert found == [("City Hall", '{"floor": "1", "floor (column 4)": "2"}')]


def test_a_repeated_header_in_a_file_of_mere_texts_is_no_row(tmp_path: Path) -> None:
    target = project(tmp_path)
    content = "site,name\nCH,City Hall\nSITE, Name\nL,Library\n"
    assert counts(entry(target, file(tmp_path, "s.csv", content))) == (3, 2, 0, 1)
