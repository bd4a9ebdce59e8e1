"""Charts on paper: what a user asks for, from the project to the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from telecom_audit.charts.chart import ChartContext, Paper
from telecom_audit.charts.registry import chart, charts
from telecom_audit.charts.rendering import ENDINGS, write_figure
from telecom_audit.charts.style import drawing_style
from telecom_audit.store.project import Project
from telecom_audit.tasks.charts_frames import FRAMES
from telecom_audit.tasks.export_target import checked_ending, whole_file

PAPERS = {"letter": Paper.LETTER, "a4": Paper.A4}


@dataclass(frozen=True)
class ChartOrder:
    """Which chart, of which scenario (None: the only one), on which paper."""

    key: str
    scenario: str | None = None
    paper: str = "letter"
    grey: bool = False


def chart_list() -> dict[str, Any]:
    """What `chart PROJECT list --json` answers: each chart with its question."""
    return {"charts": [{"chart": one.key, "question": one.question} for one in charts()]}


def draw_chart(project: Project, order: ChartOrder, target: Path) -> dict[str, Any]:
    """Draw a chart into a file, and answer the figures drawn.

    Raises:
        UsageError: an unknown chart, scenario or ending.
        RefusedError: the project has nothing to draw, or the file cannot be written.
    """
    wanted = chart(order.key)
    ending = checked_ending(target, ENDINGS)
    framed = FRAMES[wanted.frame](project, order.scenario)
    settings = project.settings
    context = ChartContext(
        organization=settings.organization,
        project=project.path.name,
        currency=settings.currency,
        source=framed.source,
        filter=framed.filter,
        as_of=framed.as_of,
        printed=date.today().isoformat(),  # noqa: DTZ011 (the day on the user's calendar)
        paper=PAPERS[order.paper],
        grey=order.grey,
    )
    title = wanted.title(framed.frame, context)
    with drawing_style():
        figure = wanted.draw(framed.frame, context)
    with whole_file(target) as unfinished:
        write_figure(figure, unfinished, ending, title)
    return {
        "chart": wanted.key,
        "file": str(target),
        "title": title,
        "rows": list(wanted.rows(framed.frame)),
    }
