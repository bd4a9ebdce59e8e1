"""What ending contracts early costs (the contract, section 5)."""

from __future__ import annotations

from collections import defaultdict

from telecom_audit.migration.plan import Plan
from telecom_audit.migration.timing import last_billed_month
from telecom_audit.money import half_up
from telecom_audit.months import last_day, month_of_day


def terminations(plan: Plan) -> dict[int, int]:
    """Month of the plan -> micros due in it; months after N are told too."""
    contracts = {contract.name: contract for contract in plan.contracts}
    due: dict[int, int] = defaultdict(int)
    last: dict[str, int] = {}
    for service in plan.services:
        contract = contracts.get(service.contract)
        if contract is None or not service.counted or service.wave is None:
            continue
        month = last_billed_month(plan, plan.waves[service.wave], service.action)
        last[contract.name] = max(month, last.get(contract.name, 0))
        if contract.remaining is not None and contract.effective_to is not None:
            left = months_left(plan.start + month - 1, contract.effective_to)
            due[month] += half_up(contract.remaining * service.mrc * left)
    for name, month in last.items():
        contract = contracts[name]
        if contract.flat is None or contract.stays or contract.effective_to is None:
            continue
        if month_of_day(contract.effective_to) > plan.start + month - 1:
            due[month] += half_up(contract.flat)
    return dict(due)


def months_left(month: int, effective_to: int) -> int:
    """The calendar months after a month number whose last day is not after a day number."""
    end = month_of_day(effective_to)
    whole = end if last_day(end) <= effective_to else end - 1
    return max(0, whole - month)
