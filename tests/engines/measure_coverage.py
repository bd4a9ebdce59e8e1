"""Which bills are in: covered, expected and ended accounts, complete months, `through`.

The contract, section 7, the paragraph that begins "Covered, expected, complete".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from tests.engines.measure_history import (
    RECURRING,
    USAGE,
    Account,
    History,
    Invoice,
    Row,
    day,
    invoices_of,
    month_number,
    month_of,
)
from tests.engines.measure_placing import Part, counting_month, parts_of, usual_days


class Bills:
    """A history's bills, each where it counts."""

    def __init__(self, history: History) -> None:
        invoices = invoices_of(history)
        usual = usual_days(invoices)
        self.counted = [(one, counting_month(one, usual[one.of])) for one in invoices]
        self.parts = [part for one, month in self.counted for part in parts_of(one, month)]
        self.accounts = sorted({one.of for one in invoices})
        self.ends = {(vendor, account): month_number(m) for vendor, account, m in history.ends}
        self.disconnected = _disconnect_dates(history.inventory, self.parts)

    @property
    def last_month(self) -> int:
        """The last month in which an invoice counts."""
        return max(month for _, month in self.counted)

    def of(self, account: Account) -> list[tuple[Invoice, int]]:
        """The invoices of an account with the months in which they count."""
        return [(one, month) for one, month in self.counted if one.of == account]


class Coverage:
    """What is known of each account and month after a baseline through month `frozen`."""

    def __init__(self, bills: Bills, frozen: int, months: int) -> None:
        self.bills = bills
        self.frozen = frozen
        self.window = range(frozen - months + 1, frozen + 1)
        self.recent = range(frozen - 2, frozen + 1)
        self._styles = {account: self._style(account) for account in bills.accounts}
        self._needed = {account: self._required(account) for account in bills.accounts}
        self._known: dict[tuple[Account, int], bool] = {}

    def covered(self, account: Account, month: int) -> bool:
        """Whether the bills of an account are in for a month."""
        if (account, month) not in self._known:
            enough = self._invoices(account, month) >= self._needed[account]
            self._known[account, month] = enough and self._bears(account, month)
        return self._known[account, month]

    def latest_covered(self, account: Account) -> int | None:
        """The latest of M - 2 ... M in which the account is covered."""
        return max((m for m in self.recent if self.covered(account, m)), default=None)

    def expected(self, account: Account, month: int) -> bool:
        """Whether a bill of the account is due in a month after M."""
        if self._rarely_bills(account) or self._ended(account, month):
            return False
        if self._styles[account] != "without":
            return any(self.covered(account, m) for m in range(self.frozen - 2, month))
        later = any(m > month for _, m in self.bills.of(account))
        return not later and all(self.covered(account, m) for m in range(month - 3, month))

    def missing(self, month: int) -> list[Account]:
        """The expected accounts that are not covered in a month."""
        return [
            account
            for account in self.bills.accounts
            if self.expected(account, month) and not self.covered(account, month)
        ]

    def through(self) -> int:
        """The last month of the unbroken run of complete months after M."""
        month = self.frozen
        while month < self.bills.last_month and not self.missing(month + 1):
            month += 1
        return month

    def _style(self, account: Account) -> str:
        spreads = [
            {line.spread for line in one.lines if line.kind == RECURRING}
            for one, _ in self.bills.of(account)
            if one.bears((RECURRING,))
        ]
        if not spreads:
            return "without"
        longer = sum(1 for one in spreads if 1 not in one)
        return "longer" if 2 * longer > len(spreads) else "monthly"

    def _bears(self, account: Account, month: int) -> bool:
        style = self._styles[account]
        for invoice, counts in self.bills.of(account):
            spreads = [line.spread for line in invoice.lines if line.kind == RECURRING]
            if style == "without" and counts == month:
                return True
            if style == "monthly" and counts == month and 1 in spreads:
                return True
            if style == "longer" and any(counts <= month < counts + n for n in spreads if n > 1):
                return True
        return False

    def _invoices(self, account: Account, month: int) -> int:
        return sum(
            1
            for one, counts in self.bills.of(account)
            if counts == month and one.bears((RECURRING, USAGE))
        )

    def _required(self, account: Account) -> int:
        counts = [self._invoices(account, month) for month in self.recent]
        if self._styles[account] == "longer":
            return min(counts)
        if not any(self._bears(account, month) for month in self.recent):
            return 1
        count, times = Counter(counts).most_common(1)[0]
        return count if times >= 2 else min(counts)

    def _rarely_bills(self, account: Account) -> bool:
        months = [m for m in self.window if self.covered(account, m)]
        if not months:
            return False
        span = self.frozen - months[0] + 1
        return span >= 6 and 2 * len(months) <= span

    def _ended(self, account: Account, month: int) -> bool:
        if account in self.bills.ends:
            end = self.bills.ends[account]
            again = any(self.covered(account, m) for m in range(end + 1, month + 1))
            return month > end and not again
        services = {
            part.service
            for part in self.bills.parts
            if (part.vendor, part.account) == account
            and part.kind == "recurring"
            and part.month >= self.frozen - 2
            and not part.service.startswith("account:")
        }
        dates = [self.bills.disconnected.get((account[0], one)) for one in services]
        known = [one for one in dates if one is not None]
        if not known or len(known) < len(dates):
            return False
        return month > month_of(max(known) - timedelta(days=1))


def _disconnect_dates(
    inventory: Iterable[Row], parts: Iterable[Part]
) -> dict[tuple[str, str], date | None]:
    latest = {(row.get("vendor", ""), row["service"]): row for row in inventory}
    billing: dict[str, set[str]] = {}
    for part in parts:
        billing.setdefault(part.service, set()).add(part.vendor)
    found: dict[tuple[str, str], date | None] = {}
    for (vendor, service), row in latest.items():
        vendors = [vendor] if vendor else sorted(billing.get(service, set()))
        if len(vendors) == 1:
            found[vendors[0], service] = day(row.get("disconnect_date", ""))
    return found
