"""Where a project stands, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from telecom_audit.money import money_text
from telecom_audit.store.overview import counts, monthly_by_confidence
from telecom_audit.store.project import open_project

_CONFIDENCES = (
    ("proven", "Found, proven, a year"),
    ("check", "Found, to check, a year"),
    ("lead", "Leads, a year"),
)


@dataclass(frozen=True)
class Overview:
    """Whose project it is, the months of its bills, and captions with values to show."""

    organization: str
    period: str
    lines: tuple[tuple[str, str], ...]


def overview(path: Path) -> Overview:
    """The figures of a project file.

    Raises:
        TelecomAuditError: the file cannot be opened.
    """
    with open_project(path) as project, project.read() as connection:
        settings = project.settings
        found = counts(connection)
        monthly = monthly_by_confidence(connection)
    period = "no bills yet"
    if found.first_bill and found.last_bill:
        period = f"{found.first_bill[:7]} … {found.last_bill[:7]}"
    lines = [
        ("Files imported", f"{found.files:,}"),
        ("Invoices", f"{found.invoices:,}"),
        ("Bill lines", f"{found.lines:,}"),
        ("Payments", f"{found.payments:,}"),
    ]
    lines += [
        (caption, f"{money_text(12 * monthly[name])} {settings.currency}")
        for name, caption in _CONFIDENCES
        if name in monthly
    ]
    return Overview(settings.organization, period, tuple(lines))
