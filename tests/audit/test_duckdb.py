"""Every rule's SELECT answers the same rows in DuckDB as in SQLite."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from telecom_audit.audit.rule import Rule, all_rules
from telecom_audit.store.audit_facts import latest_bill_day
from telecom_audit.store.project import Project, open_project
from telecom_audit.tasks.audit import rule_values
from telecom_audit.tasks.audit_parameters import AuditOrder
from tests.audit.cases import all_cases

duckdb = pytest.importorskip("duckdb")
sqlglot = pytest.importorskip("sqlglot")

WHOLE = re.compile(r"(^|_)(id|micros|day|month|months|days|quantity|approximate|record)$")


@dataclass(frozen=True)
class Loaded:
    """A case's project, and the same tables in DuckDB."""

    case: str
    order: AuditOrder
    project: Project
    engine: object


@pytest.fixture(scope="module")
def selects() -> dict[str, object]:
    """Each rule's SELECT as a tree."""
    return {rule.key: sqlglot.parse_one(rule.sql, read="sqlite") for rule in all_rules()}


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, selects: dict[str, object]
) -> Iterator[list[Loaded]]:
    """Every case in both engines."""
    tables = sorted({table for tree in selects.values() for table in _tables(tree)})
    with ExitStack() as stack:
        found = []
        for case in all_cases():
            path = case.build(tmp_path_factory.mktemp("case"))
            project = stack.enter_context(open_project(Path(path)))
            engine = stack.enter_context(closing(duckdb.connect(config={"threads": 1})))
            for table in tables:
                _copy(table, project.connection, engine)
            found.append(Loaded(case.id, _order(case.audit), project, engine))
        yield found


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.key)
def test_a_rule_answers_alike_in_both_engines(
    rule: Rule, loaded: list[Loaded], selects: dict[str, object]
) -> None:
    select = selects[rule.key].sql("duckdb")
    rows = 0
    for each in loaded:
        connection = each.project.connection
        latest = latest_bill_day(connection)
        values = rule_values(each.project, rule, each.order, latest)
        of_sqlite = Counter(map(tuple, connection.execute(rule.sql, values)))
        of_duckdb = Counter(each.engine.execute(select, values).fetchall())
        assert of_duckdb == of_sqlite, each.case
        rows += len(of_sqlite)
    assert rows >= 3


def _order(options: tuple[str, ...]) -> AuditOrder:
    given = list(zip(options[::2], options[1::2], strict=True))
    as_of = [value for option, value in given if option == "--as-of"]
    settings = tuple(value for option, value in given if option == "--set")
    return AuditOrder(as_of[0] if as_of else None, settings)


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
