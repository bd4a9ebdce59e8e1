"""What the first 100 bytes of a file say, read before SQLite sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from telecom_audit.errors import DamagedError, RefusedError, UsageError

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


def read_header(path: Path) -> Header:
    """The header of a SQLite file.

    Raises:
        UsageError: there is no such file, or it is a directory.
        RefusedError: the file is empty or no SQLite file.
        DamagedError: the file ends inside its header.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a directory", "Name the project file itself (*.telaudit).")
    if not path.exists():
        raise UsageError(
            f"there is no file {path}", "Check the name, or make a project with `new`."
        )
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if not head:
        raise RefusedError(f"{path.name} is empty", "Take the copy from your backup.")
    if head[: len(_MAGIC)] != _MAGIC:
        raise RefusedError(
            f"{path.name} is not a Telecom Audit project",
            "Open a *.telaudit file; bills and inventories are brought in with `import`.",
        )
    if len(head) < _HEADER_BYTES:
        raise DamagedError(f"{path.name} is cut short", "Take the copy from your backup.")
    return Header(
        application_id=int.from_bytes(head[68:72], "big"),
        schema_version=int.from_bytes(head[60:64], "big"),
        is_wal=_WAL_VERSION in (head[18], head[19]),
    )


def check_ours(path: Path, newest: int) -> Header:
    """The header of a project that this program can open.

    Raises:
        RefusedError: another program's database, a newer project, or one in WAL mode.
    """
    header = read_header(path)
    if header.application_id != APPLICATION_ID:
        raise RefusedError(
            f"{path.name} is a SQLite file of another program",
            "Open a *.telaudit file that Telecom Audit made.",
        )
    if header.schema_version > newest:
        raise RefusedError(
            f"{path.name} was made by a newer Telecom Audit "
            f"(schema {header.schema_version}; this program knows {newest})",
            "Install the newer program, or ask the sender for an export.",
        )
    if header.is_wal:
        raise RefusedError(
            f"{path.name} was switched to write-ahead logging by another tool",
            "Run `PRAGMA journal_mode=DELETE` on it with that tool, then open it again.",
        )
    return header
