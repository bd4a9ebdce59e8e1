"""How many of each new thing: quantities given, and those counted from the services that move."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from telecom_audit.errors import RefusedError
from telecom_audit.migration.plan import OneTimeItem, PlannedService, RecurringItem
from telecom_audit.migration.scenario_file import Amount, OneTimeRule, RecurringRule, ScenarioFile


def resolved_items(
    scenario: ScenarioFile, counted: Sequence[PlannedService]
) -> tuple[tuple[RecurringItem, ...], tuple[OneTimeItem, ...]]:
    """The items with their quantities.

    Args:
        scenario: as its file says.
        counted: the services that shares count (`Plan.share_services`).

    Raises:
        RefusedError: an item follows the waves' share, and nothing moves.
    """
    recurring = tuple(_recurring(rule, counted) for rule in scenario.recurring)
    one_time = tuple(_one_time(rule, counted) for rule in scenario.one_time)
    return recurring, one_time


def _recurring(rule: RecurringRule, counted: Sequence[PlannedService]) -> RecurringItem:
    if rule.from_month is None and not counted:
        _refuse_share(f"[[recurring]] {rule.name!r}", "from")
    return RecurringItem(
        rule.name,
        rule.amount.price,
        _quantity(rule.amount, counted),
        rule.lead_months,
        rule.from_month,
        rule.bill,
        rule.escalator,
        rule.tax_rate,
    )


def _one_time(rule: OneTimeRule, counted: Sequence[PlannedService]) -> OneTimeItem:
    if rule.month is None and not counted:
        _refuse_share(f"[[one_time]] {rule.name!r}", "month")
    return OneTimeItem(rule.name, rule.amount.price, _quantity(rule.amount, counted), rule.month)


def _refuse_share(where: str, key: str) -> None:
    raise RefusedError(
        f"{where} follows the waves, and no service of the inventory moves",
        f'Add a disposition that moves services, or write {key} = "2026-04".',
    )


def _quantity(amount: Amount, counted: Sequence[PlannedService]) -> Fraction:
    if amount.quantity is not None:
        return amount.quantity
    return amount.factor * _driver(amount.per, counted)


def _driver(per: str, counted: Sequence[PlannedService]) -> int:
    if per == "migrated-service":
        return len(counted)
    if per == "did":
        return sum(_numbers(service) for service in counted)
    cells = {service.cells.get(per, "").strip().casefold() for service in counted}
    return len(cells - {""})


def _numbers(service: PlannedService) -> int:
    if service.cells.get("service_type", "").strip().casefold() != "did-block":
        return 0
    channels = service.cells.get("channels", "").strip()
    return int(channels) if channels else 1
