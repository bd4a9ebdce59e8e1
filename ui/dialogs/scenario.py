"""Asks for a scenario file and adds it to the project."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from telecom_audit.errors import RefusedError
from telecom_audit.progress import Progress
from telecom_audit.store.project import open_project
from ui.dialogs.notice import Notice

if TYPE_CHECKING:
    from telecom_audit.migration.plan import Plan
    from ui.desk import Desk


def choose_scenario(desk: Desk) -> None:
    """Ask for a TOML file and add the scenario in it."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name, _ = QFileDialog.getOpenFileName(
        desk.window, "Add a scenario", folder, "Scenario files (*.toml)"
    )
    if name:
        add_scenario_file(desk, Path(name))


def add_scenario_file(desk: Desk, file: Path) -> None:
    """Add a scenario by a job; what the plan warns of is told."""
    session = desk.session
    if session is None or not desk.can_edit:
        return
    desk.run(f"Add {file.name}", partial(_add, session.path, file), partial(_tell, desk))


def _tell(desk: Desk, plan: Plan) -> None:
    if plan.warnings:
        Notice(desk.window, f"The scenario {plan.name} is added.", "\n".join(plan.warnings)).open()


def _add(path: Path, file: Path, progress: Progress) -> Plan:
    from telecom_audit.tasks.scenarios import add_scenario

    progress.check()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(
            f"{file.name} cannot be read as text", "Choose a scenario file, saved as UTF-8."
        ) from error
    with open_project(path) as project:
        return add_scenario(project, text)
