"""Realized savings from imported bills, by hand-made histories."""

from __future__ import annotations

from pathlib import Path

import pytest

from telecom_audit.cli.program import run
from tests.savings.histories import monthly
from tests.savings.projects import BillLine, TestProject, new_project

YEAR = monthly("2024-01", 12)
NEXT = monthly("2025-01", 4)


@pytest.fixture
def project(tmp_path: Path) -> TestProject:
    return new_project(tmp_path)


def bills(dates: list[str], amount: str = "10.00", service: str = "C-1", **more) -> list[BillLine]:
    return [BillLine(date, "MRC", amount, service, **more) for date in dates]


def test_a_price_cut_is_realized_and_a_one_off_credit_stands_apart(project):
    lines = [*bills(YEAR), *bills(NEXT, "8.00"), BillLine("2025-02-10", "CRD", "-5.00", "C-1")]
    project.bring_bills(lines)
    project.freeze("2024-12")
    answer = project.done("measure")
    assert answer["through"] == "2025-04"
    assert answer["provisional_from"] is None
    assert answer["months"][1] == {
        "month": "2025-02",
        "counterfactual": "10.00",
        "actual": "3.00",
        "realized": "7.00",
        "one_off": "-5.00",
        "realized_recurring": "2.00",
        "projected": None,
        "provisional": False,
    }
    assert answer["realized_total"] == "13.00"
    assert answer["realized_recurring_total"] == "8.00"
    assert answer["projected_total"] is None
    assert answer["bridge"] == []
    assert answer["waiting_for"] == []
    assert answer["notes"]


def test_a_missing_bill_stops_the_run_and_says_which_account_to_ask_for(project):
    lines = [*bills(YEAR + NEXT), *bills(YEAR + NEXT[:2], "5.00", "D-1", account="200")]
    project.bring_bills(lines)
    project.freeze("2024-12")
    answer = project.done("measure")
    assert answer["through"] == "2025-02"
    assert answer["provisional_from"] == "2025-03"
    assert [one["month"] for one in answer["months"]] == [f"2025-0{n}" for n in (1, 2, 3, 4)]
    assert answer["waiting_for"] == [{"vendor": "Acme", "account": "200", "since": "2025-03"}]
    assert "end-account" in answer["remedy"]
    assert answer["realized_total"] == "0.00"


def test_a_later_through_is_refused_with_the_accounts_and_months(project):
    lines = [*bills(YEAR + NEXT), *bills(YEAR + NEXT[:2], "5.00", "D-1", account="200")]
    project.bring_bills(lines)
    project.freeze("2024-12")
    code, answer = project.ask("measure", "--through", "2025-04")
    assert code == 3
    assert "Acme 200 2025-03, Acme 200 2025-04" in answer["error"]["message"]


def test_an_earlier_through_answers_no_provisional_months(project):
    lines = [*bills(YEAR + NEXT), *bills(YEAR + NEXT[:2], "5.00", "D-1", account="200")]
    project.bring_bills(lines)
    project.freeze("2024-12")
    answer = project.done("measure", "--through", "2025-01")
    assert answer["provisional_from"] is None
    assert [one["month"] for one in answer["months"]] == ["2025-01"]


def test_an_ended_account_is_a_saving_and_stops_nothing(project):
    lines = [*bills(YEAR + NEXT), *bills(YEAR + NEXT[:2], "5.00", "D-1", account="200")]
    project.bring_bills(lines)
    project.freeze("2024-12")
    project.done("end-account", "acme", "200", "2025-02", "--by", "J. Ruiz")
    answer = project.done("measure")
    assert answer["through"] == "2025-04"
    assert [one["realized"] for one in answer["months"]] == ["0.00", "0.00", "5.00", "5.00"]


def test_an_account_that_no_bill_names_cannot_be_ended(project):
    project.bring_bills(bills(YEAR))
    assert project.ask("end-account", "Acme", "999", "2025-02", "--by", "J. Ruiz")[0] == 3
    assert project.ask("end-account", "Acme", "100", "02/2025", "--by", "J. Ruiz")[0] == 2
    assert project.ask("end-account", "Acme", "100", "2025-02", "--by", " ")[0] == 2


def test_disconnect_dates_in_the_inventory_end_an_account(project):
    lines = [*bills(YEAR + NEXT), *bills(YEAR + NEXT[:2], "5.00", "D-1", account="200")]
    project.bring_bills(lines)
    project.bring(
        "inventory.csv",
        "service,service_type,status,vendor,disconnect_date\n"
        "D-1,pots,disconnected,Acme,2025-03-01\n",
    )
    project.freeze("2024-12")
    assert project.done("measure")["through"] == "2025-04"


