"""The frozen baseline: the edition that holds, and what its services cost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.savings.editions import Baseline, from_detail
from telecom_audit.savings.expected import Window
from telecom_audit.savings.service_costs import MonthlyCost
from telecom_audit.savings.window import WindowCosts, window_costs
from telecom_audit.store.baselines import (
    StoredEdition,
    latest_edition,
    stored_edition,
)
from telecom_audit.store.project import Project
from telecom_audit.tasks.baseline_bills import CountedBills, counted_bills, window_expectations

_FEWEST_MONTHS = 3


def held_baseline(project: Project, edition: int | None = None) -> Baseline | None:
    """The baseline that holds, or the edition of that number.

    Returns:
        None before the first freeze, or when there is no such edition.
    """
    stored = _stored(project.connection, edition)
    return from_detail(json.loads(stored.detail)) if stored else None


def needed_baseline(project: Project, edition: int | None = None) -> Baseline:
    """The baseline that holds, or the edition of that number.

    Raises:
        RefusedError: nothing was frozen yet.
        UsageError: there is no such edition.
    """
    found = held_baseline(project, edition)
    if found is None:
        raise _no_edition(project.connection, edition)
    return found


def shown_baseline(project: Project, edition: int | None = None) -> dict[str, Any]:
    """What `baseline --json` answers: the edition that holds, or the one of that number.

    Raises:
        RefusedError: nothing was frozen yet.
        UsageError: there is no such edition.
    """
    stored = _stored(project.connection, edition)
    if stored is None:
        raise _no_edition(project.connection, edition)
    answer: dict[str, Any] = json.loads(stored.answer)
    return answer


def plan_costs(
    project: Project, baseline: Baseline, claimed: Mapping[int, int]
) -> dict[tuple[str, str], MonthlyCost]:
    """b_mrc, b_tax and b_usage of every service of a baseline, less what the audit claims.

    The claimed parts are taken off the lines before account-level lines are allocated (the
    contract, section 4, `less_audit`). Lines that changed since the freeze change nothing: what
    the claims take off is taken off the frozen cost.

    Args:
        project: the open project.
        baseline: the edition.
        claimed: charge id -> claimed micros.

    Returns:
        Vendor's name and service key -> the costs in micros.
    """
    frozen = {
        key: MonthlyCost(service.mrc_micros, service.tax_micros, service.usage_micros)
        for key, service in baseline.by_key.items()
    }
    if not claimed:
        return frozen
    window = Window(baseline.first, baseline.through)
    counted = counted_bills(project.connection)
    less = replace(counted, lines=counted.lines.less(claimed))
    before = _named(counted, costs_of_window(project.connection, counted, window))
    after = _named(counted, costs_of_window(project.connection, less, window))
    return {
        key: _less(cost, before[key], after[key]) if key in before and key in after else cost
        for key, cost in frozen.items()
    }


def _named(counted: CountedBills, costs: WindowCosts) -> dict[tuple[str, str], MonthlyCost]:
    services = counted.names.services
    return {(services[n].vendor, services[n].key): cost for n, cost in costs.costs.items()}


def _less(frozen: MonthlyCost, before: MonthlyCost, after: MonthlyCost) -> MonthlyCost:
    return MonthlyCost(
        frozen.mrc - before.mrc + after.mrc,
        frozen.tax - before.tax + after.tax,
        frozen.usage - before.usage + after.usage,
    )


def costs_of_window(
    connection: sqlite3.Connection, counted: CountedBills, window: Window
) -> WindowCosts:
    """What the bills of a window come to."""
    expected = window_expectations(connection, counted, window)
    covered = {account: one.covered for account, one in expected.items()}
    return window_costs(counted.parts, covered, window)


def _stored(connection: sqlite3.Connection, edition: int | None) -> StoredEdition | None:
    number = latest_edition(connection) if edition is None else edition
    return stored_edition(connection, number)


def _no_edition(connection: sqlite3.Connection, edition: int | None) -> RefusedError | UsageError:
    latest = latest_edition(connection)
    if edition is None or not latest:
        return RefusedError(
            "no baseline is frozen yet",
            "Freeze one: telecom-audit baseline PROJECT freeze --through MONTH --by NAME.",
        )
    return UsageError(
        f"there is no edition {edition} of the baseline", f"Choose one from 1 to {latest}."
    )
