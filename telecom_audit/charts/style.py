"""How series look: the Okabe-Ito palette, made to be told apart on grey paper too."""

from __future__ import annotations

from dataclasses import dataclass, replace

from telecom_audit.drawing.style import DARK, PAPER, Palette


@dataclass(frozen=True)
class Ink:
    """How one series looks: fill and hatch of its bars, and the colour of its lines and edges."""

    fill: str
    hatch: str
    line: str


@dataclass(frozen=True)
class Style:
    """The looks of a chart.

    Attributes:
        palette: of all that is no series.
        series: by position; the last one is that of "other".
        planned: what was projected: light and hatched.
        realized: what bills have shown: solid.
        provisional: realized months for which bills are still missing: light and dotted.
    """

    palette: Palette
    series: tuple[Ink, ...]
    planned: Ink
    realized: Ink
    provisional: Ink


# fills are dark and light by turns, so that neighbours differ in grey as well
COLOUR = Style(
    PAPER,
    (
        Ink("#0072B2", "", "#0072B2"),
        Ink("#F5CF80", "///", "#9A6A00"),
        Ink("#009E73", "...", "#00664A"),
        Ink("#F4C6A6", "\\\\\\", "#A84A00"),
        Ink("#CC79A7", "xxx", "#7A3A5E"),
        Ink("#C4E3F7", "---", "#2A7FAF"),
        Ink("#8C8C8C", "", "#4D4D4D"),
    ),
    planned=Ink("#FBE9C6", "///", "#9A6A00"),
    realized=Ink("#0072B2", "", "#0072B2"),
    provisional=Ink("#D6E9F5", "...", "#0072B2"),
)
GREY = Style(
    PAPER,
    (
        Ink("#333333", "", "#333333"),
        Ink("#D9D9D9", "///", "#595959"),
        Ink("#808080", "...", "#262626"),
        Ink("#F2F2F2", "\\\\\\", "#737373"),
        Ink("#666666", "xxx", "#1A1A1A"),
        Ink("#E6E6E6", "---", "#4D4D4D"),
        Ink("#969696", "", "#404040"),
    ),
    planned=Ink("#F2F2F2", "///", "#737373"),
    realized=Ink("#404040", "", "#404040"),
    provisional=Ink("#D9D9D9", "...", "#404040"),
)
# a screen has its colours and no need of hatches, but what is not certain keeps them
_SCREEN_LIGHT = replace(
    COLOUR,
    series=(
        Ink("#0072B2", "", "#005A8C"),
        Ink("#E69F00", "", "#9A6A00"),
        Ink("#009E73", "", "#00664A"),
        Ink("#D55E00", "", "#8F3F00"),
        Ink("#CC79A7", "", "#7A3A5E"),
        Ink("#56B4E9", "", "#2A7FAF"),
        Ink("#8C8C8C", "", "#4D4D4D"),
    ),
)
_SCREEN_DARK = Style(
    DARK,
    (
        Ink("#2E8FCC", "", "#8CC8EE"),
        Ink("#E69F00", "", "#FFD27A"),
        Ink("#009E73", "", "#5FD6B3"),
        Ink("#D55E00", "", "#FFAE73"),
        Ink("#CC79A7", "", "#EDB9D5"),
        Ink("#56B4E9", "", "#BFE3F8"),
        Ink("#8C8C8C", "", "#C8C8C8"),
    ),
    planned=Ink("#4A3B17", "///", "#E69F00"),
    realized=Ink("#56B4E9", "", "#56B4E9"),
    provisional=Ink("#1F3F55", "...", "#56B4E9"),
)

LARGEST_SERIES = len(COLOUR.series) - 1


def paper_style(*, grey: bool) -> Style:
    """The looks on paper: hatched, in colours or in greys only."""
    return GREY if grey else COLOUR


def screen_style(*, is_dark: bool, background: str = "") -> Style:
    """The looks on a light or a dark screen.

    Args:
        is_dark: light words on a dark ground.
        background: the colour of the window below the chart, "#RRGGBB"; "" for our own.
    """
    style = _SCREEN_DARK if is_dark else _SCREEN_LIGHT
    if not background:
        return style
    return replace(style, palette=replace(style.palette, background=background))
