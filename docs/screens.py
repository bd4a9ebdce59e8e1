"""Pictures of every page of the window, from the sample city: `python -m docs.screens [FOLDER]`.

They are drawn without a display, light and dark, into docs/screens, or another folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

import resources
from telecom_audit.store.project import ProjectSettings, create_project
from telecom_audit.tasks.demo import build_demo
from telecom_audit.tasks.figures import LinesDoor
from ui import theme
from ui.app import start
from ui.window import Window

THEMES = ("light", "dark")
PAGES = ("overview", "data", "audit", "savings")
_SIZE = (1180, 760)
_IMPORTED = ("inventory-2024-12.csv", "contracts.csv", "bills/pelican-2024H1.csv.gz", "README.md")
_PATIENCE = 120  # seconds
_TURN = 0.005  # seconds
_AT_REST = 0.6  # seconds without a job, since a chart is drawn a moment after its place is known

Widget = TypeVar("Widget", bound=QWidget)


class Photographer:
    """Opens the sample in a window and takes its pictures in one theme.

    Args:
        folder: where the pictures go.
        name: "light" or "dark".
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._theme = name
        theme.apply(name)
        self.window = Window()
        self.window.desk.errors.happened.connect(_give_up)
        self.window.resize(*_SIZE)
        self.window.show()

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of a window when nothing moves in it any more."""
        self.rest()
        path = self._folder / f"{name}-{self._theme}.png"
        (widget or self.window).grab().save(str(path))
        sys.stdout.write(f"{path.name}\n")

    def rest(self) -> None:
        """Wait until no job has run for a moment."""
        quiet_since = time.monotonic()
        until = quiet_since + _PATIENCE
        while time.monotonic() - quiet_since < _AT_REST:
            _work_off()
            if self.window.desk.work.jobs:
                quiet_since = time.monotonic()
            if time.monotonic() > until:
                raise TimeoutError("the window does not come to rest")

    def open(self, path: Path, *, is_review: bool = False) -> None:
        """Open a project."""
        self.window.open_project(path, is_review=is_review)
        self._wait(lambda: self.window.desk.session is not None)
        self.rest()

    def child(self, kind: type[Widget]) -> Widget:
        """The window of this class that opens."""
        self._wait(lambda: self.window.findChild(kind) is not None)
        found: Widget = self.window.findChild(kind)
        return found

    def _wait(self, is_so: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE
        while not is_so():
            _work_off()
            if time.monotonic() > until:
                raise TimeoutError("what was waited for did not happen")

    def close(self) -> None:
        """Close the window."""
        self.window.close()


def _work_off() -> None:
    QApplication.processEvents()
    time.sleep(_TURN)  # a thread that never sleeps would leave the jobs no turn


def _give_up(error: Exception) -> None:
    sys.stderr.write(f"{error!r}\n")
    os._exit(1)


def photograph(folder: Path, sample: Path, name: str) -> None:
    """Take all pictures of one theme.

    Args:
        folder: where the pictures go.
        sample: the project file of the sample city.
        name: "light" or "dark".
    """
    camera = Photographer(folder, name)
    camera.take("start")
    camera.open(sample)
    for page in PAGES:
        camera.window.show_page(page)
        camera.take(page)
    _take_spend(camera)
    _take_lines(camera)
    _take_preview(camera)
    _take_import(camera, sample.parent)
    camera.open(sample, is_review=True)
    camera.take("review")
    camera.close()


def _take_spend(camera: Photographer) -> None:
    from ui.pages.savings import SavingsPage

    (page,) = camera.window.findChildren(SavingsPage)
    page.tabs.setCurrentWidget(page.plan)
    camera.take("savings-plan")
    page.tabs.setCurrentWidget(page.spend)
    camera.take("savings-spend")
    page.tabs.setCurrentIndex(0)


def _take_lines(camera: Photographer) -> None:
    from ui.dialogs.lines import LinesDialog

    doors = [one for one in camera.window.page.figures() if isinstance(one.door, LinesDoor)]
    camera.window.desk.open_door(doors[0])
    dialog = camera.child(LinesDialog)
    camera.rest()
    dialog.tables[0].choose(dialog.tables[0].model.keys[0])
    camera.take("lines", dialog)
    dialog.close()


def _take_preview(camera: Photographer) -> None:
    from ui.printing.preview import Preview

    camera.window.print_report()
    preview = camera.child(Preview)
    camera.take("print-preview", preview)
    preview.close()


def _take_import(camera: Photographer, folder: Path) -> None:
    from ui.dialogs.import_report import ImportReportDialog
    from ui.imports import import_paths

    path = folder / f"import {len(list(folder.glob('import*')))}.telaudit"
    create_project(path, ProjectSettings(organization="City of Marlow Parish (synthetic)"))
    camera.open(path)
    os.chdir(resources.location("sample"))  # so that no path of this machine is shown
    import_paths(camera.window.desk, [Path(name) for name in _IMPORTED])
    dialog = camera.child(ImportReportDialog)
    camera.take("import-report", dialog)
    dialog.close()


def main(folder: Path) -> None:
    """Build the sample and take every picture, light and dark."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        build_demo(Path(scratch) / "demo", lambda _: None)
        for name in THEMES:
            settings = str(Path(scratch) / name)
            QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, settings)
            start()
            photograph(folder, Path(scratch) / "demo" / "city.telaudit", name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "screens")
