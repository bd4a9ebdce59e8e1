"""Calls, usage and persons: stored, come again, taken back and exported; circuits of NetBox."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from telecom_audit.months import day_number
from telecom_audit.readers.clocks import DAY, SECOND
from telecom_audit.store import reference_rows
from telecom_audit.store.project import open_project
from telecom_audit.tasks.imports import retire
from telecom_audit.tasks.imports_repeats import Repeats
from telecom_audit.tasks.imports_rows import Rows
from tests.tasks.importing import counts, entry, file, project, rows_of

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "public"
CALL = "start,duration_seconds,from,trunk_group\n"


def calls(folder: Path, name: str, *rows: str, header: str = CALL) -> Path:
    return file(folder, name, header + "".join(f"{row}\n" for row in rows))


def test_a_call_of_an_earlier_import_is_ignored_with_count_and_sum(tmp_path: Path) -> None:
    target = project(tmp_path)
    one, two, three = (f"2025-01-0{n} 08:00:00,{n}0,555-201-000{n},T" for n in (1, 2, 3))
    assert counts(entry(target, calls(tmp_path, "a.csv", one, one, two))) == (3, 3, 0, 0)
    answered = entry(target, calls(tmp_path, "b.csv", one, two, three, three))
    assert counts(answered) == (4, 2, 0, 2)
    assert answered["amount"] is None
    assert answered["warnings"] == [
        "2 calls with a sum of 30 seconds are in an earlier import already and were ignored"
    ]
    assert rows_of(target, "SELECT count(*), sum(duration_micros) FROM calls") == [(5, 100_000_000)]
    almost = one.replace(",T", ",U")
    assert counts(entry(target, calls(tmp_path, "c.csv", almost))) == (1, 1, 0, 0)


def test_calls_of_which_each_is_there_are_the_same_file_only_as_often_and_with_the_same_extras(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    head = "start,duration_seconds,queue,queue\n"
    one, two = "2025-01-01 08:00:00,0.5,desk,1.50\n", "2025-01-01 08:00:00,2,,\n"
    entry(target, file(tmp_path, "a.csv", head + one + two))
    answered = entry(target, file(tmp_path, "b.csv", head + one + one))
    assert (answered["outcome"], *counts(answered)) == ("imported", 2, 0, 0, 2)
    assert answered["warnings"] == [
        "2 calls with a sum of 1 seconds are in an earlier import already and were ignored"
    ]
    answered = entry(target, file(tmp_path, "c.csv", head + one.replace("desk", "hall") + two))
    assert (answered["outcome"], *counts(answered)) == ("imported", 2, 0, 0, 2)
    assert "a sum of 2.5 seconds" in answered["warnings"][0]
    answered = entry(target, file(tmp_path, "d.csv", head + one + two.replace(",,", ",,late")))
    assert answered["outcome"] == "imported"
    again = file(tmp_path, "e.csv", (head + one.replace("1.50", "1.5") + two).replace(",", "|"))
    assert entry(target, again)["outcome"] == "already-imported"
    assert rows_of(target, "SELECT count(*) FROM calls") == [(2,)]


def test_taking_calls_back_names_the_later_files_that_ignored_some_for_them(tmp_path: Path) -> None:
    target = project(tmp_path)
    one, two, three = (f"2025-01-0{n} 08:00:00,10,," for n in (1, 2, 3))
    for name, rows in (("a.csv", (one, two)), ("b.csv", (one, three)), ("c.csv", ())):
        path = calls(tmp_path, name, *rows, "2025-02-01 08:00:00,1,," if not rows else "")
        entry(target, path)
    entry(target, file(tmp_path, "p.csv", "person,name\nP1,Ann\n\n"))
    warnings = retire(target, 1, "wrong")["warnings"]
    assert isinstance(warnings, list)
    assert [warning.partition(" rows")[0] for warning in warnings] == ["import 2 (b.csv) ignored 2"]
    assert retire(target, 4, "wrong")["warnings"] == []
    assert retire(target, 2, "again")["warnings"] == []
    assert counts(entry(target, tmp_path / "b.csv")) == (3, 2, 0, 1)


def test_calls_that_all_begin_at_once_are_told_apart_without_comparing_each_with_each(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    entry(target, calls(tmp_path, "a.csv", *(f"2025-01-01 08:00:00,{n},," for n in range(9))))
    asked: list[str] = []
    event = (day_number("2025-01-01") * DAY + 8 * 3600 * SECOND, 5 * SECOND, *[""] * 7)
    with open_project(target) as opened, opened.read() as connection:
        repeats = Repeats(connection, reference_rows.CALL, 2)
        connection.set_trace_callback(asked.append)
        for part in (range(3), range(3, 6)):
            rows = Rows(part, {}, {})
            assert repeats.split(rows, [event] * 3) == ([], [event] * 3)
        connection.set_trace_callback(None)
    assert len(asked) == 1


def test_the_same_calls_in_another_wrapper_are_imported_once_until_they_are_taken_back(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    path = calls(tmp_path, "a.csv", "2025-01-01 08:00:00,10,,", "2025-01-01 25:00:00,10,,")
    assert counts(entry(target, path)) == (2, 1, 1, 0)
    again = file(tmp_path, "b.csv", path.read_text().replace(",", ";").encode("utf-16"))
    assert entry(target, again)["outcome"] == "already-imported"
    retire(target, 1, "wrong")
    assert rows_of(target, "SELECT count(*) FROM calls") == [(0,)]
    assert counts(entry(target, again)) == (2, 1, 1, 0)
    assert rows_of(target, "SELECT import_id, record FROM calls") == [(2, 0)]


def test_calls_without_a_readable_time_or_that_end_before_they_begin_are_put_aside(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    bad = (
        "yesterday,10", "2025-01-01 24:00:00,10", "2025-01-01 08:60:00,10", "2025-02-30 08:00,10",
        "2025-01-01 08:00:00,", ",10", "2025-01-01 08:00:00,-1", "2025-01-01 08:00:00,ten",
        "2025-01-01T08:00:00Z,10", "2025-01-01T08:00:00+02:00,10",
    )  # fmt: skip
    header = "start,duration_seconds\n"
    answered = entry(target, calls(tmp_path, "a.csv", *bad, "2025-01-01 8:00,1", header=header))
    assert counts(answered) == (11, 1, 10, 0)
    reasons = rows_of(target, "SELECT reason FROM quarantined_row ORDER BY row")
    assert "time zone" in reasons[-1][0]
    assert "end before it begins" in reasons[6][0]


def test_the_parts_of_a_second_count_and_a_date_alone_is_its_midnight_with_a_warning(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    rows = ("2025-01-01 08:00:00.2501234,1.5,,", "2025-01-02,3,,")
    answered = entry(target, calls(tmp_path, "a.csv", *rows))
    assert answered["warnings"] == [
        "start: 1 distinct dates without a time count as midnight, such as 2025-01-02"
    ]
    asked = "SELECT start, start_micros % 1000000, duration_micros FROM calls"
    assert rows_of(target, asked) == [
        ("2025-01-01 08:00:00", 250_123, 1_500_000), ("2025-01-02 00:00:00", 0, 3_000_000)
    ]  # fmt: skip


def test_the_view_rounds_times_down_before_1970_too(tmp_path: Path) -> None:
    target = project(tmp_path)
    entry(target, calls(tmp_path, "a.csv", "1969-12-31 23:59:59.5,1,,", "1969-12-31 00:00:00,1,,"))
    assert rows_of(target, "SELECT start, start_day FROM calls ORDER BY record") == [
        ("1969-12-31 23:59:59", -1), ("1969-12-31 00:00:00", -1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "starts"),
    [
        (("31/12/2025 3:10 PM,5,,", "1/2/2025 12:00 AM,5,,"),
         ["2025-12-31 15:10:00", "2025-02-01 00:00:00"]),
        (("March 31 2025 23:59:59,5,,",), ["2025-03-31 23:59:59"]),
    ],
)  # fmt: skip
def test_a_column_of_moments_decides_on_one_other_spelling_of_its_dates(
    tmp_path: Path, rows: tuple[str, ...], starts: list[str]
) -> None:
    target = project(tmp_path)
    assert entry(target, calls(tmp_path, "a.csv", *rows))["outcome"] == "imported"
    found = rows_of(target, "SELECT start FROM calls ORDER BY record")
    assert [row[0] for row in found] == starts


def test_moments_that_may_be_spelled_in_two_ways_refuse_the_file_until_one_is_named(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    path = calls(tmp_path, "a.csv", "02/03/2025 08:00:00,5,,")
    answered = entry(target, path)
    assert answered["outcome"] == "refused"
    assert "date_format=%d/%m/%Y" in answered["error"]["remedy"]
    for spelling, start in (
        ("%m/%d/%Y", "2025-02-03 08:00:00"), ("%d/%m/%Y %H:%M:%S", "2025-03-02 08:00:00")
    ):  # fmt: skip
        entry(target, path, settings=(f"date_format={spelling}",))
        assert rows_of(target, "SELECT start FROM calls") == [(start,)]
        retire(target, int(rows_of(target, "SELECT max(import_id) FROM imports")[0][0]), "next")


def test_the_newest_usage_of_a_service_and_month_holds(tmp_path: Path) -> None:
    target = project(tmp_path)
    head = "service,month,calls,coverage\n"
    first = "555-201-0001,2025-01,5,\n555-201-0001,2025-02,6,\n555-201-0002,2025-01,7,Out only\n"
    entry(target, file(tmp_path, "a.csv", head + first))
    answered = entry(target, file(tmp_path, "b.csv", f"{head}(555) 201-0001,January 2025,9,\n"))
    assert answered["amount"] is None
    assert answered["warnings"] == [
        "2 months of a service of earlier files are not in this one; they stay",
        "1 months of a service of earlier files are replaced",
    ]
    asked = "SELECT service_key, month, calls, coverage FROM usage ORDER BY calls"
    kept = [
        ("5552010001", 24301, 6, "both"),
        ("5552010002", 24300, 7, "out-only"),
        ("5552010001", 24300, 9, "both"),
    ]
    assert rows_of(target, asked) == kept
    retire(target, 2, "wrong")
    assert [row[2] for row in rows_of(target, asked)] == [5, 6, 7]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (("2025-03", "2025-04-30"), [24302, 24303]),
        (("03/2025", "12/2025"), [24302, 24311]),
        (("3/31/2025", "12/1/2025"), [24302, 24311]),
    ],
)
def test_months_are_read_as_months_or_as_a_day_of_them(
    tmp_path: Path, months: tuple[str, ...], expected: list[int]
) -> None:
    target = project(tmp_path)
    rows = "".join(f"555-201-0001,{month}\n" for month in months)
    assert entry(target, file(tmp_path, "a.csv", f"service,month\n{rows}"))["outcome"] == "imported"
    assert [r[0] for r in rows_of(target, "SELECT month FROM usage ORDER BY record")] == expected


def test_the_newest_row_of_a_person_holds_and_a_list_of_persons_is_no_list_of_sites(
    tmp_path: Path,
) -> None:
    target = project(tmp_path)
    head = "person,name,site,status\n"
    answered = entry(target, file(tmp_path, "a.csv", f"{head}P1,Ann,CH,active\nP2,Bo,L,active\n"))
    assert (answered["layout"], answered["kind"]) == ("standard-person", "person")
    entry(target, file(tmp_path, "b.csv", f"{head}P2,Bo,L,left\n"))
    found = rows_of(target, "SELECT person, status FROM people ORDER BY person")
    assert found == [("P1", "active"), ("P2", "left")]


def test_a_file_that_is_an_inventory_and_usage_names_both(tmp_path: Path) -> None:
    target = project(tmp_path)
    content = "service,service_type,month,calls\n555-201-0001,pots,2025-01,4\n"
    answered = entry(target, file(tmp_path, "a.csv", content))
    assert answered["outcome"] == "refused"
    message = answered["error"]["message"]
    assert "standard-inventory" in message
    assert "standard-usage" in message


def test_calls_usage_and_persons_are_exported_with_their_source(
    answer, tmp_path: Path, project_path: Path
) -> None:
    samples = ROOT / "tests" / "samples"
    for name in (
        "standard-call/calls.csv",
        "standard-usage/usage.csv",
        "standard-person/people.csv",
    ):
        entry(project_path, samples / name)
    found = {}
    for table in ("calls", "usage", "people"):
        target = tmp_path / f"{table}.csv"
        assert answer("export", project_path, table, "-o", target)[0] == 0
        with target.open(encoding="utf-8", newline="") as opened:
            found[table] = list(csv.DictReader(opened))
    call = found["calls"][1]
    assert (call["start"], call["duration_seconds"], call["from"]) == (
        "2025-03-31 23:59:30", "45.5", "504-555-0142"
    )  # fmt: skip
    assert (call["file"], call["row"], found["calls"][0]["queue"]) == ("calls.csv", "3", "desk")
    assert (found["usage"][0]["month"], found["usage"][0]["minutes"]) == ("2025-03", "30.50")
    assert found["usage"][0]["plan"] == "Basic"
    assert found["people"][1]["end_date"] == "2025-02-28"


def test_exported_calls_keep_the_parts_of_a_second(answer, tmp_path: Path, project_path) -> None:
    rows = ("2025-01-01 08:00:00.25,1.5,,", "1969-12-31 23:59:59.75,0,,", "2025-01-01 08:00,1,,")
    entry(project_path, calls(tmp_path, "a.csv", *rows))
    target = tmp_path / "out.csv"
    assert answer("export", project_path, "calls", "-o", target)[0] == 0
    with target.open(encoding="utf-8", newline="") as opened:
        found = [(row["start"], row["duration_seconds"]) for row in csv.DictReader(opened)]
    assert found == [
        ("2025-01-01 08:00:00.25", "1.5"),
        ("1969-12-31 23:59:59.75", "0"),
        ("2025-01-01 08:00:00", "1"),
    ]
    again = target.rename(tmp_path / "calls.csv")
    assert counts(entry(project_path, again)) == (3, 0, 0, 3)


def test_a_circuit_of_netbox_needs_no_more_than_its_id_and_type(tmp_path: Path) -> None:
    target = project(tmp_path)
    rows = "C1,,MPLS,\nC2,Zayo,,Active\n,Zayo,MPLS,Active\n"
    answered = entry(target, file(tmp_path, "a.csv", f"cid,provider,type,status\n{rows}"))
    assert (answered["layout"], *counts(answered)) == ("netbox-circuits", 3, 1, 2, 0)
    asked = "SELECT service, vendor, service_type, status FROM inventory"
    assert rows_of(target, asked) == [("C1", "", "mpls", "")]


def test_all_circuits_of_the_netbox_demonstration_are_imported(tmp_path: Path) -> None:
    path = SHARED / "netbox_circuits.csv"
    if not path.exists():
        pytest.skip("../shared is absent")
    target = project(tmp_path)
    answered = entry(target, path)
    assert counts(answered) == (29, 29, 0, 0)
    assert answered["warnings"] == []
    asked = "SELECT vendor, service_type, status, count(*) FROM inventory GROUP BY 1, 2, 3"
    assert rows_of(target, asked) == [
        ("CenturyLink", "broadband", "active", 13),
        ("Level 3", "mpls", "active", 13),
        ("NCSU Facilities", "private-line", "active", 3),
    ]


def test_all_calls_of_the_technion_are_imported(tmp_path: Path) -> None:
    path = SHARED / "technion_calls_1999-02.tsv.gz"
    if not path.exists():
        pytest.skip("../shared is absent")
    target = project(tmp_path)
    assert counts(entry(target, path)) == (33_344, 33_344, 0, 0)
    assert rows_of(target, "SELECT min(start), max(start) FROM calls") == [
        ("1999-02-01 00:11:28", "1999-02-28 23:43:46")
    ]


@pytest.mark.parametrize(
    "key",
    ["technion-calls", "standard-call", "netbox-circuits", "standard-usage", "standard-person"],
)
def test_the_new_layouts_are_listed_guessed_and_have_forms(answer, tmp_path, key) -> None:
    code, document = answer("layouts")
    assert code == 0
    assert key in [layout["key"] for layout in document["layouts"]]
    folder = ROOT / "tests" / "samples" / key
    sample = next(path for path in folder.iterdir() if path.name != "expected.csv")
    assert answer("layouts", "guess", sample)[1]["layout"] == key
    form = tmp_path / "form.xlsx"
    assert answer("layouts", "template", key, "-o", form)[0] == 0
    assert answer("layouts", "guess", form)[1]["layout"] == key
