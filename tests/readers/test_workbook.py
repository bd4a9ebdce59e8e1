from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.tasks.importing import counts, entry, file, project, rows_of

HEADER = ["vendor", "account", "invoice", "bill_date", "amount", "from", "thru"]
ROW = ["Acme", "00123", "I1", date(2025, 1, 5), 7.25, date(2025, 1, 5), datetime(2025, 2, 4)]  # noqa: DTZ001 - a sheet knows no zones


def workbook(path: Path, rows: list[list[object]], more: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if more:
        other = book.create_sheet(more)
        for row in rows:
            other.append(row)
    book.save(path)
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return changed


def test_typed_cells_become_the_texts_that_a_csv_would_have(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = [HEADER, ROW, ["Acme", 123, "I1", date(2025, 1, 5), 0.1 + 0.2, None, None]]
    answered = entry(target, workbook(tmp_path / "a.xlsx", rows))
    assert counts(answered) == (2, 2, 0, 0)
    found = rows_of(
        target, "SELECT account, bill_date, amount_micros, from_date, thru_date FROM charges"
    )
    assert found == [
        ("00123", "2025-01-05", 7_250_000, "2025-01-05", "2025-02-04"),
        ("123", "2025-01-05", 300_000, None, None),
    ]


def test_a_workbook_and_the_csv_of_its_sheet_are_one_content(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, workbook(tmp_path / "a.xlsx", [HEADER, ROW]))
    text = ",".join(HEADER) + "\nAcme,00123,I1,2025-01-05,7.250,2025-01-05,2025-02-04\n"
    assert entry(target, file(tmp_path, "a.csv", text))["outcome"] == "already-imported"


def test_a_number_in_a_day_column_is_no_date(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = [HEADER, ["Acme", "1", "I1", 45292, 7.25, None, None], ROW]
    assert counts(entry(target, workbook(tmp_path / "a.xlsx", rows))) == (2, 1, 1, 0)


def test_rows_are_physical_and_preamble_and_empty_rows_are_ignored(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows: list[list[object]] = [["Bills of the city"], [], HEADER, ROW, [], ["Acme", "x"], ROW]
    assert counts(entry(target, workbook(tmp_path / "a.xlsx", rows))) == (6, 2, 1, 3)
    assert rows_of(target, "SELECT row FROM quarantined_row") == [(6,)]


def test_hidden_rows_are_imported_with_a_warning(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = workbook(tmp_path / "a.xlsx", [HEADER, ROW, ROW])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.row_dimensions[3].hidden = True
    book.save(path)
    answered = entry(target, path)
    assert counts(answered) == (2, 2, 0, 0)
    assert "1 hidden rows" in answered["warnings"][0]


def test_two_sheets_that_fit_are_refused_until_one_is_named(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = workbook(tmp_path / "a.xlsx", [HEADER, ROW], "Second")
    refused = entry(target, path)
    assert refused["outcome"] == "refused"
    assert "--set sheet=Sheet" in refused["error"]["remedy"]
    assert entry(target, path, settings=["sheet=Second"])["sheet"] == "Second"
    assert entry(target, path, settings=["sheet=Second"])["outcome"] == "already-imported"
    assert entry(target, path, settings=["sheet=Third"])["error"]["kind"] == "usage"


def test_long_numbers_are_told_because_a_spreadsheet_keeps_15_digits(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = [HEADER, ["Acme", 2870000000012345678, "I1", date(2025, 1, 5), 7.25, None, None]]
    answered = entry(target, workbook(tmp_path / "a.xlsx", rows))
    assert any("15 digits" in warning for warning in answered["warnings"])


def cut_in_half(path: Path) -> Path:
    content = path.read_bytes()
    return file(path.parent, "half.xlsx", content[: len(content) // 2])


def broken_sheet(path: Path) -> Path:
    return rewritten(path, lambda name, old: old[:150] if "sheet1" in name else old)


def bomb(path: Path) -> Path:
    return rewritten(path, lambda name, old: old + b" " * 60_000_000 if "sheet1" in name else old)


def with_entities(path: Path) -> Path:
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    return rewritten(path, lambda name, old: entity + old if "sheet1" in name else old)


def with_far_cell(path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["XFD1048576"] = 1
    book.save(path.with_name("far.xlsx"))
    return path.with_name("far.xlsx")


def no_workbook(path: Path) -> Path:
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return other


@pytest.mark.parametrize(
    "harm", [cut_in_half, broken_sheet, bomb, with_entities, with_far_cell, no_workbook]
)
def test_a_broken_or_hostile_workbook_is_a_refusal_that_changes_nothing(
    harm: Callable[[Path], Path], tmp_path: Path
) -> None:
    target = project(tmp_path)
    path = harm(workbook(tmp_path / "a.xlsx", [HEADER, ROW]))
    before = target.read_bytes()
    answered = entry(target, path)
    assert answered["outcome"] == "refused"
    assert answered["error"]["remedy"]
    assert target.read_bytes() == before


def test_a_wrong_dimension_loses_no_row(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = rewritten(
        workbook(tmp_path / "a.xlsx", [HEADER, *[ROW] * 9]),
        lambda name, old: old.replace(b'ref="A1:G10"', b'ref="A1:A2"'),
    )
    assert counts(entry(target, path)) == (9, 9, 0, 0)
