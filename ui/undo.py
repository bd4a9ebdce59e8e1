"""Undo: a change is a value whose application answers its inverse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self

from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

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

    What failed takes its place again: a change that was never made leaves the stack, and one whose
    undo failed can be undone again.

    Args:
        change: what is done first.
        path: the project file.
        run: queues a job: its words, what it does, and what to do when it failed.
        stack: where it is pushed.
    """

    def __init__(self, change: Change, path: Path, run: Runner, stack: QUndoStack) -> None:
        super().__init__(change.words)
        self._next: Change = change
        self._path = path
        self._run = run
        self._stack = stack
        self._was_made = False
        self._is_moved_alone = False  # on the stack, while the project stays as it is

    def redo(self) -> None:
        """Make the change."""
        if not self.isObsolete() and not self._is_moved_alone:
            self._run(self.text(), self._apply, self._give_up_redo)

    def undo(self) -> None:
        """Take it back."""
        if not self.isObsolete() and not self._is_moved_alone:
            self._run(f"Undo: {self.text()}", self._apply, self._give_up_undo)

    def _apply(self, progress: Progress) -> None:
        # in the worker, and after the jobs before it: only then is the inverse known
        progress.check()
        self._next = self._next.apply(self._path)
        self._was_made = True

    def _give_up_redo(self) -> None:
        if not isValid(self):  # the stack was cleared meanwhile
            return
        self.setObsolete(not self._was_made)
        place = self._stack.index() - 1
        self._move(place, self._stack.undo)

    def _give_up_undo(self) -> None:
        if isValid(self):
            self._move(self._stack.index(), self._stack.redo)

    def _move(self, place: int, move: Callable[[], None]) -> None:
        """Move it back on the stack, unless others were moved after it."""
        if self._stack.command(place) is not self:
            self.setObsolete(True)
            return
        self._is_moved_alone = True
        move()
        if isValid(self):
            self._is_moved_alone = False
