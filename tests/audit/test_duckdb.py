"""Every rule's SELECT answers the same rows in DuckDB as in SQLite."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from telecom_audit.audit.rule import Rule, Value, all_rules
from telecom_audit.store.project import open_project
from telecom_audit.tasks.audit import rule_values
from telecom_audit.tasks.audit_parameters import AuditOrder
from tests.audit.cases import all_cases

duckdb = pytest.importorskip("duckdb")
sqlglot = pytest.importorskip("sqlglot")

WHOLE = re.compile(r"(^|_)(id|micros|day|month|months|days|quantity|approximate|record)$")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, AuditOrder]]:
    """Name, project and audit order of every case."""
    found = []
    for case in all_cases():
        project = case.build(tmp_path_factory.mktemp("case"))
        found.append((case.id, project, _order(case.audit)))
    return found


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.key)
def test_a_rule_answers_alike_in_both_engines(rule: Rule, built: list) -> None:
    rows = 0
    for name, path, order in built:
        of_sqlite, of_duckdb = _both(rule, path, order)
        assert of_duckdb == of_sqlite, name
        rows += len(of_sqlite)
    assert rows >= 3


def _order(options: tuple[str, ...]) -> AuditOrder:
    given = list(zip(options[::2], options[1::2], strict=True))
    as_of = [value for option, value in given if option == "--as-of"]
    settings = tuple(value for option, value in given if option == "--set")
    return AuditOrder(as_of[0] if as_of else None, settings)


def _both(rule: Rule, path: str, order: AuditOrder) -> tuple[Counter, Counter]:
    with open_project(Path(path)) as project:
        latest = project.connection.execute("SELECT max(bill_day) FROM invoices").fetchone()[0]
        values = rule_values(project, rule, order, latest)
    with closing(sqlite3.connect(path)) as source:
        of_sqlite = Counter(source.execute(rule.sql, values))
        return of_sqlite, _of_duckdb(rule, values, source)


def _of_duckdb(rule: Rule, values: dict[str, Value], source: sqlite3.Connection) -> Counter:
    tree = sqlglot.parse_one(rule.sql, read="sqlite")
    with closing(duckdb.connect()) as engine:
        for table in _tables(tree):
            _copy(table, source, engine)
        return Counter(engine.execute(tree.sql("duckdb"), values).fetchall())


def _tables(tree: object) -> Iterator[str]:
    """The views and tables of the project that a SELECT names."""
    own = {each.alias for each in tree.find_all(sqlglot.exp.CTE)}
    yield from sorted({each.name for each in tree.find_all(sqlglot.exp.Table)} - own)


def _copy(table: str, source: sqlite3.Connection, engine: object) -> None:
    """Make a table of DuckDB with the columns and rows of a view or table of the project."""
    cursor = source.execute(f"SELECT * FROM {table}")
    names = [each[0] for each in cursor.description]
    kinds = ["BIGINT" if WHOLE.search(name) else "VARCHAR" for name in names]
    columns = ", ".join(f'"{name}" {kind}' for name, kind in zip(names, kinds, strict=True))
    engine.execute(f"CREATE TABLE {table} ({columns})")
    rows = cursor.fetchall()
    if rows:
        marks = ", ".join("?" * len(names))
        engine.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
