"""All rates at which flows have no present value: isolated exactly, so that none is missed.

With v = 1 / (1 + m) the present value is a polynomial in v. Its zeros in an interval are isolated
by Descartes' rule of signs on halved intervals (Vincent, Collins and Akritas), in whole numbers;
zeros that coincide are one root, and zeros that lie close together are told apart however close
they are. Each is then refined by bisection in decimals of 120 digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

from telecom_audit.migration.polynomials import (
    primitive,
    shifted,
    sign_changes,
    stretched,
    without_repeats,
)

_CONTEXT = Context(prec=120)
_WIDTH = Decimal(10) ** -40
LEAST_MONTHLY = Fraction(-99, 100)
GREATEST_MONTHLY = Fraction(10)


def discount_roots(flows: Sequence[int], least: Fraction, greatest: Fraction) -> list[Decimal]:
    """The factors v in [least, greatest] with sum of flows[t] * v ^ t = 0, ascending.

    Args:
        flows: whole numbers, t = 0 first; not all of them 0.
        least: the lower bound, above 0.
        greatest: the upper bound.
    """
    lead = next(index for index, flow in enumerate(flows) if flow)
    polynomial = primitive(flows[lead:])
    if sign_changes(polynomial) == 0:
        return []
    if sign_changes(polynomial) > 1:
        polynomial = without_repeats(polynomial)
    unit = _onto_unit(polynomial, least, greatest)
    width = greatest - least
    return [
        _CONTEXT.add(_decimal(least), _CONTEXT.multiply(_decimal(width), place))
        for place in sorted(_unit_roots(unit))
    ]


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _onto_unit(polynomial: list[int], least: Fraction, greatest: Fraction) -> list[int]:
    """The polynomial in x with v = least + (greatest - least) * x."""
    degree = len(polynomial) - 1
    # v = (low + wide * x) / bottom; first v = low / bottom * y, then y + 1, then y = wide/low * x
    bottom = least.denominator * greatest.denominator
    low = least.numerator * greatest.denominator
    wide = greatest.numerator * least.denominator - low
    scaled = [one * low**power * bottom ** (degree - power) for power, one in enumerate(polynomial)]
    moved = shifted(scaled)
    return primitive(
        [one * wide**power * low ** (degree - power) for power, one in enumerate(moved)]
    )


def _unit_roots(unit: list[int]) -> list[Decimal]:
    """The zeros in [0, 1] of a polynomial without repeated ones."""
    found = []
    if sum(unit) == 0:
        found.append(Decimal(1))
    waiting = [(unit, 0, 0)]  # the polynomial on [place, place + 1] / 2 ^ depth
    while waiting:
        polynomial, place, depth = waiting.pop()
        half = _CONTEXT.power(Decimal(2), -depth)
        if polynomial[0] == 0:
            found.append(_CONTEXT.multiply(Decimal(place), half))
            polynomial = polynomial[1:]
        changes = sign_changes(shifted(polynomial[::-1]))
        if changes == 1:
            inside = _CONTEXT.add(Decimal(place), _bisected(polynomial))
            found.append(_CONTEXT.multiply(inside, half))
        elif changes > 1:
            left = _halved(polynomial)
            waiting.append((left, 2 * place, depth + 1))
            waiting.append((shifted(left), 2 * place + 1, depth + 1))
    return found


def _halved(polynomial: list[int]) -> list[int]:
    """2 ^ n p(x / 2)."""
    return stretched(polynomial[::-1], 2)[::-1]


def _bisected(polynomial: list[int]) -> Decimal:
    """The one zero inside (0, 1); an end that is a zero too is divided out first."""
    if sum(polynomial) == 0:
        polynomial = _without_one(polynomial)
    falling = [_CONTEXT.create_decimal(one) for one in reversed(polynomial)]
    rises = polynomial[0] < 0
    low, high = Decimal(0), Decimal(1)
    while _CONTEXT.subtract(high, low) > _CONTEXT.multiply(_WIDTH, high):
        middle = _CONTEXT.divide(_CONTEXT.add(low, high), Decimal(2))
        value = _value(falling, middle)
        if value == 0:
            return middle
        if (value < 0) == rises:
            low = middle
        else:
            high = middle
    return low


def _value(falling: list[Decimal], place: Decimal) -> Decimal:
    total = Decimal(0)
    for one in falling:
        total = _CONTEXT.fma(total, place, one)
    return total


def _without_one(polynomial: list[int]) -> list[int]:
    """P / (x - 1), by Horner's scheme."""
    quotient, carry = [], 0
    for one in reversed(polynomial):
        carry += one
        quotient.append(carry)
    return quotient[:-1][::-1]
