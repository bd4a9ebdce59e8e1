"""What a person does next to get a figure that does not exist yet, as buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from ui.acts import choose_scenario, freeze_baseline, import_files, run_audit
from ui.charts.empty import Offer

if TYPE_CHECKING:
    from ui.desk import Desk


@dataclass(frozen=True)
class _Offered:
    text: str
    tip: str
    run: Callable[[Desk], object]


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
