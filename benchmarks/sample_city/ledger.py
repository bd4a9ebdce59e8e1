"""Bills as sent: account lines, totals, balances; and the payments that the city made."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.sample_city.accounts import (
    ACCESS,
    ACCOUNTS,
    ALARMS,
    CENTREX,
    CIRCUITS,
    CLOUD,
    GULF,
    LINES,
    METRO,
    TRUNKS,
)
from benchmarks.sample_city.bills import SEED
from benchmarks.sample_city.model import (
    MONTHS,
    Account,
    Book,
    Finding,
    Invoice,
    Line,
    Payment,
    bill_date,
    percent,
    period,
)

FIGURES_END = date(2025, 12, 31)
"""Payments made later are not in the city's files yet."""

SURCHARGES = {CENTREX: 1150, ALARMS: 1400, METRO: 520, ACCESS: 300, CLOUD: 740}
"""What carriers add on the whole bill, in hundredths of a per cent of its recurring charges."""

VOLUME_DISCOUNT = 400
LATE_CHARGE = 150

MISSTATED = {
    (TRUNKS, 4): 4500,
    (METRO, 14): 12037,
    (ACCESS, 10): -1850,
    (CENTREX, 1): 725,
}
"""Bills whose total is over its lines by so many cents."""

TOTAL_WITH_BALANCE = (ACCESS, 7)
"""A bill that states the whole amount due as its total: it adds up, read so."""

LATE_CHARGES = {
    (LINES, 9): "proven",
    (ALARMS, 15): "proven",
    (CIRCUITS, 20): "proven",
    (METRO, 11): "payment missing",
    (ACCESS, 5): "no due date",
    (TRUNKS, 17): "paid late",
    (CENTREX, 6): "paid in part",
}
"""Bills with a late payment charge on the bill before, and what the payments show."""


@dataclass(frozen=True)
class Paid:
    """A payment and the day on which the carrier posted it; `found` when the city has a record."""

    payment: Payment
    posted: date
    found: bool = True


