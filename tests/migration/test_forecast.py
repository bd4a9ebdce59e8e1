"""The months of small plans, reckoned by hand from the contract, section 5."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from fractions import Fraction

import pytest

from telecom_audit.migration.forecast import audit_overlap, forecast_months, rounded_sum
from telecom_audit.money import half_up
from telecom_audit.months import month_number
from tests.migration.plans import (
    MOVE_ALL,
    billed,
    column,
    contract,
    disposition,
    edition,
    months,
    one_time,
    planned,
    recurring,
    scenario_text,
    service,
    wave,
)


def test_legacy_falls_by_the_ramp_after_dual_run_and_billing_lag() -> None:
    more = "ramp_months = 2\ndual_run_months = 1\nbilling_lag_months = 1"
    plan = planned(scenario_text(MOVE_ALL, wave("W", "2026-02", more=more)), service("1"))
    # k = 2: R(t - 2) is 1/2 in month 4 and 1 from month 5 on
    assert column(plan, "legacy") == [100, 100, 100, 50, 0, 0]
    assert column(plan, "baseline") == [100] * 6
    assert column(plan, "net") == [0, 0, 0, 50, 100, 100]


def test_a_disconnected_line_is_not_run_twice() -> None:
    more = "dual_run_months = 3\nbilling_lag_months = 1"
    text = scenario_text(
        disposition("disconnect", 'service = "*"'), wave("W", "2026-02", more=more)
    )
    assert column(planned(text, service("1")), "legacy", 4) == [100, 100, 0, 0]


def test_retained_and_undecided_services_cost_on() -> None:
    text = scenario_text(
        disposition("retain", 'service = "1"'),
        disposition("replace", 'service = "3"'),
        wave("W", "2026-01"),
    )
    plan = planned(text, service("1"), service("2", "10"), service("3", "1"))
    assert column(plan, "legacy", 2) == [110, 110]


def test_with_everything_retained_net_is_zero_in_every_month() -> None:
    chance = random.Random(5)
    services = [service(str(n), f"{chance.randint(0, 10**8) / 10**6}") for n in range(50)]
    text = scenario_text(disposition("retain", 'service = "*"'), head="legacy_escalator = 0.0375")
    assert {one.net for one in forecast_months(planned(text, *services))} == {0}


def test_escalators_step_after_twelve_months() -> None:
    text = scenario_text(
        disposition("retain", 'service = "2"'),
        disposition("migrate", 'service = "1"'),
        wave("W", "2026-01"),
        recurring("10", "quantity = 3\nescalator = 0.10\ntax_rate = 0.05"),
        head="legacy_escalator = 0.02",
    )
    plan = planned(text, service("1"), service("2"))
    assert column(plan, "baseline", 13)[11:] == [200, 204]
    assert column(plan, "new_recurring", 13)[11:] == [31.5, 34.65]


def test_with_a_baseline_legacy_steps_count_from_the_month_after_it() -> None:
    text = scenario_text(disposition("retain", 'service = "*"'))
    plan = planned(text, service("1"), edition=edition("2025-10", escalator=10))
    # k = 3 in month 1, so month 11 (2026-11) is k = 13
    assert column(plan, "baseline", 12)[8:] == [100, 100, 110, 110]


def test_an_escalator_of_the_file_stands_before_that_of_the_baseline() -> None:
    text = scenario_text(disposition("retain", 'service = "*"'), head="legacy_escalator = 0")
    plan = planned(text, service("1"), edition=edition("2025-12", escalator=10))
    assert set(column(plan, "baseline", 24)) == {100}


def test_each_service_is_rounded_once_half_up() -> None:
    costs = [1, 3, -1, -3, 5]
    assert rounded_sum(costs, Fraction(1, 2)) == 1 + 2 - 1 - 2 + 3
    chance = random.Random(2)
    for _ in range(200):
        costs = [chance.randint(-50, 50) for _ in range(5)]
        factor = Fraction(chance.randint(0, 20), chance.randint(1, 20))
        assert rounded_sum(costs, factor) == sum(half_up(cost * factor) for cost in costs)


def test_new_costs_follow_the_share_of_services_that_moved() -> None:
    text = scenario_text(
        MOVE_ALL,
        wave("A", "2026-01", 'site = "X"'),
        wave("B", "2026-03", 'site = "Y"', "ramp_months = 2"),
        recurring("1", "quantity = 12"),
    )
    services = [service("1", site="X"), service("2", site="y "), service("3", site="Y")]
    # shares: 1/3, 1/3, 1/3 + 2/3 * 1/2, 1
    assert column(planned(text, *services), "new_recurring", 5) == [4, 4, 8, 12, 12]


def test_a_lead_starts_an_item_before_the_cutover() -> None:
    text = scenario_text(
        MOVE_ALL, wave("A", "2026-03"), recurring("1", "quantity = 12\nlead_months = 1")
    )
    assert column(planned(text, service("1")), "new_recurring", 4) == [0, 12, 12, 12]


def test_an_item_with_from_is_whole_from_that_month_whatever_the_waves_do() -> None:
    text = scenario_text(recurring("2.50", 'quantity = 2\nfrom = "2026-03"'))
    assert column(planned(text, service("1")), "new_recurring", 4) == [0, 0, 5, 5]


def test_quantities_are_counted_among_the_services_that_migrate() -> None:
    services = [
        service("1", user="Ann", site="X", service_type="did-block", channels="20"),
        service("2", user=" ann ", site="Y", service_type="DID-block"),
        service("3", user="", site="", channels="23"),
        service("4", user="Bob", site="Z", service_type="t1"),
    ]
    expected = {"migrated-service": 3, "user": 1, "site": 2, "did": 21}
    for per, count in expected.items():
        text = scenario_text(
            disposition("disconnect", 'service_type = "t1"'),
            MOVE_ALL,
            wave("A", "2026-01"),
            recurring("1", f'per = "{per}"\nfactor = 1.5'),
        )
        assert column(planned(text, *services), "new_recurring", 1) == [1.5 * count]


def test_disconnected_services_are_counted_when_none_migrates() -> None:
    text = scenario_text(
        disposition("disconnect", 'service_type = "pots"'),
        wave("A", "2026-02"),
        recurring("1", 'per = "migrated-service"'),
        one_time("5", "quantity = 1"),
    )
    plan = planned(text, service("1"), service("2"), service("3", service_type="t1"))
    assert column(plan, "new_recurring", 3) == [0, 2, 2]
    assert column(plan, "one_time", 3) == [0, 5, 0]


def test_one_time_items_are_spread_over_the_waves_with_contingency() -> None:
    text = scenario_text(
        MOVE_ALL,
        wave("A", "2026-01", 'site = "X"'),
        wave("B", "2026-03", 'site = "Y"'),
        wave("C", "2026-03", 'site = "Z"'),
        one_time("100", "quantity = 3"),
        one_time("7", 'quantity = 1\nmonth = "2026-02"', "Port"),
        one_time("20", 'quantity = 2\nmonth = "upfront"', "Plan"),
        head="contingency = 0.10",
    )
    services = [service("1", site="X"), service("2", site="Y"), service("3", site="Z")]
    plan = planned(text, *services)
    assert column(plan, "one_time", 4) == [110, 7.7, 220, 0]
    assert months(plan)[0].one_time == 44_000_000
    assert months(plan)[0].cumulative == -44_000_000


def test_parts_of_a_month_are_added_before_they_are_rounded() -> None:
    waves = [wave(name, "2026-01", f'site = "{name}"') for name in "ABC"]
    text = scenario_text(MOVE_ALL, *waves, one_time("0.000001", "quantity = 1"))
    services = [service(name, site=name) for name in "ABC"]
    assert months(planned(text, *services))[1].one_time == 1


def test_there_is_an_upfront_row_only_with_upfront_items() -> None:
    plan = planned(scenario_text(one_time("1", 'quantity = 1\nmonth = "2026-01"')), service("1"))
    assert 0 not in months(plan)


def test_remaining_months_are_due_in_part_when_a_contract_is_left() -> None:
    # cutover 2026-02 without lag: last billed 2026-01; whole months to 2026-06-29: February to May
    text = scenario_text(MOVE_ALL, wave("A", "2026-02"))
    rows = (contract("K", "remaining:50", "2026-06-29"), contract("K", "", "2026-03-31"))
    plan = planned(text, service("1", "33.33", "K"), contracts=rows)
    assert column(plan, "termination", 3) == [66.66, 0, 0]
    rows = (contract("K", "Remaining: 50%", "2026-06-30"),)
    plan = planned(text, service("1", "33.33", "K"), contracts=rows)
    assert column(plan, "termination", 3) == [83.325, 0, 0]


def test_nothing_is_due_on_a_contract_without_an_end_or_past_it() -> None:
    text = scenario_text(MOVE_ALL, wave("A", "2026-03"))
    for clause in ("remaining:50", "flat:500"):
        for rows in (
            (contract("K", clause, "2027-01-31"), contract("K", clause)),
            (contract("K", clause, "2026-02-28"),),
            (contract("K", "none", "2027-01-31"),),
        ):
            plan = planned(text, service("1", contract="K"), contracts=rows)
            assert set(column(plan, "termination", 24)) == {0}


def test_a_flat_fee_is_due_once_when_the_last_service_leaves() -> None:
    text = scenario_text(
        MOVE_ALL, wave("A", "2026-02", 'service = "1"'), wave("B", "2026-04", 'service = "2"')
    )
    rows = (contract("K", "flat:1,500.00", "2027-01-31"),)
    services = [service("1", contract="K"), service("2", contract="K")]
    plan = planned(text, *services, contracts=rows)
    assert column(plan, "termination", 4) == [0, 0, 1500, 0]
    stays = service("3", contract="K")
    text = (
        scenario_text(disposition("retain", 'service = "3"'))
        + text.partition("discount_rate = 0")[2]
    )
    plan = planned(text, *services, stays, contracts=rows)
    assert set(column(plan, "termination", 24)) == {0}


def test_a_service_that_moves_at_once_is_last_billed_in_month_one() -> None:
    text = scenario_text(MOVE_ALL, wave("A", "2026-01"))
    rows = (contract("K", "remaining:100", "2026-03-31"),)
    plan = planned(text, service("1", contract="K"), contracts=rows)
    assert column(plan, "termination", 3) == [200, 0, 0]


def test_what_ends_after_the_last_month_is_told_and_outside() -> None:
    text = scenario_text(MOVE_ALL, wave("A", "2028-02"), one_time("9", "quantity = 1"))
    rows = (contract("K", "flat:500", "2030-01-31"),)
    plan = planned(text, service("1", contract="K"), contracts=rows)
    assert {one.net for one in forecast_months(plan)} == {0}
    assert len([warning for warning in plan.warnings if "after the last month" in warning]) == 3


def test_a_wave_may_end_after_all_months() -> None:
    text = scenario_text(MOVE_ALL, wave("A", "9999-06", more="ramp_months = 1200"))
    rows = (contract("K", "flat:500", "2030-01-31"),)
    plan = planned(text, service("1", contract="K"), contracts=rows)
    assert {one.net for one in forecast_months(plan)} == {0}


def test_account_lines_follow_the_services_on_their_account() -> None:
    text = scenario_text(
        disposition("migrate", 'service = ["1", "2"]'),
        wave("A", "2026-02", 'service = "1"'),
        wave("B", "2026-03", 'service = "2"'),
    )
    services = [
        billed("1", "30"), billed("2", "10"), billed("3", "0"), billed("4", "7", account="B"),
    ]  # fmt: skip
    discount = billed("account:A", "-8")
    charge = billed("account:B", "5", account="B")
    plan = planned(text, *services, discount, charge)
    legacy = column(plan, "legacy", 4)
    # month 1: all; month 2: 10/40 of the discount is kept; month 3: nothing
    assert legacy == [44, 20, 12, 12]
    alone = planned(text, billed("1", "30"), billed("account:C", "-8", account="C"))
    assert column(alone, "legacy", 3) == [22, -8, -8]


def test_a_charge_for_an_account_stays_as_long_as_one_of_its_services() -> None:
    text = scenario_text(
        disposition("migrate", 'service = ["1", "2"]'),
        wave("A", "2026-02", 'service = "1"'),
        wave("B", "2026-03", 'service = "2"', "ramp_months = 2"),
    )
    plan = planned(text, billed("1", "0"), billed("2", "0"), billed("account:A", "6"))
    assert column(plan, "legacy", 5) == [6, 6, 3, 0, 0]


def test_account_lines_that_a_disposition_names_do_not_follow() -> None:
    text = scenario_text(
        disposition("retain", 'service = "account:A"'),
        disposition("migrate", 'service = "1"'),
        wave("A", "2026-01"),
    )
    plan = planned(text, billed("1", "30"), billed("account:A", "6"))
    assert column(plan, "legacy", 2) == [6, 6]


def test_services_known_by_bills_alone_count_in_no_share_and_no_quantity() -> None:
    text = scenario_text(
        disposition("migrate", 'vendor = "bell"'),
        disposition("migrate", 'service = "1"'),
        wave("A", "2026-01", 'service = "1"'),
        wave("B", "2026-03", 'service = "9"'),
        recurring("1", 'per = "migrated-service"'),
    )
    plan = planned(text, service("1"), billed("9", "50"))
    assert column(plan, "legacy", 4) == [50, 50, 0, 0]
    assert column(plan, "new_recurring", 2) == [1, 1]


def test_recorded_cutovers_move_everything_that_hangs_on_a_wave() -> None:
    text = scenario_text(
        MOVE_ALL,
        wave("A", "2026-01"),
        recurring("1", "quantity = 1"),
        one_time("9", "quantity = 1"),
    )
    plan = planned(text, service("1")).with_cutovers({"A": month_number("2026-03"), "gone": 1})
    assert column(plan, "legacy", 4) == [100, 100, 0, 0]
    assert column(plan, "new_recurring", 4) == [0, 0, 1, 1]
    assert column(plan, "one_time", 4) == [0, 0, 9, 0]


def test_the_overlap_with_the_audit_is_what_both_count_of_services_that_go() -> None:
    text = scenario_text(
        disposition("migrate", 'service = "1"'), wave("A", "2026-01"), head="less_audit = false"
    )
    gone = replace(service("1"), unclaimed_cost=60_000_000)
    stays = replace(service("2"), unclaimed_cost=10_000_000)
    assert audit_overlap(planned(text, gone, stays)) == 40_000_000
    heavier = replace(gone, unclaimed_cost=101_000_000)  # taxes shifted onto it by other claims
    assert audit_overlap(planned(text, heavier, stays)) == 0


def test_three_thousand_services_over_120_months_take_less_than_two_seconds() -> None:
    chance = random.Random(3)
    services = [
        service(str(n), f"{chance.randint(1, 10**8) / 10**6}", site=f"S{n % 8}")
        for n in range(3000)
    ]
    waves = [
        wave(f"W{n}", f"2026-{n + 1:02d}", f'site = "S{n}"', f"ramp_months = {n + 1}")
        for n in range(8)
    ]
    text = scenario_text(MOVE_ALL, *waves, head="months = 120\nlegacy_escalator = 0.0275")
    plan = planned(text, *services)
    began = time.perf_counter()
    forecast_months(plan)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("factor", [3, 1000])
def test_scaling_all_money_scales_every_figure(factor: int) -> None:
    def of(scale: int) -> list[int]:
        text = scenario_text(
            MOVE_ALL, wave("A", "2026-03"), recurring(str(7 * scale), "quantity = 3")
        )
        plan = planned(text, service("1", str(50 * scale)))
        return [one.net for one in forecast_months(plan)]

    assert of(factor) == [factor * one for one in of(1)]
