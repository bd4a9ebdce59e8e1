"""Colours, greys and hatches: the Okabe-Ito palette, made to be told apart on grey paper too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl

FONT = "DejaVu Sans"
SMALLEST = 9.0
INK = "#1A1A1A"
SOFT_INK = "#4D4D4D"
GRID = "#D9D9D9"

_KEPT = ("backend", "backend_fallback", "interactive", "toolbar")  # the window's own
_SETTINGS: dict[str, object] = {
    "font.family": FONT,
    "font.size": SMALLEST,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign is a dollar
    "axes.edgecolor": SOFT_INK,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.unicode_minus": True,
    "text.hinting": "none",  # equal widths on screen and paper
    "xtick.color": SOFT_INK,
    "ytick.color": SOFT_INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 0.7,
    "pdf.fonttype": 42,  # text stays text
    "svg.fonttype": "none",
    "svg.hashsalt": "telecom-audit",
}


@dataclass(frozen=True)
class Ink:
    """How one series looks: fill and hatch of its bars, and the colour of its lines."""

    fill: str
    hatch: str
    line: str


# fills are dark and light by turns, so that neighbours differ in grey as well
_COLOURS = (
    Ink("#0072B2", "", "#0072B2"),
    Ink("#F5CF80", "///", "#9A6A00"),
    Ink("#009E73", "...", "#00664A"),
    Ink("#F4C6A6", "\\\\\\", "#A84A00"),
    Ink("#CC79A7", "xxx", "#7A3A5E"),
    Ink("#C4E3F7", "---", "#2A7FAF"),
    Ink("#8C8C8C", "", "#4D4D4D"),
)
_GREYS = (
    Ink("#333333", "", "#333333"),
    Ink("#D9D9D9", "///", "#595959"),
    Ink("#808080", "...", "#262626"),
    Ink("#F2F2F2", "\\\\\\", "#737373"),
    Ink("#666666", "xxx", "#1A1A1A"),
    Ink("#E6E6E6", "---", "#4D4D4D"),
    Ink("#A6A6A6", "", "#404040"),
)
_PLAN = (Ink("#FBE9C6", "///", "#9A6A00"), Ink("#F2F2F2", "///", "#737373"))
_REAL = (Ink("#0072B2", "", "#0072B2"), Ink("#404040", "", "#404040"))
_PROVISIONAL = (Ink("#D6E9F5", "...", "#0072B2"), Ink("#D9D9D9", "...", "#404040"))

LARGEST_SERIES = len(_COLOURS) - 1


def series(index: int, grey: bool) -> Ink:
    """The look of the series at a position; the last one is that of "other"."""
    return (_GREYS if grey else _COLOURS)[index]


def planned(grey: bool) -> Ink:
    """The look of what was projected: light and hatched."""
    return _PLAN[grey]


def realized(grey: bool) -> Ink:
    """The look of what bills have shown: solid."""
    return _REAL[grey]


def provisional(grey: bool) -> Ink:
    """The look of realized months for which bills are still missing: light and dotted."""
    return _PROVISIONAL[grey]


@contextmanager
def drawing_style() -> Iterator[None]:
    """Draw and save inside this, so that no settings of the machine leak into the paper."""
    with mpl.rc_context():
        settings: dict[str, Any] = dict(mpl.rcParamsDefault.items())
        for kept in _KEPT:
            settings.pop(kept, None)
        settings.update(_SETTINGS)
        mpl.rcParams.update(settings)  # type: ignore[arg-type]
        yield
