"""`import`: bring files into a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import FILE, answer, json_option, project_argument
from telecom_audit.cli.watching import watched
from telecom_audit.tasks.imports import ImportAnswer, ImportOptions, import_files


@click.command()
@project_argument
@click.argument("files", nargs=-1, required=True)
@click.option("--layout", default="", help="The key of the files' layout; see `layouts`.")
@click.option("--mapping", type=FILE, help="A TOML file that maps captions and spellings.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="encoding, date_format, decimal, sheet, delimiter or invoice; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be; change nothing.")
@json_option
def command(
    project: Path,
    files: tuple[str, ...],
    layout: str,
    mapping: Path | None,
    settings: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import bills, inventories, contracts, sites and payments, each whole or not at all.

    Example: telecom-audit import city.telaudit bills/2025-03.csv --set date_format=%m/%d/%Y
    """
    options = ImportOptions(layout, mapping, settings, dry_run)
    paths = [Path(file) for file in files]
    with watched(is_shown=not as_json) as progress:
        result = _named_as_given(import_files(project, paths, options, progress), files)
    _tell_refusals(result)
    answer(result.document, _lines(result), as_json)
    return result.exit_code


def _named_as_given(result: ImportAnswer, names: Sequence[str]) -> ImportAnswer:
    """The answer with the files' names as they were typed, which a path shortens ("./a.csv")."""
    files = [
        replace(file, document={**file.document, "file": name})
        for file, name in zip(result.files, names, strict=True)
    ]
    return replace(result, files=files)


def _tell_refusals(result: ImportAnswer) -> None:
    for error in result.errors:
        click.echo(f"error: {error.message}\nremedy: {error.remedy}", err=True)


def _lines(result: ImportAnswer) -> Iterator[str]:
    for file in result.files:
        yield from _file_lines(file.document)


def _file_lines(entry: Mapping[str, Any]) -> Iterator[str]:
    if entry["outcome"] == "refused":
        yield f"{entry['file']}: refused"
        return
    rows = entry["rows"]
    number = f" as import {entry['import_id']}" if entry["import_id"] else ""
    yield (
        f"{entry['file']}: {entry['outcome']}{number} ({entry['layout']}); {rows['read']} rows "
        f"read, {rows['stored']} stored, {rows['quarantined']} quarantined, "
        f"{rows['ignored']} ignored"
    )
    if entry["amount"]:
        stated = entry["amount"]["stated"]
        against = f" of {stated} stated" if stated else ""
        yield f"  amount stored {entry['amount']['stored']}{against}"
        if entry["amount"]["difference"] not in (None, "0.00"):
            yield f"  DIFFERENCE {entry['amount']['difference']}"
    yield from (f"  warning: {warning}" for warning in entry["warnings"])
