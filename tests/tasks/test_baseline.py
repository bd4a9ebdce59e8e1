"""Freezing a baseline and showing its editions, from imported bills."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from pathlib import Path

import pytest

from telecom_audit.months import month_number
from telecom_audit.store.project import open_project
from telecom_audit.tasks.baseline import held_baseline, plan_costs
from tests.savings.histories import monthly
from tests.savings.projects import BillLine, TestProject, new_project


@pytest.fixture
def project(tmp_path: Path) -> TestProject:
    return new_project(tmp_path)


def year(**changes: str) -> list[BillLine]:
    return [
        BillLine(date, changes.get("kind", "MRC"), changes.get("amount", "10.00"), "C-1")
        for date in monthly("2024-01", 12)
    ]


def test_the_answer_says_what_the_contract_names(project):
    project.bring_bills([*year(), *(BillLine(d, "TAX", "0.80") for d in monthly("2024-01", 12))])
    answer = project.freeze("2024-12", "--escalator", "0.03")
    assert answer["edition"] == 1
    assert (answer["through"], answer["months"], answer["escalator"]) == ("2024-12", 12, 0.03)
    assert answer["frozen_by"] == "J. Ruiz"
    (service,) = answer["services"]
    assert service["vendor"] == "Acme"
    assert service["service"] == "C-1"
    assert (service["mrc"], service["tax"], service["usage"]) == ("10.00", "0.80", "0.00")
    assert answer["thin"] == answer["ended"] == answer["payments"] == []
    assert answer["one_off"] == answer["unallocated"] == "0.00"


def test_the_digest_is_that_of_the_answer_without_digest_and_name(project):
    project.bring_bills([*year(), *(BillLine(d, "USG", "1", "É-2") for d in ["2024-12-10"])])
    answer = project.freeze("2024-12")
    assert answer == project.done("baseline")
    rest = {key: value for key, value in answer.items() if key not in ("digest", "frozen_by")}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert answer["digest"] == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_freezing_again_adds_an_edition_and_leaves_the_first(project):
    project.bring_bills(year())
    first = project.freeze("2024-11")
    second = project.freeze("2024-12")
    assert (first["edition"], second["edition"]) == (1, 2)
    assert project.done("baseline") == second
    assert project.done("baseline", "--edition", "1") == first
    code, _ = project.ask("baseline", "--edition", "3")
    assert code == 2


def test_a_thin_service_and_an_ended_one_are_listed(project):
    gone = [BillLine(date, "MRC", "4.00", "OLD") for date in monthly("2024-01", 5)]
    new = [BillLine("2024-12-10", "MRC", "6.00", "NEW")]
    project.bring_bills([*year(), *gone, *new])
    answer = project.freeze("2024-12")
    (thin,) = answer["thin"]
    assert (thin["service"], thin["months"]) == ("NEW", 1)
    (ended,) = answer["ended"]
    assert (ended["service"], ended["amount"]) == ("OLD", "20.00")


def test_a_rare_service_comes_with_a_warning(project):
    rare = [BillLine(f"2024-{month}-10", "MRC", "30.00", "Q") for month in ("06", "09", "12")]
    project.bring_bills([*year(), *rare])
    answer = project.freeze("2024-12")
    assert {one["service"]: one["mrc"] for one in answer["services"]}["Q"] == "10.00"
    assert "average" in answer["warnings"][0]


def test_freeze_is_refused_when_bills_count_in_fewer_than_three_months(project):
    project.bring_bills(year()[:2])
    code, answer = project.ask("baseline", "freeze", "--through", "2024-02", "--by", "J. Ruiz")
    assert code == 3
    assert "2 months" in answer["error"]["message"]
    assert project.ask("baseline")[0] == 3


def test_freeze_is_refused_when_no_service_is_in_the_baseline(project):
    project.bring_bills(year(kind="NRC"))
    assert project.ask("baseline", "freeze", "--through", "2024-12", "--by", "J. Ruiz")[0] == 3


@pytest.mark.parametrize(
    "options",
    [
        ["--through", "2024-13", "--by", "J. Ruiz"],
        ["--through", "2024-12"],
        ["--by", "J. Ruiz"],
        ["--through", "2024-12", "--by", " "],
        ["--through", "2024-12", "--by", "J. Ruiz", "--escalator", "3%"],
        ["--through", "2024-12", "--by", "J. Ruiz", "--months", "0"],
    ],
)
def test_a_bad_option_is_wrong_usage(project, options):
    project.bring_bills(year())
    before = project.path.read_bytes()
    assert project.ask("baseline", "freeze", *options)[0] == 2
    assert project.path.read_bytes() == before


@pytest.mark.parametrize(
    "option", [["--through", "2024-12"], ["--by", "Ann"], ["--months", "6"], ["--escalator", "0"]]
)
def test_an_option_of_freeze_does_not_go_with_showing(project, option):
    project.bring_bills(year())
    project.freeze("2024-12")
    assert project.ask("baseline", *option)[0] == 2
    assert project.ask("baseline", "--edition", "1")[0] == 0


def test_superseded_and_retired_bills_are_out(project):
    project.bring_bills(year())
    later = project.bring_bills(
        [BillLine(date, "MRC", "11.00", "C-1") for date in monthly("2024-01", 12)], "later.csv"
    )
    assert project.freeze("2024-12")["services"][0]["mrc"] == "11.00"
    project.done("retire", str(later), "--reason", "wrong file")
    assert project.freeze("2024-12")["services"][0]["mrc"] == "10.00"


def test_a_project_of_payments_has_meters_only(project):
    project.bring(
        "payments.csv",
        "payer,vendor,payment_date,amount\n"
        "Fire,Acme,2024-11-05,10.00\n"
        "Fire,Acme,2024-12-31,10.01\n"
        "Police,Acme,2025-02-01,5.00\n",
    )
    answer = project.freeze("2024-12")
    assert answer["services"] == []
    assert answer["payments"] == [{"payer": "Fire", "vendor": "Acme", "average": "10.005"}]
    code, _ = project.ask("baseline", "freeze", "--through", "2023-12", "--by", "J. Ruiz")
    assert code == 3


def test_the_held_baseline_bears_what_the_latest_bill_says(project):
    lines = year()
    lines[-1] = BillLine("2024-12-10", "MRC", "10.00", "C-1", site="ANNEX")
    project.bring_bills([*lines, *(BillLine(d, "MRC", "3.00") for d in monthly("2024-01", 12))])
    project.freeze("2024-12", "--escalator", "0.025")
    with open_project(project.path) as opened:
        held = held_baseline(opened)
        assert held is not None
        assert held.through == month_number("2024-12")
        assert held.escalator == Fraction(1, 40)
        service, of_account = held.services
        assert (service.account, service.site, service.mrc_accounts) == ("100", "ANNEX", ("100",))
        assert (of_account.service_key, of_account.mrc_micros) == ("account:100", 3_000_000)
        assert held_baseline(opened, 2) is None


def test_claims_are_taken_off_before_account_lines_are_shared(project):
    dates = monthly("2024-01", 12)
    lines = [
        line
        for date in dates
        for line in (
            BillLine(date, "MRC", "10.00", "C-1"),
            BillLine(date, "MRC", "10.00", "C-2"),
            BillLine(date, "TAX", "2.00"),
        )
    ]
    project.bring_bills(lines)
    project.freeze("2024-12")
    with open_project(project.path) as opened:
        held = held_baseline(opened)
        assert held is not None
        charges = opened.connection.execute(
            "SELECT charge_id FROM charges WHERE service = 'C-2'"
        ).fetchall()
        claimed = {row["charge_id"]: 10_000_000 for row in charges}
        costs = plan_costs(opened, held, claimed)
        assert (costs["Acme", "C-1"].mrc, costs["Acme", "C-1"].tax) == (10_000_000, 2_000_000)
        assert (costs["Acme", "C-2"].mrc, costs["Acme", "C-2"].tax) == (0, 0)
        untouched = plan_costs(opened, held, {})
        assert untouched["Acme", "C-2"].tax == 1_000_000


def test_the_known_limits_are_told(project):
    from telecom_audit.months import day_number, day_text

    start = day_number("2024-01-03")
    lines = [BillLine(day_text(start + 28 * n), "MRC", "1.00", "W", "200") for n in range(13)]
    project.bring_bills([*year(), *lines, BillLine("2024-03-10", "MRC", "99.00", "YEARLY")])
    seldom, four_weeks = project.freeze("2024-12")["warnings"]
    assert "1 services with 99.00" in seldom
    assert four_weeks.endswith("Acme 200")


def test_freeze_is_refused_where_no_bill_lies_and_in_an_empty_project(project):
    assert project.ask("baseline", "freeze", "--through", "2024-12", "--by", "J. Ruiz")[0] == 3
    project.bring_bills(year())
    for month in ("2010-12", "2040-01"):
        assert project.ask("baseline", "freeze", "--through", month, "--by", "J. Ruiz")[0] == 3


def test_a_project_with_bills_is_not_frozen_on_its_payments(project):
    project.bring_bills(year()[:2])
    project.bring("p.csv", "vendor,payment_date,amount\nAcme,2024-02-05,10.00\n")
    assert project.ask("baseline", "freeze", "--through", "2024-02", "--by", "J. Ruiz")[0] == 3
