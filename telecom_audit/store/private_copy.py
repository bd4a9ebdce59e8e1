"""A private copy of a project: all work is done on it, and the original stays as it is.

Bytes, times, locks and the folder of the original are left alone. A journal beside it belongs to
the copy too, so that SQLite rolls back there what a writer left unfinished.
"""

from __future__ import annotations

import atexit
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from telecom_audit.errors import RefusedError
from telecom_audit.progress import SILENT, Progress, Step
from telecom_audit.store.connection import connect, translated
from telecom_audit.store.header import check_ours
from telecom_audit.store.migrations import SCHEMA_VERSION
from telecom_audit.store.open_files import open_quietly, reading_bytes
from telecom_audit.store.private_folder import PrivateFolder, remove_abandoned_folders

_BLOCK = 1 << 20
_TRIES = 5
_SETTLED_NS = 100_000_000  # coarser than the clock of any file system's change times but FAT's
_PAUSE_SECONDS = 0.12


class PrivateCopy:
    """A copy in a folder of its own, which goes with `close`, and at the latest with the process.

    Attributes:
        original: the project that was copied.
        path: the copy, under the same name.
        has_journal: a writer left a journal beside the original, so that the copy shows the last
            committed state.
    """

    def __init__(self, original: Path, folder: PrivateFolder) -> None:
        self.original = original
        self.path = folder.path / original.name
        self.has_journal = False
        self._folder = folder
        atexit.register(self.close)

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
        """Remove the copy; close its connections first."""
        atexit.unregister(self.close)
        self._folder.remove()


def private_copy(path: Path, progress: Progress = SILENT) -> PrivateCopy:
    """Copy a project into a private temporary folder; copies that a crash left there go first.

    The copy may have an older schema: `open_project` brings it up to date, not the original.

    Raises:
        UsageError: no such file, or a directory.
        RefusedError: a foreign or newer file, one with a write-ahead log, one that cannot be read
            or is changed meanwhile, or no room for the copy.
        DamagedError: the file is cut short.
    """
    check_ours(path, SCHEMA_VERSION)
    remove_abandoned_folders()
    original = path.resolve()  # a journal stands beside the file itself, not beside a link to it
    copy = PrivateCopy(original, PrivateFolder())
    try:
        _copy(copy, progress)
        check_ours(copy.path, SCHEMA_VERSION)
    except BaseException:
        copy.close()
        raise
    return copy


def _copy(copy: PrivateCopy, progress: Progress) -> None:
    for _ in range(_TRIES):
        with reading_bytes(copy.original) as may_read:
            if may_read:
                if _copied_at_rest(copy, progress):
                    return
                continue
        _back_up(copy)
        return
    raise RefusedError(
        f"{copy.original.name} is being changed by another program",
        "Wait until it is done, or close it there, and try again.",
    )


@dataclass(frozen=True)
class _Stamp:
    """What shows that a file was written: its identity, size and time of change."""

    inode: int
    size: int
    changed_ns: int

    @property
    def is_settled(self) -> bool:
        """Whether a write from now on would show, however coarse the clock of changes is."""
        return not 0 <= time.time_ns() - self.changed_ns < _SETTLED_NS


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return _Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _stamps(path: Path) -> tuple[_Stamp | None, ...]:
    return _stamp(path), _stamp(_beside(path, "-journal"))


def _copied_at_rest(copy: PrivateCopy, progress: Progress) -> bool:
    """Copy file and journal; false when they changed meanwhile, or may have."""
    try:
        before = _stamps(copy.original)
        if not all(stamp is None or stamp.is_settled for stamp in before):
            time.sleep(_PAUSE_SECONDS)
            return False
        _check_no_wal(copy.original)
        copy.has_journal = before[1] is not None and before[1].size > 0
        for ending in ("", "-journal") if copy.has_journal else ("",):
            _copy_file(_beside(copy.original, ending), _beside(copy.path, ending), progress)
        return before == _stamps(copy.original)
    except FileNotFoundError:
        return False  # the journal went, or the file is being replaced
    except OSError as error:
        raise RefusedError(
            f"{copy.original.name} cannot be copied to {copy.path.parent} ({error.strerror})",
            "Check that the file can be read and that there is room for a copy of it; the"
            " variable TMPDIR (on Windows TEMP) names another folder for copies.",
        ) from error


def _check_no_wal(original: Path) -> None:
    log = _stamp(_beside(original, "-wal"))
    if log is not None and log.size:
        raise RefusedError(
            f"a write-ahead log stands beside {original.name}, so that the file is not whole",
            "Open and close it with the tool that made the log, or ask for a whole copy.",
        )


def _copy_file(source: Path, target: Path, progress: Progress) -> None:
    done, whole = 0, source.stat().st_size
    with open_quietly(source) as reader, target.open("wb") as writer:
        while block := reader.read(_BLOCK):
            progress.at(Step(f"Copy {source.name}", done, whole, "bytes"))
            writer.write(block)
            done += len(block)


def _back_up(copy: PrivateCopy) -> None:
    """Copy through SQLite what this process has open; a reader's lock keeps writers out."""
    with translated(copy.original), closing(connect(copy.original, "ro")) as source:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with closing(connect(copy.path, "rwc")) as target:
            source.backup(target)
        source.execute("ROLLBACK")
