"""Scenarios with their plans, the months in which waves really moved, and what a plan reads."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from telecom_audit.store.project import now_text, user_name


@dataclass(frozen=True)
class StoredScenario:
    """A scenario as it is stored.

    Attributes:
        name: its name, the key.
        text: the file as it was given.
        edition: of the baseline that it stands on; None before the first freeze.
        plan: everything resolved when it was added, as JSON.
    """

    name: str
    text: str
    edition: int | None
    plan: str


def put_scenario(connection: sqlite3.Connection, scenario: StoredScenario) -> None:
    """Store a scenario or renew the one of its name; recorded cutovers stay."""
    connection.execute(
        "INSERT INTO scenario (name, at, text, edition, plan) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET at = excluded.at, text = excluded.text,"
        " edition = excluded.edition, plan = excluded.plan",
        (scenario.name, now_text(), scenario.text, scenario.edition, scenario.plan),
    )


def stored_scenario(connection: sqlite3.Connection, name: str) -> StoredScenario | None:
    """The scenario of that name; None when there is none."""
    row = connection.execute(
        "SELECT name, text, edition, plan FROM scenario WHERE name = ?", (name,)
    ).fetchone()
    return StoredScenario(*row) if row else None


def stored_scenarios(connection: sqlite3.Connection) -> list[StoredScenario]:
    """All scenarios by name."""
    rows = connection.execute("SELECT name, text, edition, plan FROM scenario ORDER BY name")
    return [StoredScenario(*row) for row in rows]


def remove_scenario(connection: sqlite3.Connection, name: str) -> None:
    """Delete a scenario and its recorded cutovers."""
    connection.execute("DELETE FROM scenario WHERE name = ?", (name,))


def add_cutover(connection: sqlite3.Connection, scenario: str, wave: str, month: int) -> None:
    """Record the month number in which a wave really moved; the latest record holds."""
    connection.execute(
        "INSERT INTO cutover (scenario, wave, month, at, user) VALUES (?, ?, ?, ?, ?)",
        (scenario, wave, month, now_text(), user_name()),
    )


def recorded_cutovers(connection: sqlite3.Connection, scenario: str) -> dict[str, int]:
    """Wave -> month number, as recorded last."""
    rows = connection.execute(
        "SELECT wave, month FROM cutover WHERE scenario = ? ORDER BY seq", (scenario,)
    )
    return {row["wave"]: row["month"] for row in rows}


def inventory_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every row of the inventory that holds, with the name of the vendor whom it stands for."""
    return connection.execute(
        "SELECT import_id, record, inventory.service, service_key, service_type, status, site,"
        ' department, "user", use, inventory.vendor, vendor.name AS owner, account, contract,'
        " system, channels, bandwidth_mbps, monthly_cost_micros, install_date, disconnect_date,"
        " disconnect_order, last_verified, extra"
        " FROM inventory LEFT JOIN vendor ON vendor.id = inventory.owner_id"
        " ORDER BY ifnull(vendor.name, ''), service_key, inventory_id"
    ).fetchall()


def contract_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """What every contract row that holds says about its end."""
    return connection.execute(
        "SELECT contract, effective_to_day, early_termination, annual_commitment_micros"
        " FROM contracts ORDER BY contract_id"
    ).fetchall()


def inventory_headers(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Import id, captions (JSON list) and known columns (JSON object) of every inventory file."""
    return connection.execute(
        "SELECT import_file.id, import_file.header, import_file.columns FROM import_file"
        " LEFT JOIN retirement ON retirement.import_id = import_file.id"
        " WHERE import_file.kind = 'inventory' AND retirement.import_id IS NULL"
        " ORDER BY import_file.id"
    ).fetchall()
