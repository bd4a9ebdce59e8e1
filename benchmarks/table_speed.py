"""The table of bill lines: its first page against that of fewer lines, and its scrolling.

Run: python -m benchmarks.table_speed [ROWS]    (default 1000000)

First page: a table over three times ROWS lines against one over ROWS, from its making to its
first painted frame, in processes of their own, interleaved. Scrolling: processor time of a frame
against the plain view of a model without data, in the same process. Sorting and filtering are
jobs and only reported.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

FIRST_GOAL, FIRST_LIMIT = 1.2, 1.5
SCROLL_GOAL, SCROLL_LIMIT = 2.0, 3.0
_ROUNDS = 5
_FRAMES = 60
_ROWS_A_FRAME = 26
_SIZE = (1200, 800)


def main() -> int:
    """Measure and print; fails when a limit is missed."""
    from benchmarks.table_project import make_lines

    if sys.argv[1:2] == ["--one"]:
        return _one(Path(sys.argv[2]), sys.argv[3])
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        few = make_lines(Path(folder) / "few.telaudit", rows)
        many = make_lines(Path(folder) / "many.telaudit", 3 * rows)
        firsts = [(_asked(few, "first"), _asked(many, "first")) for _ in range(_ROUNDS)]
        scrolls = [_asked(many, "scroll") for _ in range(3)]
        jobs = _asked_lines(many, "jobs")
    first = median(more[0] for _, more in firsts) / median(less[0] for less, _ in firsts)
    scroll = median(ours / empty for ours, empty in scrolls)
    print("\n".join(jobs))
    print(
        f"first page of {3 * rows} lines {median(more[0] for _, more in firsts) * 1000:.0f} ms,"
        f" of {rows} lines {median(less[0] for less, _ in firsts) * 1000:.0f} ms"
    )
    print(f"first page ratio {first:.2f} (goal at most {FIRST_GOAL}, limit {FIRST_LIMIT})")
    ours, empty = scrolls[0]
    print(f"a frame of scrolling {ours * 1000:.1f} ms, of an empty model {empty * 1000:.1f} ms")
    print(f"scroll ratio {scroll:.2f} (goal at most {SCROLL_GOAL}, limit {SCROLL_LIMIT})")
    return 0 if first <= FIRST_LIMIT and scroll <= SCROLL_LIMIT else 1


def _asked_lines(project: Path, what: str) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.table_speed", "--one", str(project), what]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return done.stdout.splitlines()


def _asked(project: Path, what: str) -> tuple[float, ...]:
    return tuple(float(each) for each in _asked_lines(project, what)[-1].split())


def _one(project: Path, what: str) -> int:
    """What a process of its own measures and prints."""
    if what == "jobs":
        _print_jobs(project)
        return 0
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        application = QApplication([])
        print(*(_first(application, project) if what == "first" else _scroll(application, project)))
        sys.stdout.flush()
        os._exit(0)  # the window is not worth an orderly end


def _desk(application: Any, project: Path) -> tuple[Any, Any]:
    from PySide6.QtWidgets import QMainWindow

    from ui.desk import Desk
    from ui.preferences import Preferences

    window = QMainWindow()
    window.resize(*_SIZE)
    desk = Desk(window, Preferences())
    desk.open_project(project)
    while desk.session is None or desk.work.jobs:
        application.processEvents()
    window.show()
    application.processEvents()
    return window, desk


def _first(application: Any, project: Path) -> tuple[float]:
    from telecom_audit.store.browse_tables import browsed_table
    from ui.tables.table import Table

    window, desk = _desk(application, project)
    for key in ("invoices", "charges"):  # the first one warms fonts and styles
        began = time.perf_counter()
        table = Table(desk, browsed_table(key))
        window.setCentralWidget(table)
        table.refresh()
        while not table.model.keys:
            application.processEvents()
        table.view.viewport().repaint()
        seconds = time.perf_counter() - began
    return (seconds,)


def _scroll(application: Any, project: Path) -> tuple[float, float]:
    from PySide6.QtWidgets import QTableView

    from telecom_audit.store.browse_tables import browsed_table
    from ui.tables.table import Table

    window, desk = _desk(application, project)
    table = Table(desk, browsed_table("charges"))
    window.setCentralWidget(table)
    table.refresh()
    application.processEvents()
    other = QTableView()
    other.setModel(_empty_model(table.model.rowCount(), table.model.columnCount()))
    other.verticalHeader().hide()
    other.verticalHeader().setDefaultSectionSize(table.view.verticalHeader().defaultSectionSize())
    other.setAlternatingRowColors(True)
    other.setShowGrid(False)
    for column in range(table.model.columnCount()):
        other.setColumnWidth(column, table.head.sectionSize(column))
    other.resize(table.view.size())
    other.show()
    application.processEvents()
    pairs = [(_frame(table.view), _frame(other)) for _ in range(_ROUNDS)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _empty_model(rows: int, columns: int) -> Any:
    from PySide6.QtCore import QAbstractTableModel

    class Empty(QAbstractTableModel):
        """Has rows, and nothing in them."""

        def rowCount(self, *_: Any) -> int:  # noqa: N802 - Qt's name
            """As many rows as ours."""
            return rows

        def columnCount(self, *_: Any) -> int:  # noqa: N802 - Qt's name
            """As many columns as ours."""
            return columns

        def data(self, *_: Any) -> Any:
            """Nothing."""

    return Empty()


def _frame(view: Any) -> float:
    """Seconds of processor time of one painted frame, a screen further each time."""
    bar = view.verticalScrollBar()
    began = time.process_time()
    for frame in range(_FRAMES):
        bar.setValue(frame * _ROWS_A_FRAME)
        view.viewport().repaint()
    return (time.process_time() - began) / _FRAMES


def _print_jobs(project: Path) -> None:
    from telecom_audit.store.browse import Compare, Condition, Query
    from telecom_audit.store.browse_tables import CHARGES
    from telecom_audit.tasks.browse import listing

    for words, query in (
        ("sort by amount", Query(order="amount_micros")),
        ("sort by description", Query(order="description")),
        ("filter a part of the service", _only(Condition("service", Compare.CONTAINS, "0123"))),
        ("filter an amount", _only(Condition("amount_micros", Compare.ABOVE, 400_000_000))),
    ):
        seconds, found = _timed(partial(listing, project, CHARGES, query))
        print(f"{words}: {seconds:.2f} s, {len(found.keys)} rows")


def _only(condition: Any) -> Any:
    from telecom_audit.store.browse import Query

    return Query((condition,))


def _timed(job: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = job()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    sys.exit(main())
