"""`retire`: take an import back."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.tasks.imports import retire


@click.command()
@project_argument
@click.argument("import_id", type=int)
@click.option("--reason", required=True, help="Why; it is kept in the log.")
@json_option
def command(project: Path, import_id: int, reason: str, as_json: bool) -> None:
    """Take an import back: its rows stay, marked, and count nowhere.

    Example: telecom-audit retire city.telaudit 3 --reason "the carrier sent a wrong file"
    """
    document = retire(project, import_id, reason)
    answer(document, [f"Import {import_id} ({document['file']}) is retired."], as_json)
