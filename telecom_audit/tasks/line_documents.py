"""A bill line and the source of a row, as `finding`, `lines` and their pages answer them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from telecom_audit.money import money_text
from telecom_audit.store.browse import file_name
from telecom_audit.store.raw_rows import RawRecord

RawRecords = Mapping[tuple[int, int], RawRecord]  # by import id and record


def line_document(row: sqlite3.Row) -> dict[str, Any]:
    """What every answer says of a bill line (the contract, section 2): some columns of `charges`.

    The amount is a decimal text; the source is for the caller to add.
    """
    return {
        "charge_id": row["charge_id"],
        "vendor": row["vendor"],
        "account": row["account"],
        "invoice": row["invoice"],
        "bill_date": row["bill_date"],
        "service": row["service"],
        "charge_code": row["charge_code"],
        "description": row["description"],
        "class": row["class"],
        "amount": money_text(row["amount_micros"]),
        "from": row["from_date"],
        "thru": row["thru_date"],
    }


def source_document(row: sqlite3.Row, raw: RawRecords) -> dict[str, Any] | None:
    """The file, sheet, physical row and cells of a row; None when no record brought it.

    Args:
        row: its import_id and record.
        raw: the raw records of the answer.
    """
    record = raw.get((row["import_id"], row["record"]))
    if record is None:
        return None
    return {
        "file": file_name(record.file),
        "sha256": record.sha256,
        "sheet": record.sheet,
        "row": record.row,
        "raw": list(record.cells),
    }
