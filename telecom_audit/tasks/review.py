"""Opening somebody's project to look at it: on a private copy, so that the original stays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from telecom_audit.progress import SILENT, Progress
from telecom_audit.store.private_copy import PrivateCopy, private_copy
from telecom_audit.store.project import open_project

_UNFINISHED = (
    "The writer of this file did not finish, or is still at work; what you see is the last state"
    " that was whole."
)


@dataclass(frozen=True)
class Review:
    """A project that is open for review; use it as a context manager or call `close`.

    Attributes:
        original: the file that was sent; nothing of it or beside it changes.
        path: the private copy that is read instead.
        notes: what a reader must know of the copy, one sentence each.
    """

    original: Path
    path: Path
    notes: tuple[str, ...]
    _copy: PrivateCopy

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the copy; close its connections first. At the latest it goes with the process."""
        self._copy.close()


def open_for_review(path: Path, progress: Progress = SILENT) -> Review:
    """Copy a project, roll back on the copy what is unfinished, and bring the copy up to date.

    Raises:
        UsageError: no such file, or a directory.
        RefusedError: a foreign or newer file, one that is being changed, or no room for the copy.
        DamagedError: SQLite finds it malformed.
        CancelledError: the person stopped it; no copy is left.
    """
    copy = private_copy(path, progress)
    try:
        open_project(copy.path).close()
    except BaseException:
        copy.close()
        raise
    return Review(path, copy.path, (_UNFINISHED,) if copy.has_journal else (), copy)
