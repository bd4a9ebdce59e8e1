"""What must stay as it is of a file that somebody sent: bytes, times, rights and neighbours."""

import os
import subprocess
import sys
from pathlib import Path

KILLED = """
import os, sys
from pathlib import Path
from telecom_audit.store.project import open_project
project = open_project(Path(sys.argv[1]))
project.connection.execute("PRAGMA cache_size = 5")  # so that changed pages reach the disk early
with project.write():
    for number in range(20000):
        project.log("half", {"number": number})
    os.kill(os.getpid(), 9)
"""

LOCKING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    sys.exit(7)
"""


def is_locked_for_others(path: Path) -> bool:
    """Whether another process is kept from writing."""
    command = [sys.executable, "-c", LOCKING, str(path)]
    return subprocess.run(command, check=False).returncode == 7


def content(folder: Path) -> dict[str, bytes]:
    """Name -> bytes of the files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def leave_a_hot_journal(path: Path) -> None:
    """Kill a writer in the middle of a transaction whose pages are in the file already."""
    command = [sys.executable, "-c", KILLED, str(path)]
    assert subprocess.run(command, check=False).returncode == -9
    assert path.with_name(path.name + "-journal").stat().st_size


def state(folder: Path) -> dict[str, tuple[bytes | None, int, int, int]]:
    """Name -> content, time of change, time of access and rights of all that a folder holds."""
    found = {}
    for path in [folder, *folder.iterdir()]:
        stat = path.stat()  # before its bytes are read
        times = stat.st_mtime_ns, 0 if path.is_dir() else stat.st_atime_ns, stat.st_mode
        content = None
        if path.is_file():
            content = path.read_bytes()
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        found[path.name] = (content, *times)
    return found
