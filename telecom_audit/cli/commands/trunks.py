"""`trunks`: busy hour, offered load, Erlang B channels and observed peak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import FILE, answer, json_option
from telecom_audit.cli.watching import watched
from telecom_audit.errors import UsageError
from telecom_audit.money import exact


def number_of(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> Fraction | None:
    """The number that an option gives, exactly; None when it is not given."""
    if text is None:
        return None
    try:
        return exact(text.strip())
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a number such as 0.01") from error


@click.command()
@click.argument("calls_file", type=FILE, required=False)
@click.option("--erlangs", callback=number_of, help="An offered load, in place of a file.")
@click.option(
    "--blocking", callback=number_of, default="0.01", show_default=True,
    help="The share of calls that may find all trunks busy.",
)  # fmt: skip
@click.option("--layout", default="", help="The layout of the file; recognised when not given.")
@click.option("--mapping", type=FILE, help="A mapping file, as for import.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="As for import.")
@json_option
def command(
    calls_file: Path | None,
    erlangs: Fraction | None,
    blocking: Fraction,
    layout: str,
    mapping: Path | None,
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """How many trunks the calls of CALLS_FILE need, or a load in Erlangs.

    A call holds a trunk from its start up to its end; the load is that of the busiest clock hour.
    No project is needed.

    Example: telecom-audit trunks calls.csv --blocking 0.01
    """
    from telecom_audit.tasks.imports_options import ImportOptions
    from telecom_audit.tasks.trunks import trunks_of_file, trunks_of_load

    if (calls_file is None) == (erlangs is None):
        raise UsageError(
            "give a file of calls or --erlangs, one of them", "See `telecom-audit trunks --help`."
        )
    options = ImportOptions(layout, mapping, settings)
    if erlangs is not None:
        if options != ImportOptions():
            raise UsageError(
                "--layout, --mapping and --set say how a file is read, and --erlangs has none",
                "Leave them out, or name a file of calls.",
            )
        document = trunks_of_load(erlangs, blocking)
    elif calls_file is not None:
        with watched(is_shown=not as_json) as progress:
            document = trunks_of_file(calls_file, options, blocking, progress)
    answer(document, _lines(document), as_json)


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    if "calls" in document:
        yield f"{document['calls']:,} calls, {document['unusable']:,} unusable"
    if document["erlang_b"] is not None:
        yield from _figures(document)
    yield from document.get("notes", ())


def _figures(document: Mapping[str, Any]) -> Iterator[str]:
    if "busy_hour" in document:
        busy, usual = document["busy_hour"], document["time_consistent_busy_hour"]
        yield (
            f"busy hour {busy['start'].replace('T', ' ')}: {busy['erlangs']:.2f} Erlangs, "
            f"{busy['calls']:,} calls begin in it"
        )
        yield (
            f"time-consistent busy hour {usual['start']}: {usual['erlangs']:.2f} Erlangs on the "
            f"mean of {usual['days']:,} days"
        )
        yield f"most calls at once: {document['peak_concurrent']:,}"
    needed = document["erlang_b"]
    yield (
        f"Erlang B: {needed['channels']:,} channels block at most {needed['blocking'] * 100:.4g} % "
        f"of {needed['load']:.2f} Erlangs"
    )
    if "recommended" in document:
        yield f"recommended: {document['recommended']:,} trunks"
