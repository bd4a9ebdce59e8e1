"""Which chart is wanted: a plain value, so that the window makes one without a slow library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartOrder:
    """Which chart, of which scenario (None: the only one), on which paper.

    Attributes:
        key: "savings" or "spend".
        scenario: its name.
        paper: "letter" or "a4"; a screen needs none.
        grey: in greys only; a screen has its own colours.
    """

    key: str
    scenario: str | None = None
    paper: str = "letter"
    grey: bool = False
