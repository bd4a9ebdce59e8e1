"""Roots are found by exact isolation; here they are counted and checked by other means."""

from __future__ import annotations

import random
import time
from fractions import Fraction

import pytest

from telecom_audit.migration.polynomials import without_repeats
from telecom_audit.migration.rate_roots import discount_roots

LEAST, GREATEST = Fraction(1, 11), Fraction(100)


def product(*factors: list[int]) -> list[int]:
    """The product of polynomials, lowest power first."""
    answer = [1]
    for factor in factors:
        grown = [0] * (len(answer) + len(factor) - 1)
        for i, a in enumerate(answer):
            for j, b in enumerate(factor):
                grown[i + j] += a * b
        answer = grown
    return answer


def roots(flows: list[int]) -> list[float]:
    return [float(v) for v in discount_roots(flows, LEAST, GREATEST)]


def test_each_simple_root_is_found() -> None:
    flows = product([-9, 10], [-1, 2], [-3, 2], [1, 1])  # v = 0.9, 0.5, 1.5 and -1
    assert roots(flows) == pytest.approx([0.5, 0.9, 1.5], abs=1e-15)


def test_a_double_root_is_one_root() -> None:
    assert roots(product([-9, 10], [-9, 10])) == pytest.approx([0.9], abs=1e-15)
    assert roots(product([-9, 10], [-9, 10], [-1, 2])) == pytest.approx([0.5, 0.9], abs=1e-15)


def test_a_triple_root_beside_others_is_one_root() -> None:
    flows = product(*[[-97, 100]] * 3, [-1, 3], [-7, 1], [1, 0, 1])
    assert roots(flows) == pytest.approx([1 / 3, 0.97, 7], abs=1e-15)


def test_two_roots_a_billionth_apart_are_two() -> None:
    near = 10**9
    flows = product([-near, near + 1], [-near, near + 2])
    found = discount_roots(flows, LEAST, GREATEST)
    assert len(found) == 2
    assert float((found[1] - found[0]) * near) == pytest.approx(1, rel=1e-6)


def test_roots_on_the_bounds_are_in_and_those_beyond_are_out() -> None:
    assert roots(product([-1, 11], [-100, 1])) == pytest.approx([1 / 11, 100])
    assert roots(product([-1, 12], [-101, 1])) == []


def test_a_root_in_the_middle_of_the_interval_does_not_hide_its_neighbours() -> None:
    middle = (LEAST + GREATEST) / 2
    here = [-middle.numerator, middle.denominator]
    flows = product(here, [-1, 1], [-70, 1])
    assert roots(flows) == pytest.approx([1, float(middle), 70])


def test_flows_without_a_change_of_sign_have_no_root() -> None:
    assert roots([1, 2, 3]) == []
    assert roots([0, 0, -1]) == []


def test_flows_that_start_with_nothing_have_the_roots_of_the_rest() -> None:
    assert roots([0, 0, -9, 10]) == pytest.approx([0.9])


def test_dividing_out_repeats_keeps_each_zero_once() -> None:
    once = product([-9, 10], [-1, 3], [5, 0, 1])
    twice = product(once, [-9, 10], [5, 0, 1])
    found = without_repeats(twice)
    assert [abs(one) for one in found] == [abs(one) for one in once]


def signs_seen(flows: list[int], steps: int = 1500) -> int:
    """How often the present value changes its sign on a fine exact grid of v."""
    ratio = (float(GREATEST) / float(LEAST)) ** (1 / steps)
    changes, before = 0, 0
    for step in range(steps + 1):
        v = Fraction(float(LEAST) * ratio**step).limit_denominator(10**6)
        total = Fraction(0)
        for flow in reversed(flows):
            total = total * v + flow
        now = (total > 0) - (total < 0)
        if now and before and now != before:
            changes += 1
        before = now or before
    return changes


@pytest.mark.parametrize("seed", range(40))
def test_random_flows_have_the_roots_that_a_sign_scan_sees(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(3, 7)
    flows = [chance.randint(-1000, 1000) for _ in range(size)]
    flows[0] = flows[0] or 1
    found = discount_roots(flows, LEAST, GREATEST)
    assert len(found) >= signs_seen(flows)
    assert (len(found) - signs_seen(flows)) % 2 == 0
    for v in found:
        scale = sum(abs(flow) * Fraction(v) ** t for t, flow in enumerate(flows))
        value = sum(flow * Fraction(v) ** t for t, flow in enumerate(flows))
        assert abs(value) < scale / 10**30


def test_a_hundred_and_twenty_months_with_many_changes_take_less_than_two_seconds() -> None:
    chance = random.Random(1)
    flows = [chance.randint(-(10**10), 10**10) for _ in range(121)]
    began = time.perf_counter()
    found = discount_roots(flows, LEAST, GREATEST)
    assert time.perf_counter() - began < 2
    assert len(found) >= signs_seen(flows, 300)
