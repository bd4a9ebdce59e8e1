"""Projects of every released schema open, are brought up to date, and say what they said."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from telecom_audit.store.header import read_header
from telecom_audit.store.migrations import SCHEMA_VERSION
from telecom_audit.store.project import open_project
from telecom_audit.store.use_tables import INSERT_ONLY
from tests.tasks.importing import entry, rows_of

OLD = sorted((Path(__file__).parents[1] / "old_projects").glob("*.gz"))
# what the program that made schema_1 said of it
TOTALS_OF_1 = {
    "SELECT count(*), sum(amount_micros) FROM charges": [(4, 1_041_450_000)],
    "SELECT count(*) FROM payments": [(0,)],
    "SELECT status FROM imports ORDER BY import_id": [("current",)] * 4 + [("retired",)],
    "SELECT count(*) FROM inventory": [(2,)],
    "SELECT count(*) FROM findings": [(2,)],
}


@pytest.fixture(params=OLD, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / request.param.stem
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_there_is_a_project_of_every_earlier_schema() -> None:
    assert [path.name for path in OLD] == [
        f"schema_{version}.telaudit.gz" for version in range(1, SCHEMA_VERSION)
    ]


def test_an_old_project_is_migrated_once_and_keeps_what_it_held(old: Path) -> None:
    before = read_header(old).schema_version
    assert before < SCHEMA_VERSION
    for _ in range(2):
        with open_project(old) as project:
            found = project.connection.execute(
                "SELECT parameters FROM action_log WHERE action = 'migrate'"
            ).fetchall()
            assert project.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert [row["parameters"] for row in found] == [f'{{"from": {before}, "to": {SCHEMA_VERSION}}}']
    assert read_header(old).schema_version == SCHEMA_VERSION
    for question, expected in TOTALS_OF_1.items():
        assert rows_of(old, question) == expected


def test_a_migrated_project_has_the_tables_and_views_of_a_new_one(
    old: Path, project_path: Path
) -> None:
    asked = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    open_project(old).close()
    assert rows_of(old, asked) == rows_of(project_path, asked)


def test_a_migrated_project_takes_calls_usage_and_persons(old: Path) -> None:
    samples = Path(__file__).parents[1] / "samples"
    for folder in ("standard-call", "standard-usage", "standard-person"):
        sample = next(p for p in (samples / folder).iterdir() if p.name != "expected.csv")
        assert entry(old, sample)["outcome"] == "imported"
    counts = "SELECT (SELECT count(*) FROM calls), (SELECT count(*) FROM usage), count(*)"
    assert rows_of(old, f"{counts} FROM people") == [(3, 2, 2)]


@pytest.mark.parametrize("table", INSERT_ONLY)
def test_rows_of_calls_usage_and_persons_are_never_changed(project_path: Path, table: str) -> None:
    names = rows_of(
        project_path, f"SELECT name FROM sqlite_schema WHERE type='trigger' AND tbl_name='{table}'"
    )
    assert sorted(names) == [(f"{table}_keeps_rows_on_{act}",) for act in ("delete", "update")]
