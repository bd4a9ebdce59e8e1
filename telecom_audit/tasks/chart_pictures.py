"""Charts on a screen: a picture, its table twin, and what stands where on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from telecom_audit.progress import SILENT, Progress
from telecom_audit.store.interruption import interruptible
from telecom_audit.store.project import open_project
from telecom_audit.tasks.chart_order import ChartOrder

if TYPE_CHECKING:
    from telecom_audit.charts.screen import Area


@dataclass(frozen=True)
class Screen:
    """Where a chart will be shown.

    Attributes:
        width: logical pixels.
        height: logical pixels.
        ratio: physical pixels for each logical one.
        is_dark: light words on a dark ground.
        background: the window's colour below the chart, "#RRGGBB"; "" for a white or dark one.
    """

    width: int
    height: int
    ratio: float = 1.0
    is_dark: bool = False
    background: str = ""


@dataclass(frozen=True)
class Region:
    """A rectangle of the picture that stands for a figure, in logical pixels, y downwards.

    Attributes:
        left: of the rectangle.
        top: of the rectangle.
        right: of the rectangle.
        bottom: of the rectangle.
        text: what to say when the pointer is there.
        month: its month number.
        series: the vendor of a bar of spend, "3 other vendors" for the rest; "realized",
            "projected" or "provisional" for savings.
        micros: the exact amount of that month and series.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    month: int | None
    series: str
    micros: int


@dataclass(frozen=True)
class ChartPicture:
    """A drawn chart.

    Attributes:
        width: physical pixels.
        height: physical pixels.
        rgba: opaque pixels, four bytes each, row by row from the top.
        title: the finding in one sentence, which stands on the picture too.
        subtitle: measure, period and source; on a small picture it may be cut.
        heads: of the table twin.
        rows: of the table twin, texts.
        right: the positions of its columns of amounts.
        regions: bars, then month columns; the first that holds the pointer is meant.
    """

    width: int
    height: int
    rgba: bytes
    title: str
    subtitle: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    regions: tuple[Region, ...]


def chart_picture(
    path: Path, order: ChartOrder, screen: Screen, progress: Progress = SILENT
) -> ChartPicture:
    """Draw a chart of a project for a screen; meant for a worker thread.

    Raises:
        UsageError: an unknown chart or scenario, or several scenarios and none was named.
        RefusedError: the project has nothing to draw; the remedy says what to do.
        CancelledError: the person asked to stop.
    """
    from telecom_audit.charts.screen import picture
    from telecom_audit.charts.style import screen_style
    from telecom_audit.tasks.charts import ready_chart

    style = screen_style(is_dark=screen.is_dark, background=screen.background)
    with open_project(path) as project, interruptible(project.connection, progress):
        ready = ready_chart(project, order.key, order.scenario, style)
    progress.check()
    size = (screen.width, screen.height)
    drawn = picture(ready.chart, ready.frame, ready.context, size, screen.ratio)
    return ChartPicture(
        width=drawn.width,
        height=drawn.height,
        rgba=drawn.rgba,
        title=drawn.words.title,
        subtitle=drawn.words.subtitle,
        heads=drawn.twin.heads,
        rows=drawn.twin.rows,
        right=drawn.twin.right,
        regions=tuple(_region(area) for area in drawn.areas),
    )


def _region(area: Area) -> Region:
    spot = area.spot
    return Region(
        left=area.left,
        top=area.top,
        right=area.right,
        bottom=area.bottom,
        text=spot.text,
        month=spot.month,
        series=spot.series,
        micros=spot.micros,
    )
