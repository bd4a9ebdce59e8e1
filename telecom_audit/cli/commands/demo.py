"""`demo`: the shipped sample city, from its bills to a savings chart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import FILE, answer, json_option
from telecom_audit.cli.window import open_window


@click.command()
@click.argument("folder", type=FILE, default="telecom-audit-demo")
@click.option("--open", "opens", is_flag=True, help="Open the window on it.")
@json_option
def command(folder: Path, opens: bool, as_json: bool) -> int:
    """Build city.telaudit in FOLDER from the sample city and print the headline figures.

    The city and all its bills are synthetic. Ends with 1 when the findings are not exactly the
    errors that were planted.

    Example: telecom-audit demo my-first-look
    """
    from telecom_audit.tasks.demo import build_demo

    document = build_demo(folder, lambda text: click.echo(f"{text} ...", err=True))
    answer(document, _lines(document), as_json)
    if opens and (code := open_window(Path(document["project"]))):
        return code
    return 0 if document["truth"]["equal"] else 1


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield f"{document['organization']}: {document['project']}"
    yield ""
    for confidence, found in document["found"].items():
        yield (
            f"Found, {confidence}: {found['findings']} findings, {_whole(found['annual'])} a year"
            f" and {_whole(found['recoverable'])} to recover"
        )
    planned, realized = document["planned"], document["realized"]
    yield f"Planned: {_whole(planned['total_savings'])} in {planned['months']} months"
    yield (
        f"Realized through {realized['through']}: {_whole(realized['recurring'])} recurring,"
        f" {_whole(realized['total'])} with one-off lines"
    )
    yield f"Against plan: {_against(document)}"
    yield ""
    yield from _truth(document["truth"])
    yield f"See {', '.join(document['files'][1:])} in {document['folder']}."


def _whole(amount: str) -> str:
    return f"${Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP):,}".replace("$-", "-$")


def _against(document: dict[str, Any]) -> str:
    share = document["against_plan"]
    projected = _whole(document["realized"]["projected"])
    if share is None:
        return f"{projected} projected for these months"
    return f"{share:.0%} of {projected} projected for these months"


def _truth(truth: dict[str, Any]) -> Iterator[str]:
    if truth["equal"]:
        yield f"The findings are the {truth['planted']} planted errors, and nothing else."
    for title in ("missing", "unexpected"):
        for sentence in truth[title]:
            yield f"{title}: {sentence}"
