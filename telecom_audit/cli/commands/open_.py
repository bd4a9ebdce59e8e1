"""`open`: the window."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import FILE, answer, json_option
from telecom_audit.cli.window import open_window


@click.command()
@click.argument("project", type=FILE, required=False)
@click.option(
    "--review", is_flag=True, help="Look at a private copy: nothing of the original changes."
)
@json_option
def command(project: Path | None, review: bool, as_json: bool) -> int:
    """Open the window, on PROJECT when one is named.

    Example: telecom-audit open --review city.telaudit
    """
    if review and project is None:
        raise click.UsageError("--review wants a PROJECT to look at.")
    code = open_window(project, review=review)
    opened = None if project is None else str(project)
    answer({"project": opened, "review": review}, (), as_json)
    return code
