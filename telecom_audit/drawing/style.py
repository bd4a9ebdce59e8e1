"""One font, four colours around the figures, and settings that no machine can change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl

FONT = "DejaVu Sans"
SMALLEST = 9.0

# matplotlib's settings, fonts and hatches are shared by all threads, so one draws at a time
DRAWING = threading.RLock()


@dataclass(frozen=True)
class Palette:
    """The colours of what is no figure: words, lesser words, the grid, and what is below all."""

    ink: str
    soft_ink: str
    grid: str
    background: str


PAPER = Palette("#1A1A1A", "#4D4D4D", "#D9D9D9", "#FFFFFF")
DARK = Palette("#ECECEC", "#B8B8B8", "#474747", "#1E1E1E")

_KEPT = ("backend", "backend_fallback", "interactive", "toolbar")  # the window's own
_SETTINGS: dict[str, object] = {
    "font.family": FONT,
    "font.size": SMALLEST,
    "text.parse_math": False,  # a dollar sign is a dollar
    "axes.linewidth": 0.8,
    "axes.unicode_minus": True,
    "text.hinting": "none",  # equal widths on screen and paper
    "hatch.linewidth": 0.7,
    "pdf.fonttype": 42,  # text stays text
    "svg.fonttype": "none",
    "svg.hashsalt": "telecom-audit",
}


@contextmanager
def drawing_style(palette: Palette = PAPER) -> Iterator[None]:
    """Make, measure, draw and save figures inside this, in whatever thread.

    No settings of the machine leak into the figure, and no two threads draw at once.
    """
    with DRAWING, mpl.rc_context():
        settings: dict[str, Any] = dict(mpl.rcParamsDefault.items())
        for kept in _KEPT:
            settings.pop(kept, None)
        settings.update(_SETTINGS)
        settings.update(_coloured(palette))
        mpl.rcParams.update(settings)  # type: ignore[arg-type]
        yield


def _coloured(palette: Palette) -> dict[str, str]:
    return {
        "text.color": palette.ink,
        "axes.edgecolor": palette.soft_ink,
        "axes.labelcolor": palette.ink,
        "axes.facecolor": palette.background,
        "figure.facecolor": palette.background,
        "grid.color": palette.grid,
        "xtick.color": palette.soft_ink,
        "ytick.color": palette.soft_ink,
        "xtick.labelcolor": palette.ink,
        "ytick.labelcolor": palette.ink,
    }
