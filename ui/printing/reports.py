"""The documents that belong to the project and to no page of the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.printing.document import PrintDocument

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ui.session import Session


def report_document(session: Session, scenario: str | None = None) -> PrintDocument:
    """The manager's brief of a project.

    Args:
        session: the open project.
        scenario: its name; None for the project's first one.
    """

    def pages(paper: str, is_grey: bool) -> list[Figure]:
        return _pages(session.path, scenario, (paper, is_grey))

    return PrintDocument(f"{session.title} — report", pages)


def _pages(path: Path, scenario: str | None, wanted: tuple[str, bool]) -> list[Figure]:
    from telecom_audit.tasks.printed_pages import report_pages

    return report_pages(path, scenario or _first_scenario(path), *wanted)


def _first_scenario(path: Path) -> str | None:
    """The scenario that the savings page shows at first."""
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.scenarios import kept_scenarios

    with open_project(path) as project:
        return next((kept.plan.name for kept in kept_scenarios(project)), None)
