"""Writing bills, and comparing a new invoice with those that are stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from telecom_audit.counting import DatedInvoice
from telecom_audit.store import tables
from telecom_audit.store.dimensions import optional_day_text

_INSERT_CHARGE = (
    "INSERT INTO charge (id, invoice_id, service_id, spelling_id, item_id, period_id, "
    "quantity_micros, rate_micros, amount_micros, record) VALUES "
)
_CHARGE_INDICES = [s for s in tables.BILL_TABLES if s.startswith("CREATE INDEX charge_by_")]
_CHARGE_COLUMNS = 10
_CHARGE_MARKS = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_AT_ONCE = 10


@dataclass(frozen=True)
class NewInvoice:
    """An invoice that is about to be stored; money in micros."""

    invoice_id: int
    import_id: int
    account_id: int
    number: str
    bill_day: int
    due_day: int | None
    previous_balance_micros: int | None
    payments_micros: int | None
    total_micros: int | None
    group_id: int


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """The id that the next row of a table gets: "invoice" or "charge"."""
    found = connection.execute(f"SELECT ifnull(max(id), 0) + 1 FROM {table}").fetchone()
    return int(found[0])


def leave_indices_for_later(connection: sqlite3.Connection) -> bool:
    """Drop the indices of an empty table of charges: to sort them once at the end is faster.

    The answer tells whether `make_indices` has to follow in the same transaction.
    """
    if connection.execute("SELECT 1 FROM charge LIMIT 1").fetchone() is not None:
        return False
    for statement in _CHARGE_INDICES:
        connection.execute(f"DROP INDEX {statement.split()[2]}")
    return True


def make_indices(connection: sqlite3.Connection) -> None:
    """Make the indices of the charges that `leave_indices_for_later` dropped."""
    for statement in _CHARGE_INDICES:
        connection.execute(statement)


def insert_charges(connection: sqlite3.Connection, rows: Sequence[Sequence[int | None]]) -> None:
    """Store charges: id, invoice, service, spelling, item, period, quantity, rate, amount, record.

    They may point to invoices that are stored later in the same transaction (see
    `imports.rows_in_any_order`). Several rows a statement take a quarter less time than one.
    """
    whole = len(rows) - len(rows) % _AT_ONCE
    values = list(chain.from_iterable(rows[:whole]))
    width = _AT_ONCE * _CHARGE_COLUMNS
    connection.executemany(
        _INSERT_CHARGE + ", ".join([_CHARGE_MARKS] * _AT_ONCE),
        [values[start : start + width] for start in range(0, len(values), width)],
    )
    connection.executemany(_INSERT_CHARGE + _CHARGE_MARKS, rows[whole:])


def insert_invoice(connection: sqlite3.Connection, invoice: NewInvoice) -> None:
    """Store an invoice."""
    connection.execute(
        "INSERT INTO invoice (id, import_id, account_id, number, bill_date, bill_day, due_date, "
        "due_day, previous_balance_micros, payments_micros, total_micros, group_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            invoice.invoice_id, invoice.import_id, invoice.account_id, invoice.number,
            optional_day_text(invoice.bill_day), invoice.bill_day,
            optional_day_text(invoice.due_day), invoice.due_day,
            invoice.previous_balance_micros, invoice.payments_micros, invoice.total_micros,
            invoice.group_id,
        ),
    )  # fmt: skip


def insert_relation(
    connection: sqlite3.Connection, later_id: int, earlier_id: int, kind: str
) -> None:
    """Store that an invoice supersedes or completes an earlier one."""
    connection.execute(
        "INSERT INTO invoice_relation (later_id, earlier_id, kind) VALUES (?, ?, ?)",
        (later_id, earlier_id, kind),
    )


def stored_invoices(
    connection: sqlite3.Connection, account_id: int, number: str
) -> list[sqlite3.Row]:
    """The invoices of an account with a number that no retirement took back, oldest first."""
    return connection.execute(
        "SELECT invoice.id AS invoice_id, invoice.import_id, invoice.bill_date, invoice.bill_day, "
        "invoice.due_day, invoice.previous_balance_micros, invoice.payments_micros, "
        "invoice.total_micros, invoice.group_id "
        "FROM invoice LEFT JOIN retirement ON retirement.import_id = invoice.import_id "
        "WHERE invoice.account_id = ? AND invoice.number = ? AND retirement.import_id IS NULL "
        "ORDER BY invoice.id",
        (account_id, number),
    ).fetchall()


def superseded_by(connection: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """Those of some invoices that another of them supersedes."""
    found = set()
    for later in ids:
        rows = connection.execute(
            "SELECT earlier_id FROM invoice_relation WHERE later_id = ? AND kind = 'supersedes'",
            (later,),
        )
        found |= {row["earlier_id"] for row in rows}
    return found.intersection(ids)


def relations_among(connection: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs (later, earlier) that are related, both among some invoices."""
    found: list[tuple[int, int]] = []
    for later in ids:
        rows = connection.execute(
            "SELECT earlier_id FROM invoice_relation WHERE later_id = ?", (later,)
        )
        found += [(later, row["earlier_id"]) for row in rows if row["earlier_id"] in ids]
    return found


