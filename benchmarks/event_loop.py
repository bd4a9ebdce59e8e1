"""How long the window stands still while it works: the worst gap between two turns of its loop.

Run: python -m benchmarks.event_loop [ROWS] [--stacks MS]    (default 1000000)

A precise timer of 10 ms tells how much later than due it is called; that is reported for an idle
window and beside it for an import, an audit, charts and a sorted table, all started as a person
starts them. Of the worst gap it is told how long this thread worked in it (the window's own work)
and how long the others did (the job, which then held the interpreter's lock); the rest was spent
waiting, in a busy machine for a processor. With --stacks every thread's stack is written whenever
the loop stands for so many milliseconds, by a thread that does not need the interpreter's lock.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from benchmarks.import_speed import write_bill
from telecom_audit.months import month_number
from telecom_audit.progress import Progress
from telecom_audit.store.project import ProjectSettings, create_project, open_project
from telecom_audit.tasks.chart_order import ChartOrder
from telecom_audit.tasks.chart_pictures import Screen, chart_picture
from telecom_audit.tasks.figures import TableDoor
from ui import theme
from ui.acts import run_audit
from ui.dialogs.import_report import ImportReportDialog
from ui.errors import ErrorBox
from ui.imports import import_paths
from ui.tables.table import Table
from ui.window import Window

_TICK = 10  # milliseconds
_GOAL = 100.0
_IDLE_SECONDS = 3.0
_MOST_SECONDS = 900.0
_PAGES = 12
_PROJECT = "bench.telaudit"


@dataclass(frozen=True, order=True)
class Late:
    """One call of the timer: how late it came, and who worked since the one before; seconds."""

    late: float
    own: float
    others: float


class Heartbeat(QObject):
    """Notes how late each call of a precise timer is."""

    def __init__(self, stacks_ms: int = 0) -> None:
        super().__init__()
        self.late: list[Late] = []
        self._last = _times()
        self._stacks = stacks_ms / 1000
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_TICK)

    def _beat(self) -> None:
        now, own, whole = _times()
        spent = now - self._last[0] - _TICK / 1000
        mine = own - self._last[1]
        late = Late(max(0.0, spent), mine, whole - self._last[2] - mine)
        self.late.append(late)
        self._last = now, own, whole
        if self._stacks:
            faulthandler.dump_traceback_later(self._stacks, file=sys.stderr)
            if spent > self._stacks:
                print(f"LATE {late}", file=sys.stderr)

    def begin(self) -> None:
        """Forget what was noted before."""
        self.late = []
        self._last = _times()


def _times() -> tuple[float, float, float]:
    """Seconds on the wall, of this thread, and of all threads."""
    return time.perf_counter(), time.thread_time(), time.process_time()


@dataclass(frozen=True)
class Gaps:
    """How late the loop was during one piece of work, in milliseconds.

    Attributes:
        seconds: how long the work took.
        worst: the latest call.
        own: how long the window's thread worked in that gap.
        others: how long the other threads did.
        p99: one call of a hundred was later.
    """

    name: str
    seconds: float
    worst: float
    own: float
    others: float
    p99: float


def measured(name: str, heart: Heartbeat, work: Callable[[], None]) -> Gaps:
    """Do a piece of work in the event loop and answer how late the loop was meanwhile."""
    turn(0.1)
    heart.begin()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    late = sorted(heart.late)
    worst = late[-1]
    numbers = worst.late, worst.own, worst.others, late[len(late) * 99 // 100].late
    gaps = Gaps(name, seconds, *(1000 * number for number in numbers))
    print(
        f"  {name:18} {seconds:7.1f} s   worst {gaps.worst:6.1f} ms (window {gaps.own:5.1f}, "
        f"job {gaps.others:5.1f})   p99 {gaps.p99:5.1f} ms",
        flush=True,
    )
    return gaps


def turn(seconds: float) -> None:
    """Let the loop turn for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def turn_until_rest(window: Window) -> None:
    """Let the loop turn until no job is left and what they answered was shown."""
    end = time.perf_counter() + _MOST_SECONDS
    turn(0.05)
    while window.desk.work.jobs:
        if time.perf_counter() > end:
            raise SystemExit("the jobs do not end")
        turn(0.05)
    turn(0.2)


