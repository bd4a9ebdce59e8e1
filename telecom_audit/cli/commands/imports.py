"""`imports`: what was imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import answer, json_option, project_argument, table
from telecom_audit.tasks.imports import all_imports

_HEADS = (
    "import",
    "file",
    "layout",
    "status",
    "read",
    "stored",
    "quarantined",
    "ignored",
    "amount",
)


@click.command()
@project_argument
@json_option
def command(project: Path, as_json: bool) -> None:
    """List what was imported, oldest first.

    Example: telecom-audit imports city.telaudit
    """
    document = all_imports(project)
    answer(document, _lines(document), as_json)


def _lines(document: dict[str, Any]) -> Iterator[str]:
    rows = [
        (
            str(entry["import_id"]),
            entry["file"],
            entry["layout"],
            entry["status"],
            *(str(entry["rows"][key]) for key in ("read", "stored", "quarantined", "ignored")),
            entry["amount"]["stored"] if entry["amount"] else "",
        )
        for entry in document["imports"]
    ]
    yield from table(_HEADS, rows, right="045678")
