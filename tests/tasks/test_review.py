import os
import sqlite3
import tempfile

import pytest

from telecom_audit.errors import DamagedError, RefusedError
from telecom_audit.store.project import open_reader
from telecom_audit.tasks.review import open_for_review
from tests.store.originals import leave_a_hot_journal, state


@pytest.fixture(autouse=True)
def copies(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_review_reads_a_copy_and_leaves_the_original(project_path, copies):
    before = state(project_path.parent)
    with open_for_review(project_path) as review:
        assert review.original == project_path
        assert review.path != project_path
        assert review.notes == ()
        with open_reader(review.path) as project:
            assert project.settings.organization == "City of Test"
    assert state(project_path.parent) == before
    assert list(copies.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_a_review_shows_the_last_whole_state_and_says_so(project_path):
    leave_a_hot_journal(project_path)
    before = state(project_path.parent)
    with open_for_review(project_path) as review:
        assert "did not finish" in review.notes[0]
        with open_reader(review.path) as project:
            log = project.connection.execute("SELECT action FROM action_log").fetchall()
    assert [row[0] for row in log] == ["new"]
    assert state(project_path.parent) == before


def test_a_damaged_or_foreign_file_leaves_no_copy(project_path, copies, tmp_path):
    strange = tmp_path / "strange.telaudit"
    connection = sqlite3.connect(strange)
    connection.execute("CREATE TABLE charge (id)")
    connection.close()
    with pytest.raises(RefusedError, match="another program"):
        open_for_review(strange)
    whole = project_path.read_bytes()
    project_path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with pytest.raises(DamagedError):
        open_for_review(project_path)
    assert list(copies.iterdir()) == []