@contextmanager
def a_window(folder: Path) -> Iterator[Window]:
    """The window with an empty project open."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    application = QApplication.instance() or QApplication(["benchmark"])
    theme.apply("light")
    project = folder / _PROJECT
    create_project(project, ProjectSettings(organization="Benchmark"))
    window = Window()
    window.resize(1280, 800)
    window.show()
    window.open_project(project)
    turn_until_rest(window)
    try:
        yield window
    finally:
        window.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.processEvents()


class Scrolling:
    """Somebody who pages through the table that is seen, meanwhile."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._scroll)

    def _scroll(self) -> None:
        for view in self._window.page.findChildren(QAbstractItemView):
            bar = view.verticalScrollBar()
            if view.isVisible() and bar.maximum():
                bar.setValue((bar.value() + bar.pageStep() * _PAGES) % bar.maximum())

    def __enter__(self) -> None:
        self._timer.start(100)

    def __exit__(self, *error: object) -> None:
        self._timer.stop()


class Bench:
    """The pieces of work, one after the other in one window."""

    def __init__(self, window: Window, folder: Path, heart: Heartbeat) -> None:
        self._window = window
        self._desk = window.desk
        self._folder = folder
        self._heart = heart
        self.found: list[Gaps] = []

    def run(self, rows: int) -> None:
        """Measure everything with so many bill lines."""
        first, later = self._folder / "bill.csv", self._folder / "later.csv"
        write_bill(first, rows)
        write_later(later, max(1, rows // 10))
        self._measure("idle", lambda: turn(_IDLE_SECONDS))
        self._measure("import", lambda: import_paths(self._desk, [first]))
        self._close_reports()
        self._measure("overview", lambda: self._window.show_page("overview"))
        self._measure("table", lambda: self._window.show_page("data", TableDoor("charges")))
        self._measure("table sorted", self._sort)
        with Scrolling(self._window):
            self._measure("import, scrolling", lambda: import_paths(self._desk, [later]))
        self._close_reports()
        self._measure("audit", partial(run_audit, self._window.desk))
        self._measure("freeze", lambda: self._desk.run("Freeze", self._freeze))
        self._measure("chart of spend", lambda: self._chart("spend"))
        self._measure("chart of savings", lambda: self._chart("savings"))
        self._measure("savings page", lambda: self._window.show_page("savings"))

    def _measure(self, name: str, start: Callable[[], object]) -> None:
        def work() -> None:
            start()
            turn_until_rest(self._window)

        self.found.append(measured(name, self._heart, work))

    def _sort(self) -> None:
        table = next(each for each in self._window.findChildren(Table) if each.isVisible())
        keys = [column.key for column in table.table.columns]
        table.head.sectionClicked.emit(keys.index("amount_micros"))

    def _freeze(self, progress: Progress) -> None:
        from telecom_audit.tasks.baseline_answer import freeze_order
        from telecom_audit.tasks.baseline_freeze import freeze

        with open_project(self._project) as project:
            freeze(project, freeze_order(month_number("2024-12"), "benchmark"), progress)

    def _chart(self, key: str) -> None:
        screen = Screen(900, 480)

        def draw(progress: Progress) -> object:
            progress.check()
            return chart_picture(self._project, ChartOrder(key), screen)

        self._desk.read(self._heart, draw, lambda _: None, slot=key)

    @property
    def _project(self) -> Path:
        return self._folder / _PROJECT

    def _close_reports(self) -> None:
        for report in self._window.findChildren(ImportReportDialog):
            report.close()
        turn(0.1)


def write_later(path: Path, rows: int) -> None:
    """Write a bill whose invoices no other file has."""
    write_bill(path, rows, seed=2)
    path.write_text(path.read_text(encoding="utf-8").replace("INV-", "LATER-"), encoding="utf-8")


def compare(rows: int, stacks_ms: int = 0) -> list[Gaps]:
    """Measure and print all pieces of work with so many bill lines."""
    print(f"{rows} bill lines; how late a timer of {_TICK} ms was (goal {_GOAL:.0f} ms)")
    with tempfile.TemporaryDirectory() as name, a_window(Path(name)) as window:
        bench = Bench(window, Path(name), Heartbeat(stacks_ms))
        bench.run(rows)
        faulthandler.cancel_dump_traceback_later()
        errors = window.findChildren(ErrorBox)
        if errors:
            raise SystemExit(errors[0].text())
    worst = max(gaps.worst for gaps in bench.found[1:])
    print(f"worst gap {worst:.1f} ms, idle {bench.found[0].worst:.1f} ms")
    return bench.found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--stacks", type=int, default=0)
    given = parser.parse_args()
    compare(given.rows, given.stacks)