def test_new_demand_of_another_vendor_counts_against_the_saving(project):
    new = bills(NEXT, "7.00", "N-1", account="1", vendor="CloudVoice")
    project.bring_bills([*bills(YEAR + NEXT), *new])
    project.freeze("2024-12")
    assert project.done("measure")["realized_total"] == "-28.00"


def test_nothing_measured_before_a_freeze_and_nothing_before_the_windows_end(project):
    project.bring_bills(bills(YEAR))
    assert project.ask("measure")[0] == 3
    project.freeze("2024-12")
    answer = project.done("measure")
    assert (answer["through"], answer["months"], answer["realized_total"]) == (
        "2024-12",
        [],
        "0.00",
    )
    assert project.ask("measure", "--through", "2024-06")[0] == 3
    assert project.ask("measure", "--through", "2025")[0] == 2
    assert project.ask("measure", "--edition", "2")[0] == 2
    assert project.ask("measure", "No such plan")[0] == 2


def test_the_shares_add_up_to_the_whole(project):
    dates = YEAR + NEXT
    lines = [
        *bills(dates, site="HALL"),
        *bills(dates, "3.00", "D-1", account="200", site="ANNEX"),
        *(BillLine(date, "TAX", "1.00", account="300") for date in dates),
        *(BillLine(date, "USG", "1.00", "U-1", account="300") for date in dates),
        BillLine("2025-01-10", "OCC", "2.50", account="300"),
        *bills(NEXT, "7.00", "N-1", account="1", vendor="CloudVoice"),
    ]
    project.bring_bills(lines)
    project.bring(
        "inventory.csv",
        "service,service_type,status,site,department,vendor\n"
        "C-1,pots,active,CITYHALL,Police,Acme\nD-1,pots,active,,Fire,Acme\n",
    )
    project.freeze("2024-12")
    whole = project.done("measure")
    assert whole["unallocated"] == "4.00"
    by = {key: project.done("measure", "--by", key)["by"][key] for key in ("site", "department")}
    assert [(one["site"], one["realized"]) for one in by["site"]] == [
        ("", "-30.50"),
        ("ANNEX", "0.00"),
        ("CITYHALL", "0.00"),
    ]
    assert {one["department"]: one["actual"] for one in by["department"]} == {
        "": "38.50",
        "Fire": "12.00",
        "Police": "40.00",
    }
    vendors = project.done("measure", "--by", "vendor")["by"]["vendor"]
    assert {one["vendor"]: one["realized"] for one in vendors} == {
        "Acme": "-2.50",
        "CloudVoice": "-28.00",
    }
    services = project.done("measure", "--by", "service")["by"]["service"]
    assert {one["service"]: one["counterfactual"] for one in services} == {
        "": "4.00",
        "C-1": "40.00",
        "D-1": "12.00",
        "N-1": "0.00",
        "U-1": "4.00",
    }
    assert whole["realized_total"] == "-30.50"


@pytest.mark.parametrize("day", [1, 2, 5, 15, 27, 28])
def test_nothing_changed_nothing_saved_whatever_the_cycle_day(project, day):
    dates = monthly("2024-01", 18, day)
    lines = bills(dates)
    lines += [BillLine(date, "USG", "2.00", "C-1") for date in dates]
    lines += [BillLine(date, "TAX", "0.80") for date in dates]
    for first, last in (("2024-01", "2024-12"), ("2025-01", "2025-12")):
        period = (f"{first}-01", f"{last}-31")
        lines.append(BillLine(f"{first}-{day:02d}", "MRC", "120.00", "YEAR", "300", period=period))
    project.bring_bills(lines)
    project.freeze("2024-12")
    answer = project.done("measure")
    assert answer["through"] == "2025-06"
    assert {one["realized"] for one in answer["months"]} == {"0.00"}


def test_a_bill_a_day_early_changes_nothing(project):
    dates = [*monthly("2024-01", 14, 1), "2025-02-28", *monthly("2025-04", 2, 1)]
    project.bring_bills(bills(dates))
    project.freeze("2024-12")
    answer = project.done("measure")
    assert answer["through"] == "2025-05"
    assert {one["realized"] for one in answer["months"]} == {"0.00"}


def test_the_held_edition_or_the_one_asked_for_is_measured_against(project):
    project.bring_bills([*bills(YEAR[:6], "12.00"), *bills(YEAR[6:] + NEXT)])
    project.freeze("2024-06")
    project.freeze("2024-12", "--months", "6")
    assert project.done("measure")["realized_total"] == "0.00"
    first = project.done("measure", "--edition", "1")
    assert (first["edition"], first["months"][0]["realized"]) == (1, "2.00")


