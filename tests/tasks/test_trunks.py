"""`trunks` as a user meets it: files of any layout of calls, loads, and what it refuses."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from telecom_audit.cli.program import run
from telecom_audit.progress import CancelledError, Progress, Step
from telecom_audit.tasks.imports_options import ImportOptions
from telecom_audit.tasks.trunks import read_calls
from tests.tasks.importing import bill, file

ROOT = Path(__file__).parents[2]
TECHNION = ROOT.parent / "shared" / "data" / "public" / "technion_calls_1999-02.tsv.gz"
HEADER = "start,duration_seconds\n"


def calls(folder: Path, *rows: str) -> Path:
    return file(folder, "calls.csv", HEADER + "".join(f"{row}\n" for row in rows))


def test_a_file_of_calls_answers_the_keys_of_the_contract(answer, tmp_path) -> None:
    path = calls(
        tmp_path,
        "2025-03-31 09:50:00,1200", "2025-03-31 09:55:00,300", "2025-04-02 10:00:00,1800",
        "2025-03-31 11:00:00,-1", "soon,5", "2025-04-01 09:00:00,60",
    )  # fmt: skip
    code, document = answer("trunks", path)
    assert code == 0
    # 31 March: 600 + 300 s in hour 9, 600 in hour 10; 1 April: 60 in hour 9; 2 April: 1800 in 10
    assert document["calls"] == 4
    assert document["unusable"] == 2
    assert document["busy_hour"] == {"start": "2025-04-02T10:00", "erlangs": 0.5, "calls": 1}
    assert document["time_consistent_busy_hour"] == {
        "start": "10:00", "erlangs": pytest.approx(2400 / 3600 / 3), "calls": 1, "days": 3
    }  # fmt: skip
    assert document["peak_concurrent"] == 2
    # B(0.5, 3) = 0.0127, B(0.5, 4) = 0.0016
    assert document["erlang_b"] == {"blocking": 0.01, "channels": 4, "load": 0.5}
    assert document["recommended"] == 4
    assert [note.partition(" is")[0] for note in document["notes"]] == ["row 5", "row 6"]
    assert answer("trunks", path, "--blocking", "0.4")[1]["recommended"] == 2


def test_a_load_answers_its_channels_alone(answer) -> None:
    code, document = answer("trunks", "--erlangs", "10", "--blocking", "0.01")
    assert (code, document) == (
        0, {"erlang_b": {"blocking": 0.01, "channels": 18, "load": 10.0}}
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ("--erlangs", "-0.1"), ("--erlangs", "nan"), ("--erlangs", "1e3"),
        ("--erlangs", "1000001"), ("--erlangs", "1", "--blocking", "0"),
        ("--erlangs", "1", "--blocking", "1"), ("--erlangs", "1", "--blocking", "ten"),
        ("calls.csv", "--blocking", "-1"), ("calls.csv", "--layout", "no-such"),
        ("calls.csv", "--layout", "standard-bill"), ("calls.csv", "--set", "colour=red"),
        ("calls.csv", "--erlangs", "1"),
        ("--erlangs", "1", "--layout", "no-such"), ("--erlangs", "1", "--set", "decimal=,"),
        ("missing.csv",), (".",), (),
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_two(words, answer, tmp_path, monkeypatch) -> None:
    calls(tmp_path, "2025-03-31 09:50:00,1200")
    monkeypatch.chdir(tmp_path)
    code, document = answer("trunks", *words)
    assert (code, document["error"]["kind"]) == (2, "usage")
    assert document["error"]["remedy"]


def test_a_file_that_is_not_of_calls_or_has_no_record_is_refused(answer, tmp_path) -> None:
    other = bill(tmp_path, "bill.csv", ["Acme,1,I1,2025-01-05,7.20"])
    for path in (other, calls(tmp_path), file(tmp_path, "x.csv", "a,b\n1,2\n")):
        code, document = answer("trunks", path)
        assert (code, document["error"]["kind"]) == (3, "refused")


def test_calls_of_which_none_is_usable_leave_every_figure_null_and_say_why(
    answer, tmp_path, capsys
) -> None:
    path = calls(tmp_path, "soon,5")
    code, document = answer("trunks", path)
    assert code == 0
    assert (document["calls"], document["unusable"]) == (0, 1)
    for key in ("busy_hour", "time_consistent_busy_hour", "peak_concurrent", "erlang_b"):
        assert document[key] is None
    assert document["recommended"] is None
    assert "no call can be used" in document["notes"][0]
    assert run(["trunks", str(path)]) == 0
    assert "0 calls, 1 unusable" in capsys.readouterr().out


def test_a_call_that_would_end_after_all_calendars_is_unusable(answer, tmp_path) -> None:
    path = calls(
        tmp_path, "9998-12-31 10:00:00,9200000000000", "9999-12-31 23:59:59,1",
        "9999-12-31 23:59:59,2",
    )  # fmt: skip
    code, document = answer("trunks", path)
    assert code == 0
    assert (document["calls"], document["unusable"]) == (1, 2)
    assert "after the year 9999" in document["notes"][0]


def test_the_parts_of_a_call_end_on_its_date_and_not_before_it_begins(answer, tmp_path) -> None:
    rows = (
        "990201\t0:00:00\t0:00:00\t0:00:00\t0:00:00",  # begins and ends at midnight
        "1999-02-01\t23:59:50\t23:59:59\t0:00:00\t0:03:00",
        "990201\t23:59:50\t0:00:05\t0:00:00\t0:03:00",
        "990201\t7:10:00\t0:00:00\t0:00:00\t0:00:00",
    )
    head = "date\tvru_entry\tvru_exit\tq_exit\tser_exit"
    document = answer("trunks", file(tmp_path, "c.tsv", "\n".join((head, *rows))))[1]
    assert (document["calls"], document["unusable"]) == (2, 2)
    assert document["busy_hour"] == {
        "start": "1999-02-01T23:00", "erlangs": pytest.approx(9 / 3600), "calls": 1
    }  # fmt: skip
    assert "before it begins" in document["notes"][0]
    assert "no part of the call ends" in document["notes"][1]


def test_blank_records_repeated_headers_and_total_rows_are_no_calls(answer, tmp_path) -> None:
    path = calls(tmp_path, "2025-03-31 09:50:00,12", "", HEADER.strip(), "Total,", ",")
    document = answer("trunks", path)[1]
    assert (document["calls"], document["unusable"]) == (1, 0)


def test_what_else_a_row_says_does_not_make_its_call_unusable(answer, tmp_path) -> None:
    rows = "2025-03-31 09:50:00,12,1.2E+10,GBP\n2025-03-31 09:50:00,12,5,USD\n"
    path = file(tmp_path, "c.csv", f"start,duration_seconds,from,currency\n{rows}")
    document = answer("trunks", path)[1]
    assert (document["calls"], document["unusable"], document["peak_concurrent"]) == (2, 0, 2)


def test_dates_in_two_spellings_are_settled_as_for_an_import(answer, tmp_path) -> None:
    path = calls(tmp_path, "02/03/2025 09:50:00,12")
    code, document = answer("trunks", path)
    assert code == 3
    assert "date_format" in document["error"]["remedy"]
    document = answer("trunks", path, "--set", "date_format=%m/%d/%Y")[1]
    assert document["busy_hour"]["start"] == "2025-02-03T09:00"
    path = calls(tmp_path, "31/03/2025 09:50:00,12")
    assert answer("trunks", path)[1]["busy_hour"]["start"] == "2025-03-31T09:00"


def test_a_mapping_names_the_columns_of_another_export(answer, tmp_path) -> None:
    path = file(tmp_path, "cdr.csv", "Begin;Talk\n2025-03-31 09:50:00;12\n")
    mapping = file(
        tmp_path, "m.toml",
        '[layout]\nkind = "call"\n[columns]\nBegin = "start"\nTalk = "duration_seconds"\n',
    )  # fmt: skip
    assert answer("trunks", path, "--mapping", mapping)[1]["calls"] == 1


def test_a_workbook_of_calls_is_read_midnight_included(answer, tmp_path) -> None:
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["start", "duration_seconds"])
    sheet.append([dt.datetime.fromisoformat("2025-03-31 00:00:00"), 90])
    sheet.append([dt.datetime.fromisoformat("2025-03-31 00:01:00"), 90])
    path = tmp_path / "calls.xlsx"
    book.save(path)
    document = answer("trunks", path)[1]
    assert (document["calls"], document["unusable"], document["peak_concurrent"]) == (2, 0, 2)
    assert document["busy_hour"] == {"start": "2025-03-31T00:00", "erlangs": 0.05, "calls": 2}


def test_reading_tells_its_rows_and_stops_when_asked(tmp_path) -> None:
    path = calls(tmp_path, *["2025-03-31 09:50:00,12"] * 5000)
    steps: list[Step] = []
    found = read_calls(path, ImportOptions(), Progress(tell=steps.append))
    assert len(found.starts) == 5000
    assert steps[-1].rows == 5000
    with pytest.raises(CancelledError):
        read_calls(path, ImportOptions(), Progress(is_cancelled=lambda: len(steps) > 0))


def technion() -> list[tuple[int, int]]:
    """The calls in seconds since 31 January 1999, by another reading of the file."""

    def clock(text: str) -> int:
        hour, minute, second = map(int, text.split(":"))
        return hour * 3600 + minute * 60 + second

    with gzip.open(TECHNION, "rt") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t"))
    found = []
    for row in rows:
        midnight = int(row["date"][4:]) * 86_400
        ends = [clock(row[name]) for name in ("vru_exit", "q_exit", "ser_exit")]
        found.append((midnight + clock(row["vru_entry"]), midnight + max(ends)))
    return found


@pytest.mark.skipif(not TECHNION.exists(), reason="../shared, which has the calls, is absent")
def test_the_calls_of_the_technion_load_trunks_as_counted_second_by_second(answer) -> None:
    busy: Counter[int] = Counter()
    begun: Counter[int] = Counter()
    for start, end in technion():
        begun[start // 3600] += 1
        for second in range(start, end):
            busy[second] += 1
    held: Counter[int] = Counter()
    for second, trunks in busy.items():
        held[second // 3600] += trunks
    hour, seconds = held.most_common(1)[0]
    by_clock: Counter[int] = Counter()
    for each, carried in held.items():
        by_clock[each % 24] += carried
    usual, carried = by_clock.most_common(1)[0]
    code, document = answer("trunks", TECHNION)
    assert code == 0
    assert (document["calls"], document["unusable"]) == (33_344, 0)
    assert document["busy_hour"] == {
        "start": f"1999-02-{hour // 24:02d}T{hour % 24:02d}:00",
        "erlangs": pytest.approx(seconds / 3600, rel=1e-15),
        "calls": begun[hour],
    }
    assert document["time_consistent_busy_hour"]["start"] == f"{usual:02d}:00"
    assert document["time_consistent_busy_hour"]["erlangs"] == pytest.approx(
        carried / 3600 / 28, rel=1e-15
    )
    assert document["peak_concurrent"] == max(busy.values())
    assert document["recommended"] == max(*busy.values(), document["erlang_b"]["channels"])
