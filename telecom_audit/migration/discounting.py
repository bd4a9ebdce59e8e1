"""Discount factors in decimals of 60 digits, in the five conventions of the contract, section 5."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from telecom_audit.errors import RefusedError

CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
_CENT = 10_000
_SETTLED = Decimal("1e-20")
_LARGE = 35
_BEYOND = 300


def decimal_of(value: Fraction | int) -> Decimal:
    """A fraction as a decimal of 60 digits."""
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def present_factor(rate: Fraction, years: Fraction) -> Decimal:
    """(1 + rate) ^ -years."""
    return CONTEXT.power(decimal_of(1 + rate), decimal_of(-years))


def factors(rate: Fraction, discounting: str, months: int) -> list[Decimal]:
    """v(0) … v(N): v(0) = 1 in every convention.

    Args:
        rate: a year, effective (under nominal-monthly: twelve times the month's).
        discounting: month-end, month-mid, year-end, year-mid or nominal-monthly.
        months: N.
    """
    return [Decimal(1), *(_factor(rate, discounting, month) for month in range(1, months + 1))]


def _factor(rate: Fraction, discounting: str, month: int) -> Decimal:
    year = -(-month // 12)
    if discounting == "nominal-monthly":
        return present_factor(rate / 12, Fraction(month))
    years = {
        "month-end": Fraction(month, 12),
        "month-mid": Fraction(2 * month - 1, 24),
        "year-end": Fraction(year),
        "year-mid": Fraction(2 * year - 1, 2),
    }
    return present_factor(rate, years[discounting])


def present_value(flows: Sequence[int], discounts: Sequence[Decimal]) -> Decimal:
    """The sum of flows (micros) times their factors."""
    total = Decimal(0)
    for flow, discount in zip(flows, discounts, strict=True):
        total = CONTEXT.fma(Decimal(flow), discount, total)
    return total


def settled(value: Decimal) -> Decimal:
    """The value to 20 decimals: what is exact in fractions, like 110 / 1.1, is exact again."""
    if value.adjusted() >= _LARGE:  # beyond all money: no room for 20 decimals, and no need
        return value
    return value.quantize(_SETTLED, context=CONTEXT)


def to_cents(micros: Decimal) -> int:
    """Micros rounded half up to the whole cent, still as micros.

    Raises:
        RefusedError: the amount has hundreds of digits, through a rate near -1.
    """
    if micros and micros.adjusted() > _BEYOND:
        raise RefusedError(
            "at this discount rate the present value is beyond all measure",
            "Take a rate nearer to zero.",
        )
    whole = CONTEXT.divide(settled(micros), Decimal(_CENT)).to_integral_value(ROUND_HALF_UP)
    return int(whole) * _CENT
