"""A chart as a picture for a screen, and where on it each figure stands. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from telecom_audit.charts.chart import Chart, ChartContext, Spot, Twin, Words
from telecom_audit.drawing.place import HeadingType, new_place, write_heading
from telecom_audit.drawing.style import SMALLEST, drawing_style

DOTS = 96.0  # logical pixels an inch, so that nine points are twelve pixels
LEAST_WIDTH, LEAST_HEIGHT = 360, 220
_MARGIN = 0.08
_GAP = 0.06
_LOW, _NARROW = 4.0, 7.0  # inches below which the heading is cut, or smaller
_TITLE, _SMALL_TITLE = 12.0, 10.5
_LEAST_TARGET = 6.0  # logical pixels that a pointer can meet


@dataclass(frozen=True)
class Area:
    """A rectangle of the picture in logical pixels, y downwards, and what it stands for."""

    left: float
    top: float
    right: float
    bottom: float
    spot: Spot


@dataclass(frozen=True)
class Picture:
    """A drawn chart: physical pixels in RGBA, row by row from the top, and its meaning."""

    width: int
    height: int
    rgba: bytes
    words: Words
    twin: Twin
    areas: tuple[Area, ...]


def picture(
    chart: Chart, frame: pd.DataFrame, context: ChartContext, size: tuple[int, int], ratio: float
) -> Picture:
    """Draw a chart for a screen, with its heading and without a footer.

    Args:
        chart: what to draw.
        frame: its figures.
        context: with a style for screens.
        size: width and height in logical pixels; drawn larger when nothing could be read.
        ratio: physical pixels for each logical one.
    """
    with drawing_style(context.style.palette):
        figure, spots = screen_figure(chart, frame, context, size, ratio)
        canvas: Any = figure.canvas
        canvas.draw()
        pixels = canvas.buffer_rgba()
        return Picture(
            width=int(pixels.shape[1]),
            height=int(pixels.shape[0]),
            rgba=bytes(pixels),
            words=chart.words(frame, context),
            twin=chart.twin(frame, context),
            areas=tuple(_area(spot, ratio, pixels.shape[0]) for spot in spots),
        )


def screen_figure(
    chart: Chart, frame: pd.DataFrame, context: ChartContext, size: tuple[int, int], ratio: float
) -> tuple[Figure, Sequence[Spot]]:
    """The figure of `picture`, and where its figures stand; call it inside `drawing_style`."""
    place = new_place(*_inches(size, ratio), context.style.palette)
    words = chart.words(frame, context)
    title = _SMALL_TITLE if place.width < _NARROW else _TITLE
    sizes = HeadingType(title, SMALLEST, lines=1 if place.height < _LOW else 3)
    rest = write_heading(place.inside(_MARGIN), words.title, words.subtitle, sizes)
    spots = chart.draw(frame, context, rest.less(top=_GAP))
    place.figure.set_dpi(DOTS * ratio)
    return place.figure, spots


def _inches(size: tuple[int, int], ratio: float) -> tuple[float, float]:
    """The size of the figure, so that it becomes a whole number of physical pixels."""
    width, height = max(size[0], LEAST_WIDTH), max(size[1], LEAST_HEIGHT)
    # a hair more, since the canvas cuts fractions of a pixel off
    across, up = (round(side * ratio) + 0.001 for side in (width, height))
    return across / DOTS / ratio, up / DOTS / ratio


def _area(spot: Spot, ratio: float, pixels: int) -> Area:
    low, high = spot.reach or spot.axes.get_ylim()
    across, up = spot.axes.transData.transform([(spot.span[0], low), (spot.span[1], high)]).T
    thin = max(0.0, _LEAST_TARGET - (up[1] - up[0]) / ratio) / 2
    return Area(
        left=float(across[0]) / ratio,
        top=(pixels - float(up[1])) / ratio - thin,
        right=float(across[1]) / ratio,
        bottom=(pixels - float(up[0])) / ratio + thin,
        spot=spot,
    )
