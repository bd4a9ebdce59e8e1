"""The ledger of claims: which finding owns each micro of each charge, and what was credited.

Source: the contract, section 6 (grain, credits, precedence); the order of rules is that of
reference B0: integrity, duplicate, after-disconnect, closed site, unknown service, rate, tax.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telecom_audit.audit.rule import Confidence, Facts, Rule

CONFIDENCES: tuple[Confidence, ...] = ("proven", "check", "lead")


@dataclass(frozen=True)
class Line:
    """A bill line that a rule names; texts as billed, amounts in micros, months as numbers."""

    charge_id: int
    bill_id: int
    account_id: int
    vendor_id: int
    service_id: int | None
    vendor: str
    account: str
    invoice: str
    bill_date: str
    service: str
    service_key: str
    charge_code: str
    description: str
    site: str
    kind: str
    amount_micros: int
    bill_day: int
    counts_month: int
    period_months: int | None
    period_days: int | None
    from_day: int | None


@dataclass(frozen=True)
class Bill:
    """An invoice with its total: the one it states, else the sum of its lines."""

    bill_id: int
    account_id: int
    vendor_id: int
    vendor: str
    account: str
    invoice: str
    bill_date: str
    bill_day: int
    counts_month: int
    total_micros: int


@dataclass(frozen=True)
class Flag:
    """One row that a rule returned: what it claims, on which line (None: on the bill itself)."""

    line: Line | None
    bill: Bill
    claimed_micros: int
    confidence: Confidence
    facts: Facts

    @property
    def day(self) -> int:
        """The bill's date."""
        return self.bill.bill_day

    @property
    def offset_micros(self) -> int:
        """What lower lines of that service and invoice took off within the rule."""
        value = self.facts.get("offset_micros")
        return value if isinstance(value, int) else 0

    @property
    def credit_id(self) -> int | None:
        """The line that takes this claim back within the rule."""
        value = self.facts.get("credit_id")
        return value if isinstance(value, int) else None


@dataclass(frozen=True)
class Draft:
    """What one finding wants to claim, before precedence."""

    rule: Rule
    key: str
    confidence: Confidence
    flags: tuple[Flag, ...]

    @property
    def first_day(self) -> int:
        """The date of its first bill."""
        return self.flags[0].day

    @property
    def precedence(self) -> tuple[int, int, int, str]:
        """What sorts the drafts: confidence, order of the rule, date, key."""
        return (
            CONFIDENCES.index(self.confidence),
            self.rule.order,
            self.first_day,
            self.key,
        )


@dataclass(frozen=True)
class Claim:
    """What a finding got of a flag; `micros` is below zero for a standing discount."""

    flag: Flag
    micros: int


def drafts(rule: Rule, flags: Iterable[Flag], overfull_bills: frozenset[int]) -> list[Draft]:
    """One draft a grain of the rule.

    Args:
        rule: who flags.
        flags: its rows.
        overfull_bills: bills whose lines come to more than their total: whatever another rule
            finds there is one to check.
    """
    grouped: dict[str, list[Flag]] = {}
    for flag in flags:
        grouped.setdefault(finding_key(rule, flag), []).append(flag)
    found = []
    for key, group in grouped.items():
        kept = tuple(sorted(_without_reversals(group), key=_place))
        if kept:
            found.append(Draft(rule, key, _confidence(rule, kept, overfull_bills), kept))
    return found


def finding_key(rule: Rule, flag: Flag) -> str:
    """What a finding is about, as a JSON list: the same from audit to audit."""
    parts = [rule.key, flag.bill.vendor.casefold(), flag.bill.account]
    if rule.grain == "invoice":
        return json.dumps([*parts, flag.bill.invoice, flag.bill.bill_date])
    if flag.line is None:
        raise ValueError(f"{rule.key} claims no line, so it needs the grain of an invoice")
    parts.append(flag.line.service_key)
    return json.dumps(parts if rule.grain == "service" else [*parts, flag.line.charge_code])


def _place(flag: Flag) -> tuple[int, int]:
    return (flag.day, flag.line.charge_id if flag.line else 0)


def _without_reversals(flags: list[Flag]) -> list[Flag]:
    """Leave out negative lines of a code that is claimed too: those are credits against it."""
    codes = {flag.line.charge_code for flag in flags if flag.line and flag.claimed_micros > 0}
    return [
        flag
        for flag in flags
        if flag.line is None or flag.claimed_micros > 0 or flag.line.charge_code not in codes
    ]


def _confidence(rule: Rule, flags: Iterable[Flag], overfull_bills: frozenset[int]) -> Confidence:
    """A finding is as sure as the least sure of its rows."""
    found = [flag.confidence for flag in flags]
    if rule.order > 0 and any(flag.bill.bill_id in overfull_bills for flag in flags):
        found.append("check")
    return max(found, key=CONFIDENCES.index)


class Ledger:
    """Who owns what of each charge; claims are entered in order of precedence."""

    def __init__(self) -> None:
        self._left: dict[int, int] = {}
        self._owners: dict[int, list[str]] = {}
        self._also: dict[str, set[str]] = {}

    def enter(self, draft: Draft, extra: Mapping[int, int]) -> list[Claim]:
        """What the draft gets.

        Args:
            draft: the next one in order of precedence.
            extra: per charge what the rule took off and the ledger gives back.
        """
        claims = []
        for flag in draft.flags:
            if flag.line is None:
                claims.append(Claim(flag, flag.claimed_micros))
                continue
            wanted = flag.claimed_micros + extra.get(flag.line.charge_id, 0)
            left = self._left.get(flag.line.charge_id, flag.line.amount_micros)
            got = min(wanted, left) if wanted > 0 else max(wanted, left)
            if abs(got) < abs(wanted):
                for owner in self._owners.get(flag.line.charge_id, []):
                    self._also.setdefault(owner, set()).add(draft.rule.key)
            if got:
                self._left[flag.line.charge_id] = left - got
                self._owners.setdefault(flag.line.charge_id, []).append(draft.key)
                claims.append(Claim(flag, got))
        return claims

    def also_flagged_by(self, key: str) -> tuple[str, ...]:
        """The rules that wanted what the finding owns."""
        return tuple(sorted(self._also.get(key, ())))


def without_old(flags: Iterable[Flag], first_day: int) -> list[Flag]:
    """Only the flags on bills dated from a day on."""
    return [flag for flag in flags if flag.day >= first_day]
