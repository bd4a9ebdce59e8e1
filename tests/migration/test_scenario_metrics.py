"""Metrics of small forecasts, reckoned by hand from the contract, section 5."""

from __future__ import annotations

import pytest

from telecom_audit.migration.forecast import forecast_months
from telecom_audit.migration.scenario_metrics import Metrics, scenario_metrics
from tests.migration.plans import (
    MICROS,
    MOVE_ALL,
    disposition,
    one_time,
    planned,
    recurring,
    scenario_text,
    service,
    wave,
)

UPFRONT = 'quantity = 1\nmonth = "upfront"'


def metrics(text: str, cost: str = "100") -> Metrics:
    plan = planned(text, service("1", cost))
    return scenario_metrics(plan, forecast_months(plan))


def saving(price: str, head: str) -> Metrics:
    """Saves 100 a month from month 1 on for an upfront price."""
    moved = scenario_text(MOVE_ALL, wave("A", "2026-01"), one_time(price, UPFRONT), head=head)
    return metrics(moved)


@pytest.mark.parametrize(
    ("discounting", "factor"),
    [
        ("month-end", lambda t: 1.2 ** (-t / 12)),
        ("month-mid", lambda t: 1.2 ** (-(t - 0.5) / 12)),
        ("nominal-monthly", lambda t: (1 + 0.2 / 12) ** -t),
        ("year-end", lambda t: 1.2 ** -((t + 11) // 12)),
        ("year-mid", lambda t: 1.2 ** -((t + 11) // 12 - 0.5)),
    ],
)
def test_npv_follows_the_discounting_and_leaves_upfront_alone(discounting, factor) -> None:
    head = f'discount_rate = 0.2\ndiscounting = "{discounting}"'
    found = saving("500", head)
    expected = -500 + sum(100 * factor(t) for t in range(1, 25))
    assert found.npv % 10_000 == 0
    assert found.npv / MICROS == pytest.approx(expected, abs=0.00501)


def test_npv_is_rounded_half_up_to_the_cent() -> None:
    found = saving("0.005", "months = 1")
    assert found.npv == 100_000_000  # 99.995
    assert saving("100.005", "months = 1").npv == -10_000  # -0.005, away from zero


def test_at_a_rate_of_zero_npv_is_the_sum() -> None:
    found = saving("512.34", "")
    assert found.npv == found.total_savings == 1_887_660_000


def test_irr_is_the_rate_of_a_year_from_flows_at_month_ends_whatever_the_discounting() -> None:
    for discounting in ("month-end", "year-mid", "nominal-monthly"):
        found = saving("99.009900990", f'months = 1\ndiscounting = "{discounting}"')
        assert found.irr == pytest.approx(1.01**12 - 1, rel=1e-7)
        assert found.irr_roots == (found.irr,)


def test_no_rate_of_return_says_why() -> None:
    found = saving("0", "")
    assert found.irr is None
    assert any("irr" in note and "nothing is invested" in note for note in found.notes)
    assert any("mirr" in note for note in found.notes)
    loss = metrics(scenario_text(one_time("5", UPFRONT)))
    assert any("nothing comes back" in note for note in loss.notes)
    same = metrics(scenario_text())
    assert any("every rate fits" in note for note in same.notes)


def test_two_rates_of_return_are_both_listed_and_neither_is_chosen() -> None:
    # net: -100 upfront, +230, -132 in month 2: roots at 10 % and 20 % a month
    text = scenario_text(
        MOVE_ALL,
        wave("A", "2026-01"),
        one_time("100", UPFRONT),
        one_time("362", 'quantity = 1\nmonth = "2026-02"', "Late"),
        head="months = 2",
    )
    found = metrics(text, "230")
    assert found.irr is None
    assert found.irr_roots == pytest.approx((1.1**12 - 1, 1.2**12 - 1), rel=1e-12)
    assert any("2 rates fit" in note for note in found.notes)


@pytest.mark.parametrize(
    ("discounting", "k"), [("year-end", 1.2 ** (1 / 12)), ("nominal-monthly", 1 + 0.2 / 12)]
)
def test_mirr_reinvests_at_the_rate_of_a_month(discounting: str, k: float) -> None:
    found = saving("500", f'months = 3\ndiscount_rate = 0.2\ndiscounting = "{discounting}"')
    gained = 100 * (k**2 + k + 1)
    assert found.mirr == pytest.approx((gained / 500) ** (12 / 3) - 1, rel=1e-12)


def test_payback_is_the_month_from_which_the_sum_stays_above_zero() -> None:
    assert saving("250", "").payback_months == 2.5
    assert saving("300", "").payback_months == 3
    assert saving("0", "").payback_months == 0
    never = saving("2401", "")
    assert never.payback_months is None
    assert any(note.startswith("payback_months") for note in never.notes)


def test_a_sum_that_falls_again_pays_back_only_in_the_end() -> None:
    text = scenario_text(
        MOVE_ALL,
        wave("A", "2026-01"),
        one_time("150", UPFRONT),
        one_time("250", 'quantity = 1\nmonth = "2026-03"', "Late"),
    )
    assert metrics(text).payback_months == 4  # -150 -50 50 -100 0


def test_discounted_payback_comes_later() -> None:
    found = saving("250", "discount_rate = 0.2")
    v = [1.2 ** (-t / 12) for t in range(4)]
    left = 250 - 100 * (v[1] + v[2])
    assert found.discounted_payback_months == pytest.approx(2 + left / (100 * v[3]), rel=1e-12)


def test_peak_funding_total_and_run_rate() -> None:
    found = saving("250", "")
    assert (found.peak_funding, found.total_savings) == (-250 * MICROS, 2150 * MICROS)
    assert found.run_rate_annual == 1200 * MICROS
    assert saving("0", "").peak_funding == 0
    short = saving("0", "months = 11")
    assert short.run_rate_annual is None
    assert any(note.startswith("run_rate_annual") for note in short.notes)


def test_roi_is_over_what_comes_once_and_pi_is_one_more() -> None:
    found = saving("250", "discount_rate = 0.2")
    gained = sum(100 * 1.2 ** (-t / 12) for t in range(1, 25))
    assert found.roi == pytest.approx((gained - 250) / 250, rel=1e-12)
    assert found.pi == pytest.approx(gained / 250, rel=1e-12)
    assert found.roi_undiscounted == pytest.approx(2150 / 250)
    free = metrics(scenario_text(MOVE_ALL, wave("A", "2026-01"), recurring("1", "quantity = 1")))
    assert (free.roi, free.pi, free.roi_undiscounted) == (None, None, None)
    assert sum("nothing is spent" in note for note in free.notes) == 2


def test_scaling_money_scales_npv_and_leaves_rates() -> None:
    def of(scale: int) -> Metrics:
        text = scenario_text(
            MOVE_ALL,
            wave("A", "2026-03"),
            one_time(str(300 * scale), UPFRONT),
            head="discount_rate = 0.07",
        )
        return metrics(text, str(100 * scale))

    one, thousand = of(1), of(1000)
    assert thousand.npv == pytest.approx(1000 * one.npv, abs=1000 * 5000)
    assert thousand.irr == one.irr
    assert thousand.payback_months == one.payback_months


def test_with_everything_retained_there_is_nothing_to_tell() -> None:
    keep = scenario_text(disposition("retain", 'service = "*"'), head="discount_rate = 0.05")
    found = metrics(keep)
    assert (found.npv, found.total_savings, found.peak_funding) == (0, 0, 0)
    assert found.payback_months == 0
    assert found.irr is None
