"""How busy trunks are: busy hours and the most calls at once, from the times of calls.

A call holds a trunk from its start up to, but without, its end: one that is freed and seized in
the same second serves both calls. Times are micros of a second since 1970-01-01 on one clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

HOUR = 3_600_000_000
HOURS_A_DAY = 24

_Times = npt.NDArray[np.int64]


@dataclass(frozen=True)
class BusyHour:
    """An hour and what is carried in it.

    Attributes:
        hour: hours since 1970-01-01 0:00, or 0 to 23 when it is one of every day.
        erlangs: the seconds for which trunks are held inside it, divided by 3600; of an hour of
            every day, the mean over the days.
        calls: how many begin in it, on all days together.
    """

    hour: int
    erlangs: Fraction
    calls: int


@dataclass(frozen=True)
class TrunkLoad:
    """What the calls of a file ask of trunks.

    Attributes:
        busiest: the clock hour of one day that carries most; the first of equal ones.
        consistent: the hour of the day that carries most on the mean of these days; ditto.
        days: the calendar days from that on which the first call begins to that of the last one.
        peak: the most calls at once.
    """

    busiest: BusyHour
    consistent: BusyHour
    days: int
    peak: int


@dataclass(frozen=True)
class _Hours:
    """The hours in which a call begins or ends, in order, and what is held in them.

    What is held is the same in each hour between two of these.

    Attributes:
        held: micros for which trunks are held inside each hour.
        after: calls that go on beyond it.
        begun: calls that begin in it.
    """

    hours: _Times
    held: _Times
    after: _Times
    begun: _Times

    def gaps(self, limit: int) -> _Times:
        """How many hours lie between each hour and the next one, or the limit, without either."""
        following = np.append(self.hours[1:], self.hours[-1] + 1)
        following[-1] = max(following[-1], limit)
        gaps: _Times = np.maximum(np.minimum(following, limit) - self.hours - 1, 0)
        return gaps

    @property
    def end(self) -> int:
        """The hour after the last one."""
        return int(self.hours[-1]) + 1


def trunk_load(starts: _Times, ends: _Times) -> TrunkLoad:
    """Busy hours and peak of some calls, at least one.

    Args:
        starts: of each call; sorted in place, like the ends.
        ends: of each call, none before its start.
    """
    starts.sort()
    ends.sort()
    hours = _by_hour(starts, ends)
    first_day, last_day = (int(at) // (HOUR * HOURS_A_DAY) for at in (starts[0], starts[-1]))
    days = last_day - first_day + 1
    usual = _consistent(hours, days, (last_day + 1) * HOURS_A_DAY)
    return TrunkLoad(_busiest(hours), usual, days, _peak(starts, ends))


def _peak(starts: _Times, ends: _Times) -> int:
    """At each start: the calls begun so far without those that ended by then."""
    ended = np.searchsorted(ends, starts, side="right")
    return int((np.arange(1, len(starts) + 1) - ended).max())


def _by_hour(starts: _Times, ends: _Times) -> _Hours:
    begin_hours, begun, left = _grouped(starts, starts // HOUR)
    end_hours, ended, unused = _grouped(ends, (ends - 1) // HOUR)
    hours = np.union1d(begin_hours, end_hours)
    begun, left = (_spread(hours, begin_hours, values) for values in (begun, left))
    ended, unused = (_spread(hours, end_hours, values) for values in (ended, unused))
    after = np.cumsum(begun - ended)
    before = after - begun + ended
    return _Hours(hours, before * HOUR + left - unused, after, begun)


def _grouped(times: _Times, hours: _Times) -> tuple[_Times, _Times, _Times]:
    """The hours, how many of the sorted times lie in each, and the sum of what is left of it."""
    found, firsts, counts = np.unique(hours, return_index=True, return_counts=True)
    left = np.add.reduceat((hours + 1) * HOUR - times, firsts)
    return found, counts.astype(np.int64), left


def _spread(hours: _Times, found: _Times, values: _Times) -> _Times:
    spread = np.zeros(len(hours), np.int64)
    spread[np.searchsorted(hours, found)] = values
    return spread


def _busiest(hours: _Hours) -> BusyHour:
    """Of the hours between two others only the first is looked at, since all are alike."""
    is_gap = hours.gaps(hours.end) > 0
    all_hours = np.concatenate([hours.hours, hours.hours[is_gap] + 1])
    held = np.concatenate([hours.held, hours.after[is_gap] * HOUR])
    begun = np.concatenate([hours.begun, np.zeros(int(is_gap.sum()), np.int64)])
    best = np.lexsort((all_hours, -held if held.any() else begun == 0))[0]
    return BusyHour(int(all_hours[best]), Fraction(int(held[best]), HOUR), int(begun[best]))


def _consistent(hours: _Hours, days: int, limit: int) -> BusyHour:
    """What is held after the last of the days, by a call that goes on, is in no mean of them."""
    held = np.zeros(HOURS_A_DAY, np.int64)
    begun = np.zeros(HOURS_A_DAY, np.int64)
    np.add.at(held, hours.hours % HOURS_A_DAY, np.where(hours.hours < limit, hours.held, 0))
    np.add.at(begun, hours.hours % HOURS_A_DAY, hours.begun)
    gaps = hours.gaps(limit)
    held += int((gaps // HOURS_A_DAY * hours.after).sum()) * HOUR
    for step in range(1, HOURS_A_DAY):
        goes_on = gaps % HOURS_A_DAY >= step
        np.add.at(held, (hours.hours + step)[goes_on] % HOURS_A_DAY, hours.after[goes_on] * HOUR)
    best = np.lexsort((-held if held.any() else begun == 0,))[0]
    return BusyHour(int(best), Fraction(int(held[best]), HOUR * days), int(begun[best]))