class AccountLedger:
    """Sends an account's bills one after another and pays them."""

    def __init__(self, account: Account, book: Book) -> None:
        self.account = account
        self.invoices: list[Invoice] = []
        self.paid: list[Paid] = []
        self.findings: list[Finding] = []
        self._book = book
        self._due = 0

    def run(self) -> None:
        """Every month that has lines has a bill."""
        for month in range(MONTHS):
            lines = self._book.get((self.account.number, month))
            if lines:
                self._send(month, [*_in_order(lines), *account_lines(self.account, month, lines)])

    def _send(self, month: int, lines: list[Line]) -> None:
        opening = sum(line.amount for line in lines)
        previous = self._due if self.invoices else (opening if month == 0 else 0)
        received = self._received(month) if self.invoices else previous
        lines = lines + self._late_charge(month, previous)
        charges = sum(line.amount for line in lines)
        owed = charges + MISSTATED.get((self.account, month), 0)
        self._due = previous - received + owed
        total = self._due if (self.account, month) == TOTAL_WITH_BALANCE else owed
        invoice = Invoice(self.account, month, tuple(lines), previous, received, total)
        self.invoices.append(invoice)
        self.paid.extend(self._pay(invoice, owed))
        if owed != charges:
            gap = owed - charges
            note = f"the total is {'over' if gap > 0 else 'under'} the lines"
            self._find("bill-does-not-add-up", "proven", invoice, (max(0, gap), 0), note)
        self._judge_late_charge(invoice)

    def _received(self, month: int) -> int:
        """What the carrier posted since its last bill."""
        last = self.invoices[-1].billed
        this = bill_date(self.account, month)
        return sum(one.payment.amount for one in self.paid if last < one.posted <= this)

    def _late_charge(self, month: int, previous: int) -> list[Line]:
        if (self.account, month) not in LATE_CHARGES:
            return []
        return [Line("LPC", "Late payment charge", "LPC", percent(previous, LATE_CHARGE))]

    def _judge_late_charge(self, invoice: Invoice) -> None:
        """A charge on a bill that was paid in time is an error; on one paid late it is none."""
        story = LATE_CHARGES.get((self.account, invoice.month))
        if story in (None, "paid late", "paid in part"):
            return
        amount = next(line.amount for line in invoice.lines if line.kind == "LPC")
        proven = story == "proven"
        note = "the bill before was paid in time" if proven else str(story)
        confidence = "proven" if proven else "check"
        self._find("late-payment-charge", confidence, invoice, (amount, 1), note)

    def _find(
        self, rule: str, confidence: str, invoice: Invoice, claim: tuple[int, int], note: str
    ) -> None:
        self.findings.append(
            Finding(
                rule=rule,
                confidence=confidence,
                account=self.account,
                service="",
                monthly=0,
                recoverable=claim[0],
                first_month=invoice.month,
                last_month=invoice.month,
                charges=claim[1],
                note=note,
                invoice=invoice.number,
            )
        )

    def _pay(self, invoice: Invoice, owed: int) -> Iterator[Paid]:
        """Pay a bill after some three weeks, unless the late charge that follows says otherwise."""
        story = LATE_CHARGES.get((self.account, invoice.month + 1), "")
        day = invoice.billed + timedelta(days=19 + invoice.month % 3)
        parts = [(day, owed)]
        if story == "paid late":
            parts = [(_after_due(invoice), owed)]
        if story == "paid in part":
            half = owed * 6 // 10
            parts = [(day, half), (_after_due(invoice), owed - half)]
        slow = story in ("proven", "payment missing", "no due date")
        slow = slow or (self.account, invoice.month + 1) == TOTAL_WITH_BALANCE
        for index, (paid, amount) in enumerate(parts):
            reference = f"EFT{invoice.number.replace('-', '')}{'AB'[index]}"
            odd_gulf = self.account.vendor == GULF and invoice.month % 2 == 1
            named = self.account is not ALARMS and not odd_gulf
            payment = Payment(
                self.account, invoice.number if named else "", paid, amount, reference
            )
            posted = bill_date(self.account, invoice.month + 1) + timedelta(days=3)
            yield Paid(
                payment, posted if slow else paid + timedelta(days=1), story != "payment missing"
            )


def _after_due(invoice: Invoice) -> date:
    return invoice.billed + timedelta(days=(invoice.account.due_days or 0) + 2)


def _in_order(lines: list[Line]) -> list[Line]:
    """Service by service, then what has none."""
    return sorted(lines, key=lambda line: (0, line.service.number) if line.service else (1, ""))


def account_lines(account: Account, month: int, lines: list[Line]) -> list[Line]:
    """Discount, surcharges and directory calls that a carrier bills to the account as a whole."""
    start, thru = period(account, month)
    base = sum(line.amount for line in lines if line.kind == "MRC")
    added = []
    if account is CENTREX and base > 0:
        cut = percent(base, VOLUME_DISCOUNT)
        text = "Volume discount 4 percent"
        added.append(Line("VOLD", text, "MRC", -cut, None, 1, -cut, start, thru))
        base -= cut
    if account in SURCHARGES and base > 0:
        text = (
            "Carrier surcharges and 911 fees" if account is CLOUD else "Federal and 911 surcharges"
        )
        cents = percent(base, SURCHARGES[account])
        added.append(Line("SURCH", text, "SUR", cents, start=start, thru=thru))
    if account is TRUNKS:
        cents = random.Random(f"{SEED}:directory:{month}").randrange(900, 4_200)
        added.append(Line("DA", "Directory assistance, whole account", "USG", cents))
    return added


def settle(book: Book) -> list[AccountLedger]:
    """The ledgers of all accounts."""
    ledgers = [AccountLedger(account, book) for account in ACCOUNTS]
    for ledger in ledgers:
        ledger.run()
    return ledgers


def known_payments(ledgers: list[AccountLedger]) -> list[Payment]:
    """What the city's payment files bear, by date."""
    payments = [
        one.payment
        for ledger in ledgers
        for one in ledger.paid
        if one.found and one.payment.paid <= FIGURES_END
    ]
    return sorted(payments, key=lambda one: (one.paid, one.reference))
