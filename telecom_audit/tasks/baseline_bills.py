"""The bills of a project, placed in months: what `freeze`, `measure` and `lines` stand on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from telecom_audit.counting import FRACTION_DAYS, LONG_PERIOD_CLASSES
from telecom_audit.progress import SILENT, Progress
from telecom_audit.savings.bill_lines import (
    NO_SERVICE,
    PART_OF_CLASS,
    RECURRING,
    Account,
    BillLines,
    Bills,
    Flags,
    Names,
    Numbers,
    Service,
)
from telecom_audit.savings.coverage import AccountBills, accounts_bills
from telecom_audit.savings.disconnected import disconnected_months
from telecom_audit.savings.expected import Ending, Expectation, Window, expectations
from telecom_audit.savings.placement import Parts, placed
from telecom_audit.store import counted_lines
from telecom_audit.store.ended_accounts import ended_accounts


@dataclass(frozen=True)
class CountedBills:
    """All current bills of a project.

    Attributes:
        names: what the positions in the columns stand for.
        bills: the account and the counting month of every bill.
        lines: their lines.
        item: the item id of every line.
        day: the day number of every bill's date.
    """

    names: Names
    bills: Bills
    lines: BillLines
    item: Numbers
    day: Numbers

    @cached_property
    def parts(self) -> Parts:
        """Every line placed in its months, services and parts."""
        return placed(self.lines, self.bills, self.names)

    @cached_property
    def accounts(self) -> dict[int, AccountBills]:
        """The bills of every account, by its position."""
        return accounts_bills(self.lines, self.bills)

    @property
    def last_month(self) -> int:
        """The last month in which a bill counts."""
        return int(self.bills.month.max())


def counted_bills(connection: sqlite3.Connection, progress: Progress = SILENT) -> CountedBills:
    """Read the current bills of a project.

    Raises:
        CancelledError: the person asked to stop.
    """
    accounts = counted_lines.billed_accounts(connection)
    services = counted_lines.billed_services(connection)
    names = Names(
        tuple(Account(vendor, number) for _, vendor, number in accounts),
        tuple(Service(vendor, key, name) for _, vendor, key, name in services),
    )
    invoices = counted_lines.current_invoices(connection)
    positions = {number: place for place, number in enumerate(sorted({i[1] for i in invoices}))}
    account_place = {row[0]: place for place, row in enumerate(accounts)}
    bill_account = np.zeros(len(positions), np.int64)
    bill_month = np.zeros(len(positions), np.int64)
    bill_day = np.zeros(len(positions), np.int64)
    for _, bill, account, month, day in progress.each(invoices):
        bill_account[positions[bill]] = account_place[account]
        bill_month[positions[bill]] = month
        bill_day[positions[bill]] = day
    bills = Bills(bill_account, bill_month)
    bill_of_invoice = _lookup([(invoice[0], positions[invoice[1]]) for invoice in invoices])
    service_place = _lookup([(row[0], place) for place, row in enumerate(services)])
    lines, item = _lines(connection, bill_of_invoice, service_place)
    progress.check()
    without = (lines.service == NO_SERVICE) & (lines.part == RECURRING)
    account_service = len(services) + bill_account[lines.bill]
    service = np.where(without, account_service, lines.service)
    return CountedBills(names, bills, replace(lines, service=service), item, bill_day)


def _lookup(pairs: list[tuple[int, int]]) -> Numbers:
    """An array that answers the second number at the place of the first, -1 for the others."""
    answer = np.full(max((key for key, _ in pairs), default=0) + 1, -1, np.int64)
    for key, value in pairs:
        answer[key] = value
    return answer


def _lines(
    connection: sqlite3.Connection, bill_of_invoice: Numbers, service_place: Numbers
) -> tuple[BillLines, Numbers]:
    charges = counted_lines.charge_columns(connection)
    last = len(bill_of_invoice) - 1
    bill = np.where(charges[:, 1] <= last, bill_of_invoice[np.minimum(charges[:, 1], last)], -1)
    charges, bill = charges[bill >= 0], bill[bill >= 0]
    part = _lookup(
        [(item[0], PART_OF_CLASS[item[1]]) for item in counted_lines.billed_items(connection)]
    )[charges[:, 3]]
    months, fraction = _periods(connection, charges[:, 4], part)
    service = service_place[charges[:, 2]]
    columns = (charges[:, 0], bill, service, part, months, fraction, charges[:, 5])
    return BillLines(*columns), charges[:, 3]


def _periods(
    connection: sqlite3.Connection, period: Numbers, part: Numbers
) -> tuple[Numbers, Flags]:
    """In how many months each line counts by its own period, and which lines are fractions."""
    lengths = counted_lines.period_lengths(connection)
    spread = np.isin(part, [PART_OF_CLASS[name] for name in LONG_PERIOD_CLASSES])
    whole = _lookup([(number, max(months or 1, 1)) for number, months, _ in lengths])
    short = _lookup(
        [(number, int((days or FRACTION_DAYS) < FRACTION_DAYS)) for number, _, days in lengths]
    )
    fraction: Flags = (short[period] == 1) & (part == RECURRING)
    return np.where(spread, whole[period], 1), fraction


def window_expectations(
    connection: sqlite3.Connection, counted: CountedBills, window: Window
) -> dict[int, Expectation]:
    """What to expect of every account, seen from a baseline with that window."""
    recorded = ended_accounts(connection)
    rows = counted_lines.inventory_places(connection)
    held = {(vendor, key): day for vendor, key, _, _, day in rows}
    days = {service: day for service, day in held.items() if day is not None}
    gone = disconnected_months(counted.parts, counted.names, days, window.through)
    endings: Mapping[int, Ending] = {
        place: Ending(recorded.get(number), gone.get(place))
        for place, (number, _, _) in enumerate(counted_lines.billed_accounts(connection))
    }
    return expectations(counted.accounts, window, endings)


@dataclass(frozen=True)
class BilledPlace:
    """What the latest bill says of a service."""

    account: str
    service_type: str
    site: str


def billed_places(
    connection: sqlite3.Connection, counted: CountedBills
) -> dict[tuple[str, str], BilledPlace]:
    """Vendor's name and service key -> what the latest bill says of the service.

    Of its lines on that bill the first with a site speaks, MRC lines before others.
    """
    lines, names = counted.lines, counted.names
    age = np.argsort(np.argsort(counted.day, kind="stable"), kind="stable")[lines.bill]
    owned = lines.service != NO_SERVICE
    latest = np.full(len(names.services), -1, np.int64)
    np.maximum.at(latest, lines.service[owned], age[owned])
    chosen = np.flatnonzero(owned & (age == latest[lines.service]))
    items = {number: rest for number, *rest in counted_lines.billed_items(connection)}
    best: dict[int, tuple[bool, bool, int]] = {}
    for line, service, item in zip(
        chosen.tolist(), lines.service[chosen].tolist(), counted.item[chosen].tolist(), strict=True
    ):
        name, _, site = items[item]
        rank = (not site, name != "MRC", line)
        if rank < best.get(service, (True, True, line + 1)):
            best[service] = rank
    answer = {}
    for service, (_, _, line) in best.items():
        account = names.accounts[int(counted.bills.account[lines.bill[line]])]
        _, service_type, site = items[int(counted.item[line])]
        one = names.services[service]
        answer[one.vendor, one.key] = BilledPlace(account.number, service_type, site)
    return answer
