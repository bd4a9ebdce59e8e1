"""All real roots of a cash flow, counted by Sturm's theorem in whole numbers, then bisected."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd

# x = 1 + m for monthly rates m between -99 % and +1000 %
LEAST, GREATEST = Fraction(1, 100), Fraction(11)
STEPS = 120


def growth_roots(flows: Sequence[int]) -> list[Fraction]:
    """Every x in (0.01, 11] at which sum of flow(t) * x ^ (N - t) is nought, ascending.

    Each is within 2 ^ -115 of the true root. A flow that is nought throughout has none.
    """
    polynomial = _trimmed(list(flows))
    if len(polynomial) < 2:
        return []
    chain = _sturm_chain(polynomial)
    pending = [(LEAST, GREATEST)]
    roots: list[Fraction] = []
    while pending:
        low, high = pending.pop()
        count = _changes(chain, low) - _changes(chain, high)
        if count == 1:
            roots.append(_bisect(chain, low, high))
        elif count > 1:
            middle = (low + high) / 2
            pending += [(low, middle), (middle, high)]
    return sorted(roots)


def _trimmed(coefficients: list[int]) -> list[int]:
    """Without leading noughts (a lower degree) and trailing ones (roots at x = 0)."""
    places = [i for i, value in enumerate(coefficients) if value]
    return coefficients[places[0] : places[-1] + 1] if places else []


def _bisect(chain: list[list[int]], low: Fraction, high: Fraction) -> Fraction:
    """The one root in (low, high]; an even root, without a change of sign, by the chain."""
    at_low, at_high = _value(chain[0], low), _value(chain[0], high)
    crosses = at_low * at_high < 0
    changes_at_high = _changes(chain, high)
    for _ in range(STEPS):
        middle = (low + high) / 2
        if crosses:
            above = (_value(chain[0], middle) > 0) == (at_low > 0)
        else:
            above = _changes(chain, middle) > changes_at_high
        low, high = (middle, high) if above else (low, middle)
    return (low + high) / 2


def _sturm_chain(polynomial: list[int]) -> list[list[int]]:
    degree = len(polynomial) - 1
    slope = [value * (degree - i) for i, value in enumerate(polynomial[:-1])]
    chain = [_primitive(polynomial), _primitive(slope)]
    while len(chain[-1]) > 1:
        rest = _negative_remainder(chain[-2], chain[-1])
        if not rest:
            break
        chain.append(rest)
    return chain


def _negative_remainder(upper: list[int], lower: list[int]) -> list[int]:
    """-(upper mod lower), times a positive number, without its content."""
    lead = abs(lower[0])
    sign = 1 if lower[0] > 0 else -1
    rest = list(upper)
    while len(rest) >= len(lower):
        factor = rest[0] * sign
        rest = [value * lead for value in rest]
        for i, value in enumerate(lower):
            rest[i] -= factor * value
        rest = _without_leading(rest[1:]) if len(rest) > len(lower) else rest[1:]
    return _primitive([-value for value in _without_leading(rest)])


def _without_leading(coefficients: list[int]) -> list[int]:
    for i, value in enumerate(coefficients):
        if value:
            return coefficients[i:]
    return []


def _primitive(coefficients: list[int]) -> list[int]:
    content = gcd(*coefficients) if coefficients else 1
    return [value // content for value in coefficients] if content > 1 else coefficients


def _changes(chain: list[list[int]], x: Fraction) -> int:
    """The number of changes of sign along the chain at x."""
    signs = [value > 0 for value in (_value(member, x) for member in chain) if value]
    return sum(a != b for a, b in pairwise(signs))


def _value(coefficients: list[int], x: Fraction) -> int:
    """The polynomial at x, times a positive number."""
    total, scale = 0, 1
    for value in coefficients:
        total = total * x.numerator + value * scale
        scale *= x.denominator
    return total
