"""What a service costs a month, and which services are in the baseline."""

from __future__ import annotations

from fractions import Fraction

import pytest

from telecom_audit.months import month_number
from telecom_audit.savings.editions import Baseline, BaselineService, Unallocated
from telecom_audit.savings.measurement import counterfactuals, escalated, month_figures
from tests.savings.histories import DOLLAR, History, Line, every, monthly

YEAR = ("2024-01", "2024-12")
DATES = monthly("2024-01", 12)


def named(history: History, numbers) -> set[str]:
    return {history.names.services[number].key for number in numbers}


def test_costs_are_medians_over_the_months_with_recurring_lines():
    amounts = [10] * 5 + [11] * 5 + [50, 12]
    lines = [Line(date, "MRC", a, "S") for date, a in zip(DATES, amounts, strict=True)]
    assert History(lines).costs(*YEAR)["S"] == (11, 0, 0)


def test_the_mean_of_the_middle_two_is_rounded_half_up():
    lines = [Line(date, "MRC", 0, "S", micros=10 + (place > 5)) for place, date in enumerate(DATES)]
    history = History(lines)
    assert [cost.mrc for cost in history.window(*YEAR).costs.values()] == [11]


def test_tax_is_0_in_months_without_and_allocated_tax_is_included():
    lines = every(DATES, "MRC", 10, "S") + every(DATES[:5], "TAX", 4, "S")
    assert History(lines).costs(*YEAR)["S"] == (10, 0, 0)
    assert History(lines + every(DATES, "SUR", 2)).costs(*YEAR)["S"] == (10, 2, 0)


def test_a_service_of_two_months_rests_on_the_latest_without_its_fractions():
    lines = [
        Line("2024-11-10", "MRC", 7, "S", ("2024-11-10", "2024-11-30")),
        Line("2024-12-10", "MRC", 10, "S"),
        Line("2024-12-10", "MRC", 5, "S", ("2024-11-20", "2024-11-30")),
        Line("2024-12-10", "TAX", 3, "S"),
    ]
    history = History(lines)
    assert history.costs(*YEAR)["S"] == (10, 2, 0)
    assert list(history.window(*YEAR).thin.values()) == [2]
    only_fraction = History(lines[:1] + every(["2024-12-10"], "MRC", 6, "T"))
    assert "S" not in only_fraction.costs(*YEAR)


def test_a_fraction_alone_is_kept():
    fraction = Line("2024-12-10", "MRC", 5, "S", ("2024-12-20", "2024-12-31"))
    assert History([fraction]).costs(*YEAR)["S"] == (5, 0, 0)


def test_a_quarterly_service_without_a_period_is_rare_and_averaged():
    quarterly = ["2024-01-10", "2024-04-10", "2024-07-10", "2024-10-10"]
    lines = every(DATES, "MRC", 1, "M")
    lines += every(quarterly, "MRC", 90, "S") + every(quarterly, "TAX", 9, "S")
    history = History(lines)
    assert history.costs(*YEAR)["S"] == (30, 3, 0)
    assert named(history, history.window(*YEAR).rare) == {"S"}


def test_two_quarterly_bills_are_rare_and_not_thin():
    history = History(
        every(DATES, "MRC", 1, "M") + every(["2024-08-10", "2024-11-10"], "MRC", 90, "S")
    )
    assert history.costs(*YEAR)["S"] == (30, 0, 0)
    assert not history.window(*YEAR).thin


def test_a_rare_service_must_be_billed_in_the_last_three_months():
    dates = ["2024-03-10", "2024-06-10", "2024-09-10"]
    history = History(every(DATES, "MRC", 1, "M") + every(dates, "MRC", 90, "S"))
    window = history.window(*YEAR)
    assert "S" not in history.costs(*YEAR)
    assert list(window.ended.values()) == [270 * DOLLAR]


def test_an_account_whose_last_bill_is_late_keeps_its_services():
    late = [Line(date, "MRC", 10, "S", account="B") for date in DATES[:11]]
    history = History(every(DATES, "MRC", 1, "M") + late)
    assert history.costs(*YEAR)["S"] == (10, 0, 0)


def test_a_service_that_the_latest_covering_bill_lacks_has_ended():
    history = History(every(DATES, "MRC", 1, "M") + every(DATES[:11], "MRC", 10, "S"))
    assert named(history, history.window(*YEAR).ended) == {"S"}


