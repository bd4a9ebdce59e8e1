"""The one connection by which tables read in the window's thread, which never waits for a lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from telecom_audit.errors import RefusedError, TelecomAuditError
from telecom_audit.store.connection import translated
from telecom_audit.store.project import Project, open_reader

if TYPE_CHECKING:
    from ui.desk import Desk

Answer = TypeVar("Answer")


class BusyError(Exception):
    """A job is writing just now: ask again in a moment."""


class Reader(QObject):
    """Answers short questions of tables about the open project."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._project: Project | None = None

    @property
    def path(self) -> Path | None:
        """The file that is read."""
        return self._path

    def use(self, path: Path | None) -> None:
        """Read another file from now on, or none."""
        if self._project is not None:
            self._project.close()
            self._project = None
        self._path = path

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Ask something that is answered in a moment.

        Raises:
            BusyError: somebody writes just now.
            TelecomAuditError: the file cannot be read.
        """
        if self._path is None:
            raise BusyError
        try:
            if self._project is None:
                self._project = open_reader(self._path)
            with translated(self._path):
                return question(self._project.connection)
        except RefusedError as error:
            if _is_busy(error):
                raise BusyError from error
            raise


def _is_busy(error: TelecomAuditError) -> bool:
    cause = error.__cause__
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorname.startswith(
        ("SQLITE_BUSY", "SQLITE_LOCKED")
    )


def reader_of(desk: Desk) -> Reader:
    """The reader of the desk's open project; it lets go of the file with the session."""
    known = desk.findChild(Reader)
    if isinstance(known, Reader):
        return known
    reader = Reader(desk)

    def follow() -> None:
        reader.use(desk.session.path if desk.session else None)

    desk.session_changed.connect(follow)
    follow()
    return reader
