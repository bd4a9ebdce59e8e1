"""Scenarios in a project: added from files, kept as snapshots, renewed by the first freeze."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from telecom_audit.cli.program import run

Answer = Callable[..., dict[str, Any]]

INVENTORY = """service,service_type,status,site,user,use,vendor,account,contract,monthly_cost,Floor
415-555-0001,pots,active,HALL,Ann,user,Bell,A1,K1,30.00,3
415-555-0002,pots,Active,HALL,Bob,fax,Bell,A1,,20.00,
415-555-0003,pots,disconnected,ANNEX,,elevator,Bell,A1,,9.00,1
415-555-0004,1FB,active,ANNEX,,user,,A1,,10.00,1
"""
CONTRACTS = """contract,vendor,rate,effective_from,effective_to,early_termination
K1,Bell,30.00,2020-01-01,2025-12-31,remaining:50
"""
SCENARIO = """[scenario]
name = "Hosted"
start = "2025-07"
months = 12
discount_rate = 0.03
{head}
[[disposition]]
when = {{ use = "fax" }}
action = "retain"
[[disposition]]
when = {{ service_type = "pots" }}
action = "migrate"
[[wave]]
name = "All"
when = {{ service = "*" }}
cutover = "2025-08"
[[recurring]]
name = "Seat"
price = "5.00"
per = "migrated-service"
[[one_time]]
name = "Phone"
price = "50.00"
quantity = 2
"""
BILL_HEAD = (
    "vendor,account,invoice,bill_date,service,charge_code,description,class,amount,from,thru"
)


def bills(months: int = 6) -> str:
    """Bell bills 415-555-0001 to 3 by the month from 2025-01 on, and a discount on the account."""
    lines = [BILL_HEAD]
    for month in range(1, months + 1):
        start = f"Bell,A1,I{month},2025-{month:02d}-10"
        lines += [
            f"{start},415-555-0001,LINE,Line,MRC,40.00,,",
            f"{start},4155550002,LINE,Line,MRC,25.00,,",
            f"{start},415.555.0003,LINE,Elevator line,MRC,12.00,,",
            f"{start},,DISC,Discount,MRC,-6.50,,",
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Answer:
    """Run a command on the project city.telaudit; the answer is its JSON document."""

    def asked(command: str, *arguments: str, code: int = 0) -> dict[str, Any]:
        line = [command, str(tmp_path / "city.telaudit"), *arguments, "--json"]
        assert run(line) == code, capsys.readouterr()
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    asked("new")
    return asked


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], str]:
    """Write a file beside the project; the answer is its path."""

    def written(name: str, content: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return str(tmp_path / name)

    return written


Put = Callable[[str, str], str]


def scenario(head: str = "") -> str:
    return SCENARIO.format(head=head)


def column(answer: dict[str, Any], name: str) -> list[str]:
    return [row[name] for row in answer["months"]]


def test_without_a_baseline_the_inventory_says_what_services_cost(ask: Answer, put: Put) -> None:
    ask("import", put("inventory.csv", INVENTORY), put("contracts.csv", CONTRACTS))
    added = ask("scenario", "add", put("plan.toml", scenario()))
    assert added["actions"] == {"migrate": 2, "retain": 1}
    assert added["edition"] is None
    found = ask("forecast", "Hosted")
    assert column(found, "baseline") == ["60.00"] * 12
    assert column(found, "legacy") == ["60.00", *["20.00"] * 11]
    assert column(found, "new_recurring") == ["0.00", *["10.00"] * 11]
    assert column(found, "one_time") == ["0.00", "100.00", *["0.00"] * 10]
    # the last billed month is 2025-07: 5 whole months to 2025-12-31, half of 30.00 each
    assert column(found, "termination") == ["75.00", *["0.00"] * 11]
    assert column(found, "cumulative")[:3] == ["-75.00", "-145.00", "-115.00"]
    assert found["months"][0]["month"] == "2025-07"
    assert found["metrics"]["total_savings"] == "155.00"
    assert found["metrics"]["peak_funding"] == "-145.00"
    assert found["conventions"]["discounting"] == "month-end"
    assert found["notes"] == []
    assert "audit_overlap" not in found


def test_a_plan_is_a_snapshot_until_the_file_is_added_again(ask: Answer, put: Put) -> None:
    ask("import", put("inventory.csv", INVENTORY))
    path = put("plan.toml", scenario())
    ask("scenario", "add", path)
    before = ask("forecast", "Hosted")
    ask("import", put("dearer.csv", INVENTORY.replace("30.00,3", "90.00,3")))
    assert ask("forecast", "Hosted") == before
    ask("scenario", "add", path)
    assert column(ask("forecast", "Hosted"), "baseline")[0] == "120.00"


def test_extra_columns_of_the_inventory_are_keys_and_others_are_refused(
    ask: Answer, put: Put
) -> None:
    ask("import", put("inventory.csv", INVENTORY))
    by_floor = scenario().replace('use = "fax"', 'floor = ["3", ""]')
    ask("scenario", "add", put("plan.toml", by_floor))
    shown = ask("scenario", "show", "Hosted")
    assert [one["action"] for one in shown["services"]] == ["migrate", "retain", "retain"]
    error = ask("scenario", "add", put("bad.toml", by_floor.replace("floor", "storey")), code=3)[
        "error"
    ]
    assert "'storey'" in error["message"]


@pytest.mark.parametrize(
    "when",
    [
        'monthly_cost = "10"',
        'monthly_cost = "10.00"',
        'service_type = "1fb"',
        'service_type = "pots"',
        'status = "In Service"',
        'install_date = "3/15/2020"',
        'install_date = "2020-03-15"',
        'tag = "b"',
        'use = ""',
    ],
)
def test_a_clause_matches_a_cell_as_written_and_as_understood(
    when: str, ask: Answer, put: Put
) -> None:
    inventory = (
        "service,service_type,status,use,monthly_cost,install_date,tag,Tag\n"
        "415-555-0001,centrex,active,fax,30,4/30/2021,,\n"
        "415-555-0002, 1FB ,in service,,10,3/15/2020,b,c\n"
    )
    ask("import", put("inventory.csv", inventory), "--set", "date_format=%m/%d/%Y")
    plan = scenario().replace('service_type = "pots"', 'service_type = "centrex"')
    ask("scenario", "add", put("plan.toml", plan.replace('use = "fax"', when)))
    shown = ask("scenario", "show", "Hosted")
    assert [one["action"] for one in shown["services"]][1] == "retain"
    assert shown["actions"].get("retain") == 1


def test_a_scenario_is_listed_shown_and_removed(ask: Answer, put: Put) -> None:
    ask("import", put("inventory.csv", INVENTORY))
    assert ask("scenario", "list") == {"scenarios": []}
    ask("scenario", "add", put("plan.toml", scenario()))
    (listed,) = ask("scenario", "list")["scenarios"]
    assert (listed["name"], listed["start"], listed["months"]) == ("Hosted", "2025-07", 12)
    shown = ask("scenario", "show", "Hosted")
    assert shown["waves"] == [{"name": "All", "cutover": "2025-08", "moved": None}]
    assert shown["text"] == scenario()
    ask("scenario", "remove", "Hosted")
    assert ask("scenario", "list") == {"scenarios": []}
    for command in (("scenario", "show"), ("scenario", "remove"), ("forecast",)):
        assert "no scenario" in ask(*command, "Hosted", code=2)["error"]["message"]


def test_the_month_in_which_a_wave_moved_is_recorded_beside_the_plan(ask: Answer, put: Put) -> None:
    ask("import", put("inventory.csv", INVENTORY))
    path = put("plan.toml", scenario())
    ask("scenario", "add", path)
    before = ask("forecast", "Hosted")
    ask("scenario", "cutover", "Hosted", "All", "2025-10")
    ask("scenario", "cutover", "Hosted", "All", "2025-09")
    assert ask("scenario", "show", "Hosted")["waves"][0]["moved"] == "2025-09"
    assert ask("forecast", "Hosted") == before
    ask("scenario", "add", path)
    assert ask("scenario", "show", "Hosted")["waves"][0]["moved"] == "2025-09"
    ask("scenario", "cutover", "Hosted", "All", "2025-06", code=3)
    ask("scenario", "cutover", "Hosted", "Other", "2025-09", code=3)
    ask("scenario", "cutover", "Hosted", "All", "2025-13", code=2)
    ask("scenario", "cutover", "Nobody", "All", "2025-09", code=2)


def test_a_refused_scenario_leaves_the_project_as_it_was(
    ask: Answer, put: Put, tmp_path: Path
) -> None:
    ask("import", put("inventory.csv", INVENTORY))
    before = (tmp_path / "city.telaudit").read_bytes()
    for bad in (
        scenario("colour = 1"),
        scenario().replace("2025-08", "2025-8"),
        scenario().replace('"fax"', '"elevator"').replace('"retain"', '"consolidate"')[:-50],
        "no TOML",
    ):
        ask("scenario", "add", put("bad.toml", bad), code=3)
    ask("scenario", "add", str(tmp_path / "none.toml"), code=2)
    ask("scenario", "add", str(tmp_path), code=2)
    assert (tmp_path / "city.telaudit").read_bytes() == before


def test_with_a_baseline_bills_say_what_services_cost(ask: Answer, put: Put) -> None:
    ask("import", put("inventory.csv", INVENTORY), put("bills.csv", bills()))
    ask("baseline", "freeze", "--through", "2025-06", "--months", "6", "--by", "Ann")
    added = ask("scenario", "add", put("plan.toml", scenario()))
    # 0003 is billed, is no active row, and the bill does not say that it is pots: undecided;
    # the discount follows the account's services; 0004 moves, and is not billed
    assert added["edition"] == 1
    assert added["actions"] == {"follows": 1, "migrate": 2, "retain": 1, "undecided": 1}
    found = ask("forecast", "Hosted")
    assert column(found, "baseline")[0] == "70.50"
    # kept: 0002 and 0003, and their part of the discount that 77.00 bear
    kept = 37 - 6.5 * 37 / 77
    assert float(column(found, "legacy")[1]) == pytest.approx(kept, abs=1e-6)


def test_a_scenario_must_start_after_the_baseline(ask: Answer, put: Put) -> None:
    ask("import", put("inventory.csv", INVENTORY), put("bills.csv", bills()))
    ask("baseline", "freeze", "--through", "2025-06", "--months", "6", "--by", "Ann")
    early = scenario().replace('start = "2025-07"', 'start = "2025-06"')
    assert "not after" in ask("scenario", "add", put("e.toml", early), code=3)["error"]["message"]


def test_the_first_freeze_renews_what_was_added_before_it(ask: Answer, put: Put) -> None:
    ask("import", put("inventory.csv", INVENTORY), put("bills.csv", bills()))
    early = scenario().replace("Hosted", "Early").replace('"2025-07"', '"2025-06"')
    ask("scenario", "add", put("plan.toml", scenario()))
    ask("scenario", "add", put("early.toml", early))
    waiting = ask("scenario", "list")["scenarios"]
    assert {one["not_measurable"] for one in waiting} == {"no baseline is frozen yet"}
    ask("baseline", "freeze", "--through", "2025-06", "--months", "6", "--by", "Ann")
    listed = {one["name"]: one for one in ask("scenario", "list")["scenarios"]}
    assert (listed["Hosted"]["edition"], listed["Hosted"]["not_measurable"]) == (1, None)
    assert listed["Early"]["edition"] is None
    assert "not after the baseline" in listed["Early"]["not_measurable"]
    assert column(ask("forecast", "Hosted"), "baseline")[0] == "70.50"
    assert column(ask("forecast", "Early"), "baseline")[0] == "60.00"
    ask("baseline", "freeze", "--through", "2025-05", "--months", "5", "--by", "Ann")
    assert ask("scenario", "show", "Hosted")["edition"] == 1
    assert ask("scenario", "show", "Early")["edition"] is None


def test_what_the_audit_claims_is_not_saved_again(ask: Answer, put: Put) -> None:
    twice = bills().replace(
        "415-555-0001,LINE,Line,MRC,40.00,,", "415-555-0001,LINE,Line,MRC,20.00,,"
    )
    once = [line for line in twice.splitlines() if "415-555-0001" in line]
    ask(
        "import",
        put("inventory.csv", INVENTORY),
        put("bills.csv", twice + "\n".join(once[3:]) + "\n"),
    )
    ask("baseline", "freeze", "--through", "2025-06", "--months", "6", "--by", "Ann")
    findings = ask("audit")["findings"]
    assert [one["confidence"] for one in findings if one["rule"] == "duplicate-charge"] == [
        "proven"
    ]
    ask("scenario", "add", put("plan.toml", scenario()))
    ask(
        "scenario",
        "add",
        put("full.toml", scenario("less_audit = false").replace("Hosted", "Full")),
    )
    less, full = ask("forecast", "Hosted"), ask("forecast", "Full")
    # b_mrc: the median of three months of 20.00 and three of 40.00, without the claims 20.00
    assert full["audit_overlap"] == "10.00"
    assert float(column(full, "baseline")[0]) - float(column(less, "baseline")[0]) == 10
    assert any("less_audit" in warning for warning in full["warnings"])
    assert "audit_overlap" not in less


def test_an_elevator_line_that_the_inventory_calls_disconnected_is_guarded_while_billed(
    ask: Answer, put: Put
) -> None:
    ask("import", put("inventory.csv", INVENTORY), put("bills.csv", bills()))
    ask("baseline", "freeze", "--through", "2025-06", "--months", "6", "--by", "Ann")
    ends = (
        scenario()
        .replace('use = "fax"', 'service = "415.555.0003"')
        .replace("retain", "disconnect")
    )
    error = ask("scenario", "add", put("plan.toml", ends), code=3)["error"]
    assert "elevator" in error["message"]
    signed = ends.replace('"disconnect"', '"disconnect"\noverride = "Ann: the car is gone"')
    assert ask("scenario", "add", put("plan.toml", signed))["actions"]["disconnect"] == 1


def test_a_row_without_a_vendor_stands_for_the_vendor_that_bills_the_service(
    ask: Answer, put: Put
) -> None:
    rows = INVENTORY.replace("Ann,user,Bell,A1", "Ann,user,,")
    ask("import", put("inventory.csv", rows), put("bills.csv", bills()))
    ask("baseline", "freeze", "--through", "2025-06", "--months", "6", "--by", "Ann")
    ask("scenario", "add", put("plan.toml", scenario()))
    services = {one["service"]: one for one in ask("scenario", "show", "Hosted")["services"]}
    first = services["415-555-0001"]
    assert (first["vendor"], first["monthly"], first["action"]) == ("Bell", "40.00", "migrate")
    assert services["415-555-0004"]["vendor"] == ""


def test_people_read_tables(ask: Answer, put: Put, tmp_path: Path, capsys: Any) -> None:
    ask("import", put("inventory.csv", INVENTORY))
    ask("scenario", "add", put("plan.toml", scenario()))
    project = str(tmp_path / "city.telaudit")
    shown = {
        ("scenario", project, "list"): "Hosted",
        ("scenario", project, "show", "Hosted"): "415-555-0001",
        ("forecast", project, "Hosted"): "total_savings",
        ("scenario", project, "cutover", "Hosted", "All", "2025-09"): "moved in 2025-09",
        ("scenario", project, "add", str(tmp_path / "plan.toml")): "Added Hosted",
        ("scenario", project, "remove", "Hosted"): "Removed Hosted",
    }
    for line, words in shown.items():
        assert run(list(line)) == 0
        assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [["scenario", "--help"], ["forecast", "--help"], ["cashflow", "--help"]]
    + [["scenario", "p", word, "--help"] for word in ("add", "list", "show", "remove", "cutover")],
)
def test_help_shows_an_example(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line) == 0
    assert "Example:" in capsys.readouterr().out
