"""A rectangle of a figure, in inches, in which words or a chart are set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from telecom_audit.drawing.style import FONT, SMALLEST, Palette
from telecom_audit.drawing.words import printable, width, wrapped

_LINE = 1.35 / 72  # inches of height for each point of size
_LEAST_TITLE = 0.85  # of its size, that a title keeps when it is set smaller


@dataclass(frozen=True)
class Type:
    """How words are set.

    Attributes:
        size: in points.
        weight: of the strokes.
        colour: "" for the ink of the figure.
        side: which side of the text stands at its place.
        hang: which height of it.
    """

    size: float = SMALLEST
    weight: Literal["normal", "bold"] = "normal"
    colour: str = ""
    side: Literal["left", "center", "right"] = "left"
    hang: Literal["top", "bottom", "center", "baseline"] = "bottom"

    @property
    def line(self) -> float:
        """The height of a line, in inches."""
        return self.size * _LINE


@dataclass(frozen=True)
class HeadingType:
    """The sizes of a title and of the sentence below it, which may be held to one line."""

    title: float
    subtitle: float
    lines: int = 2


BODY = Type()
MESSAGE = HeadingType(15.0, 10.0)
PART = HeadingType(11.0, SMALLEST)


@dataclass(frozen=True)
class Place:
    """A rectangle of a figure.

    Attributes:
        figure: the page or the picture.
        palette: its colours.
        left: inches from the figure's left edge.
        bottom: inches from its lower edge.
        width: in inches.
        height: in inches.
    """

    figure: Figure
    palette: Palette
    left: float
    bottom: float
    width: float
    height: float

    def less(
        self, *, left: float = 0, right: float = 0, bottom: float = 0, top: float = 0
    ) -> Place:
        """The place without so many inches at its sides."""
        return replace(
            self,
            left=self.left + left,
            bottom=self.bottom + bottom,
            width=self.width - left - right,
            height=self.height - bottom - top,
        )

    def inside(self, margin: float) -> Place:
        """The place without so many inches at each side."""
        return self.less(left=margin, right=margin, bottom=margin, top=margin)


def new_place(width: float, height: float, palette: Palette) -> Place:
    """The whole of a new figure of so many inches."""
    figure = Figure(figsize=(width, height), facecolor=palette.background)
    FigureCanvasAgg(figure)
    return Place(figure, palette, 0, 0, width, height)


def write(place: Place, at: tuple[float, float], text: str, kind: Type) -> None:
    """Write a text that fits, at inches from the left and the lower edge of a place."""
    across, up = place.figure.get_size_inches()
    place.figure.text(
        (place.left + at[0]) / across,
        (place.bottom + at[1]) / up,
        text,
        fontsize=kind.size,
        fontweight=kind.weight,
        color=kind.colour or place.palette.ink,
        ha=kind.side,
        va=kind.hang,
        fontfamily=FONT,
    )


def rule(place: Place, height: float, colour: str, points: float = 0.6) -> None:
    """Draw a thin line across a place, at inches above its lower edge."""
    across, up = place.figure.get_size_inches()
    y = (place.bottom + height) / up
    ends = [place.left / across, (place.left + place.width) / across]
    line = Line2D(ends, [y, y], color=colour, linewidth=points, transform=place.figure.transFigure)
    place.figure.add_artist(line)


def write_heading(place: Place, title: str, subtitle: str, sizes: HeadingType) -> Place:
    """Write a title and the sentence below it at the top; what they leave free.

    A title that is a little too long is set smaller, rather than with one word on a second line.
    """
    title, subtitle = printable(title), printable(subtitle)
    size = _fitted(title, place.width, sizes.title)
    soft = Type(sizes.subtitle, colour=place.palette.soft_ink, hang="top")
    for text, kind, most in (
        (title, Type(size, "bold", hang="top"), 2),
        (subtitle, soft, sizes.lines),
    ):
        if not text:
            continue
        for line in wrapped(text, place.width, kind.size, kind.weight, most=most):
            write(place, (0, place.height), line, kind)
            place = place.less(top=kind.line)
        place = place.less(top=0.05)
    return place


def _fitted(text: str, room: float, size: float) -> float:
    needed = width(text, size, "bold")
    least = max(SMALLEST, _LEAST_TITLE * size)
    fitting = size * room / max(needed, room)
    return fitting if fitting >= least else size
