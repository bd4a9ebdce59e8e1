from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_audit.readers.cells import BadCellError
from telecom_audit.readers.numbers import NumberStyle, number_reader


def micros(text: str, style: NumberStyle | None = None) -> int | None:
    return number_reader(style or NumberStyle(currency="USD"), lambda _: None)(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("-7.20", -720),
        ("(7.20)", -720),
        ("7.20-", -720),
        ("7.20 CR", -720),
        ("7.20 DR", 720),
        ("\u22127.20", -720),
        ("$7.20", 720),
        ("-$7.20", -720),
        ("$(7.20)", -720),
        ("($7.20)", -720),
        ("USD 7.20", 720),
        ("1,234.50", 123450),
        ("12,345,678.9", 1234567890),
        ("7", 700),
        ("-0.00", 0),
        (" 7.20 ", 720),
        (".5", 50),
    ],
)
def test_every_spelling_of_an_amount_in_the_contract_is_read(text: str, cents: int) -> None:
    assert micros(text) == cents * 10_000


@pytest.mark.parametrize(
    "text",
    [
        "£7.20", "€7", "7.20 USD", "EUR 5", "5 kr", "1,23", "12,34,567.89", "1.234,56", "1 234.56",
        "1'234.56", "1_000", "١٢٣", "１２", "nan", "NaN", "inf", "1e400", "1E5", "--7", "-(7)",
        "-7 CR", "(7", "7)", "-", ".", "n/a", "#N/A", "0x10", "+7.20", "7.2.0", "$", "CR45", "½",
    ],
)  # fmt: skip
def test_nothing_else_is_an_amount(text: str) -> None:
    with pytest.raises(BadCellError):
        micros(text)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("$7.20", "MXN"), ("kr 7.20", "SEK"), ("R$7.20", "BRL"), ("¥7.20", "CNY")],
)
def test_the_mark_of_the_projects_currency_may_lead_an_amount(text: str, currency: str) -> None:
    assert micros(text, NumberStyle(currency=currency)) == 7_200_000


def test_an_empty_cell_is_no_amount_and_never_zero() -> None:
    assert micros("") is None
    assert micros("  ") is None


def test_amounts_beyond_the_bound_are_not_accepted() -> None:
    assert micros("9200000000000") == 9_200_000_000_000_000_000
    with pytest.raises(BadCellError):
        micros("9200000000000.000001")


def test_more_than_six_decimals_are_rounded_half_up_and_told() -> None:
    told: list[str] = []
    read = number_reader(NumberStyle(), told.append)
    assert read("0.3333335") == 333_334
    assert read("-0.3333335") == -333_334
    assert read("0.333333") == 333_333
    assert told == ["0.3333335", "-0.3333335"]


@pytest.mark.parametrize(
    ("text", "cents"), [("1.234,50", 123450), ("1 234,5", 123450), ("12,5", 1250), ("-7", -700)]
)
def test_a_decimal_comma_is_read_when_a_mapping_says_so(text: str, cents: int) -> None:
    assert micros(text, NumberStyle(decimal=",")) == cents * 10_000


def test_a_decimal_point_is_no_number_in_a_file_with_decimal_commas() -> None:
    with pytest.raises(BadCellError):
        micros("12.50", NumberStyle(decimal=","))


@given(
    st.integers(-(10**14), 10**14),
    st.sampled_from(["-{}", "({})", "{}-", "{} CR", "\u2212{}", "-${}"]),
    st.booleans(),
)
def test_what_is_written_in_any_style_is_read_back(
    written: int, style: str, with_commas: bool
) -> None:
    value = Decimal(abs(written)) / 10_000
    text = f"{value:,.4f}" if with_commas else f"{value:.4f}"
    expected = abs(written) * 100
    if written < 0:
        text, expected = style.format(text), -expected
    assert micros(text) == expected
