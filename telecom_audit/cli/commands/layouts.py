"""`layouts`: the known layouts, which one fits a file, and empty forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import FILE, answer, json_option, table
from telecom_audit.tasks import layouts


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the known layouts, tell which one fits a file, or write an empty form.

    Example: telecom-audit layouts guess bills/2025-03.csv
    """
    if context.invoked_subcommand is None:
        document: dict[str, Any] = layouts.all_layouts()
        rows = [(entry["key"], entry["kind"], entry["title"]) for entry in document["layouts"]]
        answer(document, table(("layout", "kind", "what it is"), rows), as_json)


@command.command()
@click.argument("file", type=FILE)
@json_option
def guess(file: Path, as_json: bool) -> None:
    """Tell which layout fits a file, with the mapping that it would use.

    Example: telecom-audit layouts guess inventory.xlsx
    """
    document = layouts.guess(file)
    answer(document, _guess_lines(document), as_json)


def _guess_lines(document: dict[str, Any]) -> Iterator[str]:
    yield f"{document['file']}: {document['layout']}, header in row {document['header_row']}"
    yield from (f"  {caption} -> {column}" for caption, column in document["mapping"].items())
    yield from (f"  {caption} is kept as an extra column" for caption in document["extra"])
    yield from (f"  warning: {warning}" for warning in document["warnings"])


@command.command()
@click.argument("key")
@click.option("-o", "--output", type=FILE, required=True, help="The XLSX file to write.")
@json_option
def template(key: str, output: Path, as_json: bool) -> None:
    """Write an empty form of a layout, with notes.

    Example: telecom-audit layouts template standard-inventory -o inventory.xlsx
    """
    document = layouts.write_template(key, output)
    answer(document, [f"Wrote {output}."], as_json)
