"""Erlang B against printed tables and against the sum of its own definition."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_audit.migration.erlang import blocked_share, channels_needed

# The greatest load for 1, 2, 3 ... trunks, as textbooks print it: three decimals for the first
# five trunks (two at 20 %), one decimal from the sixth on. The manual of a calculator has the same
# 15 trunks at 1 % with more digits, 8.108 Erlangs:
# https://erlang.com/calculatormanual/howmuchtrafficcanatrunkgrouphandle.htm
PRINTED = {
    "0.001": "0.001 0.046 0.194 0.439 0.762 1.1 1.6 2.1 2.6 3.1 3.7 4.2 4.8 5.4 6.1 6.7 7.4 8.0 "
    "8.7 9.4 10.1 10.8 11.5 12.2 13.0 13.7 14.4 15.2 15.9 16.7 17.4 18.2 19.0 19.7 20.5 21.3",
    "0.01": "0.010 0.153 0.455 0.869 1.361 1.9 2.5 3.1 3.8 4.5 5.2 5.9 6.6 7.4 8.1 8.9 9.7 10.4 "
    "11.2 12.0 12.8 13.7 14.5 15.3 16.1 17.0 17.8 18.6 19.5 20.3 21.2 22.0 22.9 23.8 24.6 25.5",
    "0.02": "0.020 0.223 0.602 1.092 1.657 2.3 2.9 3.6 4.3 5.1 5.8 6.6 7.4 8.2 9.0 9.8 10.7 11.5 "
    "12.3 13.2 14.0 14.9 15.8 16.6 17.5 18.4 19.3 20.2 21.0 21.9 22.8 23.7 24.6 25.5 26.4 27.3",
    "0.05": "0.053 0.381 0.899 1.525 2.218 3.0 3.7 4.5 5.4 6.2 7.1 8.0 8.8 9.7 10.6 11.5 12.5 13.4 "
    "14.3 15.2 16.2 17.1 18.1 19.0 20.0 20.9 21.9 22.9 23.8 24.8 25.8 26.7 27.7 28.7 29.7 30.7",
    "0.20": "0.250 1.00 1.93 2.95 4.01 5.1 6.2 7.4 8.5 9.7 10.9 12.0 13.2 14.4 15.6 16.8 18.0 "
    "19.2 20.4 21.6 22.8 24.1 25.3 26.5 27.7 28.9 30.2 31.4 32.6 33.8 35.1 36.3 37.5 38.8 40.0",
}  # fmt: skip


@pytest.mark.parametrize(
    ("blocking", "trunks", "load"),
    [
        (blocking, trunks, load)
        for blocking, loads in PRINTED.items()
        for trunks, load in enumerate(loads.split(), 1)
    ],
)
def test_the_least_number_of_trunks_is_that_of_the_printed_tables(
    blocking: str, trunks: int, load: str
) -> None:
    half_a_digit = Fraction(51, 100) / 10 ** len(load.partition(".")[2])
    below, above = Fraction(load) - half_a_digit, Fraction(load) + half_a_digit
    assert channels_needed(max(below, Fraction(0)), Fraction(blocking)) <= trunks
    assert channels_needed(above, Fraction(blocking)) > trunks


def test_fifteen_trunks_carry_the_load_that_the_manual_of_a_calculator_names() -> None:
    assert channels_needed(Fraction("8.1075"), Fraction("0.01")) == 15
    assert channels_needed(Fraction("8.1085"), Fraction("0.01")) == 16


def by_definition(load: Fraction, channels: int) -> Fraction:
    """(A^n / n!) / sum of A^k / k!, in fractions."""
    terms = [Fraction(1)]
    for number in range(1, channels + 1):
        terms.append(terms[-1] * load / number)
    return terms[-1] / sum(terms)


@given(st.fractions(0, 60, max_denominator=3600), st.integers(0, 90))
def test_the_recursion_is_the_sum_of_the_definition(load: Fraction, channels: int) -> None:
    exactly = by_definition(load, channels)
    assert blocked_share(float(load), channels) == pytest.approx(float(exactly), rel=1e-12)


@given(
    st.fractions(0, 40, max_denominator=3600),
    st.sampled_from(["0.001", "0.01", "0.05", "0.2", "0.5", "0.99"]).map(Fraction),
)
def test_one_channel_less_would_block_too_many(load: Fraction, blocking: Fraction) -> None:
    needed = channels_needed(load, blocking)
    assert by_definition(load, needed) <= blocking
    assert by_definition(load, needed - 1) > blocking


@given(st.fractions(Fraction(1, 100), 30, max_denominator=100), st.integers(1, 40))
def test_a_target_that_is_met_exactly_is_met(load: Fraction, channels: int) -> None:
    exactly = by_definition(load, channels)
    assert channels_needed(load, exactly) == channels
    assert channels_needed(load, exactly * (1 - Fraction(1, 10**15))) == channels + 1


def test_no_load_needs_one_channel_since_none_would_block_whatever_comes() -> None:
    assert channels_needed(Fraction(0), Fraction(1, 100)) == 1


def test_a_great_load_neither_overflows_nor_takes_long() -> None:
    assert 99_000 < channels_needed(Fraction(100_000), Fraction(1, 100)) < 100_000
