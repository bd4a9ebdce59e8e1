"""What a check of a project found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

_MOST_SHOWN = 12


@dataclass(frozen=True)
class Check:
    """A check: what was looked at, whether all is as it should be, and what was seen."""

    name: str
    ok: bool
    detail: str


def listed(faults: Iterable[str]) -> str:
    """The first faults as one text, with the number of the others."""
    rest = iter(faults)
    shown = list(islice(rest, _MOST_SHOWN))
    more = sum(1 for _ in rest)
    return "; ".join(shown) + (f"; and {more} more" if more else "")
