"""What a person writes above a column."""

import pytest

from telecom_audit.errors import UsageError
from telecom_audit.store.browse import Compare, Condition
from telecom_audit.store.browse_columns import Kind
from telecom_audit.tasks.browse_filters import conditions, filter_help

MILLION = 1_000_000


def read(kind, text):
    return [(each.test, each.value) for each in conditions("c", kind, text)]


def test_a_blank_filter_sets_no_condition():
    assert all(conditions("c", kind, "  ") == () for kind in Kind)


def test_words_are_contained_or_the_whole_cell():
    assert conditions("c", Kind.TEXT, " Acme ") == (Condition("c", Compare.CONTAINS, "Acme"),)
    assert read(Kind.STATUS, "=current") == [(Compare.IS, "current")]
    assert read(Kind.FILE, "=") == [(Compare.IS, "")]
    assert read(Kind.TEXT, ">5") == [(Compare.CONTAINS, ">5")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("100", [(Compare.FROM, 100 * MILLION), (Compare.UP_TO, 100 * MILLION)]),
        ("= 1,234.50", [(Compare.FROM, 1_234_500_000), (Compare.UP_TO, 1_234_500_000)]),
        (">100", [(Compare.ABOVE, 100 * MILLION)]),
        (">= 0.0035", [(Compare.FROM, 3500)]),
        ("<−5", [(Compare.BELOW, -5 * MILLION)]),
        ("<=-5", [(Compare.UP_TO, -5 * MILLION)]),
        ("10..20", [(Compare.FROM, 10 * MILLION), (Compare.UP_TO, 20 * MILLION)]),
        ("10 ..", [(Compare.FROM, 10 * MILLION)]),
        ("..-1.5", [(Compare.UP_TO, -1_500_000)]),
    ],
)
def test_amounts_are_read_to_the_micro(text, wanted):
    assert read(Kind.MONEY, text) == wanted
    assert read(Kind.QUANTITY, text) == wanted


def test_counts_are_whole_numbers():
    assert read(Kind.COUNT, "1,200..") == [(Compare.FROM, 1200)]
    with pytest.raises(UsageError):
        read(Kind.COUNT, "1.5")


@pytest.mark.parametrize(
    ("text", "passes", "fails"),
    [
        ("2024", ["2024-01-01", "2024-12-31"], ["2023-12-31", "2025-01-01"]),
        ("2024-02", ["2024-02-01", "2024-02-29"], ["2024-01-31", "2024-03-01"]),
        ("2024-02-10", ["2024-02-10", "2024-02-10T08:00:00Z"], ["2024-02-09", "2024-02-11"]),
        ("2024-02..2024-03", ["2024-02-01", "2024-03-31"], ["2024-01-31", "2024-04-01"]),
        (">2024-02", ["2024-03-01"], ["2024-02-29", "2024-02-01"]),
        (">=2024-02", ["2024-02-01"], ["2024-01-31"]),
        ("<2024-02", ["2024-01-31"], ["2024-02-01"]),
        ("<=2024-02", ["2024-02-29"], ["2024-03-01"]),
        ("..2023", ["2023-12-31T23:59:59Z"], ["2024-01-01"]),
    ],
)
def test_dates_are_years_months_days_and_ranges_of_these(text, passes, fails):
    holds = {
        Compare.FROM: lambda day, value: day >= value,
        Compare.UP_TO: lambda day, value: day <= value,
        Compare.ABOVE: lambda day, value: day > value,
        Compare.BELOW: lambda day, value: day < value,
    }
    read_as = read(Kind.DATE, text)

    def passed(day):
        return all(holds[test](day, value) for test, value in read_as)

    assert [day for day in passes if not passed(day)] == []
    assert [day for day in fails if passed(day)] == []


def test_months_are_month_numbers():
    assert read(Kind.MONTH, "2024") == [(Compare.FROM, 24288), (Compare.UP_TO, 24299)]
    assert read(Kind.MONTH, ">2024-01") == [(Compare.ABOVE, 24288)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.MONEY, "abc"),
        (Kind.MONEY, ">"),
        (Kind.MONEY, ".."),
        (Kind.MONEY, "1..2..3"),
        (Kind.MONEY, "1" * 40),
        (Kind.COUNT, "9223372036854775808"),
        (Kind.DATE, "March"),
        (Kind.DATE, "2024-13"),
        (Kind.DATE, "2024-3"),
        (Kind.MONTH, "2024-03-01"),
    ],
)
def test_what_cannot_be_read_says_so_and_what_can(kind, text):
    with pytest.raises(UsageError) as raised:
        read(kind, text)
    assert text in raised.value.message
    assert raised.value.remedy == filter_help(kind)
