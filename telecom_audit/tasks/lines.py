"""The bill lines behind a number, each with the file, the row and the raw cells it came from."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from telecom_audit.errors import UsageError
from telecom_audit.money import money_text, plain_text
from telecom_audit.months import month_text
from telecom_audit.progress import SILENT, Progress
from telecom_audit.savings.bill_lines import ONE_OFF
from telecom_audit.store.bill_lines import (
    LineFilter,
    charge_amounts,
    charge_rows,
    payment_amounts,
    payment_rows,
)
from telecom_audit.store.browse import Within
from telecom_audit.store.project import Project, open_project
from telecom_audit.store.raw_rows import raw_records
from telecom_audit.tasks.baseline_bills import counted_bills
from telecom_audit.tasks.findings import finding, finding_lines
from telecom_audit.tasks.line_documents import RawRecords, line_document, source_document
from telecom_audit.tasks.lines_order import LinesOrder


@dataclass(frozen=True)
class LineKeys:
    """Bill lines or payments behind a number, by their keys alone.

    Attributes:
        shown: their keys in the order of dates.
        within: the same keys in rising order, with the micros by which each counts.
        total: what they count together, in micros.
        is_partial: whether one of them counts by less or more than its amount.
    """

    shown: array[int]
    within: Within
    total: int
    is_partial: bool


@dataclass(frozen=True)
class Behind:
    """What stands behind a number."""

    charges: LineKeys
    payments: LineKeys

    @property
    def total(self) -> int:
        """What all of it adds up to, in micros."""
        return self.charges.total + self.payments.total


def behind(path: Path, order: LinesOrder, progress: Progress = SILENT) -> Behind:
    """The lines that `lines` answers, without reading what is written in them; a job.

    Raises:
        UsageError: nothing is asked for, or there is no such finding.
        CancelledError: the person asked to stop.
    """
    _check(order)
    with open_project(path) as project, project.read() as connection:
        progress.check()
        claimed = None if order.finding is None else finding_lines(connection, order.finding)
        counted = _counted(connection, order)
        progress.check()
        wanted = _wanted(order, (claimed, counted))
        charges = charge_amounts(connection, wanted) if wanted else []
        paid = payment_amounts(connection, *_paid(order)) if _has_payments(order) else []
    adds = [_adds(key, amount, counted, claimed or {}) for key, amount in charges]
    return Behind(_keys(charges, adds), _keys(paid, [amount for _, amount in paid]))


def _keys(rows: list[tuple[int, int]], adds: list[int]) -> LineKeys:
    pairs = sorted(zip((key for key, _ in rows), adds, strict=True))
    return LineKeys(
        array("q", (key for key, _ in rows)),
        Within(array("q", (key for key, _ in pairs)), array("q", (count for _, count in pairs))),
        sum(adds),
        any(amount != count for (_, amount), count in zip(rows, adds, strict=True)),
    )


def _check(order: LinesOrder) -> None:
    if not order.has_condition:
        raise UsageError(
            "nothing says which lines are wanted",
            "Give one of --finding, --month, --service and --vendor, or several.",
        )
    if order.one_off and order.month is None:
        raise UsageError(
            "what is one-off is known for a month", "Name the month with --month as well."
        )


def lines(project: Project, order: LinesOrder) -> dict[str, Any]:
    """What `lines --json` answers (the contract, sections 1 and 2).

    The lines behind the actual of a month are the bill lines alone: payments are another meter.

    Raises:
        UsageError: nothing is asked for, or there is no such finding.
    """
    _check(order)
    beside: dict[str, Any] = {}
    if order.finding is not None:
        shown = finding(project, order.finding)
        beside = {"credits": shown["credits"], "evidence": shown["evidence"]}
    with project.read() as connection:
        claimed = None if order.finding is None else finding_lines(connection, order.finding)
        counted = _counted(connection, order)
        wanted = _wanted(order, (claimed, counted))
        charges = charge_rows(connection, wanted) if wanted else []
        paid = payment_rows(connection, *_paid(order)) if _has_payments(order) else []
        raw = raw_records(
            connection, [(row["import_id"], row["record"]) for row in (*charges, *paid)]
        )
    total = sum(
        _adds(row["charge_id"], row["amount_micros"], counted, claimed or {}) for row in charges
    )
    total += sum(row["amount_micros"] for row in paid)
    return {
        "total": money_text(total),
        "lines": [
            *(_charge(row, raw, counted, claimed or {}) for row in charges),
            *(_payment(row, raw) for row in paid),
        ],
        **beside,
    }


def _counted(connection: sqlite3.Connection, order: LinesOrder) -> dict[int, int] | None:
    """Charge id -> what of it counts in the month asked for; None when no month is."""
    if order.month is None:
        return None
    counted = counted_bills(connection)
    if not len(counted.bills.month):
        return {}
    parts = counted.parts.between(order.month, order.month)
    if order.one_off:
        parts = parts.where(parts.part == ONE_OFF)
    charges, place = np.unique(counted.lines.charge[parts.line], return_inverse=True)
    micros = np.zeros(len(charges), np.int64)
    np.add.at(micros, place, parts.amount)
    return dict(zip(charges.tolist(), micros.tolist(), strict=True))


def _wanted(
    order: LinesOrder, chosen: tuple[Mapping[int, int] | None, Mapping[int, int] | None]
) -> LineFilter | None:
    """Which charges are wanted; None when payments alone are."""
    if order.kind == "payment":
        return None
    groups = [set(group) for group in chosen if group is not None]
    return order.rows_of(sorted(set.intersection(*groups)) if groups else None)


def _has_payments(order: LinesOrder) -> bool:
    is_bill = order.kind == "bill" or order.one_off
    return order.finding is None and order.service is None and not is_bill


def _paid(order: LinesOrder) -> tuple[str | None, list[str] | None]:
    return (None if order.month is None else month_text(order.month)), order.vendor_keys


def _adds(
    charge: int, amount: int, counted: Mapping[int, int] | None, claimed: Mapping[int, int]
) -> int:
    """What a line adds to the total: what counts in the month, else what is claimed, else all."""
    return counted[charge] if counted is not None else claimed.get(charge, amount)


def _charge(
    row: sqlite3.Row,
    raw: RawRecords,
    counted: Mapping[int, int] | None,
    claimed: Mapping[int, int],
) -> dict[str, Any]:
    amount = row["amount_micros"]
    counts = amount if counted is None else counted[row["charge_id"]]
    claim = claimed.get(row["charge_id"], amount)
    return {
        **line_document(row),
        "service_key": row["service_key"],
        "quantity": _quantity(row["quantity_micros"]),
        "rate": _money(row["rate_micros"]),
        "counted": None if counts == amount else money_text(counts),
        "claimed": None if claim == amount else money_text(claim),
        "source": source_document(row, raw),
    }


def _payment(row: sqlite3.Row, raw: RawRecords) -> dict[str, Any]:
    return {
        "charge_id": None,
        "payment_id": row["payment_id"],
        "vendor": row["vendor_as_paid"],
        "account": row["account"],
        "invoice": row["invoice"],
        "bill_date": None,
        "payment_date": row["payment_date"],
        "approximate": bool(row["approximate"]),
        "service": "",
        "service_key": "",
        "charge_code": "",
        "description": row["reference"],
        "class": "",
        "quantity": None,
        "rate": None,
        "amount": money_text(row["amount_micros"]),
        "counted": None,
        "claimed": None,
        "from": None,
        "thru": None,
        "payer": row["payer"],
        "department": row["department"],
        "source": source_document(row, raw),
    }


def _money(micros: int | None) -> str | None:
    return None if micros is None else money_text(micros)


def _quantity(micros: int | None) -> str | None:
    return None if micros is None else plain_text(micros)
