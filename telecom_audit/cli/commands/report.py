"""`report`: the manager's brief on two pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import FILE, answer, json_option, project_argument


@click.command()
@project_argument
@click.option("--scenario", help="The scenario whose plan is shown; else the only one.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True)
@click.option("--grey", is_flag=True, help="Draw in greys, for a printer without colours.")
@click.option("-o", "--output", type=FILE, required=True, help="FILE.pdf.")
@json_option
def command(
    project: Path, scenario: str | None, paper: str, grey: bool, output: Path, as_json: bool
) -> None:
    """Write the manager's brief: findings, savings, spend and the plan's metrics on two pages.

    A part that the project cannot fill yet says why, and what to do.

    Example: telecom-audit report city.telaudit --paper a4 -o report.pdf
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.report import ReportOrder, write_report

    with open_project(project) as opened:
        document = write_report(opened, ReportOrder(scenario, paper, grey), output)
    answer(document, _lines(document), as_json)


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield document["title"]
    yield from document["notes"]
    yield f"Wrote {document['file']}, {document['pages']} pages."
