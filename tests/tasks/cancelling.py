"""What the tests of stopping share: a person who stops at the n-th question, and a dump."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from telecom_audit.progress import CancelledError, Progress, Step


class Person:
    """Somebody who lets a task go on so many times and then stops it; remembers the steps."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.asked = 0
        self.steps: list[Step] = []
        self.progress = Progress(self.steps.append, self._is_tired)

    def _is_tired(self) -> bool:
        self.asked += 1
        return self.asked > self.patience


def dump(path: Path) -> list[str]:
    """All that a project holds, as SQL."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def was_stopped(task: Callable[[Progress], object], patience: float) -> bool:
    """Run a task under a person of such patience; whether it was stopped."""
    try:
        task(Person(patience).progress)
    except CancelledError:
        return True
    return False


def files_beside(path: Path) -> set[str]:
    """The names of what lies in the project's folder."""
    return {each.name for each in path.parent.iterdir()}
