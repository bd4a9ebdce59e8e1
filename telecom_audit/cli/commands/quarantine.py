"""`quarantine`: the rows that were not accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.tasks.quarantine import quarantined


@click.command()
@project_argument
@json_option
def command(project: Path, as_json: bool) -> None:
    """List the rows that were not accepted, with the reason and the raw cells.

    Example: telecom-audit quarantine city.telaudit --json
    """
    document = quarantined(project)
    answer(document, _lines(document), as_json)


def _lines(document: dict[str, Any]) -> Iterator[str]:
    if not document["rows"]:
        yield "No row was quarantined."
    for entry in document["rows"]:
        sheet = f", sheet {entry['sheet']}" if entry["sheet"] else ""
        column = f"{entry['column']}: " if entry["column"] else ""
        yield f"import {entry['import_id']}, {entry['file']}{sheet}, row {entry['row']}"
        yield f"  {column}{entry['reason']}"
        yield f"  {' | '.join(entry['raw'])}"
