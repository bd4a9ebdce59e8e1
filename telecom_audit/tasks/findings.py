"""The findings of the newest audit: list, one with its evidence, its state, its claims."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from telecom_audit.audit.claims import CONFIDENCES
from telecom_audit.audit.findings import SET_ASIDE
from telecom_audit.audit.rule import all_rules, rule_of
from telecom_audit.errors import UsageError
from telecom_audit.money import money_text
from telecom_audit.months import month_text
from telecom_audit.store import audit_facts, findings
from telecom_audit.store.project import Project, now_text, user_name
from telecom_audit.store.raw_rows import raw_records
from telecom_audit.tasks.audit import rule_values, run_again
from telecom_audit.tasks.audit_parameters import AuditOrder
from telecom_audit.tasks.line_documents import RawRecords, line_document, source_document

STATES = (
    "detected",
    "review",
    "validated",
    "rejected",
    "muted",
    "in-progress",
    "implemented",
    "realized",
    "closed",
    "reopened",
)
UNDECIDED = frozenset({"detected", "review", "reopened"})
_CONFIRMED = frozenset(
    {"validated", "in-progress", "implemented", "realized", "closed", "reopened"}
)


def finding_list(
    project: Project, rules: Iterable[str] = (), status: str | None = None
) -> dict[str, Any]:
    """What `audit` and `findings` answer.

    Args:
        project: an open project.
        rules: only findings of these rules; none: all.
        status: only findings in this state.

    Raises:
        UsageError: an unknown rule or state.
    """
    wanted = {rule_of(key).key for key in rules}
    if status is not None:
        _check_state(status)
    with project.read() as connection:
        audit = findings.newest_audit(connection)
        rows = [
            _summary(row)
            for row in findings.results(connection)
            if (not wanted or row["rule"] in wanted) and status in (None, row["status"])
        ]
        totals = _totals(findings.results(connection), {row["id"] for row in rows})
    return {
        "as_of": (audit["as_of"] or None) if audit else None,
        "totals": totals,
        "findings": rows,
        "notes": json.loads(audit["answer"])["notes"] if audit else ["no audit has run yet"],
    }


def _totals(rows: Iterable[sqlite3.Row], chosen: set[int]) -> dict[str, dict[str, str]]:
    monthly = dict.fromkeys(CONFIDENCES, 0)
    recoverable = dict.fromkeys(CONFIDENCES, 0)
    for row in rows:
        if row["finding_id"] in chosen and row["status"] not in SET_ASIDE:
            monthly[row["confidence"]] += row["monthly_micros"]
            recoverable[row["confidence"]] += row["recoverable_micros"]
    return {
        confidence: {
            "monthly": money_text(monthly[confidence]),
            "annual": money_text(12 * monthly[confidence]),
            "recoverable": money_text(recoverable[confidence]),
        }
        for confidence in CONFIDENCES
    }


def _summary(row: sqlite3.Row) -> dict[str, Any]:
    """A finding as `findings --json` shows it."""
    return {
        "id": row["finding_id"],
        "rule": row["rule"],
        "confidence": row["confidence"],
        "class": row["class"],
        "vendor": row["vendor"],
        "account": row["account"],
        "service": row["service"],
        "site": row["site"],
        "charge_code": row["charge_code"],
        "invoice": row["invoice"],
        "monthly": money_text(row["monthly_micros"]),
        "annual": money_text(12 * row["monthly_micros"]),
        "recoverable": money_text(row["recoverable_micros"]),
        "recoverable_expired": money_text(row["recoverable_expired_micros"]),
        "recovered": money_text(row["recovered_micros"]),
        "first_month": _month(row["first_month"]),
        "last_month": _month(row["last_month"]),
        "charges": row["charges"],
        "status": row["status"],
        "also_flagged_by": json.loads(row["also_flagged_by"]),
        "follow_on": money_text(row["follow_on_micros"]),
        "message": row["message"],
    }


def _month(month: int | None) -> str | None:
    return None if month is None else month_text(month)


def finding(project: Project, finding_id: int) -> dict[str, Any]:
    """One finding with its claimed lines, its evidence and its history.

    Raises:
        UsageError: the newest audit has no such finding.
    """
    with project.read() as connection:
        row = _result(connection, finding_id)
        claims = findings.claims(connection, finding_id)
        beside = findings.evidence(connection, finding_id)
        raw = raw_records(
            connection,
            {
                (each["import_id"], each["record"])
                for each in (*claims, *beside)
                if each["record"] is not None
            },
        )
        history = [dict(each) for each in findings.history(connection, finding_id)]
    return {
        **_summary(row),
        "lines": [_line(each, raw) for each in claims if each["role"] == "claim"],
        "credits": [_line(each, raw) for each in claims if each["role"] == "credit"],
        "evidence": [
            *(
                {"kind": "line", **_line(each, raw)}
                for each in claims
                if each["role"] == "evidence"
            ),
            *({"kind": each["kind"], "source": source_document(each, raw)} for each in beside),
        ],
        "history": history,
    }


def _result(connection: sqlite3.Connection, finding_id: int) -> sqlite3.Row:
    for row in findings.results(connection):
        if row["finding_id"] == finding_id:
            return row
    raise UsageError(
        f"the newest audit has no finding {finding_id}", "See `telecom-audit findings PROJECT`."
    )


def _line(row: sqlite3.Row, raw: RawRecords) -> dict[str, Any]:
    return {
        **line_document(row),
        "claimed": money_text(row["claimed_micros"]),
        "arithmetic": row["note"],
        "source": source_document(row, raw),
    }


def set_status(project: Project, finding_id: int, status: str, note: str) -> None:
    """Append a state to a finding, as `add_state` does, in a transaction of its own.

    Raises:
        UsageError: an unknown state, or no such finding.
    """
    with project.write() as connection:
        add_state(project, connection, finding_id, (status, note))


def add_state(
    project: Project, connection: sqlite3.Connection, finding_id: int, state: tuple[str, str]
) -> tuple[str, str]:
    """Append a state and a note to a finding, inside `write`; the answer is what held before.

    All claims are resolved anew when the finding is set aside (rejected or muted) or taken back
    from there: only then do its charges change hands.

    Raises:
        UsageError: an unknown state, or no such finding.
    """
    status, note = state
    _check_state(status)
    _result(connection, finding_id)
    before = findings.status_of(connection, finding_id)
    findings.add_status(connection, finding_id, (now_text(), user_name(), status, note))
    if (before[0] in SET_ASIDE) != (status in SET_ASIDE):
        run_again(project, connection)
    project.log("finding", {"id": finding_id, "status": status, "note": note})
    return before


def _check_state(status: str) -> None:
    if status not in STATES:
        raise UsageError(f"there is no state {status}", f"The states are {', '.join(STATES)}.")


def rule_list() -> dict[str, Any]:
    """What `rules` answers: every rule in its order of precedence."""
    return {
        "rules": [
            {"key": rule.key, "question": rule.question, "confidence": rule.confidence}
            for rule in all_rules()
        ]
    }


def rule_page(key: str) -> dict[str, Any]:
    """One rule with its page, its parameters and its SELECT with the default values.

    Raises:
        UsageError: there is no such rule.
    """
    rule = rule_of(key)
    values: dict[str, int | str] = {"as_of_day": 1_000_000}
    for each in rule.settable:
        name = f"{each.name}_day" if each.kind == "date" else each.name
        values[name] = each.value(each.default or ("yes" if each.kind == "yes-no" else ""))
    return {
        "key": rule.key,
        "question": rule.question,
        "confidence": rule.confidence,
        "page": rule.page,
        "parameters": [
            {"name": each.name, "default": each.default, "meaning": each.meaning}
            for each in rule.settable
        ],
        "sql": rule.sql_with(values),
    }


def finding_sql(project: Project, finding_id: int) -> str:
    """The SELECT that found a finding with the values of the newest audit as literals.

    Raises:
        UsageError: no such finding.
    """
    with project.read() as connection:
        rule = rule_of(_result(connection, finding_id)["rule"])
        audit = findings.newest_audit(connection)
        settings = json.loads(audit["parameters"])["settings"] if audit else []
        order = AuditOrder(audit["as_of"] if audit else None, tuple(settings))
        values = rule_values(project, rule, order, audit_facts.latest_bill_day(connection))
    return rule.sql_with(values)


def finding_lines(connection: sqlite3.Connection, finding_id: int) -> dict[int, int]:
    """The claimed micros of each line of a finding, by charge id."""
    return findings.claimed_micros(connection, finding_id)


def claimed_parts(project: Project) -> dict[int, int]:
    """What the audit claims of each charge and a scenario must not save again.

    Findings that are proven, or check and confirmed in their state, and neither rejected nor
    muted (the contract, section 4, `less_audit`).
    """
    parts: dict[int, int] = {}
    for charge_id, micros, confidence, status in findings.claimed_by_state(project.connection):
        counts = confidence == "proven" or (confidence == "check" and status in _CONFIRMED)
        if counts and status not in SET_ASIDE:
            parts[charge_id] = parts.get(charge_id, 0) + micros
    return parts
