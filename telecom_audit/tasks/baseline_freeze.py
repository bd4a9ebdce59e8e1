"""Freeze what the bills came to before the change: the next edition of the baseline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.months import month_text
from telecom_audit.progress import SILENT, Progress
from telecom_audit.savings.editions import Baseline, detail
from telecom_audit.store.baselines import StoredEdition, add_edition, latest_edition
from telecom_audit.store.interruption import interruptible
from telecom_audit.store.overview import bill_months, payment_months
from telecom_audit.store.project import Project
from telecom_audit.tasks.baseline import costs_of_window
from telecom_audit.tasks.baseline_answer import FreezeOrder, baseline_answer, frozen_baseline
from telecom_audit.tasks.baseline_bills import CountedBills, counted_bills
from telecom_audit.tasks.scenarios import renew_after_freeze

_FEWEST_MONTHS = 3


@dataclass(frozen=True)
class Frozen:
    """A new edition.

    Attributes:
        answer: what `baseline --json` answers.
        warnings: the scenarios that could not be renewed, and why.
    """

    answer: dict[str, Any]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Freezable:
    """What can be frozen: nothing without months.

    Attributes:
        months: the month numbers in which bills count, without bills those of payments, in order.
        editions: how many there are already.
    """

    months: tuple[int, ...]
    editions: int


def freezable(project: Project) -> Freezable:
    """The months that a window may end in, and the editions that were frozen before."""
    with project.read() as connection:
        months = bill_months(connection) or payment_months(connection)
        return Freezable(tuple(months), latest_edition(connection))


def freeze(project: Project, order: FreezeOrder, progress: Progress = SILENT) -> Frozen:
    """Freeze the next edition of the baseline, which then holds.

    Scenarios that were added before the first freeze are renewed with it.

    Raises:
        RefusedError: bills count in fewer than three months of the window, no service is in the
            baseline, or, in a project without bills, no payment lies in the window.
        CancelledError: the person asked to stop; no edition was added.
    """
    with interruptible(project.connection, progress), project.write() as connection:
        counted = counted_bills(connection, progress)
        costs = costs_of_window(connection, counted, order.window)
        progress.check()
        edition = latest_edition(connection) + 1
        frozen = frozen_baseline(connection, counted, costs, (edition, order))
        progress.check()
        _check(order, counted, frozen)
        answer = baseline_answer(frozen, counted, costs)
        answer |= {"digest": digest(answer), "frozen_by": order.by}
        add_edition(
            connection,
            StoredEdition(
                edition,
                order.through,
                order.months,
                order.by,
                answer["digest"],
                json.dumps(answer, ensure_ascii=False),
                json.dumps(detail(frozen), ensure_ascii=False),
            ),
        )
        project.log("baseline freeze", order.parameters() | {"edition": edition})
        warnings = renew_after_freeze(project)
        progress.check()
    return Frozen(answer, warnings)


def digest(answer: Mapping[str, Any]) -> str:
    """SHA-256 of an answer without `digest` and `frozen_by`, as compact JSON with sorted keys."""
    signed = {key: value for key, value in answer.items() if key not in ("digest", "frozen_by")}
    text = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _check(order: FreezeOrder, counted: CountedBills, frozen: Baseline) -> None:
    window = f"{month_text(order.window.first)} to {month_text(order.through)}"
    if not len(counted.bills.month):
        if not frozen.payments:
            raise RefusedError(
                f"no bill and no payment lies in {window}",
                "Import bills or payments of these months, or choose another --through.",
            )
        return
    months = {month for month in counted.bills.month.tolist() if month in order.window}
    if len(months) < _FEWEST_MONTHS:
        raise RefusedError(
            f"bills count in {len(months)} months of {window}; a baseline needs 3",
            "Import the bills of the missing months, or choose another --through or --months.",
        )
    if not frozen.services:
        raise RefusedError(
            f"no service is billed at the end of {window}",
            "Choose a month for --through whose bills are loaded.",
        )
