"""`findings`: what the newest audit found."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.cli.finding_text import list_lines


@click.command()
@project_argument
@click.option("--rule", "rules", multiple=True, help="Only findings of this rule.")
@click.option("--status", help="Only findings in this state.")
@json_option
def command(project: Path, rules: tuple[str, ...], status: str | None, as_json: bool) -> None:
    """List the findings of the newest audit.

    Example: telecom-audit findings city.telaudit --rule duplicate-charge
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.findings import finding_list

    with open_project(project) as opened:
        document = finding_list(opened, rules, status)
    answer(document, list_lines(document), as_json)
