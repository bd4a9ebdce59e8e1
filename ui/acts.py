"""What a person can start from a menu and from a page alike; each is imported when it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.desk import Desk


def import_files(desk: Desk) -> None:
    """Ask for files and import them."""
    from ui.imports import choose_files

    choose_files(desk)


def run_audit(desk: Desk) -> None:
    """Run the audit."""
    from ui.audits import run_audit as run

    run(desk)


def freeze_baseline(desk: Desk) -> None:
    """Ask for the window of a baseline and freeze it."""
    from ui.dialogs.freeze import FreezeDialog

    FreezeDialog(desk).open()


def choose_scenario(desk: Desk) -> None:
    """Ask for a scenario file and add it."""
    from ui.dialogs.scenario import choose_scenario as choose

    choose(desk)
