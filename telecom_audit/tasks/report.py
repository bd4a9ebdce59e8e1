"""The manager's brief: two pages with totals, charts and metrics, as figures and as a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from telecom_audit.charts.chart import Words
from telecom_audit.charts.rendering import write_pages
from telecom_audit.charts.style import paper_style
from telecom_audit.drawing.place import PART, Place, write_heading
from telecom_audit.drawing.style import drawing_style
from telecom_audit.report.brief import Brief, first_page, first_title, second_page, second_title
from telecom_audit.report.notice import Missing, write_missing
from telecom_audit.store.project import Project
from telecom_audit.tasks.charts import ReadyChart, last_known_date, sheet_of
from telecom_audit.tasks.export_target import checked_ending, whole_file
from telecom_audit.tasks.report_parts import audit_part, chart_part, forecast_part, scenario_of

_ENDINGS = (".pdf",)
_NO_WORDS = Words("", "", "")
_GAP = 0.06


@dataclass(frozen=True)
class ReportOrder:
    """The brief of which scenario (None: the only one), on which paper."""

    scenario: str | None = None
    paper: str = "letter"
    grey: bool = False


@dataclass(frozen=True)
class Report:
    """The drawn brief.

    Attributes:
        pages: two, as large as the paper.
        title: the brief in one sentence.
        document: what `report --json` answers, but for the file.
    """

    pages: tuple[Figure, ...]
    title: str
    document: dict[str, Any]


def report(project: Project, order: ReportOrder) -> Report:
    """Draw the manager's brief; a part that the project cannot fill says why and what to do.

    Raises:
        UsageError: no such scenario, or several and none was named.
    """
    scenario = scenario_of(project, order.scenario)
    audit, totals = audit_part(project)
    style = paper_style(grey=order.grey)
    savings = chart_part(project, "savings", scenario, style)
    spend = chart_part(project, "spend", None, style)
    forecast = forecast_part(project, scenario)
    brief = Brief(
        sheet=sheet_of(project, order.paper, last_known_date(project)),
        currency=project.settings.currency,
        filter=f"scenario {scenario}; all vendors and sites"
        if scenario
        else "all vendors and sites",
        audit=audit,
        forecast=forecast,
    )
    with drawing_style():
        saved, spent = _words(savings), _words(spend)
        title = first_title(brief, saved.title)
        first = first_page(brief, title, saved.period)
        _draw(first, savings, _untitled(saved))  # the page says it above
        no_spend = spend if isinstance(spend, Missing) else None
        second = second_page(brief, second_title(brief, spent.title), spent.period, no_spend)
        if not no_spend:
            _draw(second, spend, _untitled(spent) if isinstance(forecast, Missing) else spent)
    missing = [part for part in (audit, savings, spend, forecast) if isinstance(part, Missing)]
    return Report(
        (first.figure, second.figure),
        title,
        {
            "title": title,
            "scenario": scenario,
            "pages": 2,
            "totals": totals,
            "savings": saved.title or None,
            "spend": spent.title or None,
            "metrics": None if isinstance(forecast, Missing) else forecast["metrics"],
            "notes": [*_notes(forecast), *(f"{one.part}: {one.why}" for one in missing)],
        },
    )


def write_report(project: Project, order: ReportOrder, target: Path) -> dict[str, Any]:
    """Write the manager's brief as a PDF, and answer what it says.

    Raises:
        UsageError: no such scenario, several and none was named, or another ending than .pdf.
        RefusedError: the file cannot be written.
    """
    checked_ending(target, _ENDINGS)
    drawn = report(project, order)
    with whole_file(target) as unfinished:
        write_pages(drawn.pages, unfinished, drawn.title)
    return {"file": str(target), **drawn.document}


def _words(part: ReadyChart | Missing) -> Words:
    if isinstance(part, Missing):
        return _NO_WORDS
    return part.chart.words(part.frame, part.context)


def _untitled(words: Words) -> Words:
    return Words("", words.subtitle, words.period)


def _draw(place: Place, part: ReadyChart | Missing, words: Words) -> None:
    """A chart below its heading, or why there is none."""
    if isinstance(part, Missing):
        write_missing(place, part)
        return
    rest = write_heading(place, words.title, words.subtitle, PART).less(top=_GAP)
    part.chart.draw(part.frame, part.context, rest)


def _notes(forecast: Mapping[str, Any] | Missing) -> list[str]:
    return [] if isinstance(forecast, Missing) else list(forecast["notes"])
