"""Bill lines as columns of whole numbers: what placement, coverage and baseline read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

RECURRING, TAX, USAGE, ONE_OFF = 0, 1, 2, 3
PART_OF_CLASS = {
    "MRC": RECURRING,
    "SUR": TAX,
    "TAX": TAX,
    "USG": USAGE,
    "NRC": ONE_OFF,
    "OCC": ONE_OFF,
    "LPC": ONE_OFF,
    "CRD": ONE_OFF,
    "ADJ": ONE_OFF,
}
NO_SERVICE = -1


@dataclass(frozen=True)
class Account:
    """An account of a carrier."""

    vendor: str
    number: str


@dataclass(frozen=True)
class Service:
    """A billed service: vendor and canonical key, and the spelling that came first."""

    vendor: str
    key: str
    name: str


@dataclass(frozen=True)
class Names:
    """The accounts and services that the columns name by position.

    After the billed services follow as many as there are accounts: `account:NUMBER`, which bears
    the recurring lines of the account without a service (the contract, section 7).
    """

    accounts: tuple[Account, ...]
    billed: tuple[Service, ...]

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The billed services and, after them, one for each account."""
        own = tuple(
            Service(account.vendor, f"account:{account.number}", f"account:{account.number}")
            for account in self.accounts
        )
        return self.billed + own

    @cached_property
    def rank(self) -> Numbers:
        """The place of each service in the order of service keys."""
        order = sorted(range(len(self.services)), key=lambda index: self.services[index].key)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return rank


@dataclass(frozen=True)
class Bills:
    """The current bills: the account (position) and the month in which each counts."""

    account: Numbers
    month: Numbers


@dataclass(frozen=True)
class BillLines:
    """The payable lines of current bills, one position in every column a line.

    Attributes:
        charge: id of the charge.
        bill: position of its bill.
        service: position of its service, NO_SERVICE for an account-level line that is not MRC.
        part: RECURRING, TAX, USAGE or ONE_OFF by its class.
        months: in how many months it counts by its own period, 1 or n >= 2.
        fraction: an MRC line with a period shorter than 28 days.
        amount: micros.
    """

    charge: Numbers
    bill: Numbers
    service: Numbers
    part: Numbers
    months: Numbers
    fraction: Flags
    amount: Numbers

    def less(self, claimed: Mapping[int, int]) -> BillLines:
        """The same lines with the claimed micros of some charges taken off."""
        if not claimed:
            return self
        ids = np.fromiter(claimed, np.int64, len(claimed))
        micros = np.fromiter(claimed.values(), np.int64, len(claimed))
        order = np.argsort(ids)
        ids, micros = ids[order], micros[order]
        place = np.minimum(np.searchsorted(ids, self.charge), len(ids) - 1)
        off = np.where(ids[place] == self.charge, micros[place], 0)
        return replace(self, amount=self.amount - off)


def sums(places: Numbers, amounts: Numbers, size: int) -> Numbers:
    """The sum of the amounts at each place 0 … size - 1."""
    total = np.zeros(size, np.int64)
    np.add.at(total, places, amounts)
    return total


def marked(places: Numbers, size: int) -> Flags:
    """Which of the places 0 … size - 1 occur."""
    flags = np.zeros(size, np.bool_)
    flags[places] = True
    return flags
