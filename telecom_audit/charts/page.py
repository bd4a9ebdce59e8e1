"""The page around a chart: the finding on top, the measure below it, the footer that dates it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from telecom_audit.charts.chart import ChartContext
from telecom_audit.charts.style import FONT, INK, SMALLEST, SOFT_INK
from telecom_audit.charts.words import printable, shortened, width, wrapped

MARGIN = 0.55
_TITLE_SIZE = 15.0
_SUBTITLE_SIZE = 10.0
_LINE = 1.35 / 72  # inches of height for each point of size
_GAP = 0.12
_BETWEEN = "  ·  "


@dataclass(frozen=True)
class Heading:
    """What a page says in words: the finding, the measure with period and source, the period."""

    title: str
    subtitle: str
    period: str


def new_page(context: ChartContext, heading: Heading) -> Figure:
    """A page with its words, whose layout keeps the axes that are added inside the rest."""
    paper = context.paper
    figure = Figure(figsize=(paper.width, paper.height), facecolor="white")
    FigureCanvasAgg(figure)
    top = _write_heading(figure, context, heading)
    bottom = _write_footer(figure, context, heading.period)
    figure.set_layout_engine(
        ConstrainedLayoutEngine(
            rect=(
                MARGIN / paper.width,
                bottom / paper.height,
                1 - 2 * MARGIN / paper.width,
                (top - bottom) / paper.height,
            ),
            w_pad=0,
            h_pad=0,
            hspace=0.06,
            wspace=0,
        )
    )
    return figure


def finish(figure: Figure) -> None:
    """Lay the axes out and keep them there, so that labels can be placed by measure."""
    figure.canvas.draw()
    figure.set_layout_engine("none")


def _write_heading(figure: Figure, context: ChartContext, heading: Heading) -> float:
    room = context.paper.width - 2 * MARGIN
    y = context.paper.height - MARGIN
    for text, size, weight, colour in (
        (heading.title, _TITLE_SIZE, "bold", INK),
        (heading.subtitle, _SUBTITLE_SIZE, "normal", SOFT_INK),
    ):
        for line in wrapped(printable(text), room, size, weight):
            figure.text(
                MARGIN / context.paper.width,
                y / context.paper.height,
                line,
                fontsize=size,
                fontweight=weight,
                color=colour,
                va="top",
                fontfamily=FONT,
            )
            y -= size * _LINE
        y -= 0.05
    return y - _GAP


def _write_footer(figure: Figure, context: ChartContext, period: str) -> float:
    """Two lines: whose it is with period and filter, and the project with dates and page."""
    number, of = context.page
    page = f"page {number} of {of}"
    known = f"data as of {context.as_of}" if context.as_of else ""
    dates = _BETWEEN.join(part for part in (known, f"printed {context.printed}", page) if part)
    upper = _BETWEEN.join(part for part in (context.organization, context.filter) if part)
    lower = _BETWEEN.join((context.project, period))
    size = SMALLEST
    room = context.paper.width - 2 * MARGIN
    left_room = room - width(dates, size) - 0.3
    y = MARGIN
    for line, right in ((lower, dates), (upper, "")):
        text = shortened(printable(line), left_room if right else room, size)
        _footer_text(figure, context, (MARGIN, y, text, "left"))
        if right:
            _footer_text(figure, context, (context.paper.width - MARGIN, y, right, "right"))
        y += size * _LINE
    return y + _GAP


def _footer_text(
    figure: Figure, context: ChartContext, placed: tuple[float, float, str, str]
) -> None:
    x, y, text, side = placed
    figure.text(
        x / context.paper.width,
        y / context.paper.height,
        text,
        fontsize=SMALLEST,
        color=SOFT_INK,
        ha=side,
        va="bottom",
        fontfamily=FONT,
    )
