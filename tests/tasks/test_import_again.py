"""Files that come again: the same, corrected, completed, reissued, retired."""

from __future__ import annotations

from pathlib import Path

import pytest

from telecom_audit.errors import RefusedError
from telecom_audit.tasks.imports import all_imports, retire
from tests.tasks.importing import (
    BILL,
    bill,
    broken_keys,
    counts,
    current_amount,
    entries,
    entry,
    file,
    project,
    rows_of,
)

TOTAL = f"{BILL},invoice_total"
ONE = "Acme,001,I1,2025-01-05,10.00"
TWO = "Acme,001,I1,2025-01-05,20.00"


def states(target: Path) -> list[tuple[int, str]]:
    return rows_of(target, "SELECT import_id, status FROM invoices ORDER BY invoice_id")


def test_the_same_bytes_are_imported_once(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = bill(tmp_path, "a.csv", [ONE, TWO])
    entry(target, path)
    charges = rows_of(target, "SELECT count(*) FROM charge")
    again = entry(target, path)
    assert (again["outcome"], again["import_id"]) == ("already-imported", 1)
    assert rows_of(target, "SELECT count(*) FROM charge") == charges
    actions = rows_of(target, "SELECT action FROM action_log ORDER BY seq")
    assert actions == [("new",), ("import",), ("import",)]


def test_the_same_content_in_another_wrapper_or_order_is_imported_once(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", [ONE, TWO, ONE]))
    wrapped = "\n".join([BILL, TWO, ONE, ONE]).replace(",", ";")
    again = entry(target, file(tmp_path, "b.csv", wrapped.encode("utf-16")))
    assert again["outcome"] == "already-imported"
    assert current_amount(target) == 40_000_000


def test_one_line_more_or_less_is_other_content(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", [ONE, TWO, ONE]))
    answered = entry(target, bill(tmp_path, "b.csv", [ONE, TWO, TWO]))
    assert (answered["outcome"], answered["supersedes"]) == ("imported", [1])
    assert "50.00 replaces 40.00" in answered["warnings"][0]
    assert current_amount(target) == 50_000_000
    assert states(target) == [(1, "superseded"), (2, "current")]


def test_retiring_the_correction_revives_the_first_bill(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", [ONE]))
    entry(target, bill(tmp_path, "b.csv", [TWO]))
    retire(target, 2, "wrong file")
    assert states(target) == [(1, "current"), (2, "retired")]
    assert current_amount(target) == 10_000_000


def test_a_chain_of_corrections_leaves_only_the_newest_standing(tmp_path: Path) -> None:
    target = project(tmp_path)
    for number, amount in enumerate((10, 20, 30)):
        entry(target, bill(tmp_path, f"{number}.csv", [f"Acme,001,I1,2025-01-05,{amount}"]))
    retire(target, 2, "the second is withdrawn")
    assert states(target) == [(1, "superseded"), (2, "retired"), (3, "current")]
    retire(target, 3, "and the third")
    assert states(target) == [(1, "current"), (2, "retired"), (3, "retired")]


def test_a_retired_file_is_imported_anew_and_cannot_be_retired_twice(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = bill(tmp_path, "a.csv", [ONE])
    entry(target, path)
    retire(target, 1, "by mistake")
    with pytest.raises(RefusedError):
        retire(target, 1, "again")
    again = entry(target, path)
    assert (again["outcome"], again["import_id"]) == ("imported", 2)
    assert [i["status"] for i in all_imports(target)["imports"]] == ["retired", "current"]  # type: ignore[attr-defined]
    assert current_amount(target) == 10_000_000


def test_the_missing_lines_of_a_bill_are_added_when_they_reach_its_total(tmp_path: Path) -> None:
    target = project(tmp_path)
    first = entry(target, bill(tmp_path, "a.csv", [f"{ONE},30.00"], TOTAL))
    assert first["amount"] == {"stated": "30.00", "stored": "10.00", "difference": "20.00"}
    second = entry(target, bill(tmp_path, "b.csv", [f"{TWO},30.00"], TOTAL))
    assert second["completes"] == [1]
    assert "supersedes" not in second
    assert current_amount(target) == 30_000_000
    assert rows_of(target, "SELECT DISTINCT bill_id FROM invoices") == [(1,)]
    whole = entry(target, bill(tmp_path, "c.csv", [f"{TWO},30.00", f"{ONE},30.00"], TOTAL))
    assert whole["outcome"] == "already-imported"


def test_another_bill_date_of_a_number_is_refused_until_somebody_says_what_it_is(
    tmp_path: Path,
) -> None:
    path = bill(tmp_path, "b.csv", ["Acme,001,I1,2025-02-05,20.00"])
    standing = {"reissue": 20_000_000, "reused": 30_000_000, "part": 30_000_000}
    for saying, amount in standing.items():
        folder = tmp_path / saying
        folder.mkdir()
        target = project(folder)
        entry(target, bill(folder, "a.csv", [ONE]))
        refused = entry(target, path)
        assert refused["outcome"] == "refused"
        assert "--set invoice=reissue" in refused["error"]["remedy"]
        entry(target, path, settings=[f"invoice={saying}"])
        assert current_amount(target) == amount
    months = rows_of(target, "SELECT DISTINCT counts_month FROM invoices")
    assert months == [(2025 * 12,)]


def test_a_reused_number_is_not_touched_by_a_correction_of_the_other_invoice(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", [ONE]))
    other = bill(tmp_path, "b.csv", ["Acme,001,I1,2025-02-05,5.00"])
    entry(target, other, settings=["invoice=reused"])
    entry(target, bill(tmp_path, "c.csv", [TWO]))
    assert states(target) == [(1, "superseded"), (2, "current"), (3, "current")]


def test_what_the_user_says_of_other_content_with_the_same_date_holds(tmp_path: Path) -> None:
    for saying, amount in {"reissue": 20_000_000, "reused": 30_000_000, "part": 30_000_000}.items():
        folder = tmp_path / saying
        folder.mkdir()
        target = project(folder)
        entry(target, bill(folder, "a.csv", [ONE]))
        entry(target, bill(folder, "b.csv", [TWO]), settings=[f"invoice={saying}"])
        assert current_amount(target) == amount


def test_two_dates_of_one_number_in_one_file_are_refused(tmp_path: Path) -> None:
    target = project(tmp_path)
    path = bill(tmp_path, "a.csv", [ONE, "Acme,001,I1,2025-02-05,20.00"])
    assert entry(target, path)["outcome"] == "refused"
    assert entry(target, path, settings=["invoice=reused"])["outcome"] == "imported"


def test_other_content_for_one_invoice_in_one_command_refuses_the_later_file(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    paths = [bill(tmp_path, "a.csv", [ONE]), bill(tmp_path, "b.csv", [TWO])]
    outcomes = [answered["outcome"] for answered in entries(target, *paths)]
    assert outcomes == ["imported", "refused"]
    assert entry(target, paths[1])["supersedes"] == [1]


def test_the_same_content_twice_in_one_command_is_imported_once(tmp_path: Path) -> None:
    target = project(tmp_path)
    paths = [bill(tmp_path, "a.csv", [ONE, TWO]), bill(tmp_path, "b.csv", [TWO, ONE])]
    outcomes = [answered["outcome"] for answered in entries(target, *paths)]
    assert outcomes == ["imported", "already-imported"]


def test_a_dry_run_answers_the_same_and_changes_no_byte(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", [ONE]))
    paths = [bill(tmp_path, "b.csv", [TWO]), bill(tmp_path, "c.csv", ["Acme,001,I2,2025-02-05,x"])]
    before = target.read_bytes()
    dry = entries(target, *paths, dry_run=True)
    assert target.read_bytes() == before
    wet = entries(target, *paths)
    assert [d["import_id"] for d in dry] == [None, None]
    assert [{**w, "import_id": None} for w in wet] == dry


def test_a_project_points_to_no_missing_row_after_imports_and_corrections(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, bill(tmp_path, "a.csv", [ONE, "Acme,001,I1,2025-01-05,x"]))
    entry(target, bill(tmp_path, "b.csv", [TWO]))
    retire(target, 2, "wrong")
    assert broken_keys(target) == []


def test_a_stated_total_is_compared_only_where_one_is_stated(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = [f"{ONE},10.00", "Acme,001,I2,2025-01-05,5.00,", "Acme,001,I3,2025-01-05,1.00,1.00",
            "Acme,001,I3,2025-01-05,1.00,2.00"]  # fmt: skip
    answered = entry(target, bill(tmp_path, "a.csv", rows, TOTAL))
    assert answered["amount"] == {"stated": "10.00", "stored": "17.00", "difference": "0.00"}
    assert answered["invoices"] == 3
    assert any("invoice_total" in warning for warning in answered["warnings"])


def test_no_stated_total_gives_no_difference(tmp_path: Path) -> None:
    answered = entry(project(tmp_path), bill(tmp_path, "a.csv", [ONE]))
    assert answered["amount"] == {"stated": None, "stored": "10.00", "difference": None}


def test_an_empty_class_is_derived_and_told_in_one_warning(tmp_path: Path) -> None:
    target = project(tmp_path)
    header = f"{BILL},charge_code,description,class"
    head = "Acme,001,I1,2025-01-05"
    rows = [f"{head},10.00,1FB,Business line,", f"{head},-2.00,XX,Something,",
            f"{head},1.50,,State sales tax,", f"{head},3.00,,Late payment charge,",
            f"{head},4.00,1FB,Business line,monthly", f"{head},5.00,,odd,foo"]  # fmt: skip
    answered = entry(target, bill(tmp_path, "a.csv", rows, header))
    found = rows_of(target, "SELECT class FROM charges ORDER BY charge_id")
    assert [c for (c,) in found] == ["MRC", "CRD", "TAX", "LPC", "MRC", "MRC"]
    assert [w for w in answered["warnings"] if w.startswith("class: empty in 5 rows")] == [
        "class: empty in 5 rows with a sum of 17.50; derived from code and text, else CRD when "
        "negative, else MRC"
    ]
    assert any("'foo'" in warning for warning in answered["warnings"])
    assert counts(answered) == (6, 6, 0, 0)


def test_amounts_that_add_up_beyond_all_bounds_refuse_the_file(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = ["Acme,001,I1,2025-01-05,9200000000000"] * 2
    assert entry(target, bill(tmp_path, "a.csv", rows))["outcome"] == "refused"
    rows = [f"Acme,001,I{n},2025-01-05,1.00,9200000000000" for n in range(2)]
    assert entry(target, bill(tmp_path, "b.csv", rows, TOTAL))["outcome"] == "refused"


def test_a_bill_of_several_invoices_is_the_same_when_each_of_them_is_stored(tmp_path: Path) -> None:
    target = project(tmp_path)
    other = "Acme,001,I2,2025-02-05,5.00"
    entry(target, bill(tmp_path, "a.csv", [ONE]))
    entry(target, bill(tmp_path, "b.csv", [other]))
    assert entry(target, bill(tmp_path, "c.csv", [ONE, other]))["outcome"] == "already-imported"
    third = "Acme,001,I3,2025-03-05,7.00"
    assert entry(target, bill(tmp_path, "d.csv", [ONE, other, third]))["outcome"] == "imported"
    assert current_amount(target) == 22_000_000


def test_the_indices_of_charges_stand_after_the_first_bill_and_after_a_refused_one(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'charge'"
    before = rows_of(target, query)
    rows = ["Acme,001,I1,2025-01-05,9200000000000"] * 2
    assert entry(target, bill(tmp_path, "a.csv", rows))["outcome"] == "refused"
    assert rows_of(target, query) == before
    entry(target, bill(tmp_path, "b.csv", [ONE]))
    entry(target, bill(tmp_path, "c.csv", ["Acme,001,I2,2025-02-05,20.00"]))
    assert sorted(rows_of(target, query)) == sorted(before)
    assert len(before) == 2
    assert rows_of(target, "PRAGMA integrity_check") == [("ok",)]