def test_a_yearly_line_with_a_period_costs_a_twelfth():
    year = Line("2023-06-10", "MRC", 120, "S", ("2023-06-01", "2024-05-31"))
    later = Line("2024-06-10", "MRC", 120, "S", ("2024-06-01", "2025-05-31"))
    assert History([year, later]).costs(*YEAR)["S"] == (10, 0, 0)


def test_usage_is_averaged_over_the_covered_months_from_the_first_line_on():
    lines = every(DATES[2:], "MRC", 10, "S") + every(DATES[6:], "USG", 20, "S")
    lines += every(DATES[:2], "NRC", 99, "S") + every(DATES, "MRC", 1, "M")
    assert History(lines).costs(*YEAR)["S"] == (10, 0, 12)


def test_usage_in_months_without_cover_is_not_counted():
    lines = every(DATES[:6], "MRC", 10, "S") + every(DATES[9:], "MRC", 10, "S")
    lines += every(DATES, "USG", 20, "S")
    assert History(lines).costs(*YEAR)["S"] == (10, 0, 20)


def test_a_service_with_tax_and_usage_of_its_own_only_is_in_the_baseline():
    lines = every(DATES, "MRC", 1, "M") + every(DATES[6:], "USG", 6, "S")
    lines += every(DATES[9:], "TAX", 4, "S")
    assert History(lines).costs(*YEAR)["S"] == (0, 2, 6)
    assert "S" not in History(every(DATES, "MRC", 1, "M") + every(DATES[:9], "USG", 6, "S")).costs(
        *YEAR
    )


def test_one_off_lines_are_summed_and_left_out():
    lines = every(DATES, "MRC", 10, "S") + every(DATES[:3], "CRD", -4, "S")
    lines += every(DATES[:1], "LPC", 2)
    history = History(lines)
    assert history.costs(*YEAR)["S"] == (10, 0, 0)
    assert history.window(*YEAR).one_off == -10 * DOLLAR


def test_unallocated_lines_are_averaged_over_the_covered_months_of_their_account():
    usage = [Line(date, "USG", 6, account="B") for date in DATES[4:]]
    usage += [Line(date, "USG", 4, "T", account="B") for date in DATES[4:]]
    history = History(every(DATES, "MRC", 10, "S") + usage)
    assert list(history.window(*YEAR).unallocated.values()) == [6 * DOLLAR]
    old = History(every(DATES, "MRC", 10, "S") + usage[:5])
    assert not old.window(*YEAR).unallocated


def frozen(escalator: str = "0") -> Baseline:
    service = BaselineService("Acme", "S", "S", "A", "", "", 10, 1, 0, ("A",))
    unallocated = (Unallocated("Acme", "B", 5),)
    return Baseline(1, month_number("2024-12"), 12, escalator, (service,), unallocated, ())


def test_the_counterfactual_rises_once_a_year_from_the_month_after_the_window():
    months = list(counterfactuals(frozen("0.05"), month_number("2026-01")).values())
    assert months == [16] * 12 + [17]


@pytest.mark.parametrize(("months", "cost"), [(1, 10), (12, 10), (13, 11), (24, 11), (25, 11)])
def test_the_escalated_cost_is_rounded_half_up(months, cost):
    assert escalated(10, Fraction(5, 100), months) == cost


def test_realized_is_counterfactual_less_all_that_counts_and_recurring_leaves_one_off_out():
    lines = [
        Line("2025-01-10", "MRC", 0, "S", micros=4),
        Line("2025-01-10", "NRC", 0, "S", micros=3),
        Line("2025-02-10", "MRC", 0, "NEW", micros=20, account="Z"),
    ]
    history = History(lines)
    january, february = month_figures(frozen(), history.parts, month_number("2025-02"))
    assert (january.counterfactual, january.actual, january.one_off) == (16, 7, 3)
    assert (january.realized, january.realized_recurring) == (9, 12)
    assert february.realized == -4


def test_a_share_of_an_account_level_tax_is_no_line_of_the_services_own():
    gone = [
        Line("2024-03-10", "MRC", 10, "S", account="B"),
        Line("2024-03-10", "TAX", 12, "", ("2024-03-01", "2025-02-28"), account="B"),
    ]
    history = History(every(DATES, "MRC", 1, "M") + gone)
    assert "S" not in history.costs("2024-05", "2024-12")
