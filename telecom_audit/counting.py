"""In which month a bill line counts (the contract, section 7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from telecom_audit.money import largest_remainder
from telecom_audit.months import date_of, days_in_month, month_of_day, months_after

LONG_PERIOD_CLASSES = frozenset({"MRC", "SUR", "TAX"})
FRACTION_DAYS = 28
_FIRST_INVOICES = 6
_EDGE_DAYS = 5
_LATE_USUAL_DAY = 27
_LAST_DAY = 31
_PERIOD_SLACK_DAYS = 3


@dataclass(frozen=True)
class DatedInvoice:
    """An invoice of an account with the day number of its bill date."""

    invoice_id: int
    account_id: int
    bill_day: int


def counts_months(invoices: Iterable[DatedInvoice]) -> dict[int, int]:
    """The month number in which each invoice counts.

    Args:
        invoices: those that are neither superseded nor retired.
    """
    by_account: dict[int, list[DatedInvoice]] = defaultdict(list)
    for invoice in invoices:
        by_account[invoice.account_id].append(invoice)
    months: dict[int, int] = {}
    for account in by_account.values():
        account.sort(key=lambda invoice: (invoice.bill_day, invoice.invoice_id))
        usual = usual_day(invoice.bill_day for invoice in account[:_FIRST_INVOICES])
        for invoice in account:
            months[invoice.invoice_id] = _month_of_bill(invoice.bill_day, usual)
    return months


def usual_day(bill_days: Iterable[int]) -> int:
    """The day of the month on which most of these bills are dated, the later on ties."""
    counted = Counter(_cycle_day(day) for day in bill_days)
    return max(counted, key=lambda day: (counted[day], day))


def _cycle_day(bill_day: int) -> int:
    day = date_of(bill_day).day
    return _LAST_DAY if day == days_in_month(month_of_day(bill_day)) else day


def _month_of_bill(bill_day: int, usual: int) -> int:
    month = month_of_day(bill_day)
    day = date_of(bill_day).day
    if usual <= _EDGE_DAYS and day > days_in_month(month) - _EDGE_DAYS:
        return month + 1
    if usual >= _LATE_USUAL_DAY and day <= _EDGE_DAYS:
        return month - 1
    return month


def whole_months(from_day: int, thru_day: int) -> int:
    """How many whole months a period has; 0 when it is no number of whole months.

    The day after `thru_day` lies within 3 days of so many months after `from_day`.
    """
    days = thru_day + 1 - from_day
    nearest = round(days * 12 / 365.2425)
    for months in (nearest, nearest - 1, nearest + 1):
        if months >= 1 and abs(months_after(from_day, months) - thru_day - 1) <= _PERIOD_SLACK_DAYS:
            return months
    return 0


def is_long(charge_class: str, period_months: int | None) -> bool:
    """Whether a line is billed for several months at once and counts in equal parts in them."""
    return charge_class in LONG_PERIOD_CLASSES and period_months is not None and period_months >= 2


def monthly_parts(amount_micros: int, months: int) -> list[int]:
    """The parts of an amount in so many months, the earlier months first, adding up to it."""
    return largest_remainder(amount_micros, [1] * months)
