"""What a chart is: a question, the frame it needs, and how it is said, told and drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import pandas as pd
from matplotlib.figure import Figure

Row = Mapping[str, str | bool | None]


class Paper(Enum):
    """A sheet in landscape: width and height in inches."""

    LETTER = (11.0, 8.5)
    A4 = (11.69, 8.27)

    @property
    def width(self) -> float:
        """The longer side, in inches."""
        return self.value[0]

    @property
    def height(self) -> float:
        """The shorter side, in inches."""
        return self.value[1]


@dataclass(frozen=True)
class ChartContext:
    """What stands around the figures: whose they are, what was left out, and on which paper.

    Attributes:
        organization: whose bills these are; may be empty.
        project: the name of the project file.
        currency: its ISO code.
        source: what the figures were made from, in words.
        filter: what is in and what is out, in words.
        as_of: the last date that the data know, ISO; empty when they know none.
        printed: the date of printing, ISO.
        paper: the sheet.
        grey: draw in greys only.
        page: the number of this page and of all pages.
    """

    organization: str
    project: str
    currency: str
    source: str
    filter: str
    as_of: str
    printed: str
    paper: Paper = Paper.LETTER
    grey: bool = False
    page: tuple[int, int] = (1, 1)


@dataclass(frozen=True)
class Chart:
    """One chart.

    Attributes:
        key: the name on the command line, equal to the module's.
        question: what the chart answers, for the list.
        frame: the name of the frame that it draws (see `tasks.charts_frames`).
        title: the finding in one sentence.
        rows: the figures drawn, as text: the table for those who cannot see the chart.
        draw: the page.
    """

    key: str
    question: str
    frame: str
    title: Callable[[pd.DataFrame, ChartContext], str]
    rows: Callable[[pd.DataFrame], Sequence[Row]]
    draw: Callable[[pd.DataFrame, ChartContext], Figure]
