"""What all commands share: the options, and one way to answer as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)


def json_option(function: Decorated) -> Decorated:
    """The option --json, passed to the command as `as_json`."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Answer one JSON document on stdout."
    )(function)


def project_argument(function: Decorated) -> Decorated:
    """The argument PROJECT, passed to the command as `project` (a path)."""
    return click.argument("project", type=FILE)(function)


def answer(document: Mapping[str, object], lines: Iterable[str], as_json: bool) -> None:
    """Print the document as JSON, or the lines for a person.

    Args:
        document: the answer as the contract spells it.
        lines: the same for a reader at the terminal; consumed only without --json.
        as_json: which of the two.
    """
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for line in lines:
        click.echo(line)


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], right: str = "") -> list[str]:
    """Text columns with heads; `right` names, by position, the columns to align right ("023")."""
    cells = [heads, *rows]
    widths = [max(len(row[index]) for row in cells) for index in range(len(heads))]
    return [
        "  ".join(_cell(row[i], widths[i], str(i) in right) for i in range(len(heads))).rstrip()
        for row in cells
    ]


def _cell(text: str, width: int, to_right: bool) -> str:
    return text.rjust(width) if to_right else text.ljust(width)


def place_text(source: Mapping[str, Any] | None) -> str:
    """Where a row came from, in words: the file, the sheet if any, the row."""
    if source is None:
        return "(not stored)"
    sheet = f" {source['sheet']}" if source["sheet"] else ""
    return f"{source['file']}{sheet} row {source['row']}"
