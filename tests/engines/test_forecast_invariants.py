"""Invariants of the independent forecast engine, on random scenarios and on plain ones."""

from __future__ import annotations

from typing import Any

import pytest

from .forecast_amounts import fraction, month
from .forecast_engine import forecast, micros_of
from .random_scenarios import random_case, random_case_with_baseline
from .test_forecast_engine import ALL_MIGRATE, WAVE, column, plan, service


def answers(seed: int, **changes: Any) -> dict[str, Any]:
    case = random_case_with_baseline(seed) if seed % 2 else random_case(seed)
    scenario = case.scenario() | changes
    return forecast(scenario, case.inventory(), case.contracts(), case.baseline)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_moved_and_nothing_new_saves_nothing(seed: int) -> None:
    retain = [{"when": {"service": "*"}, "action": "retain"}]
    answer = answers(seed, disposition=retain, recurring=[], one_time=[])
    assert {row["net"] for row in answer["months"]} == {"0.00"}
    assert answer["metrics"]["npv"] == answer["metrics"]["total_savings"] == "0.00"
    assert answer["metrics"]["irr"] is None
    assert answer["metrics"]["payback_months"] == 0


@pytest.mark.parametrize("seed", range(20))
def test_the_columns_foot_in_every_month(seed: int) -> None:
    cumulative = 0
    for row in answers(seed)["months"]:
        spent = sum(
            micros_of(row, name) for name in ("legacy", "new_recurring", "one_time", "termination")
        )
        net = micros_of(row, "net")
        cumulative += net
        assert micros_of(row, "baseline") - spent == net
        assert micros_of(row, "cumulative") == cumulative


def test_a_plan_of_later_waves_is_the_same_plan_later() -> None:
    def net(cutover: str) -> list[str]:
        wave = WAVE.replace("2026-03", cutover) + "ramp_months = 3\ndual_run_months = 2\n"
        item = '[[one_time]]\nname = "H"\nprice = "12.34"\nper = "site"\n'
        seats = '[[recurring]]\nname = "S"\nprice = "3"\nper = "user"\nlead_months = 1\n'
        rows = [service(name, "17.10", site=name, user=name) for name in "ABC"]
        return column(forecast(plan(24, ALL_MIGRATE, wave, item, seats), rows, []), "net")

    assert net("2026-09") == ["0.00"] * 5 + net("2026-04")[:-5]


def test_money_times_three_is_three_times_the_savings_at_the_same_rates() -> None:
    def metrics(factor: int) -> dict[str, Any]:
        price = f'[[one_time]]\nname = "H"\nprice = "{200 * factor}"\nper = "site"\n'
        rows = [service(name, str(16 * factor), site=name) for name in "AB"]
        scenario = plan(36, ALL_MIGRATE, WAVE + "ramp_months = 4\n", price)
        return dict(forecast(scenario, rows, [])["metrics"])

    once, thrice = metrics(1), metrics(3)
    for name in ("total_savings", "peak_funding", "run_rate_annual"):
        assert fraction(thrice[name]) == 3 * fraction(once[name])
    for name in ("irr", "mirr", "payback_months", "discounted_payback_months", "roi", "pi"):
        assert thrice[name] == pytest.approx(once[name], rel=1e-14)


def test_random_scenarios_come_again_from_their_seed_and_use_every_feature() -> None:
    assert random_case(7) == random_case(7)
    assert random_case_with_baseline(7) == random_case_with_baseline(7)
    cases = [random_case(seed) for seed in range(60)]
    text = "\n".join(case.scenario_text for case in cases)
    features = ["override", "ramp_months", "dual_run_months", "billing_lag_months", "lead_months"]
    features += ['from = "', 'month = "upfront"', "contingency", "factor", "tax_rate", '= ""']
    features += ["legacy_escalator", "nominal-monthly", "year-mid", "year-end", "month-mid", '*"']
    features += [f'per = "{per}"' for per in ("migrated-service", "user", "site", "did")]
    features += [f'action = "{name}"' for name in ("replace", "consolidate", "undecided", "retain")]
    assert [feature for feature in features if feature not in text] == []
    assert any("flat:" in case.contract_text for case in cases)
    assert any(month(case.scenario()["scenario"]["start"]) % 12 for case in cases)
