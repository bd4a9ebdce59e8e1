"""Histories in which carriers bill on as before, so that nothing may be realized.

Any cycle day, bills dated a day early or late, constant usage in arrears, quarterly and annual
lines with periods, standing discounts, taxes of services and of accounts in proportion to what
they tax. Prices are multiples of a quarter and rates whole percents, so that no carrier rounds.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.engines.measure_bill_texts import (
    Bill,
    Charge,
    Sample,
    bill_day,
    bills_text,
    inventory_text,
    period,
)
from tests.engines.measure_history import month_text

QUARTER = 250_000
STYLES = ("monthly", "monthly", "mixed", "mixed", "longer", "usage")


@dataclass(frozen=True)
class SteadyService:
    """A service that costs the same for ever, billed every `cycle` months from `phase` on."""

    key: str
    cycle: int
    phase: int
    charges: tuple[Charge, ...]
    usage: int


@dataclass(frozen=True)
class SteadyAccount:
    """An account, its day, and what it bills beside its services."""

    vendor: str
    number: str
    day: int
    services: tuple[SteadyService, ...]
    tax_percent: int
    usage: int
    apart: bool

    @property
    def monthly(self) -> bool:
        """Whether it bills a recurring line every month."""
        return any(one.cycle == 1 and one.charges for one in self.services)


def no_change_history(seed: int) -> Sample:
    """A history in which every month costs the same; `expected_through` is its last whole month."""
    rng = random.Random(f"no change {seed}")
    start = 2022 * 12 + rng.randrange(12)
    window = rng.choice((3, 6, 12, 12, 12))
    # all lines stand, and the longest covers the window, before it begins
    frozen = start + 12 + window + rng.randrange(4)
    last = frozen + rng.randint(2, 14)
    accounts = [
        _account(rng, f"Carrier {name}", f"{index}{number}00")
        for index, name in enumerate("ABC"[: rng.randint(1, 3)])
        for number in range(1, rng.randint(2, 4))
    ]
    if not any(account.monthly for account in accounts):
        # a baseline needs bills in three months
        accounts.append(_account(rng, "Carrier D", "3100", ("monthly", "mixed")))
    bills = [
        bill
        for account in accounts
        for month in range(start, last + 1)
        for bill in _bills(rng, account, start, month)
    ]
    through = last
    waiting = [account for account in accounts if account.monthly]
    if waiting and rng.random() < 0.3:
        late = rng.choice(waiting)
        missing = f"{late.number}-{month_text(last)}"
        bills = [bill for bill in bills if not bill.number.startswith(missing)]
        through = last - 1
    rows = [
        (one.key, "other", "active", "", account.vendor, account.number, "")
        for account in accounts
        for one in account.services
        if one.key
    ]
    return Sample(
        files=(("bills.csv", bills_text(bills)),),
        inventory=inventory_text(rows),
        ends=(),
        through=month_text(frozen),
        months=window,
        expected_through=month_text(through),
    )


def _account(
    rng: random.Random, vendor: str, number: str, styles: Sequence[str] = STYLES
) -> SteadyAccount:
    style = rng.choice(styles)
    day = rng.choice((rng.randint(1, 31), rng.choice((1, 2, 5, 27, 28, 29, 30, 31))))
    cycles = {"monthly": (1,), "usage": (1,), "mixed": (1, 3, 6, 12), "longer": (3, 12)}[style]
    services = [
        _service(rng, f"L{number}{index}", rng.choice(cycles), style != "usage")
        for index in range(rng.randint(1, 4))
    ]
    if style == "mixed":
        services[0] = _service(rng, services[0].key, 1, recurring=True)
    own_fee = [_fee(rng)] if style in ("monthly", "mixed") and rng.random() < 0.4 else []
    # with several longer lines it may happen that usage is never left without a service in the
    # last three months, and was before: then the contract's baseline lacks that part
    usage_ok = style != "longer" or len(services) == 1
    return SteadyAccount(
        vendor=vendor,
        number=number,
        day=day,
        services=(*services, *own_fee),
        tax_percent=rng.choice((0, 3, 8)),
        usage=_price(rng) if usage_ok and rng.random() < 0.4 else 0,
        apart=style in ("monthly", "mixed") and rng.random() < 0.25,
    )


def _service(rng: random.Random, key: str, cycle: int, recurring: bool) -> SteadyService:
    charges: list[Charge] = []
    if recurring:
        price = _price(rng) + 10 * QUARTER
        charges.append(Charge(key, "MRC", price))
        if rng.random() < 0.25:
            charges.append(Charge(key, "MRC", -rng.randint(1, 9) * QUARTER))
        if rng.random() < 0.4:
            charges.append(Charge(key, "SUR", price // 100 * rng.choice((2, 5, 7))))
    usage = _price(rng) if not recurring or rng.random() < 0.4 else 0
    return SteadyService(key, cycle, rng.randrange(cycle), tuple(charges), usage)


def _fee(rng: random.Random) -> SteadyService:
    """A fee or a standing discount of the account itself."""
    amount = rng.choice((1, -1)) * rng.randint(1, 20) * QUARTER
    return SteadyService("", 1, 0, (Charge("", "MRC", amount),), 0)


def _price(rng: random.Random) -> int:
    return rng.randint(4, 800) * QUARTER


def _bills(rng: random.Random, account: SteadyAccount, start: int, month: int) -> list[Bill]:
    billed = _dated(rng, account, month - start, month)
    recurring: list[Charge] = []
    usage: list[Charge] = []
    for one in account.services:
        if (month - start - one.phase) % one.cycle == 0:
            days = period(bill_day(month, min(account.day, 28)), one.cycle)
            recurring += [replace(line, start=days[0], end=days[1]) for line in one.charges]
        if one.usage:
            usage.append(Charge(one.key, "USG", one.usage))
    if account.usage:
        usage.append(Charge("", "USG", account.usage))
    recurring += _account_tax(account, recurring)
    groups = [recurring, usage] if account.apart else [recurring + usage]
    return [
        Bill(
            account.vendor,
            account.number,
            f"{account.number}-{month_text(month)}-{index}",
            billed,
            tuple(charges),
            sum(charge.amount for charge in charges),
        )
        for index, charges in enumerate(groups)
        if charges
    ]


def _account_tax(account: SteadyAccount, recurring: list[Charge]) -> list[Charge]:
    """A tax of the account on what its services cost on this bill."""
    sums: dict[str, int] = defaultdict(int)
    for charge in recurring:
        if charge.kind == "MRC":
            sums[charge.service] += charge.amount
    base = sum(amount for amount in sums.values() if amount > 0)
    if not account.tax_percent or not base:
        return []
    return [Charge("", "TAX", base // 100 * account.tax_percent)]


def _dated(rng: random.Random, account: SteadyAccount, index: int, month: int) -> date:
    """The bill's date: its cycle day, sometimes a day early or late.

    The first bills are dated as usual, so that the usual day is the cycle day.
    """
    billed = bill_day(month, account.day)
    few = not account.monthly and not 6 <= account.day <= 26
    if few or index < 4 or rng.random() < 0.7:
        return billed
    return billed + timedelta(days=rng.choice((-1, 1)))
