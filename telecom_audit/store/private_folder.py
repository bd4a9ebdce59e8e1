"""A temporary folder that only this user can read, removed even when the program crashed."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

_PREFIX = "telecom-audit-copy-"
_MARKER = "in-use.lock"


class PrivateFolder:
    """A new folder with the rights 0700; a locked file in it says that it is in use."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._marker: int | None = _locked_marker(self.path)

    def remove(self) -> None:
        """Delete the folder; what another program holds open goes at the next start."""
        if self._marker is not None:
            os.close(self._marker)
            self._marker = None
            with suppress(OSError):
                _remove(self.path)


def remove_abandoned_folders() -> None:
    """Delete the private folders that a crash of this user's programs left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another program may remove it at the same time
            if _is_mine(folder) and _is_abandoned(folder / _MARKER):
                _remove(folder)


def _remove(folder: Path) -> None:
    """Delete the files, the marker last, so that what cannot go yet is found again."""
    marker = folder / _MARKER
    for path in [path for path in folder.iterdir() if path != marker]:
        with suppress(OSError):
            path.unlink()
    if any(path != marker for path in folder.iterdir()):
        marker.touch()
        return
    marker.unlink(missing_ok=True)
    folder.rmdir()


def _is_mine(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


if sys.platform == "win32":

    def _locked_marker(folder: Path) -> int:
        """An open file, which Windows lets nobody delete."""
        return os.open(folder / _MARKER, os.O_CREAT | os.O_EXCL | os.O_RDWR)

    def _is_abandoned(marker: Path) -> bool:
        try:
            marker.unlink()
        except OSError:  # it is open, or not there yet
            return False
        return True

else:
    import fcntl

    def _locked_marker(folder: Path) -> int:
        """A locked file; it gets its name when it is locked, so that nobody comes between."""
        unnamed = folder / "marker"
        number = os.open(unnamed, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        fcntl.flock(number, fcntl.LOCK_EX)
        unnamed.rename(folder / _MARKER)
        return number

    def _is_abandoned(marker: Path) -> bool:
        number = os.open(marker, os.O_RDWR)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(number)
        return True
