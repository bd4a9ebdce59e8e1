"""From what the rules flagged to findings: claims resolved, credits set off, sums made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from telecom_audit.audit.claims import Bill, Claim, Draft, Flag, Ledger, drafts, without_old
from telecom_audit.audit.credits import Credits, Matched
from telecom_audit.audit.rule import Confidence, Facts, Rule, Value
from telecom_audit.audit.running import (
    BillSums,
    ClaimedTaxes,
    follow_on_micros,
    monthly_micros,
)
from telecom_audit.audit.scope import Scope
from telecom_audit.months import month_text
from telecom_audit.progress import SILENT, Progress

SET_ASIDE = frozenset({"rejected", "muted"})
_EVIDENCE_ROWS = (
    ("invoice", "evidence_invoice_id"),
    ("inventory", "inventory_id"),
    ("contract", "contract_id"),
    ("site", "site_id"),
)


@dataclass(frozen=True)
class Flagged:
    """A rule, the values it ran with, and its rows."""

    rule: Rule
    values: Mapping[str, Value]
    flags: Sequence[Flag]


@dataclass(frozen=True)
class Standing:
    """What the project knows besides the flags.

    Attributes:
        as_of_day: the day of the audit.
        statuses: state of each finding that an earlier audit found, by its key.
        last_month: the last month with MRC lines of each account that has not ended.
        bills: sums by bill and service of the bills with claims.
        scope: the contracts.
        sites: the inventory's site of a service by its id.
        as_of_month: the month of the audit's day.
    """

    as_of_day: int
    as_of_month: int
    statuses: Mapping[str, str]
    last_month: Mapping[int, int]
    bills: BillSums
    scope: Scope
    sites: Mapping[int, str]


@dataclass(frozen=True)
class ClaimedLine:
    """A line of a finding with its claimed part and how that was worked out."""

    charge_id: int
    micros: int
    note: str


@dataclass(frozen=True)
class Finding:
    """What an audit found; amounts in micros, months as numbers."""

    key: str
    rule: str
    is_of_invoice: bool
    confidence: Confidence
    savings_class: str
    bill: Bill
    service: str
    site: str
    charge_code: str
    monthly_micros: int
    recoverable_micros: int
    recoverable_expired_micros: int
    follow_on_micros: int
    recovered_micros: int
    first_month: int | None
    last_month: int | None
    also_flagged_by: tuple[str, ...]
    message: str
    lines: tuple[ClaimedLine, ...]
    credits: tuple[ClaimedLine, ...]
    evidence_lines: tuple[int, ...]
    evidence_rows: tuple[tuple[str, int], ...]


def resolved(
    flagged: Iterable[Flagged],
    credit_lines: Credits,
    standing: Standing,
    progress: Progress = SILENT,
) -> list[Finding]:
    """The findings of an audit, each micro of a charge in one of them (the contract, section 6).

    Raises:
        CancelledError: the person asked to stop.
    """
    waiting = _drafts(flagged, standing, progress)
    ledger = Ledger()
    taken = ClaimedTaxes()
    results: list[tuple[Draft, Matched]] = []
    for draft in progress.each(sorted(waiting, key=lambda draft: draft.precedence)):
        claims: list[Claim] = []
        if standing.statuses.get(draft.key) not in SET_ASIDE:
            extra = {
                flag.line.charge_id: credit_lines.give_back(flag)
                for flag in draft.flags
                if flag.line
            }
            claims = ledger.enter(draft, extra)
        taken.add(claims)
        matched = credit_lines.match(draft, claims)
        if _is_finding(draft, matched, standing):
            results.append((draft, matched))
    return [
        _finding(draft, matched, standing, (ledger, taken))
        for draft, matched in progress.each(results)
    ]


def _drafts(flagged: Iterable[Flagged], standing: Standing, progress: Progress) -> list[Draft]:
    ordered = sorted(flagged, key=lambda each: each.rule.order)
    overfull: frozenset[int] = frozenset()
    found: list[Draft] = []
    for each in ordered:
        days = each.values.get("look_back_days", 0)
        first = standing.as_of_day - days if isinstance(days, int) and days else -1_000_000
        flags = without_old(progress.each(each.flags), first)
        found += drafts(each.rule, progress.each(flags), overfull)
        if each.rule.order == 0:
            overfull |= {flag.bill.bill_id for flag in each.flags if flag.claimed_micros == 0}
    return found


def _is_finding(draft: Draft, matched: Matched, standing: Standing) -> bool:
    """Whether anything is left; what an earlier audit found stays, credited or set aside."""
    status = standing.statuses.get(draft.key)
    newest = draft.flags[-1]
    claims_nothing = newest.line is None and newest.claimed_micros == 0
    if status in SET_ASIDE or claims_nothing:
        return True
    if not matched.claims:
        return False
    return status is not None or matched.total > 0


def _finding(
    draft: Draft, matched: Matched, standing: Standing, kept: tuple[Ledger, ClaimedTaxes]
) -> Finding:
    ledger, taken = kept
    claims = matched.claims
    newest = (claims[-1].flag if claims else None) or draft.flags[-1]
    months = [claim.flag.bill.counts_month for claim in claims]
    first, last = (min(months), max(months)) if months else (None, None)
    line = newest.line
    monthly = _monthly(matched, newest.bill, standing)
    open_micros = 0 if draft.rule.present_only else max(0, matched.total)
    by_code = draft.rule.grain == "charge-code"
    return Finding(
        key=draft.key,
        rule=draft.rule.key,
        is_of_invoice=draft.rule.grain == "invoice",
        confidence=draft.confidence,
        savings_class="hard" if draft.rule.present_only or monthly > 0 else "recovery",
        bill=newest.bill,
        service=_service(newest, claims),
        site=_site(newest, standing),
        charge_code=line.charge_code if line and by_code else "",
        monthly_micros=monthly,
        recoverable_micros=open_micros,
        recoverable_expired_micros=_expired(matched, standing) if open_micros else 0,
        follow_on_micros=follow_on_micros(claims, standing.bills, taken),
        recovered_micros=sum(matched.credits.values()),
        first_month=first,
        last_month=last,
        also_flagged_by=ledger.also_flagged_by(draft.key),
        message=draft.rule.sentence(_facts(newest, claims, draft)),
        lines=tuple(_claimed_lines(draft.rule, claims)),
        credits=tuple(
            ClaimedLine(charge_id, -micros, "credited")
            for charge_id, micros in matched.credits.items()
        ),
        evidence_lines=tuple(_distinct(claims or [], draft, "evidence_charge_id")),
        evidence_rows=tuple(
            (kind, row_id)
            for kind, name in _EVIDENCE_ROWS
            for row_id in _distinct(claims, draft, name)
        ),
    )


def _service(newest: Flag, claims: Iterable[Claim]) -> str:
    """The service of the newest claimed line; empty when the claim is on several of an invoice."""
    if newest.line is None:
        return ""
    keys = {claim.flag.line.service_key for claim in claims if claim.flag.line}
    return newest.line.service if len(keys) <= 1 else ""


def _site(flag: Flag, standing: Standing) -> str:
    """The inventory's site of the service, else that of its newest claimed line."""
    if flag.line is None:
        return ""
    return standing.sites.get(flag.line.service_id or 0, flag.line.site)


