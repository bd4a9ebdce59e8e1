"""The program's forecast against the independent engine, on random scenarios, to the micro."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from telecom_audit.cli import main
from tests.engines.forecast_amounts import fraction
from tests.engines.forecast_engine import forecast
from tests.engines.random_scenarios import RandomCase, random_case, random_case_with_baseline

MONEY = ("npv", "total_savings", "peak_funding", "run_rate_annual")
RATIOS = ("irr", "mirr", "roi", "roi_undiscounted", "pi")
PAYBACKS = ("payback_months", "discounted_payback_months")


def run(*arguments: str) -> dict[str, Any]:
    """The JSON answer of a command that must end well."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main([*arguments, "--json"])
    assert end.value.code == 0, (arguments[0], out.getvalue(), err.getvalue())
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def imported(folder: Path, case: RandomCase) -> str:
    """A new project with the files of the case, each row of them stored."""
    project = str(folder / "city.telaudit")
    run("new", project)
    texts = {
        "inventory.csv": case.inventory_text,
        "contracts.csv": case.contract_text,
        "bills.csv": case.bill_text,
    }
    names = [name for name, text in texts.items() if text]
    for name in names:
        (folder / name).write_text(texts[name], encoding="utf-8")
    answer = run("import", project, *(str(folder / name) for name in names))
    for file in answer["files"]:
        assert file["outcome"] == "imported", file
        assert file["rows"]["read"] == file["rows"]["stored"], file
    return project


def answered(folder: Path, project: str, case: RandomCase) -> dict[str, Any]:
    """What `forecast` answers for the scenario of the case."""
    path = folder / "scenario.toml"
    path.write_text(case.scenario_text, encoding="utf-8")
    run("scenario", project, "add", str(path))
    return run("forecast", project, case.scenario()["scenario"]["name"])


def assert_same(answer: dict[str, Any], case: RandomCase) -> None:
    """Each month's figures equal as text; of the metrics money equal, ratios to 1e-9."""
    expected = forecast(case.scenario(), case.inventory(), case.contracts(), case.baseline)
    months = [
        {key: row[key] for key in wanted}
        for row, wanted in zip(answer["months"], expected["months"], strict=True)
    ]
    assert months == expected["months"]
    found, wanted = answer["metrics"], expected["metrics"]
    assert {key: found[key] for key in MONEY} == {key: wanted[key] for key in MONEY}
    for key in (*RATIOS, *PAYBACKS):
        assert (found[key] is None) == (wanted[key] is None), (key, found[key], wanted[key])
        if wanted[key] is not None:
            assert found[key] == pytest.approx(wanted[key], rel=1e-9, abs=1e-9), key


@pytest.mark.parametrize("seed", range(200))
def test_a_random_scenario_has_the_forecast_of_the_engine(seed: int, tmp_path: Path) -> None:
    case = random_case(seed)
    project = imported(tmp_path, case)
    assert_same(answered(tmp_path, project, case), case)


@pytest.mark.parametrize("seed", range(30))
def test_a_random_scenario_on_a_frozen_baseline_has_the_forecast_of_the_engine(
    seed: int, tmp_path: Path
) -> None:
    case = random_case_with_baseline(seed)
    assert case.baseline is not None
    project = imported(tmp_path, case)
    escalator = ("--escalator", str(case.baseline["escalator"]))
    window = ("--through", str(case.baseline["through"]), "--months", str(case.window))
    run("baseline", project, "freeze", *window, *escalator, "--by", "Ann")
    frozen = {
        (entry["vendor"], entry["service"]): tuple(
            fraction(entry[part]) for part in ("mrc", "tax", "usage")
        )
        for entry in run("baseline", project)["services"]
    }
    assert frozen == {
        (entry["vendor"], entry["service"]): tuple(
            fraction(entry[part]) for part in ("mrc", "tax", "usage")
        )
        for entry in case.baseline["services"]
    }
    assert_same(answered(tmp_path, project, case), case)
