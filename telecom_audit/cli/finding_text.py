"""Findings as text for a person at the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from telecom_audit.cli.answers import place_text, table


def list_lines(document: dict[str, Any]) -> Iterator[str]:
    """The list of findings, its totals and its notes."""
    yield f"As of {document['as_of'] or 'no day'}: {len(document['findings'])} findings."
    if document["findings"]:
        yield ""
        yield from table(
            ("id", "rule", "confidence", "status", "monthly", "recoverable", "what"),
            [
                (
                    str(each["id"]),
                    each["rule"],
                    each["confidence"],
                    each["status"],
                    each["monthly"],
                    each["recoverable"],
                    each["message"],
                )
                for each in document["findings"]
            ],
            right="045",
        )
    yield ""
    yield from table(
        ("", "monthly", "annual", "recoverable"),
        [
            (name, sums["monthly"], sums["annual"], sums["recoverable"])
            for name, sums in document["totals"].items()
        ],
        right="123",
    )
    yield from (f"note: {note}" for note in document["notes"])


def finding_lines(document: dict[str, Any]) -> Iterator[str]:
    """One finding: the sentence, the arithmetic line by line, the evidence."""
    yield f"Finding {document['id']}: {document['rule']}, {document['confidence']}, " + (
        f"{document['status']}"
    )
    yield document["message"]
    yield (
        f"A month {document['monthly']}, recoverable {document['recoverable']} "
        f"(expired {document['recoverable_expired']}), taxes besides {document['follow_on']}, "
        f"credited {document['recovered']}."
    )
    for title in ("lines", "credits"):
        if document[title]:
            yield ""
            yield f"{title.capitalize()}:"
            yield from _table(document[title])
    if document["evidence"]:
        yield ""
        yield "Evidence:"
    for each in document["evidence"]:
        yield f"  {each['kind']}: {place_text(each['source'])}"
        if each["source"]:
            yield f"    {' | '.join(each['source']['raw'])}"
    for each in document["history"]:
        yield f"{each['at']} {each['user']}: {each['status']} {each['note']}".rstrip()


def _table(lines: list[dict[str, Any]]) -> list[str]:
    return table(
        ("date", "invoice", "service", "what", "amount", "claimed", "because", "source"),
        [
            (
                each["bill_date"],
                each["invoice"],
                each["service"],
                each["description"] or each["charge_code"],
                each["amount"],
                each["claimed"],
                each["arithmetic"],
                place_text(each["source"]),
            )
            for each in lines
        ],
        right="45",
    )
