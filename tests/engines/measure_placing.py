"""Where each dollar of a bill counts: its month, its service and its part.

The first three paragraphs of the contract, section 7, written down one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.engines.measure_history import (
    ONE_OFF,
    RECURRING,
    TAXES,
    USAGE,
    Account,
    Invoice,
    Line,
    days_in,
    month_of,
    shares,
)


@dataclass(frozen=True)
class Part:
    """A sum that counts in one month.

    `kind` is recurring, tax, usage, one_off or unallocated; `service` is empty when it has none;
    `own` tells a line of the service itself from its part of a line of the account.
    """

    vendor: str
    account: str
    service: str
    kind: str
    month: int
    amount: int
    fraction: bool = False
    own: bool = True


def usual_days(invoices: Iterable[Invoice]) -> dict[Account, int]:
    """Of each account the day of most of its first six invoices, the later on ties."""
    days: dict[Account, list[int]] = defaultdict(list)
    for invoice in sorted(invoices, key=lambda one: one.bill_date):
        day = invoice.bill_date.day
        last = day == days_in(month_of(invoice.bill_date))
        days[invoice.of].append(31 if last else day)
    usual = {}
    for account, found in days.items():
        times = Counter(found[:6])
        usual[account] = max(times, key=lambda one: (times[one], one))
    return usual


def counting_month(invoice: Invoice, usual_day: int) -> int:
    """The month of the bill's date, or its neighbour by exception (1)."""
    month, day = month_of(invoice.bill_date), invoice.bill_date.day
    if usual_day <= 5 and day > days_in(month) - 5:
        return month + 1
    if usual_day >= 27 and day <= 5:
        return month - 1
    return month


def parts_of(invoice: Invoice, month: int) -> list[Part]:
    """All lines of an invoice that counts in `month`, as the sums that count where they do."""
    found: list[Part] = []
    for line in invoice.lines:
        if line.kind == RECURRING:
            service = line.service or account_service(invoice)
            found += _placed(invoice, line, service, "recurring", (month, line.spread))
        elif line.kind in ONE_OFF or is_one_off_tax(invoice, line):
            found += _placed(invoice, line, line.service, "one_off", (month, line.spread))
        else:
            found += _tax_or_usage(invoice, line, month)
    return found


def is_one_off_tax(invoice: Invoice, line: Line) -> bool:
    """Whether a tax follows one-off lines alone, those of its service or else of the invoice."""
    if line.kind not in TAXES:
        return False
    service = line.service or None
    return invoice.bears(ONE_OFF, service) and not invoice.bears((RECURRING, USAGE), service)


def account_service(invoice: Invoice) -> str:
    """The service that bears an account's own recurring lines."""
    return f"account:{invoice.account}"


def _tax_or_usage(invoice: Invoice, line: Line, month: int) -> list[Part]:
    kind = "usage" if line.kind == USAGE else "tax"
    if line.service:
        spread = _tax_spread(invoice, line, line.service)
        return _placed(invoice, line, line.service, kind, (month, spread))
    sums = _positive_sums(invoice)
    if not sums:
        return _placed(invoice, line, "", "unallocated", (month, line.spread))
    found: list[Part] = []
    services = sorted(sums)
    for service, amount in zip(
        services, shares(line.amount, [sums[one] for one in services]), strict=True
    ):
        if amount:
            share = Line("", line.kind, amount, line.start, line.end)
            spread = _tax_spread(invoice, line, service)
            found += _placed(invoice, share, service, kind, (month, spread))
    return found


def _tax_spread(invoice: Invoice, line: Line, service: str) -> int:
    """n of the line itself, else that of all positive recurring lines of its service."""
    if line.kind == USAGE:
        return 1
    if line.spread >= 2:
        return line.spread
    spreads = {one.spread for one in _recurring_lines(invoice).get(service, []) if one.amount > 0}
    return spreads.pop() if len(spreads) == 1 else 1


def _recurring_lines(invoice: Invoice) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in invoice.lines:
        if line.kind == RECURRING:
            found[line.service or account_service(invoice)].append(line)
    return found


def _positive_sums(invoice: Invoice) -> dict[str, int]:
    sums = {
        service: sum(line.amount for line in lines)
        for service, lines in _recurring_lines(invoice).items()
    }
    return {service: amount for service, amount in sums.items() if amount > 0}


def _placed(
    invoice: Invoice, line: Line, service: str, kind: str, place: tuple[int, int]
) -> list[Part]:
    month, spread = place
    return [
        Part(
            vendor=invoice.vendor,
            account=invoice.account,
            service=service,
            kind=kind,
            month=month + index,
            amount=amount,
            fraction=line.is_fraction,
            own=bool(line.service) or line.kind == RECURRING,
        )
        for index, amount in enumerate(shares(line.amount, [1] * spread))
    ]
