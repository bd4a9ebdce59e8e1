"""`audit`: run the checks and store the findings."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.cli.finding_text import list_lines
from telecom_audit.cli.watching import watched


@click.command()
@project_argument
@click.option("--as-of", help="Day of the audit (ISO); default: the latest bill date.")
@click.option("--rule", "rules", multiple=True, help="Answer only findings of this rule.")
@click.option("--set", "settings", multiple=True, help="KEY.parameter=value, see `rules show`.")
@json_option
def command(
    project: Path,
    as_of: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """Run all checks and store what they find.

    Example: telecom-audit audit city.telaudit --as-of 2025-06-30
    """
    from telecom_audit.audit.rule import rule_of
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.audit import run_audit
    from telecom_audit.tasks.audit_parameters import AuditOrder
    from telecom_audit.tasks.findings import finding_list

    for key in rules:
        rule_of(key)
    with open_project(project) as opened:
        with watched(is_shown=not as_json) as progress:
            run_audit(opened, AuditOrder(as_of, settings), progress)
        document = finding_list(opened, rules)
    answer(document, list_lines(document), as_json)
