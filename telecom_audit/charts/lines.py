"""Lines of running sums, each with its name and last amount at its end instead of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes

from telecom_audit.charts.chart import ChartContext
from telecom_audit.drawing.amounts import short_money
from telecom_audit.drawing.style import FONT, SMALLEST, Palette
from telecom_audit.money import MICROS

_MOST_MARKERS = 24
_WIDTH = 2.0
_APART = 12.0  # points between the labels of two ends
_HALF_LABEL = 8.0


@dataclass(frozen=True)
class Line:
    """A line: its name, how it is drawn, and its points (month number, micros)."""

    name: str
    stroke: Literal["solid", "dashed", "dotted"]
    colour: str
    points: tuple[tuple[int, int], ...]


def draw_lines(axes: Axes, lines: Sequence[Line], palette: Palette) -> None:
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
            markerfacecolor=line.colour if line.stroke == "solid" else palette.background,
            zorder=3,
        )


def label_ends(axes: Axes, lines: Sequence[Line], context: ChartContext, inches: float) -> None:
    """Write name and amount at each line's end, the higher label above the lower.

    A line that ends before the others is labelled beside its end, where no other line runs.

    Args:
        axes: with limits that show the lines.
        lines: with at least one point each.
        context: the currency and the looks.
        inches: about the height of the axes.
    """
    last = max(line.points[-1][0] for line in lines)
    low, high = axes.get_ylim()
    points_per_micro = 72 * inches / (high - low) / MICROS
    ends = sorted(lines, key=lambda line: line.points[-1][1])
    free = -float("inf")
    for rank, line in enumerate(ends):
        height = line.points[-1][1] * points_per_micro
        if line.points[-1][0] < last:
            rising = ends[-1].points[-1][1] >= 0
            across, up, side = _beside(lower=rank == 0, rising=rising)
            _label(axes, line, context, (across, _off_zero(height, up), side))
            continue
        placed = max(height, free)
        free = placed + _APART
        _label(axes, line, context, (8, placed - height, "left"))


def _beside(*, lower: bool, rising: bool) -> tuple[float, float, str]:
    """Points across and up from an end, and the side of the label that stands there."""
    to_right = lower == rising
    return (3 if to_right else -3, -_APART if lower else _APART, "left" if to_right else "right")


def _off_zero(height: float, up: float) -> float:
    """Points up from an end so that its label does not cover the line of zero."""
    if abs(height + up) >= _HALF_LABEL:
        return up
    return (-_HALF_LABEL if up < 0 else _HALF_LABEL) - height


def _label(axes: Axes, line: Line, context: ChartContext, place: tuple[float, float, str]) -> None:
    month, micros = line.points[-1]
    axes.annotate(
        f"{line.name} {short_money(micros, context.currency)}",
        (month, micros / MICROS),
        xytext=place[:2],
        textcoords="offset points",
        ha=place[2],
        va="center",
        fontsize=SMALLEST,
        fontweight="bold",
        fontfamily=FONT,
        color=line.colour,
        bbox={
            "facecolor": context.style.palette.background,
            "edgecolor": "none",
            "alpha": 0.85,
            "pad": 1.0,
        },
        zorder=4,
    )
