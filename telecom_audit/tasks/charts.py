"""Charts on paper: what a user asks for, from the project to the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from telecom_audit.charts.chart import Chart, ChartContext, Row
from telecom_audit.charts.registry import chart, charts
from telecom_audit.charts.rendering import ENDINGS, write_figure
from telecom_audit.charts.style import Style, paper_style
from telecom_audit.drawing.sheet import PAPERS, Heading, Sheet, new_page
from telecom_audit.drawing.style import drawing_style
from telecom_audit.progress import SILENT, Progress
from telecom_audit.store.interruption import interruptible
from telecom_audit.store.project import Project
from telecom_audit.store.spend import last_bill_date, last_payment_date
from telecom_audit.tasks.chart_order import ChartOrder
from telecom_audit.tasks.charts_frames import FRAMES, Framed
from telecom_audit.tasks.export_target import checked_ending, whole_file


@dataclass(frozen=True)
class ReadyChart:
    """A chart with its figures, read and not yet drawn."""

    chart: Chart
    framed: Framed
    context: ChartContext

    @property
    def frame(self) -> pd.DataFrame:
        """The figures."""
        return self.framed.frame


@dataclass(frozen=True)
class DrawnChart:
    """A chart on its page, with its finding and its figures."""

    page: Figure
    title: str
    rows: Sequence[Row]


def chart_list() -> dict[str, Any]:
    """What `chart PROJECT list --json` answers: each chart with its question."""
    return {"charts": [{"chart": one.key, "question": one.question} for one in charts()]}


def today() -> str:
    """The day on the user's calendar, ISO."""
    return date.today().isoformat()  # noqa: DTZ011


def ready_chart(project: Project, key: str, scenario: str | None, style: Style) -> ReadyChart:
    """Read the figures of a chart.

    Raises:
        UsageError: an unknown chart or scenario.
        RefusedError: the project has nothing to draw.
    """
    wanted = chart(key)
    framed = FRAMES[wanted.frame](project, scenario)
    context = ChartContext(project.settings.currency, framed.source, today(), style)
    return ReadyChart(wanted, framed, context)


def sheet_of(project: Project, paper: str, as_of: str) -> Sheet:
    """What stands on every page about a project."""
    return Sheet(
        paper=PAPERS[paper],
        organization=project.settings.organization,
        project=project.path.name,
        as_of=as_of,
        printed=today(),
    )


def last_known_date(project: Project) -> str:
    """The last date that the bills, or else the payments, know, ISO; "" without both."""
    with project.read() as connection:
        return last_bill_date(connection) or last_payment_date(connection)


def chart_page(project: Project, order: ChartOrder, pages: int = 1) -> DrawnChart:
    """A chart as a page.

    Args:
        project: an open project.
        order: which chart, and how.
        pages: of the document that it is the first page of.

    Raises:
        UsageError: an unknown chart or scenario.
        RefusedError: the project has nothing to draw.
    """
    ready = ready_chart(project, order.key, order.scenario, paper_style(grey=order.grey))
    sheet = sheet_of(project, order.paper, ready.framed.as_of)
    with drawing_style():
        words = ready.chart.words(ready.frame, ready.context)
        filter_words = ready.framed.filter
        heading = Heading(words.title, words.subtitle, words.period, filter_words, (1, pages))
        place = new_page(sheet, heading)
        ready.chart.draw(ready.frame, ready.context, place)
    return DrawnChart(place.figure, words.title, ready.chart.rows(ready.frame))


def draw_chart(
    project: Project, order: ChartOrder, target: Path, progress: Progress = SILENT
) -> dict[str, Any]:
    """Draw a chart into a file, and answer the figures drawn.

    Raises:
        UsageError: an unknown chart, scenario or ending.
        RefusedError: the project has nothing to draw, or the file cannot be written.
        CancelledError: the person asked to stop; the file is as it was.
    """
    ending = checked_ending(target, ENDINGS)
    with interruptible(project.connection, progress):
        drawn = chart_page(project, order)
    progress.check()
    with whole_file(target) as unfinished:
        write_figure(drawn.page, unfinished, ending, drawn.title)
    return {
        "chart": order.key,
        "file": str(target),
        "title": drawn.title,
        "rows": list(drawn.rows),
    }
