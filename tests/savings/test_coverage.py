"""Which accounts are covered, which bills are expected, and how far a measurement reaches."""

from __future__ import annotations

from telecom_audit.months import month_number, month_text
from telecom_audit.savings.coverage import accounts_bills
from telecom_audit.savings.disconnected import disconnected_months
from telecom_audit.savings.expected import Ending, Window, expectations, missing_bills, reach
from tests.savings.histories import History, Line, every, monthly

WINDOW = Window(month_number("2024-01"), month_number("2024-12"))


def expected(history: History, ending: Ending | None = None):
    bills = accounts_bills(history.lines, history.bills)
    return expectations(bills, WINDOW, {0: ending} if ending else {})


def reached(history: History, ending: Ending | None = None) -> str:
    last = int(history.bills.month.max())
    return month_text(reach(expected(history, ending), WINDOW.through, last).through)


def missing(history: History, *months: str, ending: Ending | None = None) -> list[str]:
    found = missing_bills(expected(history, ending), [month_number(month) for month in months])
    return [month_text(month) for _, month in found]


def test_an_account_is_covered_by_a_bill_with_recurring_lines():
    lines = every(monthly("2024-10", 3), "MRC", 10, "S")
    lines += [Line("2025-01-10", "OCC", 5, "S")]
    assert History(lines).covered("A", "2024-12") == ["2024-10", "2024-11", "2024-12"]


def test_a_yearly_line_alone_does_not_cover_an_account_of_monthly_lines():
    lines = every(monthly("2024-09", 4), "MRC", 10, "S")
    lines += [Line("2025-01-10", "MRC", 120, "S", ("2025-01-01", "2025-12-31"))]
    assert "2025-01" not in History(lines).covered("A", "2024-12")


def test_an_account_of_longer_lines_is_covered_where_a_part_counts():
    lines = [
        Line("2024-01-10", "MRC", 90, "S", ("2024-01-01", "2024-03-31")),
        Line("2024-04-10", "MRC", 90, "S", ("2024-04-01", "2024-06-30")),
    ]
    assert History(lines).covered("A", "2024-06") == [f"2024-0{month}" for month in range(1, 7)]


def test_an_account_that_never_bore_recurring_lines_is_covered_by_any_bill():
    lines = [*every(monthly("2024-10", 3), "USG", 10, "S"), Line("2025-01-10", "USG", 1, "S")]
    assert History(lines).covered("A", "2024-12")[-1] == "2025-01"


def test_as_many_bills_must_count_as_in_two_of_the_last_three_months():
    twice = monthly("2024-10", 3) + monthly("2024-10", 3, day=20)
    lines = [*every(twice, "MRC", 10, "S"), Line("2025-01-10", "MRC", 10, "S")]
    assert "2025-01" not in History(lines).covered("A", "2024-12")
    assert "2025-01" in History([*lines, Line("2025-01-20", "USG", 10, "S")]).covered(
        "A", "2024-12"
    )


def test_the_least_number_of_bills_holds_when_no_two_months_agree():
    dates = ["2024-10-10", "2024-10-12", "2024-10-14", "2024-11-10", "2024-11-12", "2024-12-10"]
    lines = [*every(dates, "MRC", 10, "S"), Line("2025-01-10", "MRC", 10, "S")]
    assert "2025-01" in History(lines).covered("A", "2024-12")


def test_the_run_ends_before_the_first_missing_bill():
    lines = every([*monthly("2024-01", 14), "2025-04-10"], "MRC", 10, "S")
    assert reached(History(lines)) == "2025-02"
    assert missing(History(lines), "2025-02", "2025-03", "2025-04") == ["2025-03"]


def test_when_all_bills_are_in_the_run_ends_with_the_last_bill_and_waits_for_nobody():
    history = History(every(monthly("2024-01", 15), "MRC", 10, "S"))
    found = reach(expected(history), WINDOW.through, int(history.bills.month.max()))
    assert month_text(found.through) == "2025-03"
    assert found.waiting_for == ()


