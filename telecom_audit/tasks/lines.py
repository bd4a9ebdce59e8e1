"""The bill lines behind a number, each with the file, the row and the raw cells it came from."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import PureWindowsPath
from typing import Any

import numpy as np

from telecom_audit.errors import UsageError
from telecom_audit.money import money_text
from telecom_audit.months import month_text
from telecom_audit.store.bill_lines import charge_rows, payment_rows
from telecom_audit.store.project import Project
from telecom_audit.store.raw_rows import RawRecord, raw_records
from telecom_audit.tasks.baseline_bills import counted_bills
from telecom_audit.tasks.findings import finding, finding_lines
from telecom_audit.tasks.lines_order import LinesOrder


def lines(project: Project, order: LinesOrder) -> dict[str, Any]:
    """What `lines --json` answers (the contract, sections 1 and 2).

    The lines behind the actual of a month are the bill lines alone: payments are another meter.

    Raises:
        UsageError: nothing is asked for, or there is no such finding.
    """
    if not order.has_condition:
        raise UsageError(
            "nothing says which lines are wanted",
            "Give one of --finding, --month, --service and --vendor, or several.",
        )
    beside: dict[str, Any] = {}
    if order.finding is not None:
        shown = finding(project, order.finding)
        beside = {"credits": shown["credits"], "evidence": shown["evidence"]}
    with project.read() as connection:
        claimed = None if order.finding is None else finding_lines(connection, order.finding)
        counted = _counted(connection, order)
        charges = _charges(connection, order, (claimed, counted))
        paid = _payments(connection, order)
        raw = raw_records(
            connection, [(row["import_id"], row["record"]) for row in (*charges, *paid)]
        )
    total = sum(_adds(row, counted, claimed or {}) for row in charges)
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
    charges, place = np.unique(counted.lines.charge[parts.line], return_inverse=True)
    micros = np.zeros(len(charges), np.int64)
    np.add.at(micros, place, parts.amount)
    return dict(zip(charges.tolist(), micros.tolist(), strict=True))


def _charges(
    connection: sqlite3.Connection,
    order: LinesOrder,
    chosen: tuple[Mapping[int, int] | None, Mapping[int, int] | None],
) -> list[sqlite3.Row]:
    if order.kind == "payment":
        return []
    groups = [set(group) for group in chosen if group is not None]
    ids = sorted(set.intersection(*groups)) if groups else None
    return charge_rows(connection, order.rows_of(ids))


def _payments(connection: sqlite3.Connection, order: LinesOrder) -> list[sqlite3.Row]:
    if order.finding is not None or order.service is not None or order.kind == "bill":
        return []
    month = None if order.month is None else month_text(order.month)
    return payment_rows(connection, month, order.vendor_keys)


def _adds(row: sqlite3.Row, counted: Mapping[int, int] | None, claimed: Mapping[int, int]) -> int:
    """What a line adds to the total: what counts in the month, else what is claimed, else all."""
    charge: int = row["charge_id"]
    amount: int = row["amount_micros"]
    return counted[charge] if counted is not None else claimed.get(charge, amount)


def _charge(
    row: sqlite3.Row,
    raw: Mapping[tuple[int, int], RawRecord],
    counted: Mapping[int, int] | None,
    claimed: Mapping[int, int],
) -> dict[str, Any]:
    amount = row["amount_micros"]
    counts = amount if counted is None else counted[row["charge_id"]]
    claim = claimed.get(row["charge_id"], amount)
    return {
        "charge_id": row["charge_id"],
        "vendor": row["vendor"],
        "account": row["account"],
        "invoice": row["invoice"],
        "bill_date": row["bill_date"],
        "service": row["service"],
        "service_key": row["service_key"],
        "charge_code": row["charge_code"],
        "description": row["description"],
        "class": row["class"],
        "quantity": _quantity(row["quantity_micros"]),
        "rate": _money(row["rate_micros"]),
        "amount": money_text(amount),
        "counted": None if counts == amount else money_text(counts),
        "claimed": None if claim == amount else money_text(claim),
        "from": row["from_date"],
        "thru": row["thru_date"],
        "source": _source(row, raw),
    }


def _payment(row: sqlite3.Row, raw: Mapping[tuple[int, int], RawRecord]) -> dict[str, Any]:
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
        "source": _source(row, raw),
    }


def _money(micros: int | None) -> str | None:
    return None if micros is None else money_text(micros)


def _quantity(micros: int | None) -> str | None:
    """A quantity as a plain decimal: "2", "0.5"."""
    if micros is None:
        return None
    text = money_text(micros)
    return text.rstrip("0").rstrip(".")


def _source(row: sqlite3.Row, raw: Mapping[tuple[int, int], RawRecord]) -> dict[str, Any]:
    record = raw[row["import_id"], row["record"]]
    return {
        "file": PureWindowsPath(record.file).name,  # knows both kinds of separators
        "sha256": record.sha256,
        "sheet": record.sheet,
        "row": record.row,
        "raw": list(record.cells),
    }
