"""What the audit found, by confidence: the table of the brief's first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telecom_audit.drawing.amounts import exact_money, short_money
from telecom_audit.drawing.place import BODY, Place, Type, write
from telecom_audit.drawing.style import SMALLEST
from telecom_audit.drawing.words import wrapped
from telecom_audit.report.grid import BOLD, measured, row_of, write_heads, write_row

_WORDS = {
    "proven": ("● Proven", "imported documents alone show it"),
    "check": ("◐ To check", "a person must confirm it first"),
    "lead": ("○ Lead", "a sign of waste, not yet a claim"),
}
_NOTE = (
    "Each charge is counted once, in the strongest confidence. A year = 12 × a month. "
    "Recoverable = overcharged on the bills that are loaded, less credits."
)


@dataclass(frozen=True)
class Found:
    """The findings of one confidence: how many, and their totals in micros."""

    confidence: str
    findings: int
    monthly: int
    annual: int
    recoverable: int


@dataclass(frozen=True)
class Audit:
    """What the newest audit found, without the findings that were set aside.

    Attributes:
        found: proven, check and lead.
        set_aside: how many findings are rejected or muted.
    """

    found: tuple[Found, ...]
    set_aside: int


def found_sentence(audit: Audit, currency: str) -> str:
    """The finding in one sentence without a stop; leads are no claims and stay out of it."""
    claims = [one for one in audit.found if one.confidence != "lead"]
    proven = sum(one.annual for one in claims if one.confidence == "proven")
    annual = sum(one.annual for one in claims)
    recoverable = sum(one.recoverable for one in claims)
    if annual > 0:
        part = f", {short_money(proven, currency)} of it proven" if proven != annual else ", proven"
        return f"The audit found {short_money(annual, currency)} a year{part}"
    if recoverable > 0:
        return f"The audit found {short_money(recoverable, currency)} to recover"
    if any(one.findings for one in audit.found):
        return "The audit found no amount to claim"
    return "The audit found no errors"


def write_found(place: Place, audit: Audit, currency: str) -> Place:
    """Write the table at the top of a place; what it leaves free."""
    heads = (
        "Confidence",
        "What it means",
        "Findings",
        f"A month, {currency}",
        f"A year, {currency}",
        f"Recoverable, {currency}",
    )
    rows = [_cells(_WORDS[one.confidence], one) for one in audit.found]
    whole = _cells(("In all", ""), _sum(audit.found))
    grid = measured(heads, [*rows, whole], (2, 3, 4, 5), place.width)
    place = write_heads(place, grid)
    for row in rows:
        place = write_row(place, grid, row_of(row, grid))
    place = write_row(place, grid, row_of(whole, grid), BOLD)
    return _write_note(place.less(top=0.05), audit)


def _cells(words: tuple[str, str], one: Found) -> tuple[str, ...]:
    amounts = (one.monthly, one.annual, one.recoverable)
    return (*words, f"{one.findings:,}", *map(exact_money, amounts))


def _sum(found: Sequence[Found]) -> Found:
    return Found(
        "",
        sum(one.findings for one in found),
        sum(one.monthly for one in found),
        sum(one.annual for one in found),
        sum(one.recoverable for one in found),
    )


def _write_note(place: Place, audit: Audit) -> Place:
    aside = ""
    if audit.set_aside:
        noun = "finding is" if audit.set_aside == 1 else "findings are"
        aside = f" {audit.set_aside:,} rejected or muted {noun} not counted."
    soft = Type(SMALLEST, colour=place.palette.soft_ink, hang="top")
    for line in wrapped(_NOTE + aside, place.width, SMALLEST):
        write(place, (0, place.height), line, soft)
        place = place.less(top=BODY.line)
    return place
