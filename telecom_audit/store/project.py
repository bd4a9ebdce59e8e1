"""A project: made, opened, migrated, written in one transaction a user action, and logged."""

from __future__ import annotations

import getpass
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from telecom_audit.errors import DamagedError, RefusedError, UsageError
from telecom_audit.store.connection import connect, translated
from telecom_audit.store.header import (
    APPLICATION_ID,
    check_ours,
    check_there,
    checked,
    header_told,
)
from telecom_audit.store.migrations import SCHEMA_VERSION, migrate


@dataclass(frozen=True)
class ProjectSettings:
    """What the whole project stands under: whose it is, its currency and its tax position."""

    organization: str = ""
    currency: str = "USD"
    fiscal_year_start: int = 7
    tax_exempt: bool = False
    late_charge_exempt: bool = False


def now_text() -> str:
    """The present moment as the log writes it, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user_name() -> str:
    """Who is at the machine, as the operating system says."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no password entry, as in some containers
        return "unknown"


class Project:
    """An open project file; use it as a context manager so that it is closed."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    @property
    def settings(self) -> ProjectSettings:
        """The settings that `new` stored."""
        stored = {
            row["name"]: json.loads(row["value"])
            for row in self.connection.execute("SELECT name, value FROM setting")
        }
        known = {field.name for field in fields(ProjectSettings)}
        return ProjectSettings(**{name: stored[name] for name in known & stored.keys()})

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that is written inside is kept, or none of it."""
        with translated(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file for several questions."""
        with translated(self.path):
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def log(self, action: str, parameters: Mapping[str, object]) -> None:
        """Append an action to the log; call it inside `write`, beside what it did."""
        self.connection.execute(
            "INSERT INTO action_log (at, user, action, parameters) VALUES (?, ?, ?, ?)",
            (now_text(), user_name(), action, json.dumps(parameters, sort_keys=True)),
        )


def create_project(path: Path, settings: ProjectSettings) -> None:
    """Make an empty project; it appears under its name only when it is whole.

    Raises:
        RefusedError: the path exists already.
        UsageError: its folder does not exist.
    """
    if path.exists():
        raise RefusedError(f"{path} exists already", "Choose another name, or delete it first.")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", "Make the folder first.")
    unfinished = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    try:
        with translated(path):
            _fill(unfinished, settings)
        unfinished.rename(path)
    finally:
        for left in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
            left.unlink(missing_ok=True)


def _fill(path: Path, settings: ProjectSettings) -> None:
    from sqlite_utils import Database  # slow to import, and needed only here

    connection = connect(path, "rwc")
    project = Project(path, connection)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        with project.write():
            migrate(Database(connection), 0)
            connection.executemany(
                "INSERT INTO setting (name, value) VALUES (?, ?)",
                [(name, json.dumps(value)) for name, value in asdict(settings).items()],
            )
            project.log("new", asdict(settings))
    finally:
        connection.close()


def open_project(path: Path) -> Project:
    """Open a project to read and write, bringing an older schema up to date.

    Raises:
        UsageError: no such file, or a directory.
        RefusedError: a foreign or newer file, or one that is in use.
        DamagedError: SQLite finds it malformed.
    """
    header = check_ours(path, SCHEMA_VERSION)
    remove_leftovers(path)
    with translated(path):
        writable = os.access(path, os.W_OK)
        connection = connect(path, "rw" if writable else "ro")
        project = Project(path, connection)
        try:
            _check_schema(project)
            if header.schema_version < SCHEMA_VERSION:
                _migrate(project, header.schema_version)
        except BaseException:
            connection.close()
            raise
    return project


def open_reader(path: Path, timeout: float = 0.0) -> Project:
    """Open a project to read only, for one thread; its bytes are not read beside SQLite.

    Nothing is brought up to date, rolled back or removed. While another connection commits, a
    statement is refused as in use after `timeout` seconds.

    Raises:
        UsageError: no such file, or a directory.
        RefusedError: a foreign, newer or older file, or one that is in use.
        DamagedError: SQLite finds it malformed.
    """
    check_there(path)
    with translated(path):
        connection = connect(path, "ro", timeout)
        try:
            header = checked(header_told(connection), path.name, SCHEMA_VERSION)
            if header.schema_version < SCHEMA_VERSION:
                raise RefusedError(
                    f"{path.name} was made by an older Telecom Audit "
                    f"(schema {header.schema_version})",
                    "Open it once with this program to bring it up to date.",
                )
        except BaseException:
            connection.close()
            raise
    return Project(path, connection)


def remove_leftovers(path: Path) -> None:
    """Delete what a crash of `new` left beside the project; journals are never touched."""
    for left in path.parent.glob(f".{path.name}.tmp-*"):
        left.unlink(missing_ok=True)


def _check_schema(project: Project) -> None:
    count = project.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if not count:
        raise DamagedError(f"{project.path.name} has no tables", "Take the copy from your backup.")


def _migrate(project: Project, version: int) -> None:
    from sqlite_utils import Database  # slow to import, and needed only here

    with project.write():
        migrate(Database(project.connection), version)
        project.log("migrate", {"from": version, "to": SCHEMA_VERSION})
