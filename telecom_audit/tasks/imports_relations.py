"""What a new invoice is to those that are stored: new, the same, a correction or the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from telecom_audit.errors import RefusedError
from telecom_audit.money import money_text
from telecom_audit.months import day_text
from telecom_audit.store import bills_in
from telecom_audit.store.bills_in import NewInvoice
from telecom_audit.tasks.imports_rows import have_same_quarantine

SAYINGS = ("reissue", "reused", "part")


@dataclass(frozen=True, slots=True)
class NewBill:
    """An invoice of the file with the sum of its charges, which are stored already."""

    invoice_id: int
    import_id: int
    account_id: int
    number: str
    bill_day: int
    due_day: int | None
    previous_balance_micros: int | None
    payments_micros: int | None
    total_micros: int | None
    amount_micros: int


@dataclass(frozen=True)
class Placing:
    """How contradictions are settled.

    Attributes:
        saying: what `--set invoice=` says of invoices whose number is stored with other content,
            one of SAYINGS; "" lets the contract decide.
        same_command: imports of files that came in one command with this one.
    """

    saying: str = ""
    same_command: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Placed:
    """What became of the invoices of a file."""

    warnings: tuple[str, ...]
    same_as: int | None
    supersedes: tuple[int, ...]
    completes: tuple[int, ...]


@dataclass
class _Findings:
    warnings: list[str] = field(default_factory=list)
    same: set[int] = field(default_factory=set)
    all_same: bool = True
    supersedes: set[int] = field(default_factory=set)
    completes: set[int] = field(default_factory=set)


def place_bills(
    connection: sqlite3.Connection,
    bills: Sequence[NewBill],
    placing: Placing,
    quarantined: Sequence[str],
) -> Placed:
    """Store the invoices of a file with their relations to earlier ones.

    Args:
        connection: inside the transaction that stored their charges.
        bills: the invoices of the file.
        placing: what the user says of contradictions.
        quarantined: the raw cells of the file's rows that were not accepted, as JSON.

    Raises:
        RefusedError: an invoice contradicts a stored one and nobody says what it is.
    """
    findings = _Findings(all_same=bool(bills))
    for bill in sorted(bills, key=lambda bill: (bill.bill_day, bill.invoice_id)):
        _place(connection, bill, placing, findings)
    same_as = None
    if findings.all_same and have_same_quarantine(connection, findings.same, quarantined):
        same_as = max(findings.same)
    return Placed(
        tuple(findings.warnings),
        same_as,
        tuple(sorted(findings.supersedes)),
        tuple(sorted(findings.completes)),
    )


def _place(
    connection: sqlite3.Connection, bill: NewBill, placing: Placing, findings: _Findings
) -> None:
    earlier = bills_in.stored_invoices(connection, bill.account_id, bill.number)
    if not earlier:
        findings.all_same = False
        _store(connection, bill, bill.invoice_id)
        return
    same = _same(connection, bill, earlier)
    if same:
        findings.same |= {row["import_id"] for row in same}
        _supersede(connection, bill, _connected(connection, bill, earlier), findings)
        return
    findings.all_same = False
    earlier = _connected(connection, bill, earlier)
    contradiction = _contradiction(bill, earlier, placing)
    if contradiction and not placing.saying:
        raise _refusal(bill, contradiction)
    is_part = placing.saying == "part" if placing.saying else _reaches(connection, bill, earlier)
    if placing.saying == "reused":
        _store(connection, bill, bill.invoice_id)
    elif is_part:
        _complete(connection, bill, earlier, findings)
    else:
        _supersede(connection, bill, earlier, findings)


def _connected(
    connection: sqlite3.Connection, bill: NewBill, earlier: Sequence[sqlite3.Row]
) -> list[sqlite3.Row]:
    """The stored invoices that are the same bill as a new one.

    These are the ones of its date, else the newest, and all that are related to them; another
    invoice that reuses the number is left out.
    """
    dated = {row["invoice_id"] for row in earlier if row["bill_day"] == bill.bill_day}
    connected = dated or {earlier[-1]["invoice_id"]}
    pairs = bills_in.relations_among(connection, [row["invoice_id"] for row in earlier])
    for _ in earlier:
        for one, other in pairs:
            if one in connected or other in connected:
                connected |= {one, other}
    return [row for row in earlier if row["invoice_id"] in connected]


def _same(
    connection: sqlite3.Connection, bill: NewBill, earlier: Sequence[sqlite3.Row]
) -> list[sqlite3.Row]:
    """The stored invoices, one or a whole group, that have the content of a new one."""
    dated = [row for row in earlier if row["bill_day"] == bill.bill_day]
    groups: dict[int, list[sqlite3.Row]] = {}
    for row in dated:
        groups.setdefault(row["group_id"], []).append(row)
    for rows in [*([row] for row in dated), *(g for g in groups.values() if len(g) > 1)]:
        has_head = any(_same_head(row, bill) for row in rows)
        ids = [row["invoice_id"] for row in rows]
        if has_head and bills_in.have_equal_lines(connection, [bill.invoice_id], ids):
            return rows
    return []


def _same_head(row: sqlite3.Row, bill: NewBill) -> bool:
    return (
        row["due_day"],
        row["previous_balance_micros"],
        row["payments_micros"],
        row["total_micros"],
    ) == (bill.due_day, bill.previous_balance_micros, bill.payments_micros, bill.total_micros)


def _contradiction(bill: NewBill, earlier: Sequence[sqlite3.Row], placing: Placing) -> str:
    """Why an earlier invoice of the number and the new one cannot both stand, or ""."""
    if all(row["bill_day"] != bill.bill_day for row in earlier):
        return f"stands with another bill date, {earlier[-1]['bill_date']}, already"
    if any(row["import_id"] in placing.same_command for row in earlier):
        return "stands with other content in another file of this command"
    return ""


def _refusal(bill: NewBill, contradiction: str) -> RefusedError:
    return RefusedError(
        f"invoice {bill.number} of {day_text(bill.bill_day)} {contradiction}",
        "Say what it is: `--set invoice=reissue` (it replaces that one), `reused` (another "
        "invoice with the same number) or `part` (another part of the same invoice).",
    )


def _reaches(connection: sqlite3.Connection, bill: NewBill, earlier: Sequence[sqlite3.Row]) -> bool:
    if bill.total_micros is None or bill.amount_micros == bill.total_micros:
        return False
    standing = _standing(connection, earlier)
    stored = sum(bills_in.amount_of(connection, row["invoice_id"]) for row in standing)
    return stored + bill.amount_micros == bill.total_micros


def _standing(connection: sqlite3.Connection, earlier: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
    """Those of the stored invoices that no other stored one supersedes."""
    ids = [row["invoice_id"] for row in earlier]
    gone = bills_in.superseded_by(connection, ids)
    return [row for row in earlier if row["invoice_id"] not in gone]


def _supersede(
    connection: sqlite3.Connection,
    bill: NewBill,
    earlier: Sequence[sqlite3.Row],
    findings: _Findings,
) -> None:
    _store(connection, bill, bill.invoice_id)
    standing = _standing(connection, earlier)
    before = sum(bills_in.amount_of(connection, row["invoice_id"]) for row in standing)
    for row in earlier:
        bills_in.insert_relation(connection, bill.invoice_id, row["invoice_id"], "supersedes")
    findings.supersedes |= {row["import_id"] for row in standing}
    findings.warnings.append(
        f"invoice {bill.number} of {day_text(bill.bill_day)}: {money_text(bill.amount_micros)} "
        f"replaces {money_text(before)}"
    )


def _complete(
    connection: sqlite3.Connection,
    bill: NewBill,
    earlier: Sequence[sqlite3.Row],
    findings: _Findings,
) -> None:
    standing = _standing(connection, earlier)
    _store(connection, bill, standing[0]["group_id"])
    before = sum(bills_in.amount_of(connection, row["invoice_id"]) for row in standing)
    for row in standing:
        bills_in.insert_relation(connection, bill.invoice_id, row["invoice_id"], "completes")
    for row in earlier:
        if row not in standing:
            bills_in.insert_relation(connection, bill.invoice_id, row["invoice_id"], "supersedes")
    findings.completes |= {row["import_id"] for row in standing}
    findings.warnings.append(
        f"invoice {bill.number} of {day_text(bill.bill_day)}: {money_text(bill.amount_micros)} "
        f"is added to {money_text(before)}"
    )


def _store(connection: sqlite3.Connection, bill: NewBill, group_id: int) -> None:
    bills_in.insert_invoice(
        connection,
        NewInvoice(
            invoice_id=bill.invoice_id,
            import_id=bill.import_id,
            account_id=bill.account_id,
            number=bill.number,
            bill_day=bill.bill_day,
            due_day=bill.due_day,
            previous_balance_micros=bill.previous_balance_micros,
            payments_micros=bill.payments_micros,
            total_micros=bill.total_micros,
            group_id=group_id,
        ),
    )
