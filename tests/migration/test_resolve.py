"""How a scenario file meets a project: dispositions, waves, guards and warnings."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from telecom_audit.errors import RefusedError
from telecom_audit.migration.plan import Plan, plan_document, plan_from_document
from tests.migration.plans import (
    MOVE_ALL,
    billed,
    contract,
    disposition,
    edition,
    one_time,
    planned,
    recurring,
    scenario_text,
    service,
    wave,
)

WAVE = wave("A", "2026-02")


def actions(plan: Plan) -> list[str]:
    return [service.action for service in plan.services]


def test_the_first_disposition_that_matches_decides() -> None:
    text = scenario_text(
        disposition("retain", 'site = "X", use = "fax"'), disposition("migrate", 'site = "X"'), WAVE
    )
    services = [service("1", site="X", use="fax"), service("2", site="X"), service("3", site="Y")]
    assert actions(planned(text, *services)) == ["retain", "migrate", "undecided"]


@pytest.mark.parametrize(
    ("when", "cell", "found"),
    [
        ('site = "north"', " North ", True),
        ('site = "nor*"', "NORTH", True),
        ('site = "nor"', "NORTH", False),
        ('site = ["a", "north"]', "North", True),
        ('site = ""', "  ", True),
        ('site = ""', "North", False),
        ('site = "*"', "", True),
        ("site = []", "North", False),
        ('floor = "3", site = "north"', "North", False),
        (" SITE  = 'north'", "North", True),
    ],
)
def test_a_key_matches_as_the_contract_says(when: str, cell: str, found: bool) -> None:
    plan = planned(scenario_text(disposition("retain", when)), service("1", site=cell))
    assert actions(plan) == ["retain" if found else "undecided"]


def test_a_key_that_is_no_column_is_refused_by_name() -> None:
    with pytest.raises(RefusedError, match="'colour'"):
        planned(scenario_text(disposition("retain", 'colour = "red"')), service("1"))
    with pytest.raises(RefusedError, match="'colour'"):
        planned(scenario_text(wave("A", "2026-01", 'colour = "red"')), service("1"))


def test_a_service_that_only_bills_know_is_named_by_the_columns_of_bills_alone() -> None:
    text = scenario_text(
        disposition("retain", 'use = ""'),
        disposition("retain", ""),
        disposition("migrate", 'account = "A", vendor = "BELL"'),
        WAVE,
    )
    plan = planned(text, billed("1", "5"), billed("2", "5", account="B"))
    assert actions(plan) == ["migrate", "undecided"]


def test_moving_services_in_no_wave_go_with_the_last_wave() -> None:
    text = scenario_text(
        MOVE_ALL, wave("A", "2026-05", 'site = "X"'), wave("B", "2026-02", 'site = "Y"')
    )
    plan = planned(text, service("1", site="X"), service("2", site="Z"))
    assert [one.wave for one in plan.services] == [0, 1]
    assert any("'B' matches no service" in warning for warning in plan.warnings)


def test_a_moving_service_in_two_waves_is_refused_and_a_staying_one_is_not() -> None:
    waves = wave("A", "2026-01", 'site = "X"'), wave("B", "2026-01", 'service = "1"')
    with pytest.raises(RefusedError, match="two waves"):
        planned(scenario_text(MOVE_ALL, *waves), service("1", site="X"))
    planned(scenario_text(disposition("retain", ""), *waves), service("1", site="X"))


def test_a_moving_service_without_any_wave_is_refused() -> None:
    with pytest.raises(RefusedError, match="no wave"):
        planned(scenario_text(MOVE_ALL), service("1"))


@pytest.mark.parametrize("use", ["elevator", "Fire-Alarm", "burglar-alarm", "911", " scada "])
@pytest.mark.parametrize("action", ["disconnect", "consolidate"])
def test_a_life_safety_line_is_not_ended_unless_somebody_signs_for_it(
    use: str, action: str
) -> None:
    text = scenario_text(disposition(action, 'service = "1"'), WAVE)
    with pytest.raises(RefusedError, match="used for"):
        planned(text, service("1", use=use))
    signed = disposition(action, 'service = "1"', 'override = "Ann: the car was removed"')
    assert actions(planned(scenario_text(signed, WAVE), service("1", use=use))) == [action]
    kept = scenario_text(disposition("retain", "use = '*'"), disposition(action, ""), WAVE)
    assert actions(planned(kept, service("1", use=use))) == ["retain"]


def test_the_use_of_a_row_that_is_not_active_guards_what_is_billed() -> None:
    text = scenario_text(disposition("disconnect", 'service = "1"'), WAVE)
    with pytest.raises(RefusedError, match="elevator"):
        planned(text, replace(billed("1", "5"), use="elevator"))


def test_a_fax_line_may_be_disconnected_and_an_elevator_replaced() -> None:
    text = scenario_text(
        disposition("replace", 'use = "elevator"'), disposition("disconnect", 'use = "fax"'), WAVE
    )
    plan = planned(text, service("1", use="elevator"), service("2", use="fax"))
    assert actions(plan) == ["replace", "disconnect"]


def test_an_item_that_follows_the_waves_is_refused_when_nothing_moves() -> None:
    keep = disposition("retain", 'service = "*"')
    for item in (recurring("1", "quantity = 1"), one_time("1", 'per = "user"')):
        with pytest.raises(RefusedError, match="no service of the inventory moves"):
            planned(scenario_text(keep, item), service("1"))
    planned(scenario_text(keep, one_time("1", 'quantity = 1\nmonth = "upfront"')), service("1"))
    moved = scenario_text(
        disposition("migrate", 'service = "1"'), WAVE, recurring("1", "quantity = 1")
    )
    with pytest.raises(RefusedError, match="no service of the inventory moves"):
        planned(moved, billed("1", "5"))


def test_a_start_that_is_not_after_the_baseline_is_refused() -> None:
    for through in ("2026-01", "2026-02"):
        with pytest.raises(RefusedError, match="not after the baseline"):
            planned(scenario_text(), service("1"), edition=edition(through))
    assert planned(scenario_text(), service("1"), edition=edition("2025-12")).edition == 1


def test_contract_rows_that_contradict_one_another_are_refused_when_a_service_leaves() -> None:
    rows = (contract("K", "remaining:50", "2027-01-31"), contract("K", "none", "2027-01-31"))
    with pytest.raises(RefusedError, match="disagree"):
        planned(scenario_text(MOVE_ALL, WAVE), service("1", contract="K"), contracts=rows)
    planned(scenario_text(), service("1", contract="K"), contracts=rows)
    for clause in ("ask us", "remaining:-50", "flat:-1"):
        with pytest.raises(RefusedError, match="not readable"):
            planned(
                scenario_text(MOVE_ALL, WAVE),
                service("1", contract="K"),
                contracts=(contract("K", clause),),
            )


def test_warnings_count_what_the_user_should_look_at() -> None:
    text = scenario_text(
        disposition("migrate", 'service = ["1", "2"]'),
        disposition("retain", 'service = "none"'),
        WAVE,
        recurring("10", "quantity = 1\nlead_months = 3"),
    )
    rows = (contract("K", "none", "2030-01-31", commitment=1),)
    services = [
        service("1", "0"), service("2", "5", "K"), service("3", "7"), billed("4", "1.5"),
    ]  # fmt: skip
    assert planned(text, *services, contracts=rows).warnings == (
        "[[disposition]] number 2 matches no service",
        "1 moving service with a monthly cost of 0.00",
        "2 undecided services of the baseline: 8.50 a month",
        "1 moving service under an annual_commitment (K)",
        # cutover in month 2 and a lead of 3: months -1 and 0 lie before the start
        "[[recurring]] 'Seat': 20.00 fall before month 1 through lead_months and outside"
        " the figures",
    )


def test_a_plan_comes_back_from_its_document_as_it_was() -> None:
    text = scenario_text(
        MOVE_ALL,
        WAVE,
        recurring("0.333333", 'quantity = 1.5\nbill = { vendor = "V", charge_code = "C" }'),
        one_time("1", 'quantity = 1\nmonth = "upfront"'),
        one_time("1", 'quantity = 1\nmonth = "2026-03"', "Port"),
        head="legacy_escalator = 0.0333",
    )
    rows = (contract("K", "remaining:33.3", "2030-01-31"),)
    services = [service("1", "5.123456", "K"), billed("account:A", "-1")]
    plan = planned(text, *services, contracts=rows, edition=edition("2025-12"))
    assert plan_from_document(json.loads(json.dumps(plan_document(plan)))) == plan
