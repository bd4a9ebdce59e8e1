"""Money as whole micros: millionths of the currency unit, with one rounding rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

MICROS = 1_000_000
LARGEST_MICROS = 9_200_000_000_000 * MICROS

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def half_up(value: Fraction | int) -> int:
    """The nearest whole number; a tie goes away from zero."""
    if isinstance(value, int):
        return value
    doubled = 2 * abs(value.numerator) + value.denominator
    magnitude = doubled // (2 * value.denominator)
    return magnitude if value >= 0 else -magnitude


def exact(text: str) -> Fraction:
    """The number that a plain decimal text writes ("-7.20", ".5").

    Raises:
        ValueError: the text is not a plain decimal of ASCII digits.
    """
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"{text!r} is not a decimal number")
    return Fraction(text)


def micros_from_text(text: str) -> int:
    """Micros of a plain decimal text, rounded half up to the micro.

    Raises:
        ValueError: the text is not a plain decimal of ASCII digits.
    """
    return half_up(exact(text) * MICROS)


def money_text(micros: int) -> str:
    """A decimal string with as many of 2 to 6 decimals as the amount needs ("1234.50")."""
    sign = "-" if micros < 0 else ""
    whole, part = divmod(abs(micros), MICROS)
    decimals = f"{part:06d}".rstrip("0").ljust(2, "0")
    return f"{sign}{whole}.{decimals}"


def plain_text(micros: int) -> str:
    """A decimal string with no more decimals than the number needs ("2", "0.5")."""
    return money_text(micros).rstrip("0").rstrip(".")


def cents(micros: int | Fraction) -> int:
    """Micros rounded half up to the whole cent, still as micros: for printed documents."""
    return half_up(Fraction(micros) / 10_000) * 10_000


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split a total in proportion to weights so that the parts add up to it exactly.

    The absolute amount is split downwards; what is left goes, one micro each, to the largest
    remainders, the earlier weight first on ties (the contract, section 7).

    Args:
        total: micros, of any sign.
        weights: not negative, with a sum above zero.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("the weights have no positive sum")
    shares = [divmod(abs(total) * weight, whole) for weight in weights]
    left = abs(total) - sum(share for share, _ in shares)
    order = sorted(range(len(shares)), key=lambda index: (-shares[index][1], index))
    favoured = set(order[:left])
    sign = -1 if total < 0 else 1
    return [sign * (share + (index in favoured)) for index, (share, _) in enumerate(shares)]
