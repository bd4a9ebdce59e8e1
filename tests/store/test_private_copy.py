import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.progress import CancelledError, Progress
from telecom_audit.store.private_copy import private_copy
from telecom_audit.store.project import ProjectSettings, create_project, open_project
from tests.store.originals import is_locked_for_others, leave_a_hot_journal, state

POSIX = pytest.mark.skipif(os.name == "nt", reason="rights and signals of POSIX")


@pytest.fixture(autouse=True)
def copies(tmp_path, monkeypatch) -> Path:
    """The folder in which private copies are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def log_of(path: Path) -> list[str]:
    with open_project(path) as project:
        return [row[0] for row in project.connection.execute("SELECT action FROM action_log")]


def test_the_copy_is_equal_and_the_original_stays_as_it_was(project_path, copies):
    before = state(project_path.parent)
    with private_copy(project_path) as copy:
        assert copy.path.read_bytes() == before[project_path.name][0]
        assert copy.path.name == project_path.name
        assert not copy.has_journal
        with open_project(copy.path) as project, project.write():
            project.log("look", {})
        assert log_of(copy.path) == ["new", "look"]
    assert state(project_path.parent) == before
    assert list(copies.iterdir()) == []


@POSIX
def test_nobody_else_can_read_the_copy(project_path):
    with private_copy(project_path) as copy:
        assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["a#b.telaudit", "50% & what's ?.telaudit", "Stadt Köln ☎.telaudit"]
)
def test_any_name_works(tmp_path, name):
    folder = tmp_path / "odd #1%41"
    folder.mkdir()
    create_project(folder / name, ProjectSettings())
    before = state(folder)
    with private_copy(folder / name) as copy:
        assert log_of(copy.path) == ["new"]
    assert state(folder) == before


@POSIX
def test_what_may_only_be_read_is_copied(project_path):
    project_path.chmod(0o400)
    project_path.parent.chmod(0o500)
    try:
        before = state(project_path.parent)
        with private_copy(project_path) as copy, open_project(copy.path) as project:
            with project.write():
                project.log("look", {})
        assert state(project_path.parent) == before
    finally:
        project_path.parent.chmod(0o700)


@POSIX
def test_what_a_killed_writer_left_is_rolled_back_on_the_copy_only(project_path):
    leave_a_hot_journal(project_path)
    before = state(project_path.parent)
    with private_copy(project_path) as copy:
        assert copy.has_journal
        assert log_of(copy.path) == ["new"]
    assert state(project_path.parent) == before
    assert len(before) == 3  # the folder, the project and its journal


@POSIX
def test_a_link_is_copied_with_the_journal_of_the_file_itself(project_path, tmp_path):
    leave_a_hot_journal(project_path)
    link = tmp_path / "link.telaudit"
    link.symlink_to(project_path)
    with private_copy(link) as copy:
        assert log_of(copy.path) == ["new"]


def test_a_write_ahead_log_beside_the_file_is_refused(project_path, copies):
    project_path.with_name(project_path.name + "-wal").write_bytes(b"log")
    before = state(project_path.parent)
    with pytest.raises(RefusedError, match="write-ahead log stands beside"):
        private_copy(project_path)
    assert state(project_path.parent) == before
    assert list(copies.iterdir()) == []


def test_a_file_that_is_not_there_makes_nothing(tmp_path, copies):
    with pytest.raises(UsageError):
        private_copy(tmp_path / "none.telaudit")
    assert list(copies.iterdir()) == []


def test_a_file_that_changes_all_the_time_is_refused(project_path, copies):
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(project_path, isolation_level=None)) as connection:
            while not stop.wait(0.01):
                connection.execute("PRAGMA user_version = 1")
                connection.execute("UPDATE setting SET value = value || ' '")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(RefusedError, match="being changed by another program"):
            private_copy(project_path)
    finally:
        stop.set()
        writer.join()
    assert list(copies.iterdir()) == []


def test_a_file_that_changes_once_meanwhile_is_copied_again(project_path):
    changes = iter([b"x"])

    def change(step) -> None:
        for _ in changes:
            os.utime(project_path, ns=(0, 0))

    with private_copy(project_path, Progress(tell=change)) as copy:
        assert log_of(copy.path) == ["new"]


def test_a_cancelled_copy_leaves_nothing(project_path, copies):
    with pytest.raises(CancelledError):
        private_copy(project_path, Progress(is_cancelled=lambda: True))
    assert list(copies.iterdir()) == []


def test_a_project_that_is_open_here_is_copied_without_its_locks_being_lost(project_path):
    with open_project(project_path) as project, project.write():
        project.log("unfinished", {})
        with private_copy(project_path) as copy:
            assert log_of(copy.path) == ["new"]
        assert is_locked_for_others(project_path)


COPY_AND = """
import os, sys, tempfile
from pathlib import Path
from telecom_audit.store.private_copy import private_copy
copy = private_copy(Path(sys.argv[1]))
print(copy.path, flush=True)
"""


def run_copying(project_path: Path, copies: Path, then: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COPY_AND + then, str(project_path)],
        env={**os.environ, "TMPDIR": str(copies)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_copy_goes_with_the_process(project_path, copies):
    with run_copying(project_path, copies, "sys.exit(5)") as process:
        path = Path(process.stdout.readline().strip())
        assert process.wait() == 5
    assert path.is_relative_to(copies)
    assert list(copies.iterdir()) == []


@POSIX
def test_what_a_crash_left_goes_at_the_next_copy(project_path, copies):
    stranger = copies / "telecom-audit-copy-notes"
    stranger.mkdir()
    (stranger / "notes.txt").write_text("kept")
    with run_copying(project_path, copies, "os.kill(os.getpid(), 9)") as process:
        left = Path(process.stdout.readline().strip())
        process.wait()
    assert left.exists()
    with private_copy(project_path) as copy:
        assert not left.parent.exists()
        assert copy.path.exists()
    assert (stranger / "notes.txt").exists()


def test_a_copy_in_use_by_another_process_stays(project_path, copies):
    with run_copying(project_path, copies, "sys.stdin.readline()") as process:
        other = Path(process.stdout.readline().strip())
        private_copy(project_path).close()
        assert other.exists()
        process.communicate("\n")
    assert list(copies.iterdir()) == []
