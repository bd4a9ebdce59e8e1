"""In which month, of which service and in which part each bill line counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from telecom_audit.savings.allocation import Weights, allocated
from telecom_audit.savings.bill_lines import (
    NO_SERVICE,
    ONE_OFF,
    RECURRING,
    TAX,
    USAGE,
    BillLines,
    Bills,
    Flags,
    Names,
    Numbers,
    marked,
    sums,
)


@dataclass(frozen=True)
class Parts:
    """What counts where: one position in every column a part of a bill line.

    Attributes:
        line: position of the bill line.
        account: position of the account.
        service: position of the service, NO_SERVICE for what stays with the account.
        month: the month number in which the part counts.
        part: RECURRING, TAX, USAGE or ONE_OFF.
        own: the line names the service itself, or is an MRC line of its account.
        fraction: it is (of) an MRC line with a period shorter than 28 days.
        amount: micros.
    """

    line: Numbers
    account: Numbers
    service: Numbers
    month: Numbers
    part: Numbers
    own: Flags
    fraction: Flags
    amount: Numbers

    def where(self, chosen: Flags | Numbers) -> Parts:
        """Only the chosen positions, given as marks or as numbers."""
        return Parts(
            self.line[chosen],
            self.account[chosen],
            self.service[chosen],
            self.month[chosen],
            self.part[chosen],
            self.own[chosen],
            self.fraction[chosen],
            self.amount[chosen],
        )

    def between(self, first: int, last: int) -> Parts:
        """Only what counts in the months first … last."""
        return self.where((self.month >= first) & (self.month <= last))

    @property
    def unallocated(self) -> Flags:
        """Account-level tax and usage that no service bears."""
        flags: Flags = (self.service == NO_SERVICE) & (self.part != ONE_OFF)
        return flags


@dataclass(frozen=True)
class _OnBills:
    """What the lines of one service on one bill (a pair) are together."""

    pair: Numbers  # of each line
    pairs: Numbers  # bill * width + service + 1, ascending
    width: int
    tax_months: Numbers  # of each pair
    one_off_only: Flags  # of each pair
    weights: Weights

    def tax_months_of(self, bills: Numbers, services: Numbers) -> Numbers:
        """In how many months the taxes of these services on these bills count."""
        found = np.searchsorted(self.pairs, bills * self.width + services + 1)
        return self.tax_months[found]


def placed(lines: BillLines, bills: Bills, names: Names) -> Parts:
    """Place every line in months, services and parts; the parts add up to the lines.

    Source: the contract, section 7, "A bill counts in the month of its date" and "Parts".
    """
    together = _on_bills(lines, len(bills.month), names)
    part = _parts(lines, together, len(bills.month))
    shared = (lines.service == NO_SERVICE) & ((part == TAX) | (part == USAGE))
    shared &= together.weights.has(lines.bill)
    whole = np.flatnonzero(~shared)
    split = np.flatnonzero(shared)
    shares = allocated(split, lines.bill[split], lines.amount[split], together.weights)
    line = np.concatenate([whole, shares.line])
    service = np.concatenate([lines.service[whole], shares.service])
    amount = np.concatenate([lines.amount[whole], shares.amount])
    months = _months(lines, line, service, together)
    return _over_months(
        Parts(
            line,
            bills.account[lines.bill[line]],
            service,
            bills.month[lines.bill[line]],
            part[line],
            lines.service[line] != NO_SERVICE,
            lines.fraction[line],
            amount,
        ),
        months,
    )


def _on_bills(lines: BillLines, bills: int, names: Names) -> _OnBills:
    width = len(names.services) + 1
    pairs, pair = np.unique(lines.bill * width + lines.service + 1, return_inverse=True)
    recurring = lines.part == RECURRING
    mrc = sums(pair[recurring], lines.amount[recurring], len(pairs))
    return _OnBills(
        pair,
        pairs,
        width,
        _tax_months(lines, pair, len(pairs)),
        _one_off_only(lines.part, pair, len(pairs)),
        _weights(pairs[mrc > 0], mrc[mrc > 0], (bills, width), names),
    )


def _tax_months(lines: BillLines, pair: Numbers, size: int) -> Numbers:
    """The n of the positive MRC lines of each pair when all have the same, else 1."""
    positive = (lines.part == RECURRING) & (lines.amount > 0)
    least = np.full(size, np.iinfo(np.int64).max, np.int64)
    most = np.zeros(size, np.int64)
    np.minimum.at(least, pair[positive], lines.months[positive])
    np.maximum.at(most, pair[positive], lines.months[positive])
    return np.where(least == most, most, 1)


def _one_off_only(part: Numbers, group: Numbers, size: int) -> Flags:
    """Which groups of lines bear one-off but neither MRC nor usage lines."""
    running = marked(group[(part == RECURRING) | (part == USAGE)], size)
    return marked(group[part == ONE_OFF], size) & ~running


def _weights(pairs: Numbers, mrc: Numbers, size: tuple[int, int], names: Names) -> Weights:
    bills, width = size
    bill, service = pairs // width, pairs % width - 1
    order = np.lexsort((names.rank[service], bill))
    first = np.searchsorted(bill[order], np.arange(bills + 1))
    return Weights(first, service[order], mrc[order])


def _parts(lines: BillLines, together: _OnBills, bills: int) -> Numbers:
    """The part of each line: a tax on one-off charges alone is one-off too."""
    of_account = _one_off_only(lines.part, lines.bill, bills)[lines.bill]
    of_service = together.one_off_only[together.pair]
    alone = np.where(lines.service == NO_SERVICE, of_account, of_service)
    return np.where((lines.part == TAX) & alone, ONE_OFF, lines.part)


def _months(lines: BillLines, line: Numbers, service: Numbers, together: _OnBills) -> Numbers:
    """In how many months each share counts: by its own period, else a tax as its service's MRC."""
    months = lines.months[line].copy()
    follows = (lines.part[line] == TAX) & (months == 1) & (service != NO_SERVICE)
    months[follows] = together.tax_months_of(lines.bill[line[follows]], service[follows])
    return months


def _over_months(parts: Parts, months: Numbers) -> Parts:
    """Spread what counts in several months: equal parts, what is left in the earlier months."""
    if not (months > 1).any():
        return parts
    index = np.repeat(np.arange(len(months)), months)
    first = np.cumsum(months) - months
    step = np.arange(len(index)) - first[index]
    whole, left = np.divmod(np.abs(parts.amount), months)
    amount = (whole[index] + (step < left[index])) * np.sign(parts.amount)[index]
    spread = parts.where(index)
    return replace(spread, month=spread.month + step, amount=amount)
