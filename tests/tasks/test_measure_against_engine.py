"""The program's baseline and measurement against the independent engine, to the micro."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from telecom_audit.cli import main
from tests.engines.measure_baseline import RefusedError
from tests.engines.measure_bill_texts import BILL_COLUMNS, Sample
from tests.engines.measure_engine import Answer, Freeze, baseline, measure
from tests.engines.measure_history import history_from_csv, micros, month_number, month_text
from tests.engines.random_histories import no_change_history, random_history

LISTS = ("services", "thin", "ended")


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON answer of a command."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main([*arguments, "--json"])
    assert end.value.code in (0, 3), (arguments, out.getvalue(), err.getvalue())
    answer: dict[str, Any] = json.loads(out.getvalue())
    return int(end.value.code), answer


def done(*arguments: str) -> dict[str, Any]:
    """The JSON answer of a command that must end well."""
    code, answer = run(*arguments)
    assert code == 0, (arguments, answer)
    return answer


def imported(folder: Path, files: list[tuple[str, str]]) -> str:
    """A new project with the files, each imported by a command of its own and stored whole."""
    project = str(folder / "city.telaudit")
    done("new", project)
    for name, text in files:
        store(folder, project, name, text)
    return project


def store(folder: Path, project: str, name: str, text: str) -> None:
    """Import a file, each row of which must be stored."""
    (folder / name).write_text(text, encoding="utf-8")
    (file,) = done("import", project, str(folder / name))["files"]
    assert file["outcome"] == "imported", file
    assert file["rows"]["read"] == file["rows"]["stored"], file


def project_of(folder: Path, sample: Sample) -> str:
    """A project with everything of the sample but the baseline."""
    project = imported(folder, [*sample.files, ("inventory.csv", sample.inventory)])
    for vendor, account, month in sample.ends:
        done("end-account", project, vendor, account, month, "--by", "A. Tester")
    return project


def freeze_options(freeze: Freeze) -> list[str]:
    return [
        "freeze",
        "--through",
        freeze.through,
        "--months",
        str(freeze.months),
        "--escalator",
        freeze.escalator,
        "--by",
        "A. Tester",
    ]


def place(row: dict[str, Any]) -> tuple[str, str]:
    return row["vendor"], row["service"]


def assert_baseline(found: Answer, wanted: Answer) -> None:
    assert found["edition"] == 1
    for key in LISTS:
        # rows may bear more than the contract names, in an order that it leaves open
        names = wanted[key][0].keys() if wanted[key] else ()
        rows = [{name: row[name] for name in names} for row in found[key]]
        assert sorted(rows, key=place) == sorted(wanted[key], key=place), key
    for key in ("through", "months", "one_off", "unallocated", "payments"):
        assert found[key] == wanted[key], key


def assert_measured(found: Answer, wanted: Answer) -> None:
    for key in ("through", "provisional_from", "waiting_for"):
        assert found[key] == wanted[key], key
    names = ("month", "counterfactual", "actual", "realized", "one_off", "realized_recurring")
    assert [{name: month[name] for name in names} for month in found["months"]] == wanted["months"]
    for key in ("realized_total", "unallocated", "payments"):
        assert found[key] == wanted[key], key
    assert found["projected_total"] is None
    assert found["bridge"] == []
    assert all(month["projected"] is None for month in found["months"])


@pytest.mark.parametrize("seed", range(50))
def test_a_random_history_measures_as_the_engine_does(tmp_path: Path, seed: int) -> None:
    sample = random_history(seed)
    freeze = Freeze(sample.through, sample.months, sample.escalator)
    history = sample.history()
    project = project_of(tmp_path, sample)
    try:
        wanted = baseline(history, freeze)
    except RefusedError:
        code, answer = run("baseline", project, *freeze_options(freeze))
        assert code == 3
        assert answer["error"]["remedy"]
        return
    done("baseline", project, *freeze_options(freeze))
    assert_baseline(done("baseline", project), wanted)
    measured = measure(history, freeze)
    assert_measured(done("measure", project), measured)
    months = month_number(measured["through"]) - freeze.last
    if months >= 2:
        earlier = month_text(freeze.last + months // 2)
        assert_measured(
            done("measure", project, "--through", earlier), measure(history, freeze, earlier)
        )
    if measured["provisional_from"]:
        code, _ = run("measure", project, "--through", measured["provisional_from"])
        assert code == 3


@pytest.mark.parametrize("seed", range(20))
def test_where_nothing_changed_nothing_is_saved(tmp_path: Path, seed: int) -> None:
    sample = no_change_history(seed)
    freeze = Freeze(sample.through, sample.months, sample.escalator)
    project = project_of(tmp_path, sample)
    done("baseline", project, *freeze_options(freeze))
    answer = done("measure", project)
    assert answer["through"] == sample.expected_through
    measured = [one for one in answer["months"] if one["month"] <= answer["through"]]
    assert len(measured) == month_number(answer["through"]) - freeze.last > 0
    for month in measured:
        # parts of a third or a twelfth leave millionths
        assert abs(micros(month["realized"])) < 5_000, month
    history = sample.history()
    assert_baseline(done("baseline", project), baseline(history, freeze))
    assert_measured(answer, measure(history, freeze))


@pytest.mark.parametrize("seed", range(100, 110))
def test_bills_that_come_after_the_freeze_save_nothing_either(tmp_path: Path, seed: int) -> None:
    sample = no_change_history(seed)
    ((_, text),) = sample.files
    header, *rows = text.splitlines(keepends=True)
    billed = BILL_COLUMNS.index("bill_date")
    early = [row for row in rows if row.split(",")[billed][:7] <= sample.through]
    later = [row for row in rows if row.split(",")[billed][:7] > sample.through]
    project = imported(tmp_path, [("early.csv", header + "".join(early))])
    done(
        "baseline",
        project,
        *freeze_options(Freeze(sample.through, sample.months, sample.escalator)),
    )
    store(tmp_path, project, "later.csv", header + "".join(later))
    answer = done("measure", project)
    assert answer["through"] == sample.expected_through
    for month in answer["months"]:
        if month["month"] <= answer["through"]:
            assert abs(micros(month["realized"])) < 5_000, month


def test_payments_measure_as_the_engine_does(tmp_path: Path) -> None:
    rows = [
        "City,Carrier A,2024-02-01,31.00",
        "City,Carrier A,2024-04-30,29.00",
        "Fire,Carrier A,2024-03-15,10.00",
        "City,Carrier B,2024-06-01,5.00",
        "City,Carrier A,2024-07-02,12.34",
    ]
    text = "\n".join(["payer,vendor,payment_date,amount", *rows, ""])
    freeze = Freeze("2024-05")
    history = history_from_csv([], payments=text)
    project = imported(tmp_path, [("payments.csv", text)])
    done("baseline", project, *freeze_options(freeze))
    assert_baseline(done("baseline", project), baseline(history, freeze))
    assert_measured(done("measure", project), measure(history, freeze))
