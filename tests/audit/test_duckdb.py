"""Every rule's SELECT answers the same rows in DuckDB as in SQLite."""

import re
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

import resources
from telecom_audit.audit.rule import Rule, all_rules
from telecom_audit.store.audit_facts import latest_bill_day
from telecom_audit.store.project import (
    Project,
    ProjectSettings,
    create_project,
    open_project,
)
from telecom_audit.tasks.audit import rule_values
from telecom_audit.tasks.audit_parameters import AuditOrder
from telecom_audit.tasks.imports import import_files
from telecom_audit.tasks.imports_options import ImportOptions
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
def selects() -> dict[str, str]:
    """Each rule's SELECT in the words of DuckDB."""
    return {rule.key: _tree(rule).sql("duckdb") for rule in all_rules()}


@pytest.fixture(scope="module")
def tables() -> list[str]:
    """The views and tables that any rule names."""
    return sorted({table for rule in all_rules() for table in _tables(_tree(rule))})


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, tables: list[str]) -> Iterator[list[Loaded]]:
    """Every case in both engines."""
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


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, tables: list[str]) -> Iterator[Loaded]:
    """The sample city's files of all kinds in both engines, its newer inventory last."""
    path = tmp_path_factory.mktemp("city") / "city.telaudit"
    order = tomllib.loads(resources.read_text("sample/order.toml"))
    create_project(path, ProjectSettings(**order["project"]))
    for step in order["step"]:
        if "import" in step:
            files = [resources.location(f"sample/{name}") for name in step["import"]]
            assert import_files(path, files, ImportOptions()).errors == []
    with open_project(path) as project, closing(duckdb.connect()) as engine:
        for table in tables:
            _copy(table, project.connection, engine)
        yield Loaded("the sample city", AuditOrder(), project, engine)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.key)
def test_a_rule_answers_alike_in_both_engines(
    rule: Rule, loaded: list[Loaded], selects: dict[str, str]
) -> None:
    assert sum(_agreed_rows(rule, selects[rule.key], each) for each in loaded) >= 3


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.key)
def test_a_rule_answers_alike_on_the_sample_city(
    rule: Rule, city: Loaded, selects: dict[str, str]
) -> None:
    assert _agreed_rows(rule, selects[rule.key], city) >= 1


def _agreed_rows(rule: Rule, select: str, loaded: Loaded) -> int:
    """The number of rows that both engines answer."""
    connection = loaded.project.connection
    latest = latest_bill_day(connection)
    values = rule_values(loaded.project, rule, loaded.order, latest)
    of_sqlite = Counter(map(tuple, connection.execute(rule.sql, values)))
    of_duckdb = Counter(loaded.engine.execute(select, values).fetchall())
    assert of_duckdb == of_sqlite, loaded.case
    return of_sqlite.total()


def _order(options: tuple[str, ...]) -> AuditOrder:
    given = list(zip(options[::2], options[1::2], strict=True))
    as_of = [value for option, value in given if option == "--as-of"]
    settings = tuple(value for option, value in given if option == "--set")
    return AuditOrder(as_of[0] if as_of else None, settings)


def _tree(rule: Rule) -> object:
    return sqlglot.parse_one(rule.sql, read="sqlite")


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
        lists = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
        engine.execute(
            f"INSERT INTO {table} SELECT {lists}",
            [list(values) for values in zip(*rows, strict=True)],
        )
