import csv
from pathlib import Path

import openpyxl
import pytest

from telecom_audit.tasks.export_files import guarded
from tests.tasks.importing import entries, file

BILL = (
    "vendor,account,invoice,bill_date,amount,service,description,Note,Note\n"
    "Acme,=1+1,I1,2025-01-05,-7.20,+1 504 555 0100,@SUM(A1),first,=cmd|' /C calc'!A0\n"
    "Acme,=1+1,I1,2025-01-05,10.123456,,plain,,\n"
)
PAYMENTS = (
    "vendor,payment_date,amount,payer,Fund\n"
    "Acme,2025-01-31,1250.50,Harbor Board,General\n"
    "Acme,2025-02-28,-3.00,Harbor Board,Bonds\n"
)


@pytest.fixture
def filled(tmp_path: Path, project_path: Path) -> Path:
    found = entries(
        project_path, file(tmp_path, "bill.csv", BILL), file(tmp_path, "paid.csv", PAYMENTS)
    )
    assert [entry["outcome"] for entry in found] == ["imported", "imported"]
    return project_path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_payments_bear_payer_import_row_and_their_extra_column(filled, answer, tmp_path):
    target = tmp_path / "out.csv"
    code, document = answer("export", filled, "payments", "-o", target)
    assert (code, document["rows"]) == (0, 2)
    found = read(target)
    assert [row["amount"] for row in found] == ["1250.50", "-3.00"]
    assert [row["row"] for row in found] == ["2", "3"]
    assert {row["file"] for row in found} == {"paid.csv"}
    assert {row["payer"] for row in found} == {"Harbor Board"}
    assert [row["Fund"] for row in found] == ["General", "Bonds"]
    assert {row["import_id"] for row in found} == {"2"}


def test_a_text_that_could_be_a_formula_is_defused_in_csv_and_kept_in_xlsx(
    filled, answer, tmp_path
):
    answer("export", filled, "charges", "-o", tmp_path / "out.csv")
    first = read(tmp_path / "out.csv")[0]
    assert first["account"] == "'=1+1"
    assert first["service"] == "'+1 504 555 0100"
    assert first["description"] == "'@SUM(A1)"
    assert first["amount"] == "-7.20"
    assert (first["Note"], first["Note (2)"]) == ("first", "'=cmd|' /C calc'!A0")
    answer("export", filled, "charges", "-o", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    captions, row, second = list(sheet.iter_rows(values_only=True))
    found = dict(zip(captions, row, strict=True))
    assert found["account"] == "=1+1"
    assert found["amount"] == -7.2
    assert found["Note (2)"] == "=cmd|' /C calc'!A0"
    assert dict(zip(captions, second, strict=True))["amount"] == 10.123456


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r1", "|x", " =1", "＝1"])
def test_formula_starts_are_guarded(text):
    assert guarded(text) == f"'{text}"


def test_retired_rows_are_left_out(filled, answer, tmp_path):
    assert answer("retire", filled, 2, "--reason", "wrong year")[0] == 0
    _, document = answer("export", filled, "payments", "-o", tmp_path / "out.csv")
    assert document["rows"] == 0
    assert "Fund" not in document["columns"]


@pytest.mark.parametrize(
    "table", ["charges", "invoices", "inventory", "contracts", "findings", "evidence", "payments"]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_table_is_exported_with_its_captions(
    project_path, answer, tmp_path, table, ending
):
    code, document = answer("export", project_path, table, "-o", tmp_path / f"out.{ending}")
    assert (code, document["rows"]) == (0, 0)
    assert document["columns"]


def test_wrong_usage_ends_with_two_and_writes_nothing(filled, answer, tmp_path):
    before = sorted(tmp_path.iterdir())
    for words in (
        ("budgets", tmp_path / "out.csv"),
        ("charges", tmp_path / "out.ods"),
        ("charges", tmp_path / "none" / "out.csv"),
    ):
        code, document = answer("export", filled, words[0], "-o", words[1])
        assert code == 2
        assert document["error"]["remedy"]
    assert sorted(tmp_path.iterdir()) == before
