"""`lines`: the bill lines behind a number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import answer, json_option, place_text, project_argument, table
from telecom_audit.cli.month_option import MONTH


@click.command()
@project_argument
@click.option("--finding", type=int, help="The claimed lines of this finding.")
@click.option("--month", type=MONTH, help="What counts in this month.")
@click.option("--service", help="As billed, or its canonical key, or account:NUMBER.")
@click.option("--vendor", multiple=True, help="Of this vendor; may be repeated.")
@click.option(
    "--kind",
    type=click.Choice(["bill", "payment"]),
    help="Bill lines alone, which is what `measure` counts in a month, or payments alone.",
)
@click.option("--one-off", is_flag=True, help="Only the one-off lines of the month.")
@json_option
def command(
    project: Path,
    finding: int | None,
    month: int | None,
    service: str | None,
    vendor: tuple[str, ...],
    kind: str | None,
    one_off: bool,
    as_json: bool,
) -> None:
    """Bill lines and payments, each with its file, row and raw cells; options combine.

    Example: telecom-audit lines city.telaudit --month 2025-03 --service 312-555-0142
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.lines import lines
    from telecom_audit.tasks.lines_order import LinesOrder

    with open_project(project) as opened:
        document = lines(opened, LinesOrder(finding, month, service, vendor, kind or "", one_off))
    answer(document, _lines(document), as_json)


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield from table(
        ("date", "vendor", "account", "invoice", "service", "class", "amount", "counts", "source"),
        [_row(line) for line in document["lines"]],
        right="67",
    )
    yield ""
    yield f"{len(document['lines'])} lines, total {document['total']}."


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    return (
        line["bill_date"] or line["payment_date"],
        line["vendor"],
        line["account"],
        line["invoice"],
        line["service"],
        line["class"] or "payment",
        line["amount"],
        line["counted"] or line["claimed"] or "",
        place_text(line["source"]),
    )
