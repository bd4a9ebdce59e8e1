"""What the user should know about a plan before relying on it (the contract, section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from telecom_audit.migration.new_costs import one_time_parts
from telecom_audit.migration.plan import MOVING, Plan
from telecom_audit.migration.terminations import terminations
from telecom_audit.migration.timing import item_escalation, share, wave_parts
from telecom_audit.money import half_up, money_text
from telecom_audit.months import month_text


def plan_warnings(plan: Plan) -> tuple[str, ...]:
    """Warnings in a fixed order: services first, then what lies outside the months."""
    return (*_services(plan), *_contracts(plan), *_months(plan), *_leads(plan), *_after(plan))


def _services(plan: Plan) -> Iterator[str]:
    moving = [service for service in plan.services if service.action in MOVING]
    without_cost = sum(service.cost == 0 for service in moving)
    if without_cost:
        yield f"{_many(without_cost, 'moving service')} with a monthly cost of 0.00"
    undecided = [s for s in plan.services if s.action == "undecided" and s.cost]
    if undecided:
        total = money_text(sum(service.cost for service in undecided))
        yield f"{_many(len(undecided), 'undecided service')} of the baseline: {total} a month"


def _contracts(plan: Plan) -> Iterator[str]:
    committed = {contract.name for contract in plan.contracts if contract.committed}
    known = {contract.name for contract in plan.contracts}
    moving = [s for s in plan.services if s.action in MOVING and s.contract]
    under = sum(service.contract in committed for service in moving)
    if under:
        yield (
            f"{_many(under, 'moving service')} under an annual_commitment"
            f" ({', '.join(sorted(committed))})"
        )
    unknown = sum(service.contract not in known for service in moving)
    if unknown:
        yield f"{_many(unknown, 'moving service')} under contracts that were not imported"


def _months(plan: Plan) -> Iterator[str]:
    dated: list[tuple[str, int | str | None]] = [
        *((f"[[wave]] {wave.name!r}: cutover", wave.cutover) for wave in plan.waves),
        *((f"[[recurring]] {item.name!r}: from", item.from_month) for item in plan.recurring),
        *((f"[[one_time]] {item.name!r}: month", item.month) for item in plan.one_time),
    ]
    for what, month in dated:
        if isinstance(month, int) and month >= plan.start + plan.months:
            yield f"{what} {month_text(month)} lies after the last month and outside the figures"


def _leads(plan: Plan) -> Iterator[str]:
    parts = wave_parts(plan)
    for item in plan.recurring:
        early = range(1 - item.lead_months, 1) if item.from_month is None else range(0)
        amount = sum(
            half_up(
                item.price
                * item.quantity
                * share(plan, parts, month + item.lead_months)
                * item_escalation(item.escalator, month)
                * (1 + item.tax_rate)
            )
            for month in early
        )
        if amount:
            yield (
                f"[[recurring]] {item.name!r}: {money_text(amount)} fall before month 1"
                " through lead_months and outside the figures"
            )


def _after(plan: Plan) -> Iterator[str]:
    for item in plan.one_time:
        late = sum(
            (
                amount
                for month, amount in one_time_parts(plan, item)
                if month > plan.months and item.month is None
            ),
            Fraction(0),
        )
        if late:
            yield (
                f"[[one_time]] {item.name!r}: {money_text(half_up(late))} fall after the last"
                " month and outside the figures"
            )
    late_ends = sum(amount for month, amount in terminations(plan).items() if month > plan.months)
    if late_ends:
        yield (
            f"early termination of {money_text(late_ends)} falls after the last month and outside"
            " the figures"
        )


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
