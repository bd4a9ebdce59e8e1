"""`cashflow`: the figures of any flows, for checking a published claim."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, table
from telecom_audit.errors import UsageError
from telecom_audit.migration.cash_flow import Terms
from telecom_audit.money import exact
from telecom_audit.tasks.cashflow import cashflow


def rate_of(_context: click.Context, _option: click.Parameter, text: str | None) -> Fraction | None:
    """The rate that an option gives, exactly; None when it is not given."""
    if text is None:
        return None
    try:
        rate = exact(text.strip())
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a rate; 8 % is written 0.08") from error
    if rate <= -1:
        raise click.BadParameter(f"{text!r} is not above -1")
    return rate


@click.command()
@click.argument("file")
@click.option("--rate", callback=rate_of, required=True, help="Discount rate, a year, effective.")
@click.option("--finance-rate", callback=rate_of, help="For MIRR; as --rate when not given.")
@click.option("--reinvest-rate", callback=rate_of, help="For MIRR; as --rate when not given.")
@click.option(
    "--periods", type=click.Choice(["year", "month"]), default="year", show_default=True,
    help="How long a period is.",
)  # fmt: skip
@click.option(
    "--timing", type=click.Choice(["end", "mid"]), default="end", show_default=True,
    help="When in its period a flow falls; period 0 is never discounted.",
)  # fmt: skip
@json_option
def command(
    file: str,
    rate: Fraction,
    finance_rate: Fraction | None,
    reinvest_rate: Fraction | None,
    periods: str,
    timing: str,
    as_json: bool,
) -> None:
    """NPV, IRR, MIRR, payback, PI and ROI of the flows in FILE.csv, or in stdin (-).

    The file has a column flow (period 0 first), or benefit and cost.

    Example: telecom-audit cashflow claim.csv --rate 0.08 --timing mid
    """
    terms = Terms(
        rate,
        rate if finance_rate is None else finance_rate,
        rate if reinvest_rate is None else reinvest_rate,
        12 if periods == "month" else 1,
        timing == "mid",
    )
    _, document = cashflow(_content(file), terms)
    shown = [(key, _shown(value)) for key, value in document.items() if key != "notes"]
    lines = [*table(("figure", "value"), shown, "1"), *document["notes"]]
    answer(document, lines, as_json)


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read: {error.strerror}", "Name a CSV file, or - for stdin."
        ) from error


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"{root:.6f}" for root in value) or "none"
    if value is None:
        return "none"
    return value if isinstance(value, str) else f"{value:.6f}"