def test_an_account_that_was_gone_before_the_last_three_months_is_not_expected():
    other = [Line(date, "MRC", 5, "T", account="B") for date in monthly("2024-01", 14)]
    lines = every(monthly("2024-01", 9), "MRC", 10, "S")
    assert reached(History([*lines, *other])) == "2025-02"
    assert reached(History([*lines, Line("2024-10-10", "MRC", 10, "S"), *other])) == "2024-12"


def test_an_account_without_recurring_lines_is_expected_after_three_covered_months_only():
    usage = every(monthly("2024-10", 3), "USG", 10, "S")
    assert missing(History(usage), "2025-01", "2025-02") == ["2025-01"]
    assert missing(History(usage[:2]), "2025-01") == []


def test_an_account_without_recurring_lines_is_not_expected_when_a_later_bill_is_in():
    usage = every([*monthly("2024-10", 3), "2025-03-10"], "USG", 10, "S")
    assert missing(History(usage), "2025-01") == []


def test_an_account_covered_in_at_most_half_of_the_months_is_never_expected():
    quarterly = every(["2024-03-10", "2024-06-10", "2024-09-10", "2024-12-10"], "MRC", 9, "S")
    assert missing(History(quarterly), "2025-01", "2025-03") == []


def test_half_of_fewer_than_six_months_is_expected_all_the_same():
    assert missing(History(every(["2024-10-10", "2024-12-10"], "MRC", 9, "S")), "2025-01") == [
        "2025-01"
    ]


def test_an_ended_account_is_not_expected_until_a_later_month_in_which_it_is_covered():
    ending = Ending(recorded=month_number("2025-01"))
    lines = every(monthly("2024-01", 13), "MRC", 10, "S")
    assert missing(History(lines), "2025-02", "2025-03", ending=ending) == []
    again = [*lines, Line("2025-03-10", "MRC", 10, "S")]
    assert missing(History(again), "2025-02", "2025-04", ending=ending) == ["2025-04"]


def disconnected(history: History, days: dict[str, str]) -> str | None:
    from telecom_audit.months import day_number

    found = disconnected_months(
        history.parts,
        history.names,
        {("Acme", key): day_number(day) for key, day in days.items()},
        WINDOW.through,
    )
    return month_text(found[0]) if 0 in found else None


def test_an_account_ends_with_the_day_before_the_latest_disconnect_of_its_services():
    dates = monthly("2024-10", 5)
    lines = every(dates, "MRC", 10, "S") + every(dates, "MRC", 10, "T") + every(dates, "MRC", 1)
    history = History(lines)
    assert disconnected(history, {"S": "2025-01-15", "T": "2025-03-01"}) == "2025-02"
    assert disconnected(history, {"S": "2025-01-15"}) is None


def test_services_gone_before_the_last_three_months_need_no_disconnect_date():
    lines = every(monthly("2024-01", 14), "MRC", 10, "S") + every(["2024-02-10"], "MRC", 1, "T")
    assert disconnected(History(lines), {"S": "2025-03-15"}) == "2025-03"


def test_an_account_with_recurring_lines_of_its_own_only_does_not_end_by_the_inventory():
    assert (
        disconnected(History(every(monthly("2024-10", 3), "MRC", 9)), {"S": "2025-01-01"}) is None
    )


def test_a_new_account_of_longer_lines_is_covered_by_their_parts_alone():
    old = [Line(date, "MRC", 5, "T", account="B") for date in monthly("2024-01", 17)]
    quarters = [("2025-01-01", "2025-03-31"), ("2025-04-01", "2025-06-30")]
    new = [Line(f"{first[:7]}-10", "MRC", 90, "S", (first, last)) for first, last in quarters]
    assert reached(History([*old, *new])) == "2025-05"
