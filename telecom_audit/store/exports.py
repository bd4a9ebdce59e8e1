"""The rows of the documented views that count, for export: one question a table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

_BATCH = 2_000


@dataclass(frozen=True)
class Table:
    """A table to export.

    Attributes:
        select: the question; its columns `import_id` and `record` name the source of a row.
        kind: of the files whose extra columns go with it; "" without.
        money: the columns that are micros.
    """

    select: str
    kind: str = ""
    money: frozenset[str] = frozenset()


CHARGES = Table(
    "SELECT charge_id, charges.vendor, charges.account, charges.invoice, charges.bill_date,"
    " invoice.due_date, invoice.previous_balance_micros AS previous_balance,"
    " invoice.payments_micros AS payments, invoice.total_micros AS invoice_total,"
    " service, service_key, service_type, charge_code, description, class,"
    " quantity_micros AS quantity, rate_micros AS rate, amount_micros AS amount,"
    ' from_date AS "from", thru_date AS thru, site, jurisdiction,'
    " counts_month, charges.import_id, charges.record"
    " FROM charges JOIN invoice ON invoice.id = charges.invoice_id"
    " WHERE status = 'current' ORDER BY charge_id",
    "bill",
    frozenset({"previous_balance", "payments", "invoice_total", "quantity", "rate", "amount"}),
)
INVOICES = Table(
    "SELECT invoice_id, vendor, account, invoice, bill_date, due_date,"
    " previous_balance_micros AS previous_balance, payments_micros AS payments,"
    " total_micros AS invoice_total,"
    " (SELECT sum(amount_micros) FROM charge WHERE charge.invoice_id = invoices.invoice_id)"
    " AS amount, counts_month, import_id,"
    " (SELECT min(record) FROM charge WHERE charge.invoice_id = invoices.invoice_id) AS record"
    " FROM invoices WHERE status = 'current' ORDER BY invoice_id",
    money=frozenset({"previous_balance", "payments", "invoice_total", "amount"}),
)
PAYMENTS = Table(
    "SELECT payment_id, vendor, vendor_as_paid, account, invoice, payment_date,"
    " amount_micros AS amount, reference, department, payer, approximate, import_id, record"
    " FROM payments ORDER BY payment_id",
    "payment",
    frozenset({"amount"}),
)
INVENTORY = Table(
    'SELECT inventory_id, service, service_key, service_type, status, site, department, "user",'
    " use, vendor, account, contract, system, channels, bandwidth_mbps,"
    " monthly_cost_micros AS monthly_cost, install_date, disconnect_date, disconnect_order,"
    " last_verified, import_id, record FROM inventory ORDER BY inventory_id",
    "inventory",
    frozenset({"monthly_cost"}),
)
CONTRACTS = Table(
    "SELECT contract_id, contract, vendor, charge_code, description, site, rate_micros AS rate,"
    " unit, effective_from, effective_to, auto_renew, notice_days, dispute_window_days,"
    " early_termination, annual_commitment_micros AS annual_commitment, shortfall_percent,"
    " import_id, record FROM contracts ORDER BY contract_id",
    "contract",
    frozenset({"rate", "annual_commitment"}),
)
CALLS = Table(
    "SELECT call_id, start || CASE WHEN start_micros % 1000000 = 0 THEN '' ELSE"
    " rtrim(printf('.%06d', (start_micros % 1000000 + 1000000) % 1000000), '0') END AS start,"
    " CASE WHEN duration_micros % 1000000 = 0 THEN duration_micros / 1000000"
    " ELSE rtrim(printf('%d.%06d', duration_micros / 1000000, duration_micros % 1000000), '0') END"
    ' AS duration_seconds, direction, from_number AS "from", to_number AS "to", answered,'
    " trunk_group, service, service_key, import_id, record FROM calls ORDER BY call_id",
    "call",
)
USAGE = Table(
    "SELECT usage_id, service, service_key, month, calls, minutes_micros AS minutes, messages,"
    " megabytes_micros AS megabytes, calls_in, calls_out, minutes_in_micros AS minutes_in,"
    " minutes_out_micros AS minutes_out, coverage, last_seen, import_id, record"
    " FROM usage ORDER BY usage_id",
    "usage",
    frozenset({"minutes", "megabytes", "minutes_in", "minutes_out"}),
)
PEOPLE = Table(
    "SELECT person_id, person, name, department, site, status, end_date, import_id, record"
    " FROM people ORDER BY person_id",
    "person",
)
FINDINGS = Table(
    "SELECT finding_id, rule, confidence, class, vendor, account, service, site, charge_code,"
    " invoice, monthly_micros AS monthly, 12 * monthly_micros AS annual,"
    " recoverable_micros AS recoverable, recoverable_expired_micros AS recoverable_expired,"
    " follow_on_micros AS follow_on, recovered_micros AS recovered, first_month, last_month,"
    " charges, status, also_flagged_by, message FROM findings ORDER BY finding_id",
    money=frozenset(
        {"monthly", "annual", "recoverable", "recoverable_expired", "follow_on", "recovered"}
    ),
)
EVIDENCE = Table(
    "SELECT finding_id, rule, role, claimed_micros AS claimed, charge_id, vendor, account,"
    " invoice, bill_date, service, charge_code, description, class, amount_micros AS amount,"
    " import_id, record FROM evidence ORDER BY finding_id, charge_id, role",
    money=frozenset({"claimed", "amount"}),
)

TABLES = {
    "charges": CHARGES,
    "invoices": INVOICES,
    "payments": PAYMENTS,
    "inventory": INVENTORY,
    "contracts": CONTRACTS,
    "calls": CALLS,
    "usage": USAGE,
    "people": PEOPLE,
    "findings": FINDINGS,
    "evidence": EVIDENCE,
}


def columns(connection: sqlite3.Connection, table: Table) -> tuple[str, ...]:
    """The names of a table's columns, in order."""
    cursor = connection.execute(f"SELECT * FROM ({table.select}) LIMIT 0")
    return tuple(column[0] for column in cursor.description)


def batches(connection: sqlite3.Connection, table: Table) -> Iterator[list[sqlite3.Row]]:
    """The rows of a table in blocks, so that memory does not grow with it."""
    cursor = connection.execute(table.select)
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def extra_columns(connection: sqlite3.Connection, kind: str) -> dict[int, dict[int, str]]:
    """For each import of a kind that was not taken back: position -> caption of extra columns."""
    rows = connection.execute(
        "SELECT import_file.id, import_file.header, import_file.columns FROM import_file"
        " LEFT JOIN retirement ON retirement.import_id = import_file.id"
        " WHERE import_file.kind = ? AND retirement.import_id IS NULL ORDER BY import_file.id",
        (kind,),
    )
    return {row["id"]: _extras(row["header"], row["columns"]) for row in rows}


def _extras(header: str, known: str) -> dict[int, str]:
    taken = set(json.loads(known).values())
    captions: list[str] = json.loads(header)
    return {place: text for place, text in enumerate(captions) if place not in taken}
