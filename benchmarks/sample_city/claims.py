"""What a planted error must be worth, in the words of the contract, section 6."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.sample_city.model import MONTHS, Account, Book, Finding, Line
from benchmarks.sample_city.presence import AFTER_DISCONNECT, Planted

LAST = MONTHS - 1
"""The last month of every account that has not ended; an ended one claims nothing in it."""


@dataclass(frozen=True)
class Error:
    """The question that a planted error answers, and where it stands."""

    rule: str
    confidence: str
    account: Account
    service: str
    charge_code: str
    note: str


def finding(error: Error, amounts: Sequence[tuple[int, int]], credited: int = 0) -> Finding:
    """The finding of an error that claims an amount in each of some months.

    The monthly figure is what is claimed in the last month; what can be recovered is the sum
    of the claims less what the carrier has given back.
    """
    months = [month for month, _ in amounts]
    return Finding(
        rule=error.rule,
        confidence=error.confidence,
        account=error.account,
        service=error.service,
        charge_code=error.charge_code,
        monthly=sum(cents for month, cents in amounts if month == LAST),
        recoverable=sum(cents for _, cents in amounts) - credited,
        first_month=min(months),
        last_month=max(months),
        charges=len(amounts),
        note=error.note,
    )


def recurring_lines(book: Book, planted: Planted) -> list[tuple[int, Line]]:
    """The recurring charges of a planted service in the months of its error."""
    service = planted.service
    return [
        (month, line)
        for month in planted.claimed
        for line in book[service.account.number, month]
        if line.service is service and line.kind == "MRC"
    ]


def credit_presence(book: Book, planted: Sequence[Planted]) -> list[Finding]:
    """Post the credits of planted services and tell what the audit must find of them.

    An error that was credited in full is no finding. Of rules of presence other than
    billed-after-disconnect nothing can be recovered, only stopped.
    """
    findings = []
    for one in planted:
        lines = recurring_lines(book, one)
        credited = sum(line.amount for _, line in lines[-one.credited :]) if one.credited else 0
        service = one.service
        if credited:
            text = "Credit, service disconnected"
            credit = Line("ADJCR", text, "CRD", -credited, service)
            book[service.account.number, one.credit_month].append(credit)
        if one.credited == len(lines):
            continue
        amounts = [(month, line.amount) for month, line in lines]
        error = Error(one.rule, one.confidence, service.account, service.key, "", one.note)
        made = finding(error, amounts, credited)
        past = made.recoverable if one.rule == AFTER_DISCONNECT else 0
        findings.append(replace(made, recoverable=past))
    return findings
