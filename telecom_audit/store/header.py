"""Whose a file is: by its first 100 bytes, read before SQLite sees it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from telecom_audit.errors import DamagedError, RefusedError, UsageError
from telecom_audit.store.connection import connect, translated
from telecom_audit.store.open_files import open_quietly, reading_bytes

APPLICATION_ID = 0x54415544  # "TAUD"
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_WAL_VERSION = 2


@dataclass(frozen=True)
class Header:
    """The identity of a SQLite file: application id, schema version and journal format."""

    application_id: int
    schema_version: int
    is_wal: bool


def check_there(path: Path) -> None:
    """Go on only when there is a file of that name.

    Raises:
        UsageError: there is none, or it is a directory.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a directory", "Name the project file itself (*.telaudit).")
    if not path.exists():
        raise UsageError(
            f"there is no file {path}", "Check the name, or make a project with `new`."
        )


def read_header(path: Path) -> Header:
    """The header of a SQLite file; of one that this process has open, as SQLite tells it.

    Raises:
        UsageError: there is no such file, or it is a directory.
        RefusedError: the file is empty, cannot be read, or is no SQLite file.
        DamagedError: the file ends inside its header.
    """
    check_there(path)
    with reading_bytes(path) as may_read:
        if may_read:
            return _header_of(path.name, _head(path))
    with translated(path), closing(connect(path, "ro")) as connection:
        return header_told(connection)


def header_told(connection: sqlite3.Connection) -> Header:
    """The header as SQLite tells it, for a file whose bytes must not be read beside it."""
    application_id, version, journal = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "journal_mode")
    )
    return Header(int(application_id), int(version), journal == "wal")


def _head(path: Path) -> bytes:
    try:
        with open_quietly(path) as file:
            return file.read(_HEADER_BYTES)
    except OSError as error:
        raise RefusedError(
            f"{path.name} cannot be read ({error.strerror})",
            "Check the file's permissions and the connection to its folder.",
        ) from error


def _header_of(name: str, head: bytes) -> Header:
    if not head:
        raise RefusedError(f"{name} is empty", "Take the copy from your backup.")
    if head[: len(_MAGIC)] != _MAGIC:
        raise RefusedError(
            f"{name} is not a Telecom Audit project",
            "Open a *.telaudit file; bills and inventories are brought in with `import`.",
        )
    if len(head) < _HEADER_BYTES:
        raise DamagedError(f"{name} is cut short", "Take the copy from your backup.")
    return Header(
        application_id=int.from_bytes(head[68:72], "big"),
        schema_version=int.from_bytes(head[60:64], "big"),
        is_wal=_WAL_VERSION in (head[18], head[19]),
    )


def checked(header: Header, name: str, newest: int) -> Header:
    """The header, when it is that of a project that this program can open.

    Args:
        header: of the file.
        name: of the file.
        newest: the schema version that this program knows.

    Raises:
        RefusedError: another program's database, a newer project, or one in WAL mode.
        DamagedError: the header bears no schema version.
    """
    if header.application_id != APPLICATION_ID:
        raise RefusedError(
            f"{name} is a SQLite file of another program",
            "Open a *.telaudit file that Telecom Audit made.",
        )
    if header.schema_version < 1:
        raise DamagedError(f"{name} bears no schema version", "Take the copy from your backup.")
    if header.schema_version > newest:
        raise RefusedError(
            f"{name} was made by a newer Telecom Audit "
            f"(schema {header.schema_version}; this program knows {newest})",
            "Install the newer program, or ask the sender for an export.",
        )
    if header.is_wal:
        raise RefusedError(
            f"{name} was switched to write-ahead logging by another tool",
            "Run `PRAGMA journal_mode=DELETE` on it with that tool, then open it again.",
        )
    return header


def check_ours(path: Path, newest: int) -> Header:
    """The header of a project that this program can open.

    Raises:
        UsageError, RefusedError, DamagedError: as `read_header` and `checked`.
    """
    return checked(read_header(path), path.name, newest)
