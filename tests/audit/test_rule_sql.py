"""The SQL that the program prints is what an auditor may run, and each rule has its page."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from telecom_audit.audit.rule import Rule, all_rules
from tests.audit.cases import Case, cases_of

SHELL = shutil.which("sqlite3")
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.key)
# The first of these cases has one finding of its rule, and no credit against it.
FIRST = {rule.key: cases_of(rule.key)[0] for rule in all_rules()}
PARTS = ("What is wrong:", "Why it happens:", "What to ask for:", "What is no error:")


@pytest.fixture
def ask_shell():
    """Run SQL in the sqlite3 shell without the right to write; the answer is its rows by name."""
    if SHELL is None:
        pytest.skip("the sqlite3 shell is not installed")

    def ask(project: str, sql: str) -> list[dict[str, str]]:
        done = subprocess.run(
            [SHELL, "-readonly", "-batch", "-header", "-separator", "\t", project],
            input=sql,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stderr == ""
        names, *rows = [line.split("\t") for line in done.stdout.splitlines()] or [[]]
        return [dict(zip(names, row, strict=True)) for row in rows]

    return ask


@RULES
def test_the_sql_of_a_finding_returns_its_charges_in_the_shell(
    rule: Rule, tmp_path: Path, answer, ask_shell
) -> None:
    project, finding = _audited(FIRST[rule.key], tmp_path, answer)
    before = Path(project).read_bytes()
    _, shown = answer("finding", project, finding["id"], "--sql")
    rows = ask_shell(project, shown["sql"])
    assert _charges(rows) == _claimed(project, finding["id"])
    assert Path(project).read_bytes() == before


@RULES
def test_the_sql_of_a_rule_returns_the_charges_in_the_shell(
    rule: Rule, tmp_path: Path, answer, ask_shell
) -> None:
    project, finding = _audited(FIRST[rule.key], tmp_path, answer)
    _, shown = answer("rules", "show", rule.key)
    rows = ask_shell(project, shown["sql"])
    assert _charges(rows) >= _claimed(project, finding["id"])
    assert len(rows) >= 1


@RULES
def test_each_rule_has_a_page_in_four_parts(rule: Rule, answer) -> None:
    code, shown = answer("rules", "show", rule.key)
    assert code == 0
    places = [shown["page"].index(part) for part in PARTS]
    assert places == sorted(places)
    assert shown["question"].endswith("?")


@RULES
def test_a_select_has_no_division_and_no_function_of_dates(rule: Rule) -> None:
    sql = re.sub(r"'[^']*'|--[^\n]*", "", rule.sql).lower()
    assert "/" not in sql
    assert not re.search(r"\b(date|time|datetime|julianday|strftime|unixepoch)\s*\(", sql)
    assert not re.search(r"\b(current_date|current_time|current_timestamp|insert|update)\b", sql)


@RULES
def test_the_values_of_an_order_stand_in_the_sql(rule: Rule, tmp_path: Path, answer) -> None:
    project, finding = _audited(FIRST[rule.key], tmp_path, answer)
    _, shown = answer("finding", project, finding["id"], "--sql")
    assert not re.search(r":[a-z_]+", shown["sql"])
    assert shown["sql"].endswith(";")


def _audited(case: Case, folder: Path, answer) -> tuple[str, dict]:
    project = case.build(folder)
    _, document = answer("audit", project, *case.audit)
    return project, next(each for each in document["findings"] if each["rule"] == case.rule)


def _claimed(project: str, finding: int) -> set[str]:
    with closing(sqlite3.connect(f"file:{project}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT charge_id FROM evidence WHERE finding_id = ? AND role = 'claim'", (finding,)
        ).fetchall()
    return {str(charge_id) for (charge_id,) in rows}


def _charges(rows: list[dict[str, str]]) -> set[str]:
    return {row["charge_id"] for row in rows if row["charge_id"]}
