"""Which project files this process has open, so that nobody reads their bytes beside SQLite.

On POSIX systems the first close of any descriptor of a file drops all locks that the process
holds on it (SQLite, "How to corrupt", 2.2): a second program could then write in the middle of
our transaction. So bytes are read only while no connection of ours is open, and a connection
waits until they are read.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from weakref import WeakSet

FileKey = tuple[int, int]


class TrackedConnection(sqlite3.Connection):
    """A connection that is known here until it is closed or forgotten."""

    file_key: FileKey | None = None

    def close(self) -> None:
        """Close the connection, and let the file's bytes be read again."""
        super().close()
        with _GATE:
            _CONNECTIONS.discard(self)


_GATE = threading.Condition()
_CONNECTIONS: WeakSet[TrackedConnection] = WeakSet()
_BEING_READ: Counter[FileKey] = Counter()


def tracked_connection(path: Path, uri: str, timeout: float) -> TrackedConnection:
    """Open a connection; it holds no lock before its first statement.

    Args:
        path: the file.
        uri: the same for SQLite, with its mode.
        timeout: seconds to wait for another program's lock.
    """
    with _GATE:
        _GATE.wait_for(lambda: _file_key(path) not in _BEING_READ)
        connection = sqlite3.connect(
            uri, uri=True, timeout=timeout, isolation_level=None, factory=TrackedConnection
        )
        connection.file_key = _file_key(path)
        _CONNECTIONS.add(connection)
    return connection


@contextmanager
def reading_bytes(path: Path) -> Iterator[bool]:
    """Tell whether the bytes of a file may be read now, and hold its connections back meanwhile.

    False: this process has it open, so that only SQLite may read it.
    """
    key = _file_key(path)
    with _GATE:
        is_free = key is None or all(other.file_key != key for other in _CONNECTIONS)
        if key is not None and is_free:
            _BEING_READ[key] += 1
    try:
        yield is_free
    finally:
        if key is not None and is_free:
            with _GATE:
                _BEING_READ[key] -= 1
                if not _BEING_READ[key]:
                    del _BEING_READ[key]
                _GATE.notify_all()


def open_quietly(path: Path) -> BinaryIO:
    """Open a file to read its bytes, leaving its time of access alone where the system allows."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(path, flags | getattr(os, "O_NOATIME", 0))
    except PermissionError:  # only the owner may leave the time alone
        number = os.open(path, flags)
    return os.fdopen(number, "rb")


def _file_key(path: Path) -> FileKey | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
