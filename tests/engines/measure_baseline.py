"""The baseline of the contract, section 7: what each service cost before anything was changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from tests.engines.measure_coverage import Bills, Coverage
from tests.engines.measure_history import half_up
from tests.engines.measure_placing import Part

Service = tuple[str, str]


class RefusedError(Exception):
    """The program refuses this with exit 3."""


@dataclass(frozen=True)
class Cost:
    """The monthly cost of a service; `thin` is its number of months when that is 1 or 2."""

    mrc: int
    tax: int
    usage: int
    thin: int = 0

    @property
    def whole(self) -> int:
        """c(i) of the contract."""
        return self.mrc + self.tax + self.usage


@dataclass(frozen=True)
class Baseline:
    """The services and their costs, and what stands beside them."""

    costs: dict[Service, Cost]
    ended: dict[Service, int]
    one_off: int
    unallocated: int


def baseline_of(bills: Bills, coverage: Coverage) -> Baseline:
    """The baseline over the window of `coverage`."""
    window = coverage.window
    billed = {month for _, month in bills.counted if month in window}
    if len(billed) < 3:
        raise RefusedError("bills count in fewer than 3 months of the window")
    parts: dict[Service, list[Part]] = defaultdict(list)
    for part in bills.parts:
        if part.service and part.month in window:
            parts[part.vendor, part.service].append(part)
    costs, ended = {}, {}
    for service, found in parts.items():
        recurring = [part for part in found if part.kind == "recurring"]
        if _in_baseline(found, coverage):
            costs[service] = _cost(found, coverage)
        elif recurring:
            ended[service] = _sum(recurring)
    if not costs:
        raise RefusedError("no service is in the baseline")
    one_off = _sum(p for p in bills.parts if p.kind == "one_off" and p.month in window)
    return Baseline(costs, ended, one_off, _unallocated(bills, coverage))


def _sum(parts: Iterable[Part]) -> int:
    return sum(part.amount for part in parts)


def _months(parts: Iterable[Part]) -> list[int]:
    return sorted({part.month for part in parts if part.kind == "recurring"})


def _in_baseline(parts: list[Part], coverage: Coverage) -> bool:
    months = _months(parts)
    if not months:
        return any(
            part.own and part.kind in ("tax", "usage") and part.month in coverage.recent
            for part in parts
        )
    return _is_rare(months, coverage) or any(
        part.kind == "recurring"
        and part.month == coverage.latest_covered((part.vendor, part.account))
        for part in parts
    )


def _is_rare(months: list[int], coverage: Coverage) -> bool:
    if len(months) < 2 or months[-1] not in coverage.recent:
        return False
    return 2 * len(months) <= months[-1] - months[0] + 1


def _cost(parts: list[Part], coverage: Coverage) -> Cost:
    months = _months(parts)
    usage = _average(parts, "usage", coverage)
    if not months:
        return Cost(0, _average(parts, "tax", coverage), usage)
    if _is_rare(months, coverage):
        # bills arrive for the time before them: the first one pays for what lies before it
        span = months[-1] - months[0]
        mrc, tax = (
            half_up(Fraction(_sum(_select(parts, kind, months[1:])), span))
            for kind in ("recurring", "tax")
        )
        return Cost(mrc, tax, usage)
    if len(months) <= 2:
        mrc, tax = _latest(parts, months[-1])
        return Cost(mrc, tax, usage, thin=len(months))
    mrc, tax = (
        half_up(Fraction(median(Fraction(_sum(_select(parts, kind, [m]))) for m in months)))
        for kind in ("recurring", "tax")
    )
    return Cost(mrc, tax, usage)


def _select(parts: Iterable[Part], kind: str, months: Iterable[int]) -> list[Part]:
    wanted = set(months)
    return [part for part in parts if part.kind == kind and part.month in wanted]


def _latest(parts: list[Part], month: int) -> tuple[int, int]:
    """Recurring and tax of a month, without its fractions when it has other lines."""
    lines, tax = _select(parts, "recurring", [month]), _sum(_select(parts, "tax", [month]))
    whole = [part for part in lines if not part.fraction]
    if not whole or len(whole) == len(lines) or _sum(lines) == 0:
        return _sum(whole or lines), tax
    return _sum(whole), half_up(Fraction(tax * _sum(whole), _sum(lines)))


def _average(parts: list[Part], kind: str, coverage: Coverage) -> int:
    """The mean over the covered months from the first line that is not one-off on."""
    lasting = [part for part in parts if part.kind != "one_off"]
    accounts = {(part.vendor, part.account) for part in lasting}
    first = min(part.month for part in lasting)
    months = [
        month
        for month in range(first, coverage.frozen + 1)
        if any(coverage.covered(account, month) for account in accounts)
    ]
    if not months:
        return 0
    return half_up(Fraction(_sum(_select(parts, kind, months)), len(months)))


def _unallocated(bills: Bills, coverage: Coverage) -> int:
    total = 0
    for vendor, account in bills.accounts:
        parts = [
            part
            for part in bills.parts
            if part.kind == "unallocated" and (part.vendor, part.account) == (vendor, account)
        ]
        months = [m for m in coverage.window if coverage.covered((vendor, account), m)]
        if months and any(part.month in coverage.recent for part in parts):
            billed = _sum(_select(parts, "unallocated", months))
            total += half_up(Fraction(billed, len(months)))
    return total
