"""How the command line opens the window, which stands above it and is found by name only."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from telecom_audit.errors import RefusedError
from telecom_audit.store.header import check_there

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def open_window(project: Path | None, *, review: bool = False) -> int:
    """Show the window until it is closed; the answer is its exit code.

    Args:
        project: what it opens at once.
        review: look at a private copy, so that the original stays as it is.

    Raises:
        UsageError: there is no such file.
        RefusedError: there is no display.
    """
    if project is not None:
        check_there(project)
    _check_display()
    code: int = importlib.import_module("ui.app").run(project, review=review)
    return code


def write_self_check(report: Path) -> int:
    """Let the program check all its parts and write a report; the answer is its exit code."""
    code: int = importlib.import_module("ui.self_check").run(report)
    return code


def _check_display() -> None:
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _DISPLAYS):
        raise RefusedError(
            "there is no display to open a window on",
            "Start it in a desktop session, or use the commands, which need no display:"
            " `telecom-audit --help` lists them.",
        )
