"""The metrics of a plan, each with the formula beside it: the table of the brief's second page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telecom_audit.drawing.amounts import SPACE, exact_money, short_money
from telecom_audit.drawing.place import BODY, Place, Type, write
from telecom_audit.drawing.style import SMALLEST
from telecom_audit.drawing.words import printable, wrapped
from telecom_audit.money import cents, micros_from_text
from telecom_audit.report.grid import measured, row_height, row_of, write_heads, write_row

_FACTORS = {
    "month-end": "(1 + r) ^ (−t / 12)",
    "month-mid": "(1 + r) ^ (−(t − 0.5) / 12), v(0) = 1",
    "year-end": "(1 + r) ^ −⌈t / 12⌉",
    "year-mid": "(1 + r) ^ −(⌈t / 12⌉ − 0.5), v(0) = 1",
    "nominal-monthly": "(1 + r / 12) ^ −t",
}
_NO_VALUE = "none"


@dataclass(frozen=True)
class MetricLine:
    """A metric: its name, its value with its unit, and how it is computed."""

    name: str
    value: str
    formula: str


def plan_sentence(document: Mapping[str, Any], currency: str) -> str:
    """What the plan promises in one sentence, without a stop.

    Args:
        document: what `forecast --json` answers.
        currency: its ISO code.
    """
    total = micros_from_text(document["metrics"]["total_savings"])
    months = document["conventions"]["months"]
    span = "1 month" if months == 1 else f"{months} months"
    if total < 0:
        return f"The plan costs {short_money(-total, currency)} more than it saves in {span}"
    worth = short_money(micros_from_text(document["metrics"]["npv"]), currency)
    return f"The plan saves {short_money(total, currency)} in {span}, a present value of {worth}"


def metric_lines(document: Mapping[str, Any], currency: str) -> list[MetricLine]:
    """The metrics with their formulas (the contract, section 5), and why one does not exist.

    Args:
        document: what `forecast --json` answers.
        currency: its ISO code.
    """
    metrics, conventions = document["metrics"], document["conventions"]
    reasons = _reasons(document["notes"])
    return [
        MetricLine(name, _value(metrics[key], kind, currency), _told(formula, reasons.get(key, "")))
        for name, key, kind, formula in _formulas(conventions["discounting"], conventions["months"])
    ]


def _formulas(discounting: str, last: int) -> list[tuple[str, str, str, str]]:
    """Name, key, kind of value and formula of each metric."""
    factor = _FACTORS[discounting]
    grown = "r / 12 a month" if discounting == "nominal-monthly" else "r"
    gained = "present value of baseline − legacy − new recurring"
    return [
        ("Total savings", "total_savings", "money", f"sum of net(t), t = 0 … {last}"),
        (
            "Net present value (NPV)", "npv", "money",
            f"sum of net(t) · v(t), t = 0 … {last}, with v(t) = {factor}",
        ),
        (
            "Internal rate of return (IRR)", "irr", "rate",
            "the only rate i a year at which the sum of net(t) · (1 + i) ^ (−t / 12) is zero",
        ),
        (
            "Modified IRR (MIRR)", "mirr", "rate",
            f"(positive net(t) grown at {grown} to month {last} / negative net(t) discounted at"
            f" {grown} to month 0) ^ (12 / {last}) − 1",
        ),
        (
            "Payback", "payback_months", "months",
            "months until the running sum of net(t) stays at or above zero, the last in part",
        ),
        (
            "Discounted payback", "discounted_payback_months", "months",
            "the same with net(t) · v(t)",
        ),
        (
            "Return on investment (ROI)", "roi", "rate",
            f"({gained}, less that of one-time + termination) / the latter",
        ),
        ("Profitability index (PI)", "pi", "ratio", "1 + ROI"),
        (
            "Peak funding", "peak_funding", "money",
            "the least running sum of net(t), zero at most",
        ),
        (
            "Run rate a year", "run_rate_annual", "money",
            "sum of baseline − legacy − new recurring over the last 12 months",
        ),
    ]  # fmt: skip


def _reasons(notes: Sequence[str]) -> dict[str, str]:
    """Why a metric does not exist, by its key."""
    reasons = {}
    for note in notes:
        names, _, why = note.partition(": ")
        for name in names.split(" and "):
            reasons[name] = why
    return reasons


def _told(formula: str, reason: str) -> str:
    return f"{formula}; there is none: {reason}" if reason else formula


def _value(value: str | float | None, kind: str, currency: str) -> str:
    if value is None:
        return _NO_VALUE
    if isinstance(value, str):
        return f"{exact_money(cents(micros_from_text(value)))} {currency}"
    text = {
        "rate": f"{100 * value:,.2f}{SPACE}%",
        "months": f"{value:,.1f} months",
        "ratio": f"{value:,.3f}",
    }[kind]
    return text.replace("-", "−")


def conventions_sentence(document: Mapping[str, Any]) -> str:
    """What the formulas stand on: the rate, the months, the baseline, the signs."""
    conventions = document["conventions"]
    rate = f"{100 * conventions['discount_rate']:.4f}".rstrip("0").rstrip(".")
    return (
        f"net(t) = baseline − legacy − new recurring − one-time − termination in month t; "
        f"t = 1 is {document['start']}, t = 0 holds what is paid before, undiscounted. "
        f"r = {rate}{SPACE}% a year, {conventions['discounting']}. "
        f"Costs of today: {conventions['baseline']}. Savings are positive, costs "
        "negative; amounts to the cent."
    )


def metrics_height(document: Mapping[str, Any], currency: str, width: float) -> float:
    """The height in inches that the table and the sentence below it take."""
    cells = _cells(document, currency)
    grid = measured(_HEADS, cells, (1,), width)
    rows = sum(row_height(row_of(row, grid)) for row in cells)
    lines = len(wrapped(printable(conventions_sentence(document)), width, SMALLEST, most=3))
    return row_height(grid.heads) + rows + 0.05 + lines * BODY.line


def write_metrics(place: Place, document: Mapping[str, Any], currency: str) -> Place:
    """Write the metrics at the top of a place; what they leave free."""
    cells = _cells(document, currency)
    grid = measured(_HEADS, cells, (1,), place.width)
    place = write_heads(place, grid)
    for row in cells:
        place = write_row(place, grid, row_of(row, grid))
    place = place.less(top=0.05)
    soft = Type(SMALLEST, colour=place.palette.soft_ink, hang="top")
    for line in wrapped(printable(conventions_sentence(document)), place.width, SMALLEST, most=3):
        write(place, (0, place.height), line, soft)
        place = place.less(top=BODY.line)
    return place


_HEADS = ("Metric", "Value", "How it is computed")


def _cells(document: Mapping[str, Any], currency: str) -> list[tuple[str, str, str]]:
    return [
        (line.name, line.value, printable(line.formula))
        for line in metric_lines(document, currency)
    ]
