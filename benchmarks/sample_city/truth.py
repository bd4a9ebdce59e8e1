"""The truth file: what was planted, and control figures, in the generator's own arithmetic."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from benchmarks.sample_city.model import CITY, MONTHS, City, Finding, Line, dollars, month_text

CONFIDENCES = ("proven", "check", "lead")


def truth_text(city: City) -> str:
    """The truth as JSON."""
    truth = {
        "city": CITY,
        "synthetic": True,
        "as_of": max(invoice.billed for invoice in city.invoices).isoformat(),
        "findings": [_finding(one) for one in city.findings],
        "totals": {name: _totals(city, name) for name in CONFIDENCES},
        "headline": _headline(city),
        "controls": _controls(city),
    }
    return json.dumps(truth, indent=1, ensure_ascii=False) + "\n"


def _finding(one: Finding) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "rule": one.rule,
        "confidence": one.confidence,
        "vendor": one.account.vendor,
        "account": one.account.number,
        "service": one.service,
        "charge_code": one.charge_code,
        "invoice": one.invoice,
        "monthly": dollars(one.monthly),
        "recoverable": dollars(one.recoverable),
        "first_month": month_text(one.first_month),
        "last_month": month_text(one.last_month),
        "charges": one.charges,
        "note": one.note,
    }
    return {key: value for key, value in entry.items() if value != "" or key == "service"}


def _totals(city: City, confidence: str) -> dict[str, str]:
    """Sums by confidence; no two planted errors claim the same charge."""
    of = [one for one in city.findings if one.confidence == confidence]
    monthly = sum(one.monthly for one in of)
    return {
        "monthly": dollars(monthly),
        "annual": dollars(12 * monthly),
        "recoverable": dollars(sum(one.recoverable for one in of)),
    }


def _headline(city: City) -> dict[str, Any]:
    proven = _totals(city, "proven")
    return {
        "findings": len(city.findings),
        "by_rule": dict(sorted(Counter(one.rule for one in city.findings).items())),
        "by_confidence": dict(sorted(Counter(one.confidence for one in city.findings).items())),
        "clean_vendors": sorted(
            {one.account.vendor for one in city.invoices}
            - {one.account.vendor for one in city.findings}
        ),
        "proven_annual": proven["annual"],
        "proven_recoverable": proven["recoverable"],
    }


def _controls(city: City) -> dict[str, Any]:
    """Counts and sums of all that was written, to be met by what was imported."""
    billed: Counter[str] = Counter()
    for invoice in city.invoices:
        year = month_text(invoice.month)[:4]
        billed[f"{invoice.account.vendor} {year}"] += invoice.charges
    return {
        "services": len({(one.account.vendor, one.key) for one in city.services if one.listed}),
        "invoices": len(city.invoices),
        "rows": sum(len(invoice.lines) for invoice in city.invoices),
        "billed": {key: dollars(cents) for key, cents in sorted(billed.items())},
        "stated": dollars(sum(invoice.total for invoice in city.invoices)),
        "payments": len(city.payments),
        "paid": dollars(sum(one.amount for one in city.payments)),
        "actual": {month_text(month): dollars(cents) for month, cents in _actual(city)},
    }


def _actual(city: City) -> list[tuple[int, int]]:
    """What counts in each month: a bill in its month, quarterly lines in thirds."""
    sums: Counter[int] = Counter()
    for invoice in city.invoices:
        for line in invoice.lines:
            months = 3 if _by_quarter(line) else 1
            for step in range(months):
                sums[invoice.month + step] += line.amount // months
    return [(month, sums[month]) for month in range(MONTHS)]


def _by_quarter(line: Line) -> bool:
    return line.service is not None and line.service.code == "DFLEASE"
