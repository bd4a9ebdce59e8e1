import calendar
from datetime import date, timedelta

import pytest

from telecom_audit import months


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-00", "2025-1", "25-01", "2025-01-01", "", "0000-01"]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="not a month"):
        months.month_number(text)


def test_months_are_consecutive_across_a_year():
    assert months.month_number("2026-01") - months.month_number("2025-12") == 1
    assert months.month_text(months.month_number("2025-12") + 1) == "2026-01"


@pytest.mark.parametrize("text", ["2025-02-29", "2025-2-01", "20250201", ""])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="day|date"):
        months.day_number(text)


def test_days_agree_with_the_calendar_for_400_years():
    for offset in range(0, 146_097, 997):
        day = date(1900, 1, 1) + timedelta(days=offset)
        number = months.day_of(day)
        assert (day - date(1970, 1, 1)).days == number
        assert months.day_text(number) == day.isoformat()
        assert months.day_number(day.isoformat()) == number
        month = months.month_of_day(number)
        assert months.month_text(month) == day.isoformat()[:7]
        assert months.days_in_month(month) == calendar.monthrange(day.year, day.month)[1]
        assert months.first_day(month) <= number <= months.last_day(month)


def test_a_month_after_the_31st_is_the_last_day():
    after = months.months_after(months.day_number("2024-01-31"), 1)
    assert months.day_text(after) == "2024-02-29"
    assert months.day_text(months.months_after(after, 12)) == "2025-02-28"
