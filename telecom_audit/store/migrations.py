"""The steps from one schema to the next, oldest first; a step that was shipped is never edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from telecom_audit.store import tables, use_tables
from telecom_audit.store.views import VIEWS

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_first_schema(db: Database) -> None:
    """Make the tables of projects, sources, bills, reference rows and results."""
    for statement in (
        *tables.PROJECT_TABLES,
        *tables.BILL_TABLES,
        *tables.SOURCE_TABLES,
        *tables.REFERENCE_TABLES,
        *tables.RESULT_TABLES,
    ):
        db.execute(statement)
    _keep_rows(db, tables.INSERT_ONLY)


def add_calls_usage_and_persons(db: Database) -> None:
    """Make the tables of calls, of usage by month and of persons."""
    for statement in use_tables.USE_TABLES:
        db.execute(statement)
    _keep_rows(db, use_tables.INSERT_ONLY)


def _keep_rows(db: Database, names: Iterable[str]) -> None:
    for table in names:
        for act in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_keeps_rows_on_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT raise(ABORT, 'rows of {table} are never changed'); END"
            )


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    create_first_schema,
    add_calls_usage_and_persons,
)
SCHEMA_VERSION = len(MIGRATIONS)


def migrate(db: Database, version: int) -> None:
    """Run the steps after a version and make the views anew; the caller holds the transaction."""
    for step in MIGRATIONS[version:]:
        step(db)
    for name, query in VIEWS.items():
        db.execute(f"DROP VIEW IF EXISTS {name}")
        db.execute(f"CREATE VIEW {name} AS {query}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