def _monthly(matched: Matched, bill: Bill, standing: Standing) -> int:
    month = standing.last_month.get(bill.account_id)
    if month is None or month < standing.as_of_month - 2 or matched.total <= 0:
        return 0
    return monthly_micros(matched.claims, month, standing.bills)


def _expired(matched: Matched, standing: Standing) -> int:
    if not standing.scope.has_windows:
        return 0
    return sum(
        micros
        for claim, micros in zip(matched.claims, matched.open, strict=True)
        if claim.flag.line and standing.scope.is_expired(claim.flag.line, standing.as_of_day)
    )


def _facts(newest: Flag, claims: Sequence[Claim], draft: Draft) -> Facts:
    """What the sentence may say: the newest row, its line and bill, and the sums."""
    line = newest.line
    months = [flag.bill.counts_month for flag in draft.flags]
    if claims:
        months = [claim.flag.bill.counts_month for claim in claims]
        claimed = sum(claim.micros for claim in claims)
    else:
        claimed = sum(flag.claimed_micros for flag in draft.flags)
    return {
        "charge_code": line.charge_code if line else "",
        "description": line.description if line else "",
        **newest.facts,
        "vendor": newest.bill.vendor,
        "account": newest.bill.account,
        "invoice": newest.bill.invoice,
        "service": _service(newest, claims),
        "claimed": claimed,
        "charges": len(claims),
        "first_month": month_text(min(months)),
        "last_month": month_text(max(months)),
    }


def _claimed_lines(rule: Rule, claims: Iterable[Claim]) -> Iterable[ClaimedLine]:
    for claim in claims:
        if claim.flag.line is not None:
            note = rule.arithmetic(claim.flag.facts)
            if claim.micros != claim.flag.claimed_micros:
                note += "; the rest is claimed by another finding"
            yield ClaimedLine(claim.flag.line.charge_id, claim.micros, note)


def _distinct(claims: Sequence[Claim], draft: Draft, name: str) -> list[int]:
    """The ids under a name in the rows of the claims (of the draft when it has none)."""
    flags = [claim.flag for claim in claims] or draft.flags
    values = (flag.facts.get(name) for flag in flags)
    return list(dict.fromkeys(value for value in values if isinstance(value, int)))
