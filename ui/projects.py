"""Opening, making and building projects, asked for by a menu or the start page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from telecom_audit.progress import Progress, Step

if TYPE_CHECKING:
    from ui.desk import Desk

_FILTER = "Telecom Audit projects (*.telaudit)"
_SAMPLE_FOLDER = "Telecom Audit sample"


def choose_project(desk: Desk) -> None:
    """Ask for a project file and open it."""
    name, _ = QFileDialog.getOpenFileName(desk.window, "Open a project", _documents(), _FILTER)
    if name:
        desk.open_project(Path(name))


def choose_review(desk: Desk) -> None:
    """Ask for a project file and look at a private copy of it."""
    name, _ = QFileDialog.getOpenFileName(
        desk.window, "Open a project for review", _documents(), _FILTER
    )
    if name:
        desk.open_project(Path(name), is_review=True)


def new_project(desk: Desk) -> None:
    """Ask whose project it will be and where, make it and open it."""
    from ui.dialogs.new_project import NewProject

    NewProject(desk).open()


def open_sample(desk: Desk) -> None:
    """Open the sample city; the first time it is built in the user's documents."""
    path = Path(_documents()) / _SAMPLE_FOLDER / "city.telaudit"
    if path.exists():
        desk.open_project(path)
        return
    desk.work.start(
        partial(_build_sample, path.parent),
        lambda _: desk.open_project(path),
        failed=lambda error: desk.fail(error, "No project was made."),
        name="Build the sample city",
    )


def _build_sample(folder: Path, progress: Progress) -> None:
    from telecom_audit.tasks.demo import build_demo

    folder.parent.mkdir(parents=True, exist_ok=True)  # not every system has the documents' folder
    build_demo(folder, lambda text: progress.at(Step(text)))


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
