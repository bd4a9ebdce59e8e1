"""Run every rule, resolve the claims, and store the findings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from telecom_audit.audit.claims import Bill, Flag, Line
from telecom_audit.audit.credits import Credits
from telecom_audit.audit.findings import Finding, Flagged, Standing, resolved
from telecom_audit.audit.rule import Rule, Value, all_rules
from telecom_audit.audit.running import OnBill
from telecom_audit.audit.scope import ContractRow, Placed, Scope
from telecom_audit.memory import cycles_unsought
from telecom_audit.months import day_text, month_of_day
from telecom_audit.progress import SILENT, Progress, Step
from telecom_audit.store import audit_facts, findings
from telecom_audit.store.interruption import interruptible
from telecom_audit.store.project import Project, now_text
from telecom_audit.tasks.audit_accounts import last_months
from telecom_audit.tasks.audit_parameters import (
    AuditOrder,
    as_of_day,
    bound,
    given,
    values_of,
)

NOT_IN_INVENTORY = "billed-not-in-inventory"


@dataclass(frozen=True)
class _Asked:
    """A rule's rows as the store returns them."""

    rule: Rule
    values: dict[str, Value]
    rows: Sequence[sqlite3.Row]


def run_audit(project: Project, order: AuditOrder, progress: Progress = SILENT) -> None:
    """Run all rules as of a day and store what they find in place of the last audit's results.

    Raises:
        UsageError: a date, key, parameter or value is not one.
        CancelledError: the person asked to stop; the last audit's results stay.
    """
    texts = given(order.settings)
    stoppable = interruptible(project.connection, progress)
    with cycles_unsought(), stoppable, project.write() as connection:
        day = as_of_day(order, audit_facts.latest_bill_day(connection))
        parameters = {"as_of": order.as_of, "settings": list(order.settings)}
        found = _found(project, connection, _Asking(texts, day, progress))
        notes = _notes(connection, day)
        audit_id = findings.add_audit(
            connection,
            now_text(),
            "" if day is None else day_text(day),
            json.dumps(parameters),
            json.dumps({"notes": notes}),
        )
        _store(connection, audit_id, progress.each(found))
        project.log("audit", {**parameters, "findings": len(found)})


def run_again(project: Project, connection: sqlite3.Connection) -> None:
    """Resolve the claims anew under the newest audit's day and parameters, inside `write`."""
    audit = findings.newest_audit(connection)
    if audit is None:
        return
    parameters = json.loads(audit["parameters"])
    order = AuditOrder(audit["as_of"] or None, tuple(parameters["settings"]))
    day = as_of_day(order, None)
    found = _found(project, connection, _Asking(given(order.settings), day, SILENT))
    _store(connection, audit["id"], found)


def rule_values(
    project: Project, rule: Rule, order: AuditOrder, latest: int | None
) -> dict[str, Value]:
    """What the names in a rule's SELECT stand for in this project under an order."""
    day = as_of_day(order, latest)
    texts = given(order.settings).get(rule.key, {})
    return bound(rule, values_of(rule, texts, project.settings, 0 if day is None else day))


@dataclass(frozen=True)
class _Asking:
    """Under what all rules are asked: settings by rule and name, the day, and who watches."""

    texts: dict[str, dict[str, str]]
    day: int | None
    progress: Progress


def _found(project: Project, connection: sqlite3.Connection, asking: _Asking) -> list[Finding]:
    day, progress, rules = asking.day, asking.progress, all_rules()
    if day is None:
        return []
    asked = []
    for place, rule in enumerate(rules):
        progress.at(Step(f"Audit: {rule.key}", place, len(rules) + 1, "rules"))
        values = values_of(rule, asking.texts.get(rule.key, {}), project.settings, day)
        rows = audit_facts.rule_rows(connection, rule.sql, bound(rule, values))
        asked.append(_Asked(rule, values, rows))
    progress.at(Step("Audit: claims", len(rules), len(rules) + 1, "rules"))
    rows = [row for each in asked for row in progress.each(each.rows)]
    bills = _bills(connection, (row["bill_id"] for row in progress.each(rows)))
    lines = _lines(connection, (row["charge_id"] for row in progress.each(rows)), progress)
    accounts = {bill.account_id for bill in bills.values()}
    flagged = [
        Flagged(each.rule, each.values, _flags(each, lines, bills, progress)) for each in asked
    ]
    negative = audit_facts.negative_lines(connection, accounts, day)
    totals = {bill.bill_id: bill.total_micros for bill in bills.values()}
    credit_lines = Credits(map(_line, progress.each(negative)), totals)
    standing = Standing(
        as_of_day=day,
        as_of_month=month_of_day(day),
        statuses=findings.statuses(connection),
        last_month=last_months(connection, accounts, day),
        bills=_bill_sums(connection, bills, progress),
        scope=_scope(connection, lines.values()),
        sites=_sites(connection, lines.values()),
    )
    return resolved(flagged, credit_lines, standing, progress)


