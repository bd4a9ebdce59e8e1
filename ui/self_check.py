"""The self-check: the program does with the shipped sample all that it can do, and reports.

The report is JSON: `ok`, the versions, each step with `ok`, `detail` and `seconds`, and the figures
of the sample as decimal strings, which are the same on every machine. It is a file because a
windowed program may have no stdout.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import PySide6
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication

from telecom_audit import __version__
from telecom_audit.errors import UsageError
from ui.self_check_start import Check


@dataclass(frozen=True)
class Outcome:
    """How a step went."""

    name: str
    ok: bool
    detail: str
    seconds: float


Step = Callable[[Check], str]


def run(report: Path) -> int:
    """Check the program and write the report; the answer is the exit code, 0 when all is well.

    Args:
        report: the file to write; an older one is replaced.

    Raises:
        UsageError: there is no folder for it.
    """
    if not report.parent.is_dir():
        raise UsageError(f"there is no folder {report.parent}", "Make the folder first.")
    _without_screen()
    with tempfile.TemporaryDirectory(prefix="telecom-audit-check-") as name:
        folder = Path(name)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        check = Check(folder)
        outcomes = [_outcome(step, check) for step in _steps()]
        ok = all(outcome.ok for outcome in outcomes)
        document = {
            "ok": ok,
            "program": __version__,
            "frozen": bool(getattr(sys, "frozen", False)),
            "platform": platform.platform(),
            "python": platform.python_version(),
            "qt": PySide6.__version__,
            "qt_platform": QGuiApplication.platformName(),
            "sqlite": sqlite3.sqlite_version,
            "steps": [asdict(outcome) for outcome in outcomes],
            "figures": check.figures,
        }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    report.write_text(text + "\n", encoding="utf-8", newline="\n")
    return 0 if ok else 1


def _without_screen() -> None:
    """Draw into memory on a machine that has no screen."""
    has_screen = sys.platform != "linux" or os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}
    if not has_screen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _steps() -> list[Step]:
    from ui import self_check_files, self_check_window

    return [
        self_check_files.build_sample,
        self_check_files.compare_figures,
        self_check_files.read_workbook,
        self_check_files.load_shipped_files,
        self_check_files.load_commands,
        self_check_window.start_window,
        self_check_window.print_charts,
        self_check_window.visit_pages,
    ]


def _outcome(step: Step, check: Check) -> Outcome:
    began = time.monotonic()
    try:
        ok, detail = True, step(check)
    except Exception:  # noqa: BLE001 - whatever fails is what the report is for
        ok, detail = False, traceback.format_exc()
    seconds = round(time.monotonic() - began, 3)
    return Outcome(step.__name__.replace("_", " "), ok, detail, seconds)
