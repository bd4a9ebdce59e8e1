"""Axes that share a place of a figure, settled before labels are set by measure."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.layout_engine import ConstrainedLayoutEngine

from telecom_audit.drawing.place import Place


def panels(place: Place, count: int) -> list[Axes]:
    """Axes one above another that share their months; their words stay inside the place."""
    figure = place.figure
    across, up = figure.get_size_inches()
    figure.set_layout_engine(
        ConstrainedLayoutEngine(
            rect=(
                place.left / across,
                place.bottom / up,
                place.width / across,
                place.height / up,
            ),
            w_pad=0,
            h_pad=0,
            hspace=0.06,
            wspace=0,
        )
    )
    return [axes for row in figure.subplots(count, 1, sharex=True, squeeze=False) for axes in row]


def settle(place: Place, tick: Callable[[], None]) -> None:
    """Lay the axes out and keep them there, so that labels can be placed by measure.

    Args:
        place: with the axes in it.
        tick: sets the ticks anew for the width that the axes have by then.
    """
    place.figure.draw_without_rendering()
    tick()
    place.figure.draw_without_rendering()
    place.figure.set_layout_engine("none")
