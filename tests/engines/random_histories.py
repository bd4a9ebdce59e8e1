"""Random histories of bills, with everything that carriers and importers get wrong.

`random_history` mixes cycle days, early and late bills, lines by the quarter and year with and
without a period, missing, corrected and completed invoices, lines of the account, usage, standing
discounts, one-off lines, parts of months, services that come, go and change account or carrier,
and accounts that end. `no_change_history` is the opposite: nothing happens in it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.engines.measure_bill_texts import (
    Bill,
    Charge,
    Sample,
    bill_day,
    bills_text,
    inventory_text,
    period,
)
from tests.engines.measure_history import days_in, month_text
from tests.engines.measure_no_change import no_change_history

__all__ = ["no_change_history", "random_history"]

STYLES = ("plain", "plain", "plain", "plain", "longer", "usage", "sparse", "one-off")


@dataclass(frozen=True)
class Plan:
    """A service on an account: what it costs every `cycle` months in the months of its life."""

    key: str
    cycle: int
    phase: int
    dated: str
    price: int
    life: range
    traits: frozenset[str]

    def due(self, month: int) -> bool:
        """Whether its recurring line is billed in a month."""
        return month in self.life and (month - self.phase) % self.cycle == 0


@dataclass(frozen=True)
class AccountPlan:
    """An account with its usual day, its services and what it bills as a whole."""

    vendor: str
    number: str
    day: int
    life: range
    plans: tuple[Plan, ...]
    traits: frozenset[str]


def random_history(seed: int) -> Sample:
    """A random history; `through` and `months` are good for a baseline in nearly all of them."""
    rng = random.Random(f"random {seed}")
    start = 2022 * 12 + rng.randrange(12)
    all_months = range(start, start + rng.randint(12, 34))
    frozen = rng.randint(start + 5, all_months[-1] - 2)
    accounts = _accounts(rng, all_months)
    bills = [
        bill
        for account in accounts
        for month in account.life
        if rng.random() > 0.02
        for bill in _bills(rng, account, month)
    ]
    rng.shuffle(bills)
    billed = {bill.account for bill in bills}
    return Sample(
        files=_files(rng, bills),
        inventory=_inventory(rng, accounts),
        ends=_ends(rng, [one for one in accounts if one.number in billed], all_months),
        through=month_text(frozen),
        months=rng.choice((3, 4, 6, 9, 12, 12, 12, 18)),
        escalator=rng.choice(("0", "0", "0.03", "0.0275")),
    )


def _accounts(rng: random.Random, months: range) -> list[AccountPlan]:
    accounts = [
        _account(rng, f"Carrier {name}", f"{index}{number}00", months)
        for index, name in enumerate("ABC"[: rng.randint(1, 3)])
        for number in range(1, rng.randint(2, 5))
    ]
    if len(accounts) > 1 and rng.random() < 0.5:
        # a service that leaves one account for another, of the same carrier or of a new one
        old, new = rng.sample(range(len(accounts)), 2)
        moved = rng.choice(accounts[old].plans)
        when = rng.choice(months)
        before = replace(moved, life=range(moved.life.start, when))
        after = replace(moved, life=range(when, months.stop))
        kept = tuple(before if one is moved else one for one in accounts[old].plans)
        accounts[old] = replace(accounts[old], plans=kept)
        accounts[new] = replace(accounts[new], plans=(*accounts[new].plans, after))
    return accounts


def _some(rng: random.Random, odds: dict[str, float]) -> frozenset[str]:
    return frozenset(name for name, chance in odds.items() if rng.random() < chance)


def _account(rng: random.Random, vendor: str, number: str, months: range) -> AccountPlan:
    style = rng.choice(STYLES)
    first, last = months.start, months.stop
    if rng.random() < 0.15:
        first = rng.choice(months)
    if rng.random() < 0.2:
        last = rng.randint(first + 1, months.stop)
    odds = {
        "fee": 0.2,
        "discount": 0.15,
        "tax": 0.4,
        "surcharge": 0.2,
        "usage": 0.25,
        "second": 0.2,
        "late": 0.3,
    }
    traits = _some(rng, odds) | {style}
    if style in ("usage", "one-off", "sparse", "longer"):
        traits -= {"fee", "discount", "second"}
    life = range(first, last)
    plans = [_plan(rng, f"L{number}{index}", style, life) for index in range(rng.randint(1, 4))]
    day = rng.choice((rng.randint(1, 31), rng.choice((1, 2, 5, 27, 28, 29, 30, 31))))
    return AccountPlan(vendor, number, day, life, tuple(plans), traits)


def _plan(rng: random.Random, key: str, style: str, life: range) -> Plan:
    cycles = {"plain": (1, 1, 1, 1, 1, 3, 6, 12), "longer": (3, 3, 6, 12), "sparse": (3, 4)}
    cycle = rng.choice(cycles.get(style, (1,)))
    dated = rng.choice(
        ("whole", "whole", "none", "half") if cycle == 1 else ("whole",) * 4 + ("none",)
    )
    first, last = life.start, life.stop
    if rng.random() < 0.2:
        first = rng.choice(life)
    if rng.random() < 0.2:
        last = rng.randint(first + 1, life.stop)
    odds = {
        "tax": 0.4,
        "usage": 0.35,
        "discount": 0.1,
        "credit": 0.1,
        "changes": 0.15,
        "fraction": 0.5,
        "slack": 0.3,
        "one-offs": 0.3,
        "taxed-apart": 0.1,
    }
    traits = _some(rng, odds)
    if style in ("usage", "one-off"):
        traits |= {"no recurring", {"usage": "usage", "one-off": "one-offs"}[style]}
    if style == "sparse":
        dated = "none"
    return Plan(key, cycle, rng.randrange(cycle), dated, _price(rng), range(first, last), traits)


def _price(rng: random.Random) -> int:
    """Micros: mostly whole cents, sometimes finer."""
    return rng.randint(100, 90_000) * 10_000 + rng.choice((0, 0, 0, 2_500, 1, 333_333))


def _charges(rng: random.Random, plan: Plan, month: int, day: int) -> list[Charge]:
    if month not in plan.life:
        return []
    charges: list[Charge] = []
    if plan.due(month) and "no recurring" not in plan.traits:
        charges += _recurring(rng, plan, month, day)
    if "usage" in plan.traits and rng.random() < 0.9:
        charges.append(Charge(plan.key, "USG", _price(rng) // 20))
    if "one-offs" in plan.traits and rng.random() < 0.3:
        kind = rng.choice(("NRC", "OCC", "LPC", "CRD", "ADJ"))
        sign = -1 if kind in ("CRD", "ADJ") else 1
        charges.append(Charge(plan.key, kind, sign * _price(rng) // 3))
        if rng.random() < 0.5:
            charges.append(Charge(plan.key, "TAX", _price(rng) // 50))
    if "taxed-apart" in plan.traits:
        charges.append(Charge(plan.key, rng.choice(("TAX", "SUR")), _price(rng) // 60))
    return charges


def _recurring(rng: random.Random, plan: Plan, month: int, day: int) -> list[Charge]:
    """The recurring line with what goes with it: parts of months, discount, taxes."""
    price = plan.price
    if "changes" in plan.traits and month > plan.life.start + 8:
        price = price * 11 // 10
    slack = rng.choice((0, 1, -2, 3, -3, 4, -4)) if "slack" in plan.traits else 0
    start, end = period(bill_day(month, rng.choice((1, day))), plan.cycle, slack)
    line = Charge(plan.key, "MRC", price, start, end)
    if plan.dated == "none":
        line = replace(line, start=None, end=None)
    if plan.dated == "half":
        line = replace(line, start=None) if rng.random() < 0.5 else replace(line, end=None)
    charges = [line]
    if "fraction" in plan.traits and month in (plan.life.start, plan.life.stop - 1):
        charges = _fractions(rng, line, month, plan.cycle)
    if "discount" in plan.traits:
        charges.append(replace(line, amount=-price // 7))
    if "credit" in plan.traits and rng.random() < 0.3:
        charges.append(Charge(plan.key, rng.choice(("CRD", "MRC")), -price // 5))
    if "tax" in plan.traits:
        dates = rng.choice(((None, None), (start, end)))
        charges.append(Charge(plan.key, rng.choice(("TAX", "SUR")), price // 13, *dates))
    return charges


def _fractions(rng: random.Random, line: Charge, month: int, cycle: int) -> list[Charge]:
    """A part of a month, alone or beside the whole line."""
    first = rng.randint(1, days_in(month))
    last = rng.randint(first, days_in(month))
    part = line.amount * (last - first + 1) // days_in(month) // cycle
    fraction = replace(line, amount=part, start=bill_day(month, first), end=bill_day(month, last))
    return rng.choice(([fraction], [fraction, line], [line, replace(fraction, amount=-part)]))


def _bills(rng: random.Random, account: AccountPlan, month: int) -> list[Bill]:
    charges = [one for plan in account.plans for one in _charges(rng, plan, month, account.day)]
    charges += _of_account(rng, account, month, bool(charges))
    if not charges:
        return []
    groups = [charges]
    if "second" in account.traits:
        cut = rng.randint(1, len(charges))
        groups = rng.choice(([charges[:cut], charges[cut:]], _apart(charges)))
    billed = bill_day(month, account.day)
    if "late" in account.traits and rng.random() < 0.4:
        billed += timedelta(days=rng.choice((-1, 1, -1, 1, -5, 5, rng.randint(-6, 6))))
    return [
        Bill(
            account.vendor,
            account.number,
            f"{account.number}-{month_text(month)}-{index}",
            billed,
            tuple(group),
            sum(one.amount for one in group) if rng.random() < 0.7 else None,
        )
        for index, group in enumerate(groups)
        if group
    ]


def _apart(charges: list[Charge]) -> list[list[Charge]]:
    recurring = [one for one in charges if one.kind in ("MRC", "TAX", "SUR")]
    return [recurring, [one for one in charges if one not in recurring]]


def _of_account(rng: random.Random, account: AccountPlan, month: int, billed: bool) -> list[Charge]:
    """Lines without a service."""
    found: list[Charge] = []
    traits = account.traits
    if "fee" in traits:
        found.append(Charge("", "MRC", 12_340_000, *period(bill_day(month, 1), 1)))
    if "discount" in traits:
        found.append(Charge("", "MRC", -7_654_321))
    if "tax" in traits and billed:
        found.append(Charge("", "TAX", _price(rng) // 30))
    if "surcharge" in traits and billed:
        dates = rng.choice(((None, None), period(bill_day(month, 1), rng.choice((1, 3, 12)))))
        found.append(Charge("", "SUR", rng.choice((1, 1, -1)) * _price(rng) // 40, *dates))
    if "usage" in traits and (billed or "usage" in account.traits):
        found.append(Charge("", "USG", _price(rng) // 30))
    if rng.random() < 0.06:
        kind = rng.choice(("NRC", "OCC", "LPC", "CRD", "ADJ"))
        found.append(Charge("", kind, rng.choice((1, -1)) * _price(rng) // 10))
    return found


def _files(rng: random.Random, bills: list[Bill]) -> tuple[tuple[str, str], ...]:
    """One or two files, then one that completes some invoices and one that corrects some."""
    first, rest, corrected = [], [], []
    for bill in bills:
        luck = rng.random()
        first.append(bill)
        if luck < 0.04:
            corrected.append(_corrected(rng, bill))
        elif luck < 0.08 and bill.total and len(bill.charges) > 1:
            cut = rng.randint(1, len(bill.charges) - 1)
            halves = bill.charges[:cut], bill.charges[cut:]
            if all(sum(one.amount for one in half) != bill.total for half in halves):
                first[-1] = replace(bill, charges=halves[0])
                rest.append(replace(bill, charges=halves[1]))
    half = len(first) // 2 if rng.random() < 0.5 else 0
    named = [
        ("a.csv", first[:half]),
        ("b.csv", first[half:]),
        ("completion.csv", rest),
        ("correction.csv", corrected),
    ]
    return tuple((name, bills_text(held)) for name, held in named if held)


def _corrected(rng: random.Random, bill: Bill) -> Bill:
    """The same invoice with another content and no stated total."""
    charges = list(bill.charges)
    index = rng.randrange(len(charges))
    charges[index] = replace(charges[index], amount=charges[index].amount // 2 + 10_000)
    if len(charges) > 1 and rng.random() < 0.4:
        del charges[(index + 1) % len(charges)]
    return replace(bill, charges=tuple(charges), total=None)


def _ends(
    rng: random.Random, accounts: Iterable[AccountPlan], months: range
) -> tuple[tuple[str, str, str], ...]:
    """The ends that a person recorded: mostly right, sometimes too early."""
    found = []
    for account in accounts:
        ends = account.life.stop < months.stop
        if rng.random() < (0.5 if ends else 0.08):
            month = account.life.stop - 1 if ends else rng.choice(account.life)
            found.append((account.vendor, account.number, month_text(month)))
    return tuple(found)


def _inventory(rng: random.Random, accounts: Iterable[AccountPlan]) -> str:
    """A row for most services, with the disconnect date of most that ended."""
    rows: dict[str, tuple[str, ...]] = {}
    lasting: dict[str, int] = defaultdict(int)
    for account in accounts:
        for plan in account.plans:
            if rng.random() < 0.05 or plan.life.stop <= lasting[plan.key]:
                continue
            lasting[plan.key] = plan.life.stop
            date = bill_day(plan.life.stop, rng.choice((1, 1, 15)))
            gone = rng.random() < 0.8 and plan.life.stop < account.life.stop
            whole = rng.random() < 0.6 and plan.life.stop == account.life.stop
            rows[plan.key] = (
                plan.key,
                "other",
                "disconnected" if gone else "active",
                "",
                rng.choice((account.vendor, account.vendor, "")),
                account.number,
                date.isoformat() if gone or whole else "",
            )
    return inventory_text(rows.values())
