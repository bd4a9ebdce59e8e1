"""The window's program: reads its arguments, starts Qt, and opens a project."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import resources
from telecom_audit import __version__
from telecom_audit.progress import Progress
from ui import theme
from ui.pages import import_all
from ui.preferences import Preferences
from ui.window import Window

_IDENTITY = "TelecomAudit.TelecomAudit"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the windowed program: [PROJECT] [--review], or --self-check FILE."""
    import argparse  # not when the command line opens the window

    parser = argparse.ArgumentParser(prog="telecom-audit-window")
    parser.add_argument("project", nargs="?", type=Path, help="the project file to open")
    parser.add_argument("--review", action="store_true", help="look at a private copy of it")
    parser.add_argument("--self-check", type=Path, metavar="FILE", help="write a report and end")
    given = parser.parse_args(sys.argv[1:] if arguments is None else arguments)
    if given.self_check is not None:
        from ui.self_check import run as check

        sys.exit(check(given.self_check))
    sys.exit(run(given.project, review=given.review))


def run(project: Path | None = None, *, review: bool = False) -> int:
    """Show the window until it is closed; the answer is the exit code.

    Args:
        project: the file to open at once.
        review: look at a private copy of it.
    """
    application = start()
    window = Window()
    window.desk.errors.catch_bugs()
    if project is not None:
        window.open_project(project, is_review=review)
    window.show()
    window.desk.read(window, _at_leisure, _nothing, slot="at leisure")
    return application.exec()


def _at_leisure(progress: Progress) -> None:
    """Import the pages and delete what a crash left, while the first window is looked at."""
    from telecom_audit.store.private_folder import remove_abandoned_folders

    import_all(progress)
    remove_abandoned_folders()


def _nothing(answer: object) -> None:
    del answer


def start() -> QApplication:
    """The application with its name, icon and colours; the one that runs, if any does."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Telecom Audit")
    QCoreApplication.setApplicationVersion(__version__)
    _name_for_taskbar()
    application.setWindowIcon(QIcon(str(resources.location("icons/telecom-audit.svg"))))
    theme.apply(Preferences().theme)
    return application


def _name_for_taskbar() -> None:
    """Tell Windows which program its windows belong to."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(_IDENTITY)


if __name__ == "__main__":
    main()