SCENARIO = """
[scenario]
name = "Two lines less"
start = "2025-02"
months = 2
discount_rate = 0.03
[[disposition]]
when = { service = "C-1" }
action = "disconnect"
[[wave]]
name = "All"
when = { service = "C-1" }
cutover = "2025-02"
billing_lag_months = 0
[[one_time]]
name = "Fee"
price = "4.00"
quantity = 1
month = "upfront"
"""


def with_scenario(project: TestProject) -> None:
    file = project.path.parent / "plan.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    project.done("scenario", "add", str(file))


def test_the_bridge_ends_at_what_was_realized(project):
    project.bring_bills([*bills(YEAR + NEXT, "3.00", "D-1"), *bills(YEAR + NEXT[:2])])
    project.bring(
        "inventory.csv",
        "service,service_type,status,vendor\nC-1,pots,active,Acme\nD-1,pots,active,Acme\n",
    )
    project.freeze("2024-12")
    with_scenario(project)
    answer = project.done("measure", "Two lines less")
    # month N is 2025-03: the fourth month is neither measured nor provisional
    assert [(one["month"], one["projected"], one["realized"]) for one in answer["months"]] == [
        ("2025-01", "0.00", "0.00"),
        ("2025-02", "6.00", "0.00"),
        ("2025-03", "10.00", "10.00"),
    ]
    assert answer["projected_total"] == "16.00"
    assert answer["bridge"] == [{"effect": "total", "amount": "-6.00"}]


def test_a_scenario_keeps_to_its_edition(project):
    project.bring_bills(bills(YEAR + NEXT))
    project.bring("inventory.csv", "service,service_type,status,vendor\nC-1,pots,active,Acme\n")
    project.freeze("2024-11")
    with_scenario(project)
    project.freeze("2024-12")
    assert project.done("measure", "Two lines less")["edition"] == 1
    assert project.ask("measure", "Two lines less", "--edition", "2")[0] == 3


def test_a_scenario_from_before_the_first_freeze_is_renewed_by_it(project):
    project.bring_bills(bills(YEAR + NEXT))
    project.bring("inventory.csv", "service,service_type,status,vendor\nC-1,pots,active,Acme\n")
    with_scenario(project)
    project.freeze("2024-12")
    assert project.done("measure", "Two lines less")["edition"] == 1


def test_a_scenario_that_starts_inside_the_window_is_not_measurable(project):
    project.bring_bills(bills(YEAR + NEXT))
    project.bring("inventory.csv", "service,service_type,status,vendor\nC-1,pots,active,Acme\n")
    with_scenario(project)
    project.freeze("2025-02")
    assert project.ask("measure", "Two lines less")[0] == 3


def test_payments_are_measured_against_their_average(project):
    project.bring(
        "payments.csv",
        "payer,vendor,payment_date,amount\n"
        "Fire,Acme,2024-11-05,10.00\nFire,Acme,2024-12-31,20.00\nFire,Acme,2025-02-01,5.00\n",
    )
    project.freeze("2024-12")
    answer = project.done("measure")
    assert answer["through"] == "2025-02"
    assert [(one["month"], one["realized"]) for one in answer["payments"]] == [
        ("2025-01", "15.00"),
        ("2025-02", "10.00"),
    ]
    assert (answer["months"], answer["realized_total"]) == ([], "0.00")
    assert project.ask("measure", "--through", "2025-03")[0] == 3


def test_bills_and_payments_are_answered_apart(project):
    project.bring_bills(bills(YEAR + NEXT))
    project.bring(
        "p.csv", "vendor,payment_date,amount\nAcme,2024-12-05,12.00\nBell,2025-02-05,1.00\n"
    )
    project.freeze("2024-12")
    answer = project.done("measure")
    assert (answer["through"], answer["realized_total"]) == ("2025-04", "0.00")
    assert [(one["month"], one["vendor"], one["realized"]) for one in answer["payments"]] == [
        ("2025-01", "Acme", "12.00"),
        ("2025-01", "Bell", "0.00"),
        ("2025-02", "Acme", "12.00"),
        ("2025-02", "Bell", "-1.00"),
    ]


def test_a_person_reads_the_missing_bill_and_what_to_do(project, capsys):
    lines = [*bills(YEAR + NEXT), *bills(YEAR + NEXT[:2], "5.00", "D-1", account="200")]
    project.bring_bills(lines)
    project.freeze("2024-12")
    assert run(["measure", str(project.path), "--by", "vendor"]) == 0
    text = capsys.readouterr().out
    assert "missing: Acme 200 since 2025-03" in text
    assert "remedy: Import the missing bill" in text
