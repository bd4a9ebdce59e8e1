"""In which month and with which service a line counts."""

from __future__ import annotations

import pytest

from telecom_audit.counting import DatedInvoice, counts_months, whole_months
from telecom_audit.months import day_number, month_text
from tests.savings.histories import History, Line

QUARTER = ("2024-01-10", "2024-04-09")


def counted_in(*dates: str) -> list[str]:
    invoices = [DatedInvoice(n, 1, day_number(date)) for n, date in enumerate(dates)]
    return [month_text(month) for month in counts_months(invoices).values()]


def test_a_bill_counts_in_the_month_of_its_date():
    assert counted_in("2024-01-10", "2024-02-12") == ["2024-01", "2024-02"]


def test_a_bill_of_the_first_that_is_dated_a_day_early_counts_in_the_month_after():
    assert counted_in("2024-01-01", "2024-02-01", "2024-02-29") == [
        "2024-01",
        "2024-02",
        "2024-03",
    ]


def test_a_bill_of_the_month_end_that_is_dated_a_day_late_counts_in_the_month_before():
    assert counted_in("2024-01-31", "2024-02-29", "2024-04-01") == [
        "2024-01",
        "2024-02",
        "2024-03",
    ]


def test_only_the_last_five_and_the_first_five_days_move():
    assert counted_in("2024-01-03", "2024-02-03", "2024-02-24") == [
        "2024-01",
        "2024-02",
        "2024-02",
    ]
    assert counted_in("2024-01-28", "2024-02-28", "2024-04-06")[2] == "2024-04"


def test_the_usual_day_is_that_of_most_of_the_first_six_bills_and_the_later_on_ties():
    first_six = ["2024-01-01", "2024-02-01", "2024-03-15", "2024-04-15", "2024-05-02", "2024-06-03"]
    assert counted_in(*first_six, "2024-07-31")[-1] == "2024-07"
    assert counted_in(*first_six[:3], "2024-07-31")[-1] == "2024-08"


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2024-01-10", "2024-04-09", 3),
        ("2024-01-31", "2024-03-30", 2),
        ("2024-01-01", "2024-12-31", 12),
        ("2024-01-01", "2024-01-31", 1),
        ("2024-01-01", "2024-02-15", 0),
        ("2024-01-01", "2024-03-03", 2),
        ("2024-01-01", "2024-03-04", 0),
    ],
)
def test_a_period_has_n_months_within_three_days(first, last, months):
    assert whole_months(day_number(first), day_number(last)) == months


def test_a_quarterly_line_counts_in_equal_parts_the_odd_micro_first():
    bills = History([Line("2024-01-10", "MRC", 0, "S", QUARTER, micros=100)])
    assert bills.parts.amount.tolist() == [34, 33, 33]
    assert list(bills.counted()) == ["2024-01", "2024-02", "2024-03"]


def test_a_negative_quarterly_line_is_split_by_its_absolute_amount():
    bills = History([Line("2024-01-10", "MRC", 0, "S", QUARTER, micros=-100)])
    assert bills.parts.amount.tolist() == [-34, -33, -33]


def test_usage_and_one_off_lines_count_whole_whatever_their_period():
    bills = History(
        [Line("2024-01-10", kind, 9, "S", QUARTER) for kind in ("USG", "NRC", "OCC", "ADJ")]
    )
    assert bills.counted() == {"2024-01": 36}


def test_a_tax_without_a_period_takes_the_months_of_its_services_recurring_lines():
    bills = History(
        [Line("2024-01-10", "MRC", 90, "S", QUARTER), Line("2024-01-10", "TAX", 9, "S")]
    )
    assert bills.counted(kind="TAX") == {"2024-01": 3, "2024-02": 3, "2024-03": 3}


def test_a_tax_counts_at_once_when_the_positive_recurring_lines_differ():
    lines = [
        Line("2024-01-10", "MRC", 90, "S", QUARTER),
        Line("2024-01-10", "MRC", 5, "S"),
        Line("2024-01-10", "TAX", 9, "S"),
    ]
    assert History(lines).counted(kind="TAX") == {"2024-01": 9}
    lines[1] = Line("2024-01-10", "MRC", -5, "S")
    assert History(lines).counted(kind="TAX") == {"2024-01": 3, "2024-02": 3, "2024-03": 3}


