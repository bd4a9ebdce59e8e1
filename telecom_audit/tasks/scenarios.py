"""Scenarios: added as snapshots, renewed, listed, removed, and told when a wave really moved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.migration.plan import Plan, plan_document, plan_from_document
from telecom_audit.migration.resolve import resolve
from telecom_audit.migration.scenario_file import read_scenario
from telecom_audit.months import month_number, month_text
from telecom_audit.store.baselines import latest_edition, stored_edition
from telecom_audit.store.project import Project
from telecom_audit.store.scenarios import (
    StoredScenario,
    add_cutover,
    put_scenario,
    recorded_cutovers,
    remove_scenario,
    stored_scenario,
    stored_scenarios,
)
from telecom_audit.tasks.scenarios_situation import situation


@dataclass(frozen=True)
class KeptScenario:
    """A stored scenario.

    Attributes:
        plan: everything resolved when it was added.
        text: the file as it was given.
        cutovers: wave -> month number in which it really moved, as recorded last.
        not_measurable: why it has no baseline to be measured against, or "".
    """

    plan: Plan
    text: str
    cutovers: Mapping[str, int]
    not_measurable: str


def add_scenario(project: Project, text: str) -> Plan:
    """Resolve a scenario file against the project and store both; a known name is renewed.

    Args:
        project: the open project.
        text: the file's content.

    Raises:
        RefusedError: the file, or what it says of this project, cannot be accepted.
    """
    with project.write():
        plan = _store(project, text)
        project.log("scenario add", {"scenario": plan.name, "edition": plan.edition})
    return plan


def renew_after_freeze(project: Project) -> tuple[str, ...]:
    """Renew the scenarios that were added before the first freeze; call it inside its `write`.

    A later freeze renews nothing: a plan is a snapshot.

    Returns:
        Warnings: the scenarios that could not be renewed, and why.
    """
    connection = project.connection
    if latest_edition(connection) != 1:
        return ()
    warnings = []
    for stored in stored_scenarios(connection):
        if stored.edition is None:
            try:
                _store(project, stored.text)
            except RefusedError as error:
                warnings.append(f"scenario {stored.name!r} is not measurable: {error.message}")
    return tuple(warnings)


def kept_scenario(project: Project, name: str) -> KeptScenario:
    """The scenario of that name.

    Raises:
        UsageError: there is none.
    """
    stored = stored_scenario(project.connection, name)
    if stored is None:
        names = ", ".join(repr(one.name) for one in stored_scenarios(project.connection))
        raise UsageError(
            f"there is no scenario {name!r}",
            f"Choose one of {names}." if names else "Add one: scenario PROJECT add FILE.toml.",
        )
    return _kept(project, stored)


def kept_scenarios(project: Project) -> list[KeptScenario]:
    """All scenarios, by name."""
    return [_kept(project, stored) for stored in stored_scenarios(project.connection)]


def drop_scenario(project: Project, name: str) -> None:
    """Remove a scenario and its recorded cutovers.

    Raises:
        UsageError: there is none of that name.
    """
    kept_scenario(project, name)
    with project.write() as connection:
        remove_scenario(connection, name)
        project.log("scenario remove", {"scenario": name})


def record_cutover(project: Project, name: str, wave: str, month: str) -> None:
    """Record the month in which a wave really moved.

    Raises:
        UsageError: no such scenario, or the month is not one.
        RefusedError: the scenario has no such wave, or the month lies before its start.
    """
    plan = kept_scenario(project, name).plan
    number = _month(month)
    waves = [one.name for one in plan.waves]
    if wave not in waves:
        known = ", ".join(repr(one) for one in waves) or "none"
        raise RefusedError(f"{name!r} has no wave {wave!r}", f"Its waves: {known}.")
    if number < plan.start:
        raise RefusedError(
            f"{month} lies before the start of {name!r}, {month_text(plan.start)}",
            "Record a month from the start on.",
        )
    with project.write() as connection:
        add_cutover(connection, name, wave, number)
        project.log("scenario cutover", {"scenario": name, "wave": wave, "month": month})


def actions(plan: Plan) -> dict[str, int]:
    """How many services each action takes."""
    return dict(sorted(Counter(service.action for service in plan.services).items()))


def _month(text: str) -> int:
    try:
        return month_number(text)
    except ValueError as error:
        raise UsageError(str(error), "Write the month as 2026-01.") from error


def _store(project: Project, text: str) -> Plan:
    scenario = read_scenario(text)
    plan = resolve(scenario, situation(project, less_audit=scenario.less_audit))
    document = json.dumps(plan_document(plan), ensure_ascii=False)
    put_scenario(project.connection, StoredScenario(plan.name, text, plan.edition, document))
    return plan


def _kept(project: Project, stored: StoredScenario) -> KeptScenario:
    plan = plan_from_document(json.loads(stored.plan))
    return KeptScenario(
        plan,
        stored.text,
        recorded_cutovers(project.connection, stored.name),
        _not_measurable(project, plan),
    )


def _not_measurable(project: Project, plan: Plan) -> str:
    if plan.edition is not None:
        return ""
    edition = stored_edition(project.connection, latest_edition(project.connection))
    if edition is None:
        return "no baseline is frozen yet"
    if plan.start <= edition.through:
        return (
            f"it starts in {month_text(plan.start)}, which is not after the baseline's last"
            f" month {month_text(edition.through)}"
        )
    return "it could not be renewed when the baseline was frozen; add it again"
