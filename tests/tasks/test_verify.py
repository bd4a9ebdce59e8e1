import gzip
import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.progress import CancelledError, Progress
from telecom_audit.store.project import ProjectSettings, create_project
from telecom_audit.tasks.verify import verify
from tests.store.originals import content, leave_a_hot_journal, state
from tests.tasks.verified import change, failed, one, small_city, with_shell

pytestmark = pytest.mark.skipif(not shutil.which("sqlite3"), reason="needs the sqlite3 program")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The small city; never written to."""
    return small_city(tmp_path_factory.mktemp("city")).path


@pytest.fixture
def path(made, tmp_path) -> Path:
    """A copy of it in a folder of its own."""
    target = tmp_path / "sent" / "city.telaudit"
    target.parent.mkdir()
    shutil.copy2(made, target)
    return target


@pytest.fixture(autouse=True)
def copies(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_an_untouched_project_is_whole_and_stays_as_it_is(path, copies):
    before = state(path.parent)
    found = verify(path, replay=True)
    assert failed(found) == {}
    assert found.exit_code == 0
    assert [check.name for check in found.checks] == [
        "file", "schema", "foreign keys", "imports", "invoice states", "history", "rows",
        "findings", "baseline", "forecast", "measurement",
    ]  # fmt: skip
    assert state(path.parent) == before
    assert list(copies.iterdir()) == []


def test_an_empty_project_is_whole(project_path):
    found = verify(project_path, replay=True)
    assert failed(found) == {}


def test_a_project_of_the_first_schema_is_whole_and_stays_as_it_is(tmp_path):
    old = Path(__file__).parents[1] / "old_projects" / "schema_1.telaudit.gz"
    path = tmp_path / "sent" / "old.telaudit"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(old.read_bytes()))
    before = state(path.parent)
    found = verify(path, replay=True)
    assert failed(found) == {}
    assert state(path.parent) == before


def test_the_document_has_the_names_of_the_contract_and_no_others(path, answer):
    code, document = answer("verify", path)
    assert code == 0
    assert set(document) == {"ok", "checks"}
    assert {frozenset(check) for check in document["checks"]} == {
        frozenset({"name", "ok", "detail"})
    }
    assert all(isinstance(check["detail"], str) for check in document["checks"])


def test_a_person_sees_which_check_failed(path, capsys):
    from telecom_audit.cli.program import run

    with_shell(path, "CREATE TRIGGER late AFTER INSERT ON audit BEGIN SELECT 1; END")
    capsys.readouterr()
    assert run(["verify", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok        file: ")
    assert lines[1] == "MISMATCH  schema: trigger late is strange"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DROP TRIGGER charge_keeps_rows_on_update", "charge_keeps_rows_on_update is missing"),
        ("DROP INDEX charge_by_invoice", "index charge_by_invoice is missing"),
        ("CREATE TABLE notes (text)", "table notes is strange"),
        ("CREATE INDEX fast ON charge (record)", "index fast is strange"),
        ("DROP VIEW sites; CREATE VIEW sites AS SELECT 1", "view sites is changed"),
        ("ALTER TABLE audit ADD COLUMN more TEXT", "table audit is changed"),
    ],
)
def test_a_schema_that_is_not_the_program_s_is_told(path, statement, says):
    with_shell(path, statement)
    found = verify(path, replay=True)
    assert says in failed(found)["schema"]
    assert found.exit_code == 1


def test_a_row_that_points_to_nothing_is_told(path):
    change(path, "charge", "item_id = 9999", "3")
    assert failed(verify(path))["foreign keys"] == "charge 3 points to no item"


@pytest.mark.parametrize(
    ("table", "setting", "says"),
    [
        ("charge", "amount_micros = amount_micros + 1", "amount 65.40 at the import, 65.400001"),
        ("payment", "amount_micros = 0", "amount 206.00 at the import, 136.00 now"),
        ("import_file", "invoices = 5", "invoices 5 at the import, 0 now"),
    ],
)
def test_totals_that_an_import_does_not_have_are_told(path, table, setting, says):
    change(path, table, setting, "1")
    assert says in failed(verify(path))["imports"]


@pytest.mark.parametrize("table", ["charge", "payment", "inventory_row", "contract_row"])
def test_a_deleted_row_is_told(path, table):
    with_shell(path, f"DROP TRIGGER {table}_keeps_rows_on_delete; DELETE FROM {table} WHERE id = 1")
    found = failed(verify(path))
    assert "rows stored" in found["imports"]


def test_missing_raw_cells_are_told(path):
    with_shell(
        path,
        "DROP TRIGGER raw_block_keeps_rows_on_delete; DELETE FROM raw_block WHERE import_id = 4",
    )
    assert "4 rows read, 0 raw records now" in failed(verify(path))["imports"]


def test_a_state_that_does_not_follow_is_told(path):
    with_shell(path, "UPDATE invoice_state SET status = 'superseded' WHERE invoice_id = 2")
    says = failed(verify(path))["invoice states"]
    assert says.startswith("invoice 2: stored ('superseded', ")


def flip(path: Path, start: int) -> None:
    whole = bytearray(path.read_bytes())
    for place in range(start, start + 300):
        whole[place] ^= 0xFF
    path.write_bytes(whole)


@pytest.mark.parametrize("place", [100, 4096 * 9, 4096 * 40, -4096])
def test_flipped_bytes_are_damage(path, place):
    flip(path, place % path.stat().st_size)
    before = content(path.parent)
    found = verify(path, replay=True)
    assert found.exit_code == 4
    assert not found.document["ok"]
    assert content(path.parent) == before


@pytest.mark.parametrize(
    ("statement", "exit_code"),
    [
        (
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema"
            " SET sql = CAST(replace(sql, 'total', x'ff') AS TEXT) WHERE name = 'invoices'",
            4,
        ),
        ("UPDATE vendor SET name = CAST(x'41ff' AS TEXT)", 1),
        ("UPDATE scenario SET text = CAST(x'41ff' AS TEXT)", 1),
    ],
)
def test_text_that_is_no_text_is_told(path, statement, exit_code):
    with_shell(path, statement)
    found = verify(path, replay=True)
    assert found.exit_code in {exit_code, 4}
    assert not found.document["ok"]


def test_a_file_that_is_cut_short_is_damage(path, answer):
    path.write_bytes(path.read_bytes()[:50])
    code, document = answer("verify", path)
    assert code == 4
    assert document["ok"] is False
    assert document["checks"][0]["name"] == "file"
    path.write_bytes(path.read_bytes()[:50] + b"\0" * 20000)
    assert answer("verify", path)[0] in (3, 4)


def test_a_file_that_is_not_there_or_not_ours_is_no_verdict(tmp_path, answer):
    code, document = answer("verify", tmp_path / "none.telaudit")
    assert code == 2
    assert document["error"]["kind"] == "usage"
    page = tmp_path / "page.telaudit"
    page.write_text("<html>" * 99)
    assert answer("verify", page)[0] == 3
    with pytest.raises(UsageError):
        verify(tmp_path)
    with pytest.raises(RefusedError):
        verify(page)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_what_a_killed_writer_left_is_no_fault_and_stays(path):
    leave_a_hot_journal(path)
    before = state(path.parent)
    found = verify(path, replay=True)
    assert failed(found) == {}
    assert "did not finish" in found.checks[0].detail
    assert state(path.parent) == before


def test_a_verification_can_be_stopped_and_leaves_nothing(path, copies):
    steps = []
    stopping = Progress(tell=steps.append, is_cancelled=lambda: len(steps) > 12)
    with pytest.raises(CancelledError):
        verify(path, replay=True, progress=stopping)
    assert list(copies.iterdir()) == []


def test_a_log_that_cannot_be_read_is_damage(tmp_path):
    path = tmp_path / "city.telaudit"
    create_project(path, ProjectSettings())
    with_shell(
        path,
        "DROP TRIGGER action_log_keeps_rows_on_update; UPDATE action_log SET parameters = 'x'",
    )
    found = verify(path, replay=True)
    assert found.exit_code == 4
    assert failed(found)["replay"] == "entry 1 of the log cannot be read"


def test_an_action_that_nobody_knows_is_told(path):
    known = json.loads(one(path, "SELECT parameters FROM action_log LIMIT 1"))
    assert known["currency"] == "USD"
    with_shell(
        path,
        "INSERT INTO action_log (at, user, action, parameters) VALUES ('', '', 'tidy', '{}')",
    )
    found = verify(path, replay=True)
    assert "'tidy' is not an action" in failed(found)["history"]
