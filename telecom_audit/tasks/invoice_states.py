"""Which invoices hold, and in which month each counts; derived anew after each change."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from telecom_audit.counting import DatedInvoice, counts_months
from telecom_audit.months import month_of_day
from telecom_audit.progress import SILENT, Progress
from telecom_audit.store import bills_in


def refresh(connection: sqlite3.Connection, progress: Progress = SILENT) -> None:
    """Rebuild the state of every invoice inside the transaction of an import or retirement.

    An invoice is retired with its import, and superseded while a later one that is not retired
    supersedes it. Invoices that are one bill count with the date of the earliest that holds; one
    that does not hold bears the month of its own date.

    Raises:
        CancelledError: the person asked to stop.
    """
    retired = bills_in.retired_invoices(connection)
    superseded = {
        row["earlier_id"]
        for row in bills_in.relations(connection)
        if row["kind"] == "supersedes" and row["later_id"] not in retired
    }
    invoices = bills_in.dated_invoices(connection)
    groups: dict[int, list[DatedInvoice]] = defaultdict(list)
    for invoice, group_id in progress.each(invoices):
        if invoice.invoice_id not in retired and invoice.invoice_id not in superseded:
            groups[group_id].append(invoice)
    months: dict[int, int] = {}
    heads = {
        min(group, key=lambda invoice: (invoice.bill_day, invoice.invoice_id)).invoice_id: group
        for group in groups.values()
    }
    dated = [invoice for invoice, _ in invoices if invoice.invoice_id in heads]
    for head, month in progress.each(counts_months(dated).items()):
        months |= {invoice.invoice_id: month for invoice in heads[head]}
    bills_in.replace_states(
        connection,
        [
            (
                invoice.invoice_id,
                _status(invoice.invoice_id, retired, superseded),
                months.get(invoice.invoice_id, month_of_day(invoice.bill_day)),
            )
            for invoice, _ in progress.each(invoices)
        ],
    )


def _status(invoice_id: int, retired: set[int], superseded: set[int]) -> str:
    if invoice_id in retired:
        return "retired"
    return "superseded" if invoice_id in superseded else "current"
