"""Undo: a change is a value whose application answers its inverse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self

from PySide6.QtGui import QUndoCommand

from telecom_audit.progress import Progress


class Change(Protocol):
    """What a change of a project is to the window (see `telecom_audit.tasks.changes`)."""

    @property
    def words(self) -> str:
        """What it does ("Mute finding 12")."""
        ...

    def apply(self, path: Path) -> Self:
        """Make the change in one transaction; the answer takes it back."""
        ...


Runner = Callable[[str, Callable[[Progress], None], Callable[[], None]], None]


class ChangeCommand(QUndoCommand):
    """A change on the undo stack; redo and undo are jobs, worked off one after the other.

    Args:
        change: what is done first.
        path: the project file.
        run: queues a job: its words, what it does, and what to do when it failed.
    """

    def __init__(self, change: Change, path: Path, run: Runner) -> None:
        super().__init__(change.words)
        self._next: Change = change
        self._path = path
        self._run = run

    def redo(self) -> None:
        """Make the change."""
        if not self.isObsolete():
            self._run(self.text(), self._apply, self._give_up)

    def undo(self) -> None:
        """Take it back."""
        if not self.isObsolete():
            self._run(f"Undo: {self.text()}", self._apply, self._give_up)

    def _apply(self, progress: Progress) -> None:
        # in the worker, and after the jobs before it: only then is the inverse known
        progress.check()
        self._next = self._next.apply(self._path)

    def _give_up(self) -> None:
        self.setObsolete(True)
