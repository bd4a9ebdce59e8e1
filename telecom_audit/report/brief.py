"""The manager's brief: two pages, each with a place that is left for a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telecom_audit.drawing.place import Place
from telecom_audit.drawing.sheet import Heading, Sheet, new_page
from telecom_audit.report.found import Audit, found_sentence, write_found
from telecom_audit.report.metrics import metrics_height, plan_sentence, write_metrics
from telecom_audit.report.notice import Missing, notice_height, write_missing

PAGES = 2
_GAP = 0.25


@dataclass(frozen=True)
class Brief:
    """What the brief says beside its charts.

    Attributes:
        sheet: the paper and what stands on every page.
        currency: its ISO code.
        filter: what is in and what is out, in words.
        audit: what was found, or why there is nothing.
        forecast: what `forecast --json` answers, or why there is no plan.
    """

    sheet: Sheet
    currency: str
    filter: str
    audit: Audit | Missing
    forecast: Mapping[str, Any] | Missing


def first_title(brief: Brief, savings: str) -> str:
    """The whole brief in one sentence; `savings` is the finding of that chart, or ""."""
    if isinstance(brief.audit, Missing):
        if savings:
            return savings
        if isinstance(brief.forecast, Missing):
            return "Nothing has been audited, planned or measured yet"
        return plan_sentence(brief.forecast, brief.currency)
    found = found_sentence(brief.audit, brief.currency)
    return f"{found}; {savings[:1].lower()}{savings[1:]}" if savings else found


def second_title(brief: Brief, spend: str) -> str:
    """The plan in one sentence; without one the finding of the chart of spend."""
    if not isinstance(brief.forecast, Missing):
        return plan_sentence(brief.forecast, brief.currency)
    return spend or "There is no spend and no plan yet"


def first_page(brief: Brief, title: str, period: str) -> Place:
    """Findings by confidence; the place below is for the chart of savings."""
    whose = f"{brief.sheet.organization}: what" if brief.sheet.organization else "What"
    subtitle = f"{whose} the audit found, and what was saved against the frozen baseline."
    place = new_page(brief.sheet, Heading(title, subtitle, period, brief.filter, (1, PAGES)))
    if isinstance(brief.audit, Missing):
        return write_missing(place, brief.audit).less(top=_GAP)
    return write_found(place, brief.audit, brief.currency).less(top=_GAP)


def second_page(brief: Brief, title: str, period: str, spend: Missing | None) -> Place:
    """The plan's metrics at the bottom; the place above is for the chart of spend.

    Args:
        brief: what is said.
        title: the finding in one sentence.
        period: the months of the chart.
        spend: why there is no chart; it is written instead.
    """
    forecast = brief.forecast
    subtitle = "What is spent, and what the plan promises."
    if not isinstance(forecast, Missing):
        months = forecast["conventions"]["months"]
        subtitle = (
            f"What is spent, and what the scenario “{forecast['scenario']}” promises from "
            f"{forecast['start']} for {months} months."
        )
    place = new_page(brief.sheet, Heading(title, subtitle, period, brief.filter, (2, PAGES)))
    if spend:
        _write_plan(write_missing(place, spend).less(top=_GAP), brief)
        return place
    height = _plan_height(brief, place.width)
    _write_plan(place.less(top=place.height - height), brief)
    return place.less(bottom=height + _GAP)


def _plan_height(brief: Brief, width: float) -> float:
    if isinstance(brief.forecast, Missing):
        return notice_height(brief.forecast, width)
    return metrics_height(brief.forecast, brief.currency, width)


def _write_plan(place: Place, brief: Brief) -> None:
    if isinstance(brief.forecast, Missing):
        write_missing(place, brief.forecast)
    else:
        write_metrics(place, brief.forecast, brief.currency)
