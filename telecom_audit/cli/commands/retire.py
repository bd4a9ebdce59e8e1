"""`retire`: take an import back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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
    answer(document, _lines(document), as_json)


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"Import {document['import_id']} ({document['file']}) is retired."
    yield from (f"  warning: {warning}" for warning in document["warnings"])
