"""Erlang's loss formula: how many trunks block at most so many of the calls offered to them."""

from __future__ import annotations

from fractions import Fraction

_NEAR = 1e-9  # nearer to the target than this, floating point is not trusted
_MOST_EXACT = 2_000


def blocked_share(load: float, channels: int) -> float:
    """The share of calls that find all channels busy, B(load, channels).

    By B(0) = 1 and B(n) = load B(n-1) / (n + load B(n-1)), whose terms stay between 0 and 1
    (D. L. Jagerman, Methods in traffic calculations, AT&T Bell Laboratories Technical Journal
    63, 1984).

    Args:
        load: offered, in Erlangs, not negative.
        channels: how many there are.
    """
    share = 1.0
    for number in range(1, channels + 1):
        share = load * share / (number + load * share)
    return share


def channels_needed(load: Fraction, blocking: Fraction) -> int:
    """The least number of channels n with B(load, n) <= blocking.

    Args:
        load: offered, in Erlangs, not negative.
        blocking: the target, between 0 and 1.
    """
    offered, target = float(load), float(blocking)
    share, channels = 1.0, 0
    while True:
        is_near = abs(share - target) <= _NEAR * target and channels <= _MOST_EXACT
        if _blocks_at_most(load, channels, blocking) if is_near else share <= target:
            return channels
        channels += 1
        share = offered * share / (channels + offered * share)


def _blocks_at_most(load: Fraction, channels: int, blocking: Fraction) -> bool:
    """The same comparison in whole numbers: 1 / B(n) = 1 + n / (load B(n-1))."""
    above, below = 1, 1
    for number in range(1, channels + 1):
        above = load.numerator * below + number * load.denominator * above
        below *= load.numerator
    return below * blocking.denominator <= above * blocking.numerator
