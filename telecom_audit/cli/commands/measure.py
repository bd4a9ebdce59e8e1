"""`measure`: what was really saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import answer, json_option, project_argument, table
from telecom_audit.cli.month_option import MONTH

_AMOUNTS = ("counterfactual", "actual", "realized", "one_off", "realized_recurring", "projected")
_HEADS = ("expected", "billed", "realized", "one-off", "recurring", "projected")


@click.command()
@project_argument
@click.argument("scenario", required=False)
@click.option("--through", type=MONTH, help="The last month; else the last complete one.")
@click.option("--by", type=click.Choice(["service", "site", "vendor", "department"]))
@click.option("--edition", type=click.IntRange(min=1), help="Of the baseline.")
@json_option
def command(
    project: Path,
    scenario: str | None,
    through: int | None,
    by: str | None,
    edition: int | None,
    as_json: bool,
) -> None:
    """Realized savings by month; with a scenario, against what it projected.

    Example: telecom-audit measure city.telaudit "Hosted UC, two waves" --by site
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.measure import MeasureOrder, measure

    with open_project(project) as opened:
        document = measure(opened, MeasureOrder(scenario, through, by, edition))
    answer(document, _lines(document), as_json)


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield f"Measured through {document['through']} against edition {document['edition']}."
    if document["months"]:
        yield ""
        yield from table(
            ("month", *_HEADS, ""),
            [
                (
                    one["month"],
                    *(one[key] or "" for key in _AMOUNTS),
                    "provisional" if one["provisional"] else "",
                )
                for one in document["months"]
            ],
            right="123456",
        )
    yield ""
    yield (
        f"Realized {document['realized_total']}, recurring"
        f" {document['realized_recurring_total']}, projected"
        f" {document['projected_total'] or 'nothing (no scenario)'}."
    )
    if document["bridge"]:
        yield "From projected to realized:"
        yield from (f"  {one['effect']}: {one['amount']}" for one in document["bridge"])
    for key, shares in document.get("by", {}).items():
        yield ""
        yield from table(
            (key, "expected", "billed", "realized"),
            [(one[key], one["counterfactual"], one["actual"], one["realized"]) for one in shares],
            right="123",
        )
    if document["payments"]:
        yield ""
        yield from table(
            ("month", "payer", "vendor", "average", "paid", "less"),
            [
                tuple(
                    one[key]
                    for key in ("month", "payer", "vendor", "counterfactual", "actual", "realized")
                )
                for one in document["payments"]
            ],
            right="345",
        )
    if document["waiting_for"]:
        yield ""
        yield from (
            f"missing: {one['vendor']} {one['account']} since {one['since']}"
            for one in document["waiting_for"]
        )
        yield f"remedy: {document['remedy']}"