def test_account_level_tax_is_shared_in_proportion_to_recurring_lines_and_placed_after_that():
    bills = History(
        [
            Line("2024-01-10", "MRC", 60, "S", QUARTER),
            Line("2024-01-10", "MRC", 30, "T"),
            Line("2024-01-10", "MRC", -8, "U"),
            Line("2024-01-10", "TAX", 9),
            Line("2024-01-10", "USG", 3),
        ]
    )
    assert bills.counted(service="S", kind="TAX") == {"2024-01": 2, "2024-02": 2, "2024-03": 2}
    assert bills.counted(service="T", kind="TAX") == {"2024-01": 3}
    assert bills.counted(service="S", kind="USG") == {"2024-01": 2}
    assert bills.counted(service="U", kind="TAX") == {}
    assert bills.counted(service="") == {}


def test_ties_of_the_largest_remainder_go_in_the_order_of_service_keys():
    bills = History(
        [
            *(Line("2024-01-10", "MRC", 5, service) for service in ("B", "C", "A")),
            Line("2024-01-10", "TAX", 0, micros=-5),
        ]
    )
    taxes = {
        service: round(1_000_000 * bills.counted(service=service, kind="TAX")["2024-01"])
        for service in "ABC"
    }
    assert taxes == {"A": -2, "B": -2, "C": -1}


def test_recurring_lines_of_an_account_are_a_service_that_bears_its_share():
    bills = History(
        [
            Line("2024-01-10", "MRC", 30),
            Line("2024-01-10", "MRC", 10, "S"),
            Line("2024-01-10", "USG", 4),
        ]
    )
    assert bills.counted(service="account:A") == {"2024-01": 33}
    assert bills.counted(service="S") == {"2024-01": 11}


def test_without_a_positive_recurring_sum_the_line_stays_unallocated():
    bills = History(
        [
            Line("2024-01-10", "MRC", 5, "S"),
            Line("2024-01-10", "MRC", -5, "S"),
            Line("2024-01-10", "TAX", 7),
        ]
    )
    assert bills.counted(service="", kind="TAX") == {"2024-01": 7}
    assert bills.parts.unallocated.sum() == 1


def test_large_amounts_are_shared_exactly():
    bills = History(
        [
            Line("2024-01-10", "MRC", 0, "S", micros=3 * 10**12),
            Line("2024-01-10", "MRC", 0, "T", micros=4 * 10**12),
            Line("2024-01-10", "TAX", 0, micros=10**13 + 1),
        ]
    )
    tax = bills.parts.where(bills.parts.part == 1).amount.tolist()
    assert tax == [4285714285715, 5714285714286]


def test_a_tax_on_one_off_charges_alone_is_one_off_too():
    install = [Line("2024-01-10", "NRC", 100, "S"), Line("2024-01-10", "TAX", 8, "S")]
    assert History(install).counted(kind="NRC") == {"2024-01": 108}
    assert History([*install, Line("2024-01-10", "USG", 1, "S")]).counted(kind="TAX") == {
        "2024-01": 8
    }


def test_an_account_level_tax_is_one_off_when_its_whole_invoice_is():
    lines = [Line("2024-01-10", "OCC", 50, "S"), Line("2024-01-10", "SUR", 4)]
    assert History(lines).counted(kind="OCC") == {"2024-01": 54}
    with_usage = History([*lines, Line("2024-01-10", "USG", 1, "T")])
    assert with_usage.counted(service="", kind="SUR") == {"2024-01": 4}


def test_the_parts_add_up_to_the_lines():
    bills = History(
        [
            Line("2024-01-10", "MRC", 60.01, "S", QUARTER),
            Line("2024-01-10", "MRC", 31.37, "T"),
            Line("2024-01-10", "TAX", 9.99, period=QUARTER),
            Line("2024-01-10", "USG", 3.33),
            Line("2024-01-10", "CRD", -1),
        ]
    )
    assert bills.parts.amount.sum() == bills.lines.amount.sum()


def test_what_the_audit_claims_is_taken_off_the_charges():
    bills = History([Line("2024-01-10", "MRC", 5, "S"), Line("2024-01-10", "MRC", 7, "T")])
    assert bills.lines.less({1: 2_000_000, 99: 1}).amount.tolist() == [5_000_000, 5_000_000]
