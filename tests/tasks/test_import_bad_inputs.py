"""The inputs that an importer must survive: stored, quarantined or refused, never garbled."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.tasks.importing import BILL, bill, counts, current_amount, entry, file, project, rows_of

ROW = "Acme,001,I1,2025-01-05,7.20"
TEXT = f"{BILL},description\n{ROW},Zürich\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", "|").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip("\n").encode(),
        gzip.compress(TEXT.encode()),
        gzip.compress(TEXT.encode("utf-16")),
        TEXT.replace(",", '","').replace("\n", '"\n"').rstrip('"').join(['"', ""]).encode(),
    ],
)
def test_any_encoding_delimiter_and_line_end_stores_the_same_row(
    tmp_path: Path, content: bytes
) -> None:
    target = project(tmp_path)
    answered = entry(target, file(tmp_path, "bill.csv", content))
    assert counts(answered) == (1, 1, 0, 0)
    assert answered["warnings"] == ["class: empty in 1 rows with a sum of 7.20; derived from code "
                                    "and text, else CRD when negative, else MRC"]  # fmt: skip
    assert rows_of(target, "SELECT account, description, amount_micros FROM charges") == [
        ("001", "Zürich", 7_200_000)
    ]


def test_windows_western_text_is_read_with_a_warning(tmp_path: Path) -> None:
    target = project(tmp_path)
    content = f"{BILL},description\n{ROW},caf\u00e9 \u2019s \u2013 \u20ac\n".encode("cp1252")
    answered = entry(target, file(tmp_path, "bill.csv", content))
    assert counts(answered) == (1, 1, 0, 0)
    assert "cp1252" in answered["warnings"][0]
    assert rows_of(target, "SELECT description FROM charges") == [("café ’s – €",)]


def test_text_of_an_unknown_code_page_is_refused_until_it_is_named(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = file(tmp_path, "bill.csv", f"{BILL},description\n{ROW},Zürich\n".encode("cp850"))
    before = target.read_bytes()
    answered = entry(target, path)
    assert answered["outcome"] == "refused"
    assert "--set encoding=" in answered["error"]["remedy"]
    assert target.read_bytes() == before
    assert counts(entry(target, path, settings=["encoding=cp850"])) == (1, 1, 0, 0)
    assert rows_of(target, "SELECT description FROM charges") == [("Zürich",)]


def test_a_row_with_a_bad_byte_in_a_utf8_file_is_quarantined_with_the_byte_shown(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    content = TEXT.encode() + b"Acme,001,I1,2025-01-05,1.00,Z\xfcrich\n"
    answered = entry(target, file(tmp_path, "bill.csv", content))
    assert counts(answered) == (2, 1, 1, 0)
    assert rows_of(target, "SELECT row, raw FROM quarantined_row") == [
        (3, '["Acme", "001", "I1", "2025-01-05", "1.00", "Z\\\\xfcrich"]')
    ]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (BILL.encode() + b"\n", "no data records"),
        (BILL.encode() + b"\n\n,,,,\n", "no data records"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "picture"),
        (b"\x00\x01\x02" * 1000, "no text"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook"),
        (b"<html><table><tr><td>vendor</td></tr></table></html>", "web page"),
        (b"PK\x03\x04 no archive at all", "broken workbook"),
        (b"\x1f\x8b\x08\x00 cut", "cannot be read"),
        (gzip.compress(TEXT.encode() * 500)[:-20], "cannot be read"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (b"name;colour\nbob;red\n", "no header"),
        ((BILL + ",amount\n" + ROW + ",1\n").encode(), "twice"),
        ((BILL + "," + ",".join(f"c{n}" for n in range(20_000)) + "\n").encode(), "columns"),
        ((BILL + ",payment_date\n" + ROW + ",2025-01-05\n").encode(), "standard-payment"),
        (f'{BILL}\nAcme,001,"I1,2025-01-05,7.20\nAcme,001,I1,2025-01-05,1.00\n'.encode(), "quote"),
    ],
)
def test_what_is_no_table_or_two_is_refused_and_changes_nothing(
    tmp_path: Path, content: bytes, word: str
) -> None:
    target = project(tmp_path)
    before = target.read_bytes()
    answered = entry(target, file(tmp_path, "bill.csv", content))
    assert answered["outcome"] == "refused"
    assert word in answered["error"]["message"]
    assert answered["error"]["remedy"]
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Acme,001,I1,2025-01-05,", "amount"),
        ("Acme,001,I1,2025-01-05,nan", "amount"),
        ("Acme,001,I1,2025-01-05,£7.20", "amount"),
        ("Acme,001,I1,2025-01-05,9300000000000", "amount"),
        ("Acme,001,I1,2025-02-30,7.20", "bill_date"),
        ("Acme,001,I1,,7.20", "bill_date"),
        (" ,001,I1,2025-01-05,7.20", "vendor"),
        ("Acme,2.87E+11,I1,2025-01-05,7.20", "account"),
        ("Acme,001,I1,2025-01-05", ""),
        ("Acme,001,I1,2025-01-05,7.20,more", ""),
        ("Acme,001,I1,2025-01-05,7.20\0", ""),
        ('Acme,001,"I"1,2025-01-05,7.20', ""),
        ('"a\nb\nc\nd\ne\nf\ng",001,I1,2025-01-05,7.20', ""),
        ('"Acme,1,I,2025-01-05,1\nAcme,1,I,2025-01-05,2\nAcme",1,I,2025-01-05,3', ""),
        ('Acme,1,"I,2025-01-05,1\nAcme,1,I",2025-01-05,3', "invoice"),
    ],
)
def test_a_bad_row_is_quarantined_with_its_column_and_the_others_are_stored(
    tmp_path: Path, row: str, column: str
) -> None:
    target = project(tmp_path)
    answered = entry(target, bill(tmp_path, "bill.csv", [ROW, row, ROW]))
    assert counts(answered) == (3, 2, 1, 0)
    found = rows_of(target, "SELECT row, column_name FROM quarantined_row")
    assert found == [(3, column)]
    assert current_amount(target) == 14_400_000


def test_a_file_whose_rows_are_all_bad_is_imported_with_none_stored(tmp_path: Path) -> None:
    target = project(tmp_path)
    answered = entry(target, bill(tmp_path, "bill.csv", ["Acme,001,I1,2025-01-05,x"]))
    assert answered["outcome"] == "imported"
    assert counts(answered) == (1, 0, 1, 0)


def test_preamble_blank_records_repeated_headers_and_totals_are_read_and_ignored(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    rows = [ROW, "", BILL.upper(), "Subtotal,,,,7.20", ",,,,", ROW, "GRAND TOTAL,,,,14.40"]
    lines = ["sep=,", "Bills of the city", "", BILL, *rows]
    answered = entry(target, file(tmp_path, "bill.csv", "\n".join(lines) + "\n"))
    assert counts(answered) == (10, 2, 0, 8)
    found = rows_of(target, "SELECT first_row, rows FROM raw_block")
    assert found == [(5, None)]


def test_a_row_bears_the_physical_row_on_which_it_begins(tmp_path: Path) -> None:
    from telecom_audit.store.project import open_project
    from telecom_audit.store.raw_rows import raw_records

    target = project(tmp_path)
    rows = [f'{ROW},"12 Main St\nFloor 2"', f"{ROW},plain"]
    entry(target, bill(tmp_path, "bill.csv", rows, f"{BILL},address"))
    with open_project(target) as opened:
        both = raw_records(opened.connection, [(1, 0), (1, 1), (1, 2)])
        assert {key: raw.row for key, raw in both.items()} == {(1, 0): 2, (1, 1): 4}
        first = both[1, 0]
        assert first.cells == ("Acme", "001", "I1", "2025-01-05", "7.20", "12 Main St\nFloor 2")


def test_text_that_looks_like_code_or_numbers_is_stored_as_it_stands(tmp_path: Path) -> None:
    target = project(tmp_path)
    texts = ["=1+1", "'); DROP TABLE charge;--", "%s{0}", "<img src=x>", "007", "1E5", "NA", "TRUE",
             '5" cable', "\u202eabc"]  # fmt: skip
    rows = [f"{ROW},{text}" for text in texts]
    answered = entry(target, bill(tmp_path, "bill.csv", rows, f"{BILL},description"))
    assert counts(answered) == (len(texts), len(texts), 0, 0)
    found = rows_of(target, "SELECT description FROM charges ORDER BY charge_id")
    assert [text for (text,) in found] == texts


def test_a_cell_of_200_000_characters_is_kept_whole(tmp_path: Path) -> None:
    target = project(tmp_path)
    text = "x" * 200_000
    rows = [f"{ROW},{text}", f'{ROW},"{text}"']
    assert counts(entry(target, bill(tmp_path, "b.csv", rows, f"{BILL},description"))) == (
        2, 2, 0, 0
    )  # fmt: skip
    assert rows_of(target, "SELECT DISTINCT length(description) FROM charges") == [(200_000,)]


def test_another_currency_in_a_column_captioned_currency_quarantines_its_row(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    rows = [f"{ROW},usd", f"{ROW},EUR", f"{ROW},"]
    assert counts(entry(target, bill(tmp_path, "b.csv", rows, f"{BILL},Currency"))) == (3, 2, 1, 0)
    assert rows_of(target, "SELECT column_name FROM quarantined_row") == [("currency",)]


def test_empty_cells_too_many_at_the_end_are_tolerated(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = bill(tmp_path, "b.csv", [f"{ROW},,", ROW], f"{BILL},")
    assert counts(entry(target, path)) == (2, 2, 0, 0)


def test_dates_in_another_spelling_are_read_when_all_values_admit_one_format(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    rows = ["Acme,001,I1,13/04/2025,1", "Acme,001,I2,03/05/2025,2"]
    assert counts(entry(target, bill(tmp_path, "b.csv", rows))) == (2, 2, 0, 0)
    assert rows_of(target, "SELECT bill_date FROM invoices ORDER BY bill_day") == [
        ("2025-04-13",),
        ("2025-05-03",),
    ]


@pytest.mark.parametrize(
    "dates",
    [
        ("03/04/2025", "01/02/2025"),
        ("13/04/2025", "04/13/2025"),
        ("2025-04-13", "13/04/2025"),
    ],
)
def test_dates_that_admit_several_formats_or_none_refuse_the_file_until_one_is_named(
    tmp_path: Path, dates: tuple[str, str]
) -> None:
    target = project(tmp_path)
    rows = [f"Acme,001,I{n},{day},1" for n, day in enumerate(dates)]
    path = bill(tmp_path, "b.csv", rows)
    before = target.read_bytes()
    answered = entry(target, path)
    assert answered["outcome"] == "refused"
    assert "--set date_format=%" in answered["error"]["remedy"]
    assert target.read_bytes() == before
    assert entry(target, path, settings=["date_format=%d/%m/%Y"])["outcome"] == "imported"


def test_late_dates_in_another_spelling_decide_for_the_whole_column(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = [f"Acme,001,I1,2025-01-05,{n}" for n in range(1500)]
    path = bill(tmp_path, "b.csv", [*rows, "Acme,001,I1,13/04/2025,1"])
    answered = entry(target, path)
    assert answered["outcome"] == "refused"
    assert rows_of(target, "SELECT count(*) FROM charge") == [(0,)]
