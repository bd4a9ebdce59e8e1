"""The window's program: starts Qt, opens a project and shows where it stands."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.window import Window


def main() -> None:
    """Open the window, with the project that the command line names, if any."""
    application = QApplication.instance() or QApplication(sys.argv)
    window = Window()
    if len(sys.argv) > 1:
        window.open_project(Path(sys.argv[1]))
    window.show()
    sys.exit(application.exec())
