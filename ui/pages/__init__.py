"""The pages of the window in the order of its bar; a module is imported when first seen."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telecom_audit.progress import Progress

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.page import Page


@dataclass(frozen=True)
class Place:
    """Where a page stands in the bar.

    Attributes:
        key: its module in `ui.pages`, its icon, and its help page.
        title: its name in the bar and its head.
        class_name: its class in the module.
        needs_project: it has nothing to show while no project is open.
    """

    key: str
    title: str
    class_name: str
    needs_project: bool = True

    def page(self, desk: Desk) -> Page:
        """Make the page."""
        module = importlib.import_module(f"{__name__}.{self.key}")
        made: Page = getattr(module, self.class_name)(desk)
        return made


PLACES = (
    Place("start", "Start", "StartPage", needs_project=False),
    Place("overview", "Overview", "OverviewPage"),
    Place("data", "Data", "DataPage"),
    Place("audit", "Audit", "AuditPage"),
    Place("savings", "Savings", "SavingsPage"),
)


def place_named(key: str) -> Place:
    """The place of a page."""
    return next(place for place in PLACES if place.key == key)


def import_all(progress: Progress) -> None:
    """Import the modules of all pages: a job for the time in which a user looks for the start."""
    for place in PLACES:
        progress.check()
        importlib.import_module(f"{__name__}.{place.key}")
