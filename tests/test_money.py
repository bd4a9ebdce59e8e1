from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_audit.money import (
    cents,
    half_up,
    largest_remainder,
    micros_from_text,
    money_text,
    plain_text,
)

AMOUNTS = st.integers(min_value=-(10**18), max_value=10**18)


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("0", 0),
        ("1.005", 1_005_000),
        ("-7.20", -7_200_000),
        (".5", 500_000),
        ("0.0000005", 1),
        ("-0.0000005", -1),
        ("0.00000049", 0),
        ("9200000000000", 9_200_000_000_000_000_000),
    ],
)
def test_text_becomes_micros_with_one_rounding(text, micros):
    assert micros_from_text(text) == micros


@pytest.mark.parametrize(
    "text", ["", "-", "1,000", "1e5", "١٢", "1_000", "nan", "inf", " 1", "1.2.3"]
)
def test_what_is_no_plain_decimal_is_refused(text):
    with pytest.raises(ValueError, match="decimal"):
        micros_from_text(text)


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (0, "0.00"),
        (1_234_500_000, "1234.50"),
        (-1, "-0.000001"),
        (10, "0.00001"),
        (1_005_000, "1.005"),
    ],
)
def test_money_shows_two_to_six_decimals(micros, text):
    assert money_text(micros) == text


@pytest.mark.parametrize(
    ("micros", "text"),
    [(0, "0"), (10_000_000, "10"), (500_000, "0.5"), (-1, "-0.000001"), (-1_200_000_000, "-1200")],
)
def test_a_plain_number_has_no_decimals_that_it_does_not_need(micros, text):
    assert plain_text(micros) == text


@given(AMOUNTS)
def test_money_text_is_exact(micros):
    assert Decimal(money_text(micros)) * 1_000_000 == micros


@given(st.integers(-(10**20), 10**20), st.sampled_from([1, 2, 4, 5, 8, 10, 20, 25, 40, 1000]))
def test_half_up_agrees_with_the_decimal_library(numerator, denominator):
    value = Decimal(numerator) / denominator  # these denominators have finite decimals
    expected = value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert half_up(Fraction(numerator, denominator)) == expected


@given(st.fractions())
def test_half_up_is_never_further_than_a_half(value):
    assert abs(half_up(value) - value) <= Fraction(1, 2)


def test_a_half_cent_goes_away_from_zero():
    assert cents(2_675_000) == 2_680_000
    assert cents(-2_675_000) == -2_680_000
    assert cents(1_004_999) == 1_000_000


@given(AMOUNTS, st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=20))
def test_parts_add_up_and_lie_within_a_micro_of_their_share(total, weights):
    weights[0] += 1
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_the_largest_remainder_gets_the_micro_and_the_earlier_wins_ties():
    assert largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert largest_remainder(-100, [1, 1, 1]) == [-34, -33, -33]
    assert largest_remainder(10, [1, 5]) == [2, 8]


def test_weights_without_a_sum_are_refused():
    with pytest.raises(ValueError, match="no positive sum"):
        largest_remainder(10, [0, 0])
