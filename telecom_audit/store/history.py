"""What was done to a project, in order, and what its imports were read with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telecom_audit.errors import DamagedError
from telecom_audit.store.imports import ImportRow


@dataclass(frozen=True)
class Action:
    """An entry of the log; `parameters` are what the action was given."""

    seq: int
    at: str
    user: str
    action: str
    parameters: Mapping[str, Any]


def logged_actions(connection: sqlite3.Connection) -> list[Action]:
    """All entries of the log, the oldest first.

    Raises:
        DamagedError: the parameters of one are no JSON object.
    """
    found = []
    for row in connection.execute(
        "SELECT seq, at, user, action, parameters FROM action_log ORDER BY seq"
    ):
        try:
            parameters = json.loads(row["parameters"])
        except ValueError:
            parameters = None
        if not isinstance(parameters, dict):
            raise DamagedError(
                f"entry {row['seq']} of the log cannot be read", "Take the copy from your backup."
            )
        found.append(Action(row["seq"], row["at"], row["user"], row["action"], parameters))
    return found


def stored_import(connection: sqlite3.Connection, import_id: int) -> ImportRow | None:
    """An import with all that it was read with; None when there is none of that number."""
    row = connection.execute(
        "SELECT id, file, sha256, size, layout, kind, sheet, encoding, delimiter, options, header,"
        " columns, imported_at, rows_read, rows_stored, rows_quarantined, rows_ignored,"
        " stated_micros, stored_micros, compared_micros, invoices, warnings"
        " FROM import_file WHERE id = ?",
        (import_id,),
    ).fetchone()
    if row is None:
        return None
    texts = {name: json.loads(row[name]) for name in ("options", "header", "columns", "warnings")}
    values = [texts.get(name, row[name]) for name in row.keys()]  # noqa: SIM118 (a Row, no dict)
    return ImportRow(*values)


def refused_by_shape(connection: sqlite3.Connection, import_id: int) -> dict[int, str]:
    """Physical row -> reason of the rows that were put aside before any cell was looked at."""
    found = connection.execute(
        "SELECT row, reason FROM quarantined_row WHERE import_id = ? AND column_name = ''",
        (import_id,),
    )
    return {row["row"]: row["reason"] for row in found}


def placed_invoices(
    connection: sqlite3.Connection, import_id: int
) -> tuple[set[tuple[int, int]], set[tuple[int, int, str]]]:
    """Of the invoices of an import: each with its group, and the relations to earlier ones."""
    groups = connection.execute(
        "SELECT id, group_id FROM invoice WHERE import_id = ?", (import_id,)
    )
    relations = connection.execute(
        "SELECT later_id, earlier_id, invoice_relation.kind FROM invoice_relation"
        " JOIN invoice ON invoice.id = invoice_relation.later_id WHERE invoice.import_id = ?",
        (import_id,),
    )
    return {tuple(row) for row in groups}, {tuple(row) for row in relations}


def finding_keys(connection: sqlite3.Connection) -> list[tuple[int, str, str, int]]:
    """Id, rule by its key, key and first audit of every finding that an audit ever stored."""
    rows = connection.execute(
        "SELECT id, CASE WHEN json_valid(key) THEN ifnull(json_extract(key, '$[0]'), '') ELSE ''"
        " END, key, first_audit_id FROM finding ORDER BY id"
    )
    return [tuple(row) for row in rows]


def add_finding_keys(connection: sqlite3.Connection, keys: list[tuple[int, str, str, int]]) -> None:
    """Give findings the ids that they have elsewhere."""
    connection.executemany(
        "INSERT INTO finding (id, rule, key, first_audit_id) VALUES (?, ?, ?, ?)", keys
    )


def copy_audit(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Store the next audit of a project as it stands in another, without what it found."""
    target.execute("INSERT INTO audit (at, as_of, parameters, answer) VALUES ('', '', '', '')")
    number = target.execute("SELECT max(id) FROM audit").fetchone()[0]
    row = source.execute(
        "SELECT at, as_of, parameters, answer FROM audit WHERE id = ?", (number,)
    ).fetchone()
    if row is not None:
        target.execute(
            "UPDATE audit SET at = ?, as_of = ?, parameters = ?, answer = ? WHERE id = ?",
            (*row, number),
        )
