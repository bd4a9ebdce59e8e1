"""Polynomials with whole coefficients, lowest power first: exact gcd, shifts and sign changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import gcd, isqrt

_PRIMES = tuple(2**power - 1 for power in (127, 521, 2203, 4423, 9941, 23209))


def primitive(coefficients: Sequence[int]) -> list[int]:
    """The same zeros with the smallest whole coefficients; leading zeros are dropped."""
    kept = list(coefficients)
    while kept and kept[-1] == 0:
        kept.pop()
    divisor = gcd(*kept) if kept else 1
    return [one // divisor for one in kept]


def sign_changes(coefficients: Sequence[int]) -> int:
    """How often the sign changes from one coefficient that is not 0 to the next."""
    signs = [one > 0 for one in coefficients if one]
    return sum(a != b for a, b in pairwise(signs))


def shifted(coefficients: Sequence[int]) -> list[int]:
    """p(x + 1), by running sums: nothing but additions of whole numbers."""
    falling = list(reversed(coefficients))
    answer = []
    while falling:
        falling = list(accumulate(falling))
        answer.append(falling.pop())
    return answer


def stretched(coefficients: Sequence[int], factor: int) -> list[int]:
    """p(factor * x)."""
    power, answer = 1, []
    for one in coefficients:
        answer.append(one * power)
        power *= factor
    return answer


def without_repeats(coefficients: Sequence[int]) -> list[int]:
    """The polynomial with the same zeros, each of them once: p / gcd(p, p').

    The gcd is found modulo a prime, its coefficients are turned back into fractions, and only an
    exact division proves it; a larger prime is tried when that fails.
    """
    whole = primitive(coefficients)
    slope = [power * one for power, one in enumerate(whole)][1:]
    for prime in _PRIMES:
        if whole[-1] % prime == 0 or not slope or slope[-1] % prime == 0:
            continue
        common = _gcd_modulo(whole, slope, prime)
        if len(common) == 1:
            return whole
        divisor = _lifted(common, prime)
        quotient = _quotient(whole, divisor) if divisor else None
        if quotient:
            return primitive(quotient)
    return whole


def _gcd_modulo(one: Sequence[int], other: Sequence[int], prime: int) -> list[int]:
    a, b = [c % prime for c in one], [c % prime for c in other]
    while b:
        a, b = b, _rest(a, b, prime)
    inverse = pow(a[-1], -1, prime)
    return [c * inverse % prime for c in a]


def _rest(a: list[int], b: list[int], prime: int) -> list[int]:
    rest = list(a)
    inverse = pow(b[-1], -1, prime)
    while len(rest) >= len(b):
        factor = rest[-1] * inverse % prime
        if factor:
            place = len(rest) - len(b)
            for index, c in enumerate(b):
                rest[place + index] = (rest[place + index] - factor * c) % prime
        rest.pop()
    while rest and rest[-1] == 0:
        rest.pop()
    return rest


def _lifted(common: list[int], prime: int) -> list[int] | None:
    """The whole polynomial whose monic form is `common` modulo the prime, or None."""
    pairs = [_fraction(c, prime) for c in common]
    denominator = 1
    for _, bottom in pairs:
        denominator = denominator * bottom // gcd(denominator, bottom)
    if denominator > isqrt(prime):
        return None
    return primitive([top * (denominator // bottom) for top, bottom in pairs])


def _fraction(residue: int, prime: int) -> tuple[int, int]:
    """The fraction with small parts that a residue stands for (Wang's reconstruction)."""
    bound = isqrt(prime // 2)
    a, b, u, v = prime, residue, 0, 1
    while b > bound:
        factor = a // b
        a, b, u, v = b, a - factor * b, v, u - factor * v
    return (b, v) if v > 0 else (-b, -v)


def _quotient(whole: Sequence[int], divisor: Sequence[int]) -> list[int] | None:
    """Whole / divisor when nothing is left; both primitive, so the quotient is whole too."""
    rest = list(whole)
    quotient = [0] * (len(whole) - len(divisor) + 1)
    for place in range(len(quotient) - 1, -1, -1):
        factor, left = divmod(rest[place + len(divisor) - 1], divisor[-1])
        if left:
            return None
        quotient[place] = factor
        for index, c in enumerate(divisor):
            rest[place + index] -= factor * c
    return None if any(rest) else quotient
