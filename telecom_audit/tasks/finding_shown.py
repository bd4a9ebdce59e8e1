"""One finding as the window shows it: its figures, its lines, its SQL and its rule's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telecom_audit.drawing.amounts import exact_money
from telecom_audit.money import micros_from_text
from telecom_audit.progress import SILENT, Progress
from telecom_audit.store.findings import captions_of_files
from telecom_audit.store.project import open_project
from telecom_audit.tasks.figures import Door, Figure, FindingsDoor, LinesDoor
from telecom_audit.tasks.findings import finding, finding_sql, rule_page
from telecom_audit.tasks.lines_order import LinesOrder

_AMOUNTS = {
    "monthly": ("A month", True),
    "annual": ("A year", True),
    "recoverable": ("Recoverable", True),
    "recoverable_expired": ("of it past the dispute window", False),
    "recovered": ("Credited already", False),
    "follow_on": ("Taxes that go with it", False),
}


@dataclass(frozen=True)
class FindingShown:
    """What is shown of a finding.

    Attributes:
        document: as `finding --json` answers it.
        amounts: its figures; those seldom above zero are absent when they are zero.
        claimed: the sum of its claimed lines; None when it has none.
        captions: of each file, the captions of its columns, by digest and sheet.
        sql: the SELECT that found it, ready for the sqlite3 shell.
        page: the rule's page, paragraphs of text.
    """

    document: Mapping[str, Any]
    amounts: tuple[Figure, ...]
    claimed: Figure | None
    captions: Mapping[tuple[str, str], tuple[str, ...]]
    sql: str
    page: tuple[str, ...]


def finding_shown(path: Path, finding_id: int, progress: Progress = SILENT) -> FindingShown:
    """All of one finding; a job.

    Raises:
        UsageError: the newest audit has no such finding.
    """
    progress.check()
    with open_project(path) as project:
        document = finding(project, finding_id)
        sql = finding_sql(project, finding_id)
        currency = project.settings.currency
        captions = captions_of_files(project.connection)
    return FindingShown(
        document,
        tuple(_amounts(document, currency)),
        _claimed(document, currency),
        captions,
        sql,
        tuple(_paragraphs(rule_page(document["rule"])["page"])),
    )


def _figure(key: str, caption: str, micros: int, door: Door) -> Figure:
    return Figure(f"finding-{key}", caption, exact_money(micros), micros, door)


def _amounts(document: Mapping[str, Any], currency: str) -> list[Figure]:
    number = document["id"]
    figures = []
    for column, (words, is_always) in _AMOUNTS.items():
        micros = micros_from_text(document[column])
        if micros or is_always:
            door = FindingsDoor(column, finding=number)
            figures.append(_figure(column, f"{words}, {currency}", micros, door))
    return figures


def _claimed(document: Mapping[str, Any], currency: str) -> Figure | None:
    if not document["lines"]:
        return None
    micros = sum(micros_from_text(line["claimed"]) for line in document["lines"])
    door = LinesDoor(LinesOrder(finding=document["id"]))
    return _figure("claimed", f"Claimed on all bills, {currency}", micros, door)


def _paragraphs(page: str) -> list[str]:
    return [" ".join(part.split()) for part in page.split("\n\n")]
