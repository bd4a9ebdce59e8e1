"""`verify`: whether a project is whole, and whether its results follow from its sources."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.cli.watching import watched


@click.command()
@project_argument
@click.option(
    "--replay", is_flag=True, help="Do everything again from the raw cells and compare results."
)
@json_option
def command(project: Path, replay: bool, as_json: bool) -> int:
    """Check file, schema, foreign keys, imports and invoice states on a private copy.

    Ends with 1 when a check finds a mismatch, with 4 when the file is damaged.

    Example: telecom-audit verify city.telaudit --replay
    """
    from telecom_audit.tasks.verify import verify

    with watched(is_shown=not as_json) as progress:
        found = verify(project, replay=replay, progress=progress)
    lines = [
        f"{'ok      ' if check.ok else 'MISMATCH'}  {check.name}: {check.detail}"
        for check in found.checks
    ]
    answer(found.document, lines, as_json)
    return found.exit_code
