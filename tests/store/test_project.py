import os
import sqlite3
from pathlib import Path

import pytest

from telecom_audit.errors import DamagedError, RefusedError, UsageError
from telecom_audit.store.header import APPLICATION_ID
from telecom_audit.store.migrations import SCHEMA_VERSION
from telecom_audit.store.project import ProjectSettings, create_project, open_project
from telecom_audit.store.tables import INSERT_ONLY
from tests.store.originals import content, leave_a_hot_journal


def test_a_new_project_holds_its_settings_and_one_log_entry(tmp_path):
    path = tmp_path / "city.telaudit"
    settings = ProjectSettings("City", "EUR", 1, tax_exempt=True, late_charge_exempt=True)
    create_project(path, settings)
    assert [file.name for file in tmp_path.iterdir()] == ["city.telaudit"]
    with open_project(path) as project:
        assert project.settings == settings
        log = project.connection.execute("SELECT action, user FROM action_log").fetchall()
    assert [row["action"] for row in log] == ["new"]
    assert log[0]["user"]


def test_any_sqlite_tool_sees_whose_file_it_is(project_path):
    head = project_path.read_bytes()[:100]
    assert int.from_bytes(head[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(head[60:64], "big") == SCHEMA_VERSION
    assert head[18:20] == b"\x01\x01"  # no write-ahead log


def test_every_table_is_strict(project_path):
    with open_project(project_path) as project:
        loose = project.connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert loose == []


def test_no_column_of_money_is_a_float(project_path):
    with open_project(project_path) as project:
        types = project.connection.execute(
            "SELECT DISTINCT c.type FROM pragma_table_list AS t, pragma_table_info(t.name) AS c"
            " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert {row[0] for row in types} == {"INTEGER", "TEXT", "BLOB"}


def test_a_connection_is_safe(project_path):
    wanted = {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
    with open_project(project_path) as project:
        for name, value in wanted.items():
            assert project.connection.execute(f"PRAGMA {name}").fetchone()[0] == value


def test_a_project_is_never_overwritten(project_path):
    before = content(project_path.parent)
    with pytest.raises(RefusedError, match="exists already"):
        create_project(project_path, ProjectSettings())
    assert content(project_path.parent) == before


@pytest.mark.parametrize("table", INSERT_ONLY)
def test_source_rows_are_insert_only(project_path, table):
    with open_project(project_path) as project:
        names = {
            row[0]
            for row in project.connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (table,)
            )
        }
    assert names == {f"{table}_keeps_rows_on_update", f"{table}_keeps_rows_on_delete"}


def test_the_log_cannot_be_changed(project_path):
    with open_project(project_path) as project:
        for statement in ("UPDATE action_log SET action = 'x'", "DELETE FROM action_log"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"), project.write():
                project.connection.execute(statement)
        assert not project.connection.in_transaction


def test_what_fails_in_a_transaction_leaves_nothing(project_path):
    before = project_path.read_bytes()
    with open_project(project_path) as project, pytest.raises(ZeroDivisionError), project.write():
        project.log("half", {})
        1 / 0  # noqa: B018
    assert project_path.read_bytes() == before


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE charge (id)")
    connection.close()


def newer(path: Path) -> None:
    create_project(path, ProjectSettings())
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()


def without_schema(path: Path) -> None:
    create_project(path, ProjectSettings())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 0")
    connection.close()


def wal(path: Path) -> None:
    create_project(path, ProjectSettings())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


@pytest.mark.parametrize(
    ("make", "error", "says"),
    [
        (foreign, RefusedError, "another program"),
        (newer, RefusedError, "newer Telecom Audit"),
        (without_schema, DamagedError, "no schema version"),
        (wal, RefusedError, "write-ahead"),
        (lambda path: path.write_bytes(b""), RefusedError, "is empty"),
        (lambda path: path.write_text("<html>" * 99), RefusedError, "not a Telecom Audit project"),
        (lambda path: path.mkdir(), UsageError, "is a directory"),
        (lambda path: None, UsageError, "there is no file"),
        (lambda path: path.write_bytes(b"SQLite format 3\0short"), DamagedError, "cut short"),
    ],
)
def test_what_is_no_project_is_refused_untouched(tmp_path, make, error, says):
    path = tmp_path / "odd #1?.telaudit"
    make(path)
    before = content(tmp_path)
    with pytest.raises(error, match=says) as caught:
        open_project(path)
    assert caught.value.remedy
    assert content(tmp_path) == before


def test_a_file_with_holes_is_called_damaged(project_path):
    whole = project_path.read_bytes()
    project_path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(DamagedError) as caught, open_project(project_path) as project:
        with project.read() as connection:
            connection.execute("SELECT count(*) FROM action_log").fetchone()
    assert "backup" in caught.value.remedy


def test_a_locked_project_says_so(project_path):
    other = sqlite3.connect(project_path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(RefusedError, match="in use"):
            open_project(project_path)
    finally:
        other.close()


def test_our_leftovers_go_and_a_stranger_s_stay(project_path):
    ours = project_path.with_name(f".{project_path.name}.tmp-99")
    strange = project_path.with_name("notes.txt")
    ours.write_text("half")
    strange.write_text("kept")
    open_project(project_path).close()
    assert not ours.exists()
    assert strange.exists()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_what_a_crash_left_half_done_is_rolled_back(project_path):
    leave_a_hot_journal(project_path)
    with open_project(project_path) as project:
        count = project.connection.execute("SELECT count(*) FROM action_log").fetchone()[0]
        assert project.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert count == 1
    assert [path.name for path in project_path.parent.iterdir()] == [project_path.name]
