"""Busy hours and peak against a count of every second."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_audit.migration.trunks import TrunkLoad, trunk_load

SECOND = 1_000_000
DAY = 86_400
Span = tuple[int, int]


def load_of(calls: list[Span]) -> TrunkLoad:
    """The load of calls in seconds."""
    starts, ends = (np.array(times, np.int64) * SECOND for times in zip(*calls, strict=True))
    return trunk_load(starts, ends)


def counted(calls: list[Span]) -> tuple[Counter[int], Counter[int], int, int]:
    """Second by second: seconds held and calls begun by hour, the peak, and the days."""
    busy = Counter(second for start, end in calls for second in range(start, end))
    held: Counter[int] = Counter()
    for second, trunks in busy.items():
        held[second // 3600] += trunks
    begun = Counter(start // 3600 for start, _ in calls)
    days = max(begun) // 24 - min(begun) // 24 + 1
    return held, begun, max(busy.values(), default=0), days


def check(calls: list[Span]) -> None:
    held, begun, peak, days = counted(calls)
    load = load_of(calls)
    first = min(begun)
    hour = min(held, key=lambda hour: (-held[hour], hour)) if held else first
    assert load.peak == peak
    assert load.days == days
    assert (load.busiest.hour, load.busiest.erlangs, load.busiest.calls) == (
        hour, Fraction(held[hour], 3600), begun[hour]
    )  # fmt: skip
    by_clock: Counter[int] = Counter()
    for day in range(first // 24, first // 24 + days):
        for each in range(24):
            by_clock[each] += held[day * 24 + each]
    usual = min(by_clock, key=lambda hour: (-by_clock[hour], hour))
    if not by_clock[usual]:
        usual = min(hour % 24 for hour in begun)
    begun_then = sum(calls for hour, calls in begun.items() if hour % 24 == usual)
    assert (load.consistent.hour, load.consistent.erlangs, load.consistent.calls) == (
        usual, Fraction(by_clock[usual], 3600 * days), begun_then
    )  # fmt: skip


# near the borders of hours and days, where mistakes live, and short enough to count by the second
starts = st.one_of(
    st.integers(0, 3 * DAY),
    st.builds(lambda hour, off: max(hour * 3600 + off, 0), st.integers(0, 72), st.integers(-2, 2)),
)
lengths = st.one_of(
    st.integers(0, 5), st.sampled_from([3599, 3600, 3601, 7200]), st.integers(0, 9000)
)
spans = st.tuples(starts, lengths).map(lambda call: (call[0], call[0] + call[1]))


@given(st.lists(spans, min_size=1, max_size=12))
def test_random_calls_load_trunks_as_counted_second_by_second(calls: list[Span]) -> None:
    check(calls)


@pytest.mark.parametrize(
    "calls",
    [
        [(0, 0)],
        [(3600, 3600)],
        [(7200, 7200), (10, 10)],
        [(DAY - 1800, DAY + 1800)],
        [(DAY - 1800, DAY)],
        [(100, 3 * DAY + 50)],
        [(10, 20), (20, 30), (30, 40)],
        [(10, 21), (20, 30)],
        [(-DAY - 100, -DAY + 200), (-50, 70)],
        [(5 * DAY, 5 * DAY + 60), (10, 70)],
    ],
)
def test_calls_at_the_borders_load_trunks_as_counted_second_by_second(calls: list[Span]) -> None:
    check(calls)


def test_a_trunk_freed_and_seized_in_the_same_second_is_one_trunk() -> None:
    assert load_of([(10, 20), (20, 30)]).peak == 1
    assert load_of([(10, 21), (20, 30)]).peak == 2
    assert load_of([(20, 20), (10, 30)]).peak == 1


def test_a_call_over_midnight_loads_both_days_and_each_hour_with_its_part() -> None:
    load = load_of([(DAY - 600, DAY + 1200), (DAY + 7200, DAY + 7201)])
    assert (load.days, load.busiest.hour, load.busiest.calls) == (2, 24, 0)
    assert load.busiest.erlangs == Fraction(1200, 3600)
    assert (load.consistent.hour, load.consistent.erlangs) == (0, Fraction(600, 3600))


def test_what_a_call_holds_after_the_last_day_on_which_one_begins_is_in_no_mean() -> None:
    load = load_of([(DAY - 600, DAY + 1200)])
    assert (load.days, load.busiest.hour) == (1, 24)
    assert (load.consistent.hour, load.consistent.erlangs) == (23, Fraction(600, 3600))


def test_days_without_a_call_count_in_the_mean() -> None:
    hour = 9 * 3600
    load = load_of([(hour, hour + 3600), (4 * DAY + hour, 4 * DAY + hour + 1800)])
    assert (load.days, load.consistent.hour) == (5, 9)
    assert load.consistent.erlangs == Fraction(3600 + 1800, 3600 * 5)
    assert load.consistent.calls == 2


def test_a_call_of_a_thousand_years_takes_no_more_memory_than_another() -> None:
    load = load_of([(0, 365_000 * DAY), (10, 20)])
    assert (load.peak, load.days) == (2, 1)
    assert load.consistent.erlangs == 1 + Fraction(10, 3600)
    later = load_of([(0, 365_000 * DAY), (364_999 * DAY + 10, 364_999 * DAY + 20)])
    assert later.consistent.erlangs == 1 + Fraction(10, 3600 * 365_000)
