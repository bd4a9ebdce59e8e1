"""Long statements of SQLite, stopped when the person who waits for them asks for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from telecom_audit.progress import SILENT, CancelledError, Progress

_INSTRUCTIONS = 20_000  # about a millisecond of SQLite's own machine


@contextmanager
def interruptible(connection: sqlite3.Connection, progress: Progress) -> Iterator[None]:
    """Let SQLite ask while it works whether to go on.

    Only COMMIT cannot be stopped: what reached it is kept whole.

    Raises:
        CancelledError: a statement was stopped; the transaction around it must be rolled back.
    """
    if progress is SILENT:
        yield
        return
    connection.set_progress_handler(progress.is_cancelled, _INSTRUCTIONS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            raise CancelledError from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
