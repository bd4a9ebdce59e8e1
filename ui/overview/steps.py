"""What a person does next to get a figure that does not exist yet, as buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from ui.charts.empty import Offer

if TYPE_CHECKING:
    from ui.desk import Desk


@dataclass(frozen=True)
class _Offered:
    text: str
    tip: str
    run: Callable[[Desk], object]


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


_STEPS = {
    "import": _Offered(
        "Import…", "Bring bills, inventories, contracts, sites or payments in", import_files
    ),
    "audit": _Offered("Run the audit", "Check the bills with all rules", run_audit),
    "freeze": _Offered(
        "Freeze the baseline…", "Keep what the bills came to before the change", freeze_baseline
    ),
    "scenario": _Offered(
        "Add a scenario…", "Choose a migration scenario, a TOML file", choose_scenario
    ),
}


def step_offer(desk: Desk, step: str) -> Offer | None:
    """The next step as an empty place offers it; None as for `step_button`."""
    offered = _STEPS.get(step)
    if offered is None or not desk.can_edit:
        return None
    return Offer(offered.text, offered.tip, lambda: offered.run(desk))


def step_button(desk: Desk, step: str) -> QPushButton | None:
    """The button of a next step; None when there is none, or nothing may be changed."""
    offered = _STEPS.get(step)
    if offered is None or not desk.can_edit:
        return None
    button = QPushButton(offered.text)
    button.setToolTip(offered.tip)
    button.setAccessibleName(offered.text.rstrip("…"))
    button.clicked.connect(lambda: offered.run(desk))
    return button
