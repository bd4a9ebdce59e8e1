"""The forecast of section 5 in fractions, service by service and month by month.

Written from the contract alone: it imports nothing of the program and is its oracle in tests.
The scenario is the dict that `tomllib.loads(text, parse_float=Decimal)` gives; inventory and
contract rows are dicts of text by the captions of the standard layouts. A baseline is a dict:
through ("2025-12"), escalator (text or Decimal) and services, each with vendor, service, mrc,
tax, usage (text), has_mrc_lines (on its account in the last three months) and, as billed,
account, service_type and site.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .forecast_amounts import (
    fraction,
    last_day,
    micros,
    money_text,
    month,
    month_text,
)
from .forecast_metrics import Flows, metrics
from .forecast_plan import MOVING, Plan, Row, Service, Table, cells_of, resolve

COLUMNS = ("baseline", "legacy", "new_recurring", "one_time", "termination")


def forecast(
    scenario: Table,
    inventory: Sequence[Row],
    contracts: Sequence[Row],
    baseline: Table | None = None,
) -> dict[str, Any]:
    """Months and metrics of a scenario, spelled as `forecast --json` spells them."""
    plan = resolve(scenario, inventory, baseline)
    flows = _flows(scenario, plan, contracts, baseline)
    head = scenario["scenario"]
    rate = Decimal(head["discount_rate"])
    return {
        "months": _months(scenario, flows),
        "metrics": metrics(flows, head.get("discounting", "month-end"), rate),
    }


def escalation(rate: Any, t: int) -> Fraction:
    """E(t, e): the price level in month t, one step after every twelve months."""
    return Fraction(1 + fraction(rate)) ** ((t - 1) // 12)


def _months(scenario: Table, flows: Flows) -> list[dict[str, str]]:
    start = month(scenario["scenario"]["start"])
    upfront = any(item.get("month") == "upfront" for item in scenario.get("one_time", []))
    net = flows.net()
    rows = []
    for t in range(0 if upfront else 1, len(net)):
        row = {"month": month_text(start + t - 1) if t else "upfront"}
        row |= {column: money_text(getattr(flows, column)[t]) for column in COLUMNS}
        row |= {"net": money_text(net[t]), "cumulative": money_text(sum(net[: t + 1]))}
        rows.append(row)
    return rows


def _flows(scenario: Table, plan: Plan, contracts: Sequence[Row], baseline: Table | None) -> Flows:
    last = scenario["scenario"]["months"]
    levels = [Fraction(0), *(_legacy_level(scenario, baseline, t) for t in range(1, last + 1))]
    numbered = list(enumerate(plan.services))
    recurring, one_time = scenario.get("recurring", []), scenario.get("one_time", [])
    start = month(scenario["scenario"]["start"])
    one_time_at = [_one_time_item(scenario, plan, item) for item in one_time]
    ended = _terminations(plan, contracts, start)
    months = range(1, last + 1)
    return Flows(
        baseline=[0, *(sum(micros(s.cost * levels[t]) for s in plan.services) for t in months)],
        legacy=[
            0,
            *(
                sum(micros(s.cost * levels[t] * plan.keep(i, t)) for i, s in numbered)
                for t in months
            ),
        ],
        new_recurring=[0, *(sum(_recurring(i, plan, start, t) for i in recurring) for t in months)],
        one_time=[
            sum(micros(parts.get(t, Fraction(0))) for parts in one_time_at) for t in range(last + 1)
        ],
        termination=[0, *(ended.get(t, 0) for t in months)],
    )


def _legacy_level(scenario: Table, baseline: Table | None, t: int) -> Fraction:
    """E(t, legacy_escalator); with a baseline in steps counted from the month after it."""
    head = scenario["scenario"]
    if baseline is None:
        return escalation(head.get("legacy_escalator", 0), t)
    k = month(head["start"]) + t - 1 - month(baseline["through"])
    return escalation(head.get("legacy_escalator", baseline["escalator"]), k)


def quantity(item: Table, plan: Plan) -> Fraction:
    """The units of an item: fixed, or factor * a count among the migrating services."""
    per = item.get("per", "")
    if not per:
        return fraction(item["quantity"])
    return fraction(item.get("factor", 1)) * _count(per, plan.share_services())


def _count(per: str, services: Sequence[Service]) -> int:
    if per == "migrated-service":
        return len(services)
    if per in ("user", "site"):
        return len({service.cells.get(per, "") for service in services} - {""})
    if per == "did":
        blocks = [s.cells for s in services if s.cells["service_type"].lower() == "did-block"]
        return sum(int(cells.get("channels") or 1) for cells in blocks)
    raise ValueError(f"unknown per {per!r}")


def _share(plan: Plan, t: int) -> Fraction:
    services = plan.share_services()
    moved = [service.wave.moved(t) for service in services if service.wave is not None]
    return sum(moved, Fraction(0)) / len(services)


def _recurring(item: Table, plan: Plan, start: int, t: int) -> int:
    if item.get("from"):
        share = Fraction(1 if start + t - 1 >= month(item["from"]) else 0)
    else:
        share = _share(plan, t + item.get("lead_months", 0))
    level = escalation(item.get("escalator", 0), t)
    amount = fraction(item["price"]) * quantity(item, plan) * share * level
    return micros(amount * (1 + fraction(item.get("tax_rate", 0))))


def _one_time_item(scenario: Table, plan: Plan, item: Table) -> dict[int, Fraction]:
    """The unrounded amounts of an item by t, whatever the last month is."""
    head = scenario["scenario"]
    amount = fraction(item["price"]) * quantity(item, plan)
    amount *= 1 + fraction(head.get("contingency", 0))
    at = item.get("month", "")
    if at == "upfront":
        return {0: amount}
    if at:
        return {month(at) - month(head["start"]) + 1: amount}
    parts: dict[int, Fraction] = {}
    services = plan.share_services()
    for service in services:
        assert service.wave is not None
        cutover = service.wave.cutover
        parts[cutover] = parts.get(cutover, Fraction(0)) + amount / len(services)
    return parts


def _terminations(plan: Plan, contracts: Sequence[Row], start: int) -> dict[int, int]:
    """Early termination in micros by t, also past the last month."""
    amounts: dict[int, int] = {}
    own = [service for service in plan.services if service.in_inventory]
    for name in sorted({service.cells.get("contract", "") for service in own} - {""}):
        clause, end = _terms(name, contracts)
        members = [service for service in own if service.cells["contract"] == name]
        for t, amount in _contract_fees(clause, end, members, start):
            amounts[t] = amounts.get(t, 0) + amount
    return amounts


def _terms(name: str, contracts: Sequence[Row]) -> tuple[str, dt.date | None]:
    """Clause ("" when none) and end of a contract (None when it has none)."""
    rows = [row for row in map(cells_of, contracts) if row["contract"] == name]
    clauses = {row.get("early_termination", "") for row in rows} - {""}
    if len(clauses) > 1:
        raise ValueError(f"the clauses of {name} disagree")
    ends = [row.get("effective_to", "") for row in rows]
    if not ends or "" in ends:
        return "", None
    return next(iter(clauses), ""), max(dt.date.fromisoformat(end) for end in ends)


def _contract_fees(
    clause: str, end: dt.date | None, members: Sequence[Service], start: int
) -> list[tuple[int, int]]:
    """(t, micros) of what ending the moving members costs."""
    kind, _, value = clause.partition(":")
    moving = [service for service in members if service.action in MOVING]
    if end is None or not moving or kind not in ("remaining", "flat"):
        return []
    if kind == "remaining":
        return [_remaining(service, fraction(value), end, start) for service in moving]
    t = max(service.last_billed() for service in moving)
    # past: a contract that ends with or before the last billed month is not ended early
    past = end <= last_day(start + t - 1)
    if len(moving) < len(members) or past:
        return []
    return [(t, micros(fraction(value)))]


def _remaining(service: Service, percent: Fraction, end: dt.date, start: int) -> tuple[int, int]:
    t = service.last_billed()
    months_left = 0
    while last_day(start + t - 1 + months_left + 1) <= end:
        months_left += 1
    return t, micros(percent / 100 * service.mrc * months_left)


def micros_of(row: Mapping[str, str], column: str) -> int:
    """A money cell of an answered month in micros, for comparisons."""
    return micros(fraction(row[column]))
