"""The stored findings: the newest audit's results, their claims, evidence and states."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

RESULT_COLUMNS = (
    "finding_id",
    "audit_id",
    "confidence",
    "class",
    "vendor",
    "account",
    "service",
    "site",
    "charge_code",
    "invoice",
    "monthly_micros",
    "recoverable_micros",
    "recoverable_expired_micros",
    "follow_on_micros",
    "recovered_micros",
    "first_month",
    "last_month",
    "charges",
    "also_flagged_by",
    "message",
)
_RESULTS = "finding_result", "claim", "finding_evidence"


def statuses(connection: sqlite3.Connection) -> dict[str, str]:
    """The state of every finding that an audit ever stored, by its key."""
    rows = connection.execute(
        """
        SELECT finding.key, ifnull((
                   SELECT status FROM finding_status
                   WHERE finding_status.finding_id = finding.id ORDER BY seq DESC LIMIT 1
               ), 'detected') AS status
        FROM finding
        """
    )
    return {row["key"]: row["status"] for row in rows}


def add_audit(
    connection: sqlite3.Connection, at: str, as_of: str, parameters: str, answer: str
) -> int:
    """Store that an audit ran; the answer is its id."""
    cursor = connection.execute(
        "INSERT INTO audit (at, as_of, parameters, answer) VALUES (?, ?, ?, ?)",
        (at, as_of, parameters, answer),
    )
    return int(cursor.lastrowid or 0)


def clear_results(connection: sqlite3.Connection) -> None:
    """Make room for the results of a newer audit; findings and their states stay."""
    for table in _RESULTS:
        connection.execute(f"DELETE FROM {table}")


def finding_id(connection: sqlite3.Connection, rule: str, key: str, audit_id: int) -> int:
    """The id of a finding, a new one when no audit found it before."""
    row = connection.execute("SELECT id FROM finding WHERE key = ?", (key,)).fetchone()
    if row:
        return int(row["id"])
    cursor = connection.execute(
        "INSERT INTO finding (rule, key, first_audit_id) VALUES (?, ?, ?)", (rule, key, audit_id)
    )
    return int(cursor.lastrowid or 0)


def add_result(connection: sqlite3.Connection, values: Mapping[str, object]) -> None:
    """Store one result; the names are RESULT_COLUMNS."""
    names = ", ".join(RESULT_COLUMNS)
    marks = ", ".join(f":{name}" for name in RESULT_COLUMNS)
    connection.execute(f"INSERT INTO finding_result ({names}) VALUES ({marks})", dict(values))


def add_claims(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, int, str, int, str]]
) -> None:
    """Store claims: finding id, charge id, role, micros, note."""
    connection.executemany(
        "INSERT INTO claim (finding_id, charge_id, role, amount_micros, note)"
        " VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def add_evidence(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, int, str, int, str]]
) -> None:
    """Store evidence that is no bill line: finding id, position, kind, row id, note."""
    connection.executemany(
        "INSERT INTO finding_evidence (finding_id, position, kind, row_id, note)"
        " VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def newest_audit(connection: sqlite3.Connection) -> sqlite3.Row | None:
    """The newest audit: id, at, as_of, parameters; None before the first."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT id, at, as_of, parameters, answer FROM audit ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return row


def audit_count(connection: sqlite3.Connection) -> int:
    """How many audits ran."""
    return int(connection.execute("SELECT count(*) FROM audit").fetchone()[0])


