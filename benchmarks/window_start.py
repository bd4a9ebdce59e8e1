"""From the start of a process to its first window: ours, a plain one like it, an empty one.

Run: python -m benchmarks.window_start [ROUNDS]    (default 7)

The plain one is made of the same Qt widgets with the same texts and actions, read off our window
beforehand, without a line of our code. The three run interleaved, each in a process of its own.
The ratios are of processor seconds, since a start waits for nothing and a busy machine does not
change them; the seconds on the clock are printed beside them.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

PLAIN_LIMIT, EMPTY_LIMIT = 1.3, 1.8
_ROUNDS = 7

_OURS = """
import sys
from PySide6.QtCore import QSettings
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, sys.argv[1])
from ui.app import Window, start
application = start()
window = Window()
window.show()
"""
_PLAIN = """
import json, sys
from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import Qt
application = QtWidgets.QApplication([])
application.setStyle("Fusion")
def fill(widget, told):
    for text in told["actions"]:
        widget.addAction(QtGui.QAction(text, widget))
    for each in told["children"]:
        child = getattr(QtWidgets, each["kind"])(widget)
        child.setGeometry(*each["place"])
        if each["text"]:
            child.setText(each["text"])
        if each["kind"] == "QLabel":
            child.setTextFormat(Qt.TextFormat.PlainText)
        if each["seen"]:
            child.show()
        fill(child, each)
told = json.load(open(sys.argv[1] + "/window.json"))
window = QtWidgets.QMainWindow()
window.resize(*told["place"][2:])
fill(window, told)
window.show()
"""
_EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1180, 760)
window.show()
"""
_SHOWN = """
application.processEvents()
application.processEvents()
print("shown", flush=True)
import os
os._exit(0)
"""
_TELL = """
import json
from PySide6.QtWidgets import QWidget
def told(widget):
    meta = widget.metaObject()
    while not hasattr(QtWidgets, meta.className()):
        meta = meta.superClass()
    place, kind = widget.geometry(), meta.className()
    return {
        "kind": kind,
        "place": [place.x(), place.y(), place.width(), place.height()],
        "text": widget.text() if kind in ("QLabel", "QToolButton", "QPushButton") else "",
        "seen": widget.isVisible(),
        "actions": [action.text() for action in widget.actions()],
        "children": [told(each) for each in widget.children() if isinstance(each, QWidget)],
    }
from PySide6 import QtWidgets
application.processEvents()
with open(sys.argv[1] + "/window.json", "w") as file:
    json.dump(told(window), file)
"""


def main() -> int:
    """Measure and print; fails when a limit is missed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    scripts = {"ours": _OURS, "plain": _PLAIN, "empty": _EMPTY}
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in scripts}
    with tempfile.TemporaryDirectory() as folder:
        _until_shown(_OURS + _TELL, folder)
        for script in scripts.values():
            _until_shown(script, folder)
        for _ in range(rounds):
            for name, script in scripts.items():
                spent[name].append(_until_shown(script, folder))
        widgets = _count(json.loads((Path(folder) / "window.json").read_text()))
    print(f"{widgets} widgets")
    work = {name: median(worked for worked, _ in each) for name, each in spent.items()}
    for name, each in spent.items():
        clock = median(passed for _, passed in each)
        print(f"{name}: {work[name] * 1000:.0f} ms of work, {clock * 1000:.0f} ms on the clock")
    plain, empty = work["ours"] / work["plain"], work["ours"] / work["empty"]
    print(f"plain ratio {plain:.2f} (limit {PLAIN_LIMIT})")
    print(f"empty ratio {empty:.2f} (limit {EMPTY_LIMIT})")
    return 0 if plain <= PLAIN_LIMIT and empty <= EMPTY_LIMIT else 1


def _until_shown(script: str, folder: str) -> tuple[float, float]:
    """Processor seconds and seconds from the start of a process until its window was painted."""
    environment = {
        **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": folder,  # all three run compiled, as an installed program does
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-c", script + _SHOWN, folder]
    before, began = _worked(), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    passed = time.perf_counter() - began
    if "shown" not in done.stdout:
        raise RuntimeError(done.stderr)
    return _worked() - before, passed


def _worked() -> float:
    """Processor seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _count(told: dict[str, Any]) -> int:
    return 1 + sum(_count(each) for each in told["children"])


if __name__ == "__main__":
    sys.exit(main())
