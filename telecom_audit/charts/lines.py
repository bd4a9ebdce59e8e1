"""Lines of running sums, each with its name and last amount at its end instead of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes

from telecom_audit.charts.amounts import short_money
from telecom_audit.charts.style import FONT, SMALLEST
from telecom_audit.money import MICROS

_MOST_MARKERS = 24
_WIDTH = 2.0
_APART = 12.0  # points between the labels of two ends


@dataclass(frozen=True)
class Line:
    """A line: its name, how it is drawn, and its points (month number, micros)."""

    name: str
    stroke: Literal["solid", "dashed", "dotted"]
    colour: str
    points: tuple[tuple[int, int], ...]


def draw_lines(axes: Axes, lines: Sequence[Line]) -> None:
    """Draw the lines, with a dot a month where there are few."""
    for line in lines:
        few = len(line.points) <= _MOST_MARKERS
        axes.plot(
            [month for month, _ in line.points],
            [micros / MICROS for _, micros in line.points],
            color=line.colour,
            linestyle=line.stroke,
            linewidth=_WIDTH,
            marker="o" if few else None,
            markersize=4,
            markerfacecolor=line.colour if line.stroke == "solid" else "white",
            zorder=3,
        )


def label_ends(axes: Axes, lines: Sequence[Line], currency: str) -> None:
    """Write name and amount at each line's end, the higher label above the lower.

    A line that ends before the others is labelled over or under its end, away from them.
    """
    last = max(line.points[-1][0] for line in lines)
    low, high = axes.get_ylim()
    ends = sorted(lines, key=lambda line: line.points[-1][1])
    for rank, line in enumerate(ends):
        month, micros = line.points[-1]
        early = month < last
        shift = _shift(rank, ends, (high - low) * MICROS, early)
        axes.annotate(
            f"{line.name} {short_money(micros, currency)}",
            (month, micros / MICROS),
            xytext=(3 if early else 8, shift),
            textcoords="offset points",
            ha="left",
            va="center",
            fontsize=SMALLEST,
            fontweight="bold",
            fontfamily=FONT,
            color=line.colour,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0},
            zorder=4,
        )


def _shift(rank: int, ends: Sequence[Line], span: float, early: bool) -> float:
    """How many points a label moves up from its line's end."""
    points_per_micro = 150 / span  # a panel is some 150 points high, on either paper
    heights = [line.points[-1][1] * points_per_micro for line in ends]
    if early:
        return -_APART if rank == 0 else _APART
    placed = heights[0]
    for height in heights[1 : rank + 1]:
        placed = max(height, placed + _APART)
    return placed - heights[rank]
