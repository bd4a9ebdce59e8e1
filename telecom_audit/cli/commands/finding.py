"""`finding`: one finding with its evidence or its SQL, or a change of its state."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.cli.finding_text import finding_lines


@click.command()
@project_argument
@click.argument("finding_id", metavar="ID", type=int)
@click.option("--sql", "as_sql", is_flag=True, help="Show the SELECT that found it.")
@click.option("--status", help="Put it into this state.")
@click.option("--note", default="", help="Why, for the record.")
@json_option
def command(
    project: Path, finding_id: int, as_sql: bool, status: str | None, note: str, as_json: bool
) -> None:
    """Show a finding line by line with its evidence, or change its state.

    Example: telecom-audit finding city.telaudit 3 --status validated --note "asked the site"
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.findings import finding, finding_sql, set_status

    with open_project(project) as opened:
        if status is not None:
            set_status(opened, finding_id, status, note)
        document = finding(opened, finding_id)
        if as_sql:
            sql = finding_sql(opened, finding_id)
            answer({**document, "sql": sql}, [sql], as_json)
            return
    answer(document, finding_lines(document), as_json)
