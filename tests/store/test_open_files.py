import os
import sqlite3
import threading
from contextlib import nullcontext

import pytest

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.readers.options import ReadOptions
from telecom_audit.store.open_files import reading_bytes
from telecom_audit.store.project import open_project, open_reader
from telecom_audit.tasks.imports_file import Importing, import_file
from telecom_audit.tasks.imports_relations import Placing
from tests.store.originals import content, is_locked_for_others


def test_opening_a_project_again_keeps_the_lock_of_a_running_write(project_path):
    with open_project(project_path) as project, project.write():
        project.log("long task", {})
        open_project(project_path).close()
        open_reader(project_path).close()
        assert is_locked_for_others(project_path)
    assert not is_locked_for_others(project_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps locks by handle")
def test_reading_the_bytes_beside_it_would_lose_the_lock(project_path):
    with open_project(project_path) as project, project.write():
        project.log("long task", {})
        project_path.read_bytes()
        assert not is_locked_for_others(project_path)  # why all this is needed


def test_the_same_file_by_another_name_is_known(project_path, tmp_path):
    link = tmp_path / "link.telaudit"
    link.symlink_to(project_path)
    with open_project(link), reading_bytes(project_path) as may_read:
        assert not may_read
    with reading_bytes(project_path) as may_read:
        assert may_read


def test_a_connection_waits_until_the_bytes_are_read(project_path):
    opened = threading.Event()

    def open_it() -> None:
        open_project(project_path).close()
        opened.set()

    with reading_bytes(project_path) as may_read:
        assert may_read
        thread = threading.Thread(target=open_it)
        thread.start()
        assert not opened.wait(0.1)
    assert opened.wait(10)
    thread.join()


def test_a_reader_reads_and_writes_nothing(project_path):
    before = content(project_path.parent)
    with open_reader(project_path) as project:
        assert project.settings.organization == "City of Test"
        with pytest.raises(RefusedError), project.write():
            project.log("look", {})
    assert content(project_path.parent) == before


def test_a_reader_says_at_once_that_a_writer_commits(project_path):
    with open_reader(project_path) as reader:
        other = sqlite3.connect(project_path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RefusedError, match="in use"), reader.read() as connection:
            connection.execute("SELECT count(*) FROM setting").fetchone()
        other.close()
        with reader.read() as connection:
            assert connection.execute("SELECT count(*) FROM setting").fetchone()[0]


def test_a_reader_does_not_bring_an_older_project_up_to_date(project_path):
    connection = sqlite3.connect(project_path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    before = content(project_path.parent)
    with pytest.raises(RefusedError, match="older") as caught:
        open_reader(project_path)
    assert "bring it up to date" in caught.value.remedy
    assert content(project_path.parent) == before


def test_a_reader_of_nothing_says_so(tmp_path):
    with pytest.raises(UsageError):
        open_reader(tmp_path / "none.telaudit")
    assert list(tmp_path.iterdir()) == []


def test_a_project_that_is_named_as_a_bill_is_not_read_beside_its_connection(project_path):
    with open_project(project_path) as project, project.write():
        project.log("long task", {})
        with pytest.raises(RefusedError, match="is a project that is open"):
            import_file(project_path, nothing_given())
        assert is_locked_for_others(project_path)


def nothing_given() -> Importing:
    return Importing(nullcontext, print, "USD", ReadOptions(), Placing())
