"""How every connection to a project is opened, and how SQLite's errors become ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from telecom_audit.errors import DamagedError, RefusedError, TelecomAuditError
from telecom_audit.store.open_files import tracked_connection

_PRAGMAS = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "recursive_triggers = ON",
    "cell_size_check = ON",
    "mmap_size = 0",
    "secure_delete = FAST",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "cache_size = -65536",
)
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_UNREADABLE_TEXT = "Could not decode to UTF-8"  # said by Python's module, without a code
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


def connect(path: Path, mode: str = "rw", timeout: float = 2.0) -> sqlite3.Connection:
    """A connection with our pragmas; transactions are begun by `write` only.

    Args:
        path: the project file.
        mode: "rw" for a file that exists, "rwc" to make one, "ro" to read only.
        timeout: seconds to wait for another program's lock.
    """
    uri = "file:" + quote(str(path.resolve()), safe="") + f"?mode={mode}"
    connection = tracked_connection(path, uri, timeout)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if mode != "ro":
            connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors of the environment into errors with a remedy.

    Raises:
        DamagedError: SQLite finds the file malformed.
        RefusedError: the file is locked, cannot be written, or the disk is full.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = _as_known(path, error)
        if known is None:
            raise
        raise known from error


def _as_known(path: Path, error: Exception) -> TelecomAuditError | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    if str(error).startswith(_UNREADABLE_TEXT) or name.startswith(_DAMAGE):
        return DamagedError(
            f"{path.name} is damaged ({error})",
            "Take the copy from your backup; `sqlite3 FILE .recover` may save the rest.",
        )
    if name.startswith(_BUSY):
        return RefusedError(
            f"{path.name} is in use by another program",
            "Close it there and try again; nothing was changed.",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return RefusedError(
            f"{path.name} cannot be written",
            "Check the folder's and the file's permissions; nothing was changed.",
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return RefusedError(
            f"the disk of {path.name} is full or failed",
            "Free some space and try again; nothing was changed.",
        )
    return None
