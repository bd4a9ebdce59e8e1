"""`forecast`: the projected cash flow of a scenario by month, and its metrics."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument, table
from telecom_audit.store.project import open_project
from telecom_audit.tasks.forecast import Forecast, forecast

_HEADS = (
    "month", "baseline", "legacy", "new_recurring", "one_time", "termination", "net", "cumulative",
)  # fmt: skip


@click.command()
@project_argument
@click.argument("scenario")
@json_option
def command(project: Path, scenario: str, as_json: bool) -> None:
    """Projected cash flow of SCENARIO by month, and its metrics.

    Example: telecom-audit forecast city.telaudit "Hosted UC, two waves"
    """
    with open_project(project) as opened:
        found = forecast(opened, scenario)
    answer(found.document, _lines(found), as_json)


def _lines(found: Forecast) -> list[str]:
    document = found.document
    rows = [tuple(row[head] for head in _HEADS) for row in document["months"]]
    metrics = [(key, _shown(value)) for key, value in document["metrics"].items()]
    conventions = document["conventions"]
    return [
        *table(_HEADS, rows, "1234567"),
        "",
        *table(("metric", "value"), metrics, "1"),
        "",
        f"Discounted at {conventions['discount_rate']:.2%} a year: {conventions['timing']}.",
        f"Costs of today: {conventions['baseline']}.",
        *document["notes"],
        *(f"warning: {warning}" for warning in document["warnings"]),
    ]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"{root:.6f}" for root in value) or "none"
    if value is None:
        return "none"
    return value if isinstance(value, str) else f"{value:.6f}"
