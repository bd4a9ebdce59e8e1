"""What the command `scenario` answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telecom_audit.migration.plan import OneTimeItem, Plan, RecurringItem
from telecom_audit.money import half_up, money_text
from telecom_audit.months import month_text
from telecom_audit.tasks.scenarios import KeptScenario, actions


def added_document(plan: Plan) -> dict[str, Any]:
    """What `scenario add --json` answers."""
    return {
        "name": plan.name,
        "start": month_text(plan.start),
        "months": plan.months,
        "edition": plan.edition,
        "actions": actions(plan),
        "warnings": list(plan.warnings),
    }


def listed_document(scenarios: Iterable[KeptScenario]) -> dict[str, Any]:
    """What `scenario list --json` answers; `not_measurable` is null or says why."""
    listed = [
        {
            "name": kept.plan.name,
            "start": month_text(kept.plan.start),
            "months": kept.plan.months,
            "edition": kept.plan.edition,
            "not_measurable": kept.not_measurable or None,
        }
        for kept in scenarios
    ]
    return {"scenarios": listed}


def shown_document(kept: KeptScenario) -> dict[str, Any]:
    """What `scenario show --json` answers: the plan, and the file as it was given."""
    plan = kept.plan
    return added_document(plan) | {
        "not_measurable": kept.not_measurable or None,
        "waves": [
            {
                "name": wave.name,
                "cutover": month_text(wave.cutover),
                "moved": month_text(kept.cutovers[wave.name])
                if wave.name in kept.cutovers
                else None,
            }
            for wave in plan.waves
        ],
        "services": [
            {
                "vendor": service.vendor,
                "service": service.service,
                "action": service.action,
                "kind": service.kind,
                "wave": None if service.wave is None else plan.waves[service.wave].name,
                "monthly": money_text(service.cost),
            }
            for service in plan.services
        ],
        "items": [*map(_item, plan.recurring), *map(_item, plan.one_time)],
        "text": kept.text,
    }


def _item(item: RecurringItem | OneTimeItem) -> dict[str, Any]:
    return {
        "name": item.name,
        "price": money_text(half_up(item.price)),
        "quantity": float(item.quantity),
    }
