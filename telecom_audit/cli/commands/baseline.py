"""`baseline`: freeze what the bills came to before the change, or show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from telecom_audit.cli.answers import answer, json_option, project_argument, table
from telecom_audit.cli.month_option import MONTH
from telecom_audit.errors import UsageError
from telecom_audit.money import micros_from_text, money_text

_OF_FREEZE = ("through", "months", "escalator", "by")


@click.command()
@project_argument
@click.argument("action", type=click.Choice(["freeze"]), required=False)
@click.option("--through", type=MONTH, help="With freeze: the last month of the window.")
@click.option(
    "--months", type=click.IntRange(1, 120), default=12, show_default=True, help="Its length."
)
@click.option("--escalator", default="0", show_default=True, help="Expected rise a year, 0.03.")
@click.option("--by", help="With freeze: who freezes it.")
@click.option("--edition", type=click.IntRange(min=1), help="Show this edition.")
@json_option
def command(
    project: Path,
    action: str | None,
    through: int | None,
    months: int,
    escalator: str,
    by: str | None,
    edition: int | None,
    as_json: bool,
) -> None:
    """Freeze the baseline, or show the edition that holds.

    Example: telecom-audit baseline city.telaudit freeze --through 2025-06 --by "J. Ruiz"
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.baseline import shown_baseline
    from telecom_audit.tasks.baseline_answer import freeze_order
    from telecom_audit.tasks.baseline_freeze import freeze

    if action is None:
        given = click.get_current_context().get_parameter_source
        if any(given(name) is ParameterSource.COMMANDLINE for name in _OF_FREEZE):
            raise UsageError(
                "--through, --months, --escalator and --by belong to freeze",
                "Write: telecom-audit baseline PROJECT freeze --through MONTH --by NAME.",
            )
        with open_project(project) as opened:
            document = shown_baseline(opened, edition)
    else:
        if through is None or not by or edition is not None:
            raise UsageError(
                "freeze needs --through and --by, and takes no --edition",
                "Write: telecom-audit baseline PROJECT freeze --through MONTH --by NAME.",
            )
        order = freeze_order(through, by, months, escalator)
        with open_project(project) as opened:
            frozen = freeze(opened, order)
        document = frozen.answer
        for warning in frozen.warnings:
            click.echo(f"warning: {warning}", err=True)
    answer(document, _lines(document), as_json)


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield (
        f"Edition {document['edition']}: {document['months']} months through"
        f" {document['through']}, rise of {document['escalator']} a year,"
        f" frozen by {document['frozen_by']}."
    )
    yield f"Digest {document['digest']}"
    if document["services"]:
        yield ""
        yield from table(
            ("vendor", "services", "recurring", "tax", "usage"),
            _by_vendor(document["services"]),
            right="1234",
        )
        yield "All services: --json."
    if document["payments"]:
        yield ""
        yield from table(
            ("payer", "vendor", "average a month"),
            [(one["payer"], one["vendor"], one["average"]) for one in document["payments"]],
            right="2",
        )
    yield ""
    yield f"Account-level tax and usage of no service: {document['unallocated']} a month."
    yield f"One-off charges in the window, left out: {document['one_off']}."
    yield (
        f"{len(document['thin'])} services rest on one or two months;"
        f" {len(document['ended'])} had ended before the window did."
    )
    yield from (f"warning: {warning}" for warning in document["warnings"])


def _by_vendor(services: list[dict[str, str]]) -> list[tuple[str, ...]]:
    rows = []
    for vendor in sorted({one["vendor"] for one in services}):
        own = [one for one in services if one["vendor"] == vendor]
        sums = [
            money_text(sum(micros_from_text(one[part]) for one in own))
            for part in ("mrc", "tax", "usage")
        ]
        rows.append((vendor, f"{len(own):,}", *sums))
    return rows