def amount_of(connection: sqlite3.Connection, invoice_id: int) -> int:
    """The sum of an invoice's charges in micros."""
    found = connection.execute(
        "SELECT amount_micros FROM charge WHERE invoice_id = ?", (invoice_id,)
    )
    return sum(row[0] for row in found)  # not in SQL, whose sums end at 2^63


def have_equal_lines(
    connection: sqlite3.Connection, one: Sequence[int], other: Sequence[int]
) -> bool:
    """Whether two sets of invoices have the same lines, counted, in all columns of a bill."""
    counts = []
    for ids in (one, other):
        marks = ",".join("?" * len(ids))
        found = connection.execute(
            f"SELECT count(*) FROM charge WHERE invoice_id IN ({marks})", ids
        ).fetchone()
        counts.append(found[0])
    if counts[0] != counts[1]:
        return False
    query = " EXCEPT ".join(
        "SELECT service_id, spelling_id, item_id, period_id, quantity_micros, rate_micros, "
        "amount_micros, count(*) FROM charge "
        f"WHERE invoice_id IN ({','.join('?' * len(ids))}) GROUP BY 1, 2, 3, 4, 5, 6, 7"
        for ids in (one, other)
    )
    differing = connection.execute(f"{query} LIMIT 1", [*one, *other]).fetchone()
    return differing is None


def counted_charges(connection: sqlite3.Connection, first_id: int) -> int:
    """How many charges are stored from an id on."""
    found = connection.execute("SELECT count(*) FROM charge WHERE id >= ?", (first_id,)).fetchone()
    return int(found[0])


def relations(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """All relations between invoices: later_id, earlier_id, kind."""
    return connection.execute(
        "SELECT later_id, earlier_id, kind FROM invoice_relation ORDER BY later_id, earlier_id"
    ).fetchall()


def retired_invoices(connection: sqlite3.Connection) -> set[int]:
    """The ids of the invoices whose import was taken back."""
    found = connection.execute(
        "SELECT invoice.id FROM invoice JOIN retirement ON retirement.import_id = invoice.import_id"
    )
    return {row[0] for row in found}


def dated_invoices(connection: sqlite3.Connection) -> list[tuple[DatedInvoice, int]]:
    """All invoices with their groups."""
    found = connection.execute("SELECT id, account_id, bill_day, group_id FROM invoice ORDER BY id")
    return [
        (DatedInvoice(row["id"], row["account_id"], row["bill_day"]), row["group_id"])
        for row in found
    ]


def replace_states(connection: sqlite3.Connection, states: Iterable[tuple[int, str, int]]) -> None:
    """Write the state of every invoice anew: invoice id, status, counts_month."""
    connection.execute("DELETE FROM invoice_state")
    connection.executemany(
        "INSERT INTO invoice_state (invoice_id, status, counts_month) VALUES (?, ?, ?)", states
    )
