"""`rules`: the checks, and one of them with its page, parameters and SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from telecom_audit.cli.answers import answer, json_option, table


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the checks.

    Example: telecom-audit rules show duplicate-charge
    """
    if context.invoked_subcommand is not None:
        return
    from telecom_audit.tasks.findings import rule_list

    document = rule_list()
    rows = [(rule["key"], rule["confidence"], rule["question"]) for rule in document["rules"]]
    answer(document, table(("key", "confidence", "question"), rows), as_json)


@command.command()
@click.argument("key")
@json_option
def show(key: str, as_json: bool) -> None:
    """Show one check with its page, its parameters and its SQL.

    Example: telecom-audit rules show duplicate-charge
    """
    from telecom_audit.tasks.findings import rule_page

    document = rule_page(key)
    answer(document, _page(document), as_json)


def _page(document: dict[str, Any]) -> Iterator[str]:
    yield f"{document['key']} ({document['confidence']})"
    yield document["question"]
    yield ""
    yield document["page"]
    yield ""
    yield "Parameters"
    for each in document["parameters"]:
        yield f"  {each['name']} = {each['default'] or '(empty)'}: {each['meaning']}"
    yield ""
    yield document["sql"]