def _flags(
    asked: _Asked, lines: dict[int, Line], bills: dict[int, Bill], progress: Progress
) -> list[Flag]:
    flags = []
    for row in progress.each(asked.rows):
        charge_id = row["charge_id"]
        line = None if charge_id is None else lines[charge_id]
        flags.append(
            Flag(line, bills[row["bill_id"]], row["claimed_micros"], row["confidence"], dict(row))
        )
    return flags


def _line(row: sqlite3.Row) -> Line:
    return Line(**{field.name: row[field.name] for field in fields(Line)})


def _lines(
    connection: sqlite3.Connection, ids: Iterable[int | None], progress: Progress
) -> dict[int, Line]:
    rows = audit_facts.charge_lines(connection, (each for each in ids if each is not None))
    return {row["charge_id"]: _line(row) for row in progress.each(rows)}


def _bills(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Bill]:
    return {
        row["bill_id"]: Bill(**{field.name: row[field.name] for field in fields(Bill)})
        for row in audit_facts.bills(connection, ids)
    }


def _bill_sums(
    connection: sqlite3.Connection, bill_ids: Iterable[int], progress: Progress
) -> dict[int, dict[int | None, OnBill]]:
    found: dict[int, dict[int | None, OnBill]] = {}
    for row in progress.each(audit_facts.bill_sums(connection, bill_ids)):
        found.setdefault(row["bill_id"], {})[row["service_id"]] = OnBill(
            row["service_key"],
            row["mrc_micros"],
            row["least_months"],
            row["most_months"],
            row["tax_micros"],
            bool(row["runs"]),
            bool(row["one_off"]),
        )
    return found


def _scope(connection: sqlite3.Connection, lines: Iterable[Line]) -> Scope:
    rows = [ContractRow(**dict(row)) for row in audit_facts.contract_rows(connection)]
    if all(row.dispute_window_days is None for row in rows):
        return Scope(rows, {})
    services = {line.service_id for line in lines if line.service_id is not None}
    placed = {
        row["service_id"]: Placed(row["contract"], row["site"], row["sole_code"])
        for row in audit_facts.placed_services(connection, services)
    }
    return Scope(rows, placed)


def _sites(connection: sqlite3.Connection, lines: Iterable[Line]) -> dict[int, str]:
    services = {line.service_id for line in lines if line.service_id is not None}
    return audit_facts.service_sites(connection, services)


def _notes(connection: sqlite3.Connection, day: int | None) -> list[str]:
    if day is None:
        return ["there are no bills to audit"]
    silent = [
        f"{NOT_IN_INVENTORY} is silent for {vendor}: the inventory has no row of it"
        for vendor in audit_facts.vendors_without_inventory(connection, day)
    ]
    unowned = [
        f"the inventory's row of {service} has no vendor and stands for none: "
        f"it is billed by {' and '.join(vendors)}"
        for service, vendors in audit_facts.rows_of_several_vendors(connection)
    ]
    return silent + unowned


def _store(connection: sqlite3.Connection, audit_id: int, found: Iterable[Finding]) -> None:
    findings.clear_results(connection)
    for finding in found:
        number = findings.finding_id(connection, finding.rule, finding.key, audit_id)
        findings.add_result(
            connection, {"finding_id": number, "audit_id": audit_id} | _row(finding)
        )
        findings.add_claims(connection, _claims(number, finding))
        rows = [*finding.evidence_rows, *_payments(connection, finding)]
        findings.add_evidence(
            connection,
            [(number, place, kind, row_id, "") for place, (kind, row_id) in enumerate(rows)],
        )


def _row(finding: Finding) -> dict[str, object]:
    return {
        "confidence": finding.confidence,
        "class": finding.savings_class,
        "vendor": finding.bill.vendor,
        "account": finding.bill.account,
        "service": finding.service,
        "site": finding.site,
        "charge_code": finding.charge_code,
        "invoice": finding.bill.invoice if finding.is_of_invoice else "",
        "monthly_micros": finding.monthly_micros,
        "recoverable_micros": finding.recoverable_micros,
        "recoverable_expired_micros": finding.recoverable_expired_micros,
        "follow_on_micros": finding.follow_on_micros,
        "recovered_micros": finding.recovered_micros,
        "first_month": finding.first_month,
        "last_month": finding.last_month,
        "charges": len(finding.lines),
        "also_flagged_by": json.dumps(finding.also_flagged_by),
        "message": finding.message,
    }


def _claims(number: int, finding: Finding) -> Iterable[tuple[int, int, str, int, str]]:
    for line in finding.lines:
        yield (number, line.charge_id, "claim", line.micros, line.note)
    for line in finding.credits:
        yield (number, line.charge_id, "credit", line.micros, line.note)
    for charge_id in finding.evidence_lines:
        yield (number, charge_id, "evidence", 0, "")


def _payments(connection: sqlite3.Connection, finding: Finding) -> list[tuple[str, int]]:
    if finding.rule != "late-payment-charge":
        return []
    return [
        ("payment", payment_id)
        for kind, invoice_id in finding.evidence_rows
        if kind == "invoice"
        for payment_id in findings.payments_of_invoice(connection, invoice_id)
    ]
