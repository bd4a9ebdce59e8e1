"""The parts of the manager's brief, each read from the project or missing with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from telecom_audit.audit.findings import SET_ASIDE
from telecom_audit.charts.style import Style
from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.money import micros_from_text
from telecom_audit.report.found import Audit, Found
from telecom_audit.report.notice import Missing
from telecom_audit.store.project import Project
from telecom_audit.store.spend import last_bill_date
from telecom_audit.tasks.charts import ReadyChart, ready_chart
from telecom_audit.tasks.findings import finding_list
from telecom_audit.tasks.forecast import forecast
from telecom_audit.tasks.scenarios import kept_scenario, kept_scenarios

_TOTALS = ("monthly", "annual", "recoverable")
_CHARTS = {"savings": "No savings are measured", "spend": "No spend is known"}


def scenario_of(project: Project, asked: str | None) -> str | None:
    """The scenario of that name, or the only one; None when there is none.

    Raises:
        UsageError: no such scenario, or several and none was named.
    """
    if asked is not None:
        return kept_scenario(project, asked).plan.name
    names = [kept.plan.name for kept in kept_scenarios(project)]
    if len(names) > 1:
        raise UsageError(
            "the project has several scenarios", f"Name one with --scenario: {', '.join(names)}."
        )
    return names[0] if names else None


def audit_part(project: Project) -> tuple[Audit | Missing, dict[str, Any] | None]:
    """What the newest audit found; its totals as `findings --json` shows them."""
    with project.read() as connection:
        bills = last_bill_date(connection)
    listed = finding_list(project)
    if listed["as_of"] is None:
        return _not_audited(bool(bills)), None
    counted = Counter(
        one["confidence"] for one in listed["findings"] if one["status"] not in SET_ASIDE
    )
    found = tuple(
        Found(name, counted[name], *(micros_from_text(totals[key]) for key in _TOTALS))
        for name, totals in listed["totals"].items()
    )
    return Audit(found, len(listed["findings"]) - counted.total()), listed["totals"]


def _not_audited(has_bills: bool) -> Missing:
    if has_bills:
        why = "no audit has run on the imported bills yet"
        remedy = "Run the audit: telecom-audit audit PROJECT, or the page Audit in the window"
    else:
        why = "there are no bills to audit"
        remedy = "Import the carriers' bills, then run the audit"
    return Missing("audit", "Nothing is audited", why, remedy)


def chart_part(
    project: Project, key: str, scenario: str | None, style: Style
) -> ReadyChart | Missing:
    """A chart with its figures, or why the project has none."""
    try:
        return ready_chart(project, key, scenario, style)
    except RefusedError as error:
        return Missing(key, _CHARTS[key], error.message, error.remedy)


def forecast_part(project: Project, scenario: str | None) -> Mapping[str, Any] | Missing:
    """What `forecast --json` answers, or that there is no scenario."""
    if scenario is None:
        return Missing(
            "metrics",
            "No metrics: there is no plan",
            "no migration scenario was added",
            "Add one: telecom-audit scenario PROJECT add FILE.toml",
        )
    return forecast(project, scenario).document