def results(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """The findings of the newest audit in the order of their ids, each with its state."""
    return connection.execute(
        "SELECT finding_id, rule, confidence, class, vendor, account, service, site, charge_code,"
        " invoice, monthly_micros, recoverable_micros, recoverable_expired_micros,"
        " follow_on_micros, recovered_micros, first_month, last_month, charges, status,"
        " also_flagged_by, message FROM findings ORDER BY finding_id"
    ).fetchall()


def add_status(connection: sqlite3.Connection, finding: int, values: Sequence[str]) -> None:
    """Append a state: moment, user, state, note."""
    connection.execute(
        "INSERT INTO finding_status (finding_id, at, user, status, note) VALUES (?, ?, ?, ?, ?)",
        (finding, *values),
    )


def status_of(connection: sqlite3.Connection, finding: int) -> tuple[str, str]:
    """The state of a finding and the note beside it; "detected" before anybody set one."""
    row = connection.execute(
        "SELECT status, note FROM finding_status WHERE finding_id = ? ORDER BY seq DESC LIMIT 1",
        (finding,),
    ).fetchone()
    return (row["status"], row["note"]) if row else ("detected", "")


def found_first_by_newest(connection: sqlite3.Connection) -> set[int]:
    """The findings that the newest audit was the first to find; none after a first audit."""
    rows = connection.execute(
        """
        SELECT finding.id
        FROM finding
        JOIN finding_result ON finding_result.finding_id = finding.id
        WHERE finding.first_audit_id = (SELECT max(id) FROM audit)
          AND finding.first_audit_id > (SELECT min(id) FROM audit)
        """
    )
    return {row["id"] for row in rows}


def history(connection: sqlite3.Connection, finding: int) -> list[sqlite3.Row]:
    """The states of a finding, the oldest first."""
    return connection.execute(
        "SELECT at, user, status, note FROM finding_status WHERE finding_id = ? ORDER BY seq",
        (finding,),
    ).fetchall()


def claims(connection: sqlite3.Connection, finding: int) -> list[sqlite3.Row]:
    """The lines of a finding with role, claimed micros and note, by date."""
    return connection.execute(
        """
        SELECT claim.role, claim.amount_micros AS claimed_micros, claim.note,
               charges.charge_id, charges.import_id, charges.record, charges.vendor,
               charges.account, charges.invoice, charges.bill_date, charges.service,
               charges.charge_code, charges.description, charges.class, charges.quantity_micros,
               charges.rate_micros, charges.amount_micros, charges.from_date, charges.thru_date
        FROM claim
        JOIN charges ON charges.charge_id = claim.charge_id
        WHERE claim.finding_id = ?
        ORDER BY charges.bill_day, charges.charge_id
        """,
        (finding,),
    ).fetchall()


def claimed_micros(connection: sqlite3.Connection, finding: int) -> dict[int, int]:
    """The claimed part of each line of a finding, by charge id in the order of ids."""
    rows = connection.execute(
        "SELECT charge_id, amount_micros FROM claim WHERE finding_id = ? AND role = 'claim'"
        " ORDER BY charge_id",
        (finding,),
    )
    return {row["charge_id"]: row["amount_micros"] for row in rows}


def claimed_by_state(
    connection: sqlite3.Connection,
) -> list[tuple[int, int, str, str]]:
    """Charge id, claimed micros, confidence and state of every standing claim on a line."""
    rows = connection.execute(
        """
        SELECT claim.charge_id, claim.amount_micros, findings.confidence, findings.status
        FROM claim
        JOIN findings ON findings.finding_id = claim.finding_id
        WHERE claim.role = 'claim'
        ORDER BY claim.charge_id
        """
    )
    return [tuple(row) for row in rows]


def evidence(connection: sqlite3.Connection, finding: int) -> list[sqlite3.Row]:
    """The rows beside a finding that are no bill lines: kind, import, record and a description."""
    return connection.execute(
        """
        SELECT finding_evidence.kind, finding_evidence.note,
               coalesce(inventory_row.import_id, contract_row.import_id, site_row.import_id,
                        payment.import_id, invoice.import_id) AS import_id,
               coalesce(inventory_row.record, contract_row.record, site_row.record,
                        payment.record, (SELECT min(record) FROM charge
                                         WHERE charge.invoice_id = invoice.id)) AS record
        FROM finding_evidence
        LEFT JOIN inventory_row ON finding_evidence.kind = 'inventory'
              AND inventory_row.id = finding_evidence.row_id
        LEFT JOIN contract_row ON finding_evidence.kind = 'contract'
              AND contract_row.id = finding_evidence.row_id
        LEFT JOIN site_row ON finding_evidence.kind = 'site'
              AND site_row.id = finding_evidence.row_id
        LEFT JOIN payment ON finding_evidence.kind = 'payment'
              AND payment.id = finding_evidence.row_id
        LEFT JOIN invoice ON finding_evidence.kind = 'invoice'
              AND invoice.id = finding_evidence.row_id
        WHERE finding_evidence.finding_id = ?
        ORDER BY finding_evidence.position
        """,
        (finding,),
    ).fetchall()


def payments_of_invoice(connection: sqlite3.Connection, invoice_id: int) -> list[int]:
    """Ids of the payments that name an invoice, or are of its account from its date to due date."""
    rows = connection.execute(
        """
        SELECT payments.payment_id
        FROM invoices
        JOIN payments ON payments.vendor_id = invoices.vendor_id
         AND ((payments.invoice = invoices.invoice AND payments.account IN ('', invoices.account))
              OR (payments.invoice = '' AND payments.account = invoices.account
                  AND payments.payment_day BETWEEN invoices.bill_day AND invoices.due_day))
        WHERE invoices.invoice_id = ?
        ORDER BY payments.payment_day, payments.payment_id
        """,
        (invoice_id,),
    )
    return [row["payment_id"] for row in rows]


def captions_of_files(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """The captions of each imported file's columns, by the file's digest and sheet."""
    rows = connection.execute("SELECT sha256, sheet, header FROM import_file ORDER BY id")
    return {(row["sha256"], row["sheet"]): tuple(json.loads(row["header"])) for row in rows}
