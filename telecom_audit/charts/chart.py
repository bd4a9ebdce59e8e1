"""What a chart is: a question, the frame it needs, and how it is said, told and drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from telecom_audit.charts.style import COLOUR, Style
from telecom_audit.drawing.place import Place

Row = Mapping[str, str | bool | None]


@dataclass(frozen=True)
class ChartContext:
    """What a chart must know beside its figures.

    Attributes:
        currency: its ISO code.
        source: what the figures were made from, in words.
        today: the date of drawing, ISO.
        style: the looks.
    """

    currency: str
    source: str
    today: str
    style: Style = COLOUR


@dataclass(frozen=True)
class Words:
    """What a chart says: the finding, the measure with period and source, and the period."""

    title: str
    subtitle: str
    period: str


@dataclass(frozen=True)
class Twin:
    """The figures as a table for those who cannot see the chart.

    Attributes:
        heads: of the columns, the month first.
        rows: texts, as many in each row as heads.
        right: the positions of the columns of amounts, to be aligned right.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class Spot:
    """A rectangle that stands for a figure, in the axes' own units.

    Attributes:
        axes: in which it stands.
        span: its left and its right end.
        reach: its lower and its upper end; None: the whole height of the axes.
        text: the figure in a sentence.
        month: its month number.
        series: its vendor, or "realized", "projected" or "provisional".
        micros: the exact amount.
    """

    axes: Axes
    span: tuple[float, float]
    reach: tuple[float, float] | None
    text: str
    month: int
    series: str
    micros: int


@dataclass(frozen=True)
class Chart:
    """One chart.

    Attributes:
        key: the name on the command line, equal to the module's.
        question: what the chart answers, for the list.
        frame: the name of the frame that it draws (see `tasks.charts_frames`).
        words: the finding in one sentence, and what stands below it.
        rows: the figures drawn, as the contract spells them in JSON.
        twin: the figures drawn, as a table for a person.
        draw: draws into a place of a figure; answers where each figure stands.
    """

    key: str
    question: str
    frame: str
    words: Callable[[pd.DataFrame, ChartContext], Words]
    rows: Callable[[pd.DataFrame], Sequence[Row]]
    twin: Callable[[pd.DataFrame, ChartContext], Twin]
    draw: Callable[[pd.DataFrame, ChartContext, Place], Sequence[Spot]]
