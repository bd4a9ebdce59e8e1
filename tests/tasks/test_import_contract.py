"""Sentences of the contract on importing that small hand-made files put to the test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from telecom_audit.cli.program import run
from telecom_audit.store.project import open_project
from telecom_audit.store.raw_rows import raw_records
from tests.tasks.importing import (
    BILL,
    bill,
    counts,
    current_amount,
    entries,
    entry,
    file,
    project,
    rows_of,
)

DATED = "bill_date,vendor,account,invoice,amount"


def test_a_cell_that_fits_two_accepted_formats_is_not_accepted_even_for_one_day(
    tmp_path: Path,
) -> None:
    path = bill(tmp_path, "a.csv", ["A,1,I1,05/05/2025,1.00", "A,1,I2,31/01/2025,2.00"])
    formats = ("date_format=%d/%m/%Y", "date_format=%m/%d/%Y")
    assert counts(entry(project(tmp_path), path, settings=formats)) == (2, 1, 1, 0)


def test_a_total_row_has_no_say_in_how_dates_are_spelled(tmp_path: Path) -> None:
    rows = ["31/01/2025,A,1,I1,5.00", "Total,,,,5.00"]
    answered = entry(project(tmp_path), bill(tmp_path, "a.csv", rows, DATED))
    assert counts(answered) == (2, 1, 0, 1)


def test_every_column_captioned_currency_is_looked_at(tmp_path: Path) -> None:
    rows = ["A,1,I1,2025-01-05,1.00,USD,EUR", "A,1,I1,2025-01-05,2.00,usd,USD"]
    path = bill(tmp_path, "a.csv", rows, f"{BILL},Currency,Currency")
    assert counts(entry(project(tmp_path), path)) == (2, 1, 1, 0)


def test_known_content_is_counted_as_the_file_at_hand_has_it(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", ["A,1,I1,2025-01-05,1.00"]))
    again = file(tmp_path, "b.csv", f"sep=,\n{BILL}\nA,1,I1,2025-01-05,1.00\n\n")
    answered = entry(target, again)
    assert answered["outcome"] == "already-imported"
    assert counts(answered) == (3, 0, 0, 3)


def test_a_dry_run_names_no_import(tmp_path: Path) -> None:
    path = bill(tmp_path, "a.csv", ["A,1,I1,2025-01-05,1.00"])
    answered = entries(project(tmp_path), path, path, dry_run=True)
    assert [file["outcome"] for file in answered] == ["imported", "already-imported"]
    assert [file["import_id"] for file in answered] == [None, None]


def test_a_file_is_named_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path)
    bill(tmp_path, "a.csv", ["A,1,I1,2025-01-05,1.00"])
    monkeypatch.chdir(tmp_path)
    run(["import", "city.telaudit", "./a.csv", "--json"])
    answered: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert answered["files"][0]["file"] == "./a.csv"


def test_rows_that_are_ignored_or_not_accepted_make_no_invoice(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = ["A,1,I1,2025-01-05,1.00", "A,1,I2,2025-01-05,x", "A,1,Subtotal,2025-01-05,"]
    answered = entry(target, bill(tmp_path, "a.csv", rows))
    assert counts(answered) == (3, 1, 1, 1)
    assert answered["invoices"] == 1
    assert rows_of(target, "SELECT invoice FROM invoices") == [("I1",)]


def test_an_invoice_is_not_superseded_by_rows_that_are_not_accepted(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", ["A,1,I1,2025-01-05,1.00"]))
    answered = entry(target, bill(tmp_path, "b.csv", ["A,1,I1,2025-01-05,x"]))
    assert counts(answered) == (1, 0, 1, 0)
    assert current_amount(target) == 1_000_000


def test_what_an_invoice_without_accepted_rows_states_is_a_difference(tmp_path: Path) -> None:
    path = bill(tmp_path, "a.csv", ["A,1,I1,2025-01-05,x,15.00"], f"{BILL},invoice_total")
    assert entry(project(tmp_path), path)["amount"] == {
        "stated": "15.00",
        "stored": "0.00",
        "difference": "15.00",
    }


@pytest.mark.parametrize("row", ["A,1,I1,2025-01-05,x", ",1,I1,2025-01-05,1.00"])
def test_a_bill_without_accepted_rows_is_imported_once_in_any_wrapper(
    tmp_path: Path, row: str
) -> None:
    target = project(tmp_path)
    text = f"{BILL}\n{row}\n"
    assert entry(target, file(tmp_path, "a.csv", text))["outcome"] == "imported"
    answered = entry(target, file(tmp_path, "b.csv", text.replace(",", ";")))
    assert answered["outcome"] == "already-imported"


def test_an_inventory_with_numbers_in_extra_columns_is_the_same_as_its_sheet(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    captions = ["service", "service_type", "cost centre", "share"]
    text = ",".join(captions) + "\n5125550100,pots,0700,0.50\n"
    entry(target, file(tmp_path, "a.csv", text))
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, captions)
        sheet.write_row(1, 0, [5125550100, "pots", "0700", 0.5])
    assert entry(target, tmp_path / "a.xlsx")["outcome"] == "already-imported"
    corrected = entry(target, file(tmp_path, "b.csv", text.replace("0.50", "0.75")))
    assert corrected["outcome"] == "imported"


@pytest.mark.parametrize(
    "text",
    [
        '[layout]\nkey = ["standard-bill"]',
        '[layout]\nkey = "standard-bill"\ncaptions = 5',
        '[layout]\nkind = "bill"\ncaptions = [5]',
        "[columns]\nvendor = 5",
        '[values]\nclass = "MRC"',
        "[values.class]\nmonthly = 5",
        "[defaults]\nsite = [5]",
        "[format]\nencoding = 5",
        '[format]\nencoding = "klingon"',
        "[format]\ndate_formats = [1]",
        "[format]\ndate_formats = { a = 1 }",
        '[format]\ndate_formats = ["%Y"]',
        '[format]\nheader_row = "abc"',
        "[format]\nheader_row = 0",
        "[format]\nheader_row = true",
        '[format]\nnegative = ["credits"]',
        "[vendor]\nname = 5",
        '[vendor]\nname = "A"\naliases = 5',
        '[vendor]\nname = "A"\naliases = [5]',
        "[vendor]\naliases = { B = 5 }",
    ],
)
def test_a_mapping_of_the_wrong_shape_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    target = project(tmp_path)
    path = bill(tmp_path, "a.csv", ["A,1,I1,2025-01-05,1.00"])
    mapping = file(tmp_path, "m.toml", text)
    before = target.read_bytes()
    assert run(["import", str(target), str(path), "--mapping", str(mapping), "--json"]) == 3
    assert "m.toml" in json.loads(capsys.readouterr().out)["error"]["message"]
    assert target.read_bytes() == before


def test_cells_under_an_empty_caption_are_kept_with_their_row(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = ["A,1,I1,2025-01-05,1.00,a note,", "A,1,I1,2025-01-05,2.00", "A,1,I1,2025-01-05,3,,,x"]
    answered = entry(target, bill(tmp_path, "a.csv", rows, f"{BILL},,"))
    assert counts(answered) == (3, 2, 1, 0)
    with open_project(target) as opened:
        kept = raw_records(opened.connection, [(1, 0), (1, 1)])
    assert [record.cells[5:] for record in kept.values()] == [("a note",), ()]


def test_cells_of_a_sheet_that_hold_an_error_are_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Bill")
        sheet.write_row(0, 0, [*BILL.split(","), "invoice_total"])
        sheet.write_row(1, 0, ["A", "1", "I1", "2025-01-05", 1])
        sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    warnings = entry(project(tmp_path), tmp_path / "a.xlsx")["warnings"]
    assert [warning for warning in warnings if "error" in warning] == [
        "sheet Bill has 1 cells with an error, such as #REF!; they count as empty"
    ]
