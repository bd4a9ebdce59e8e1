"""Accounts that the inventory shows to have ended: all their services are disconnected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from telecom_audit.months import month_of_day
from telecom_audit.savings.bill_lines import RECURRING, Names
from telecom_audit.savings.placement import Parts


def disconnected_months(
    parts: Parts, names: Names, disconnect_days: Mapping[tuple[str, str], int], through: int
) -> dict[int, int]:
    """The last month of each account whose services all have a disconnect date.

    The services are those with MRC lines on the account since M - 2, at least one, `account:NUMBER`
    not counted; the month is that of the day before the latest date.

    Args:
        parts: what counts where.
        names: what the positions in `parts` stand for.
        disconnect_days: vendor's name and service key -> day number, where the inventory has one.
        through: M.
    """
    if not disconnect_days:
        return {}
    since = (parts.part == RECURRING) & (parts.month >= through - 2)
    since &= parts.service < len(names.billed)
    width = len(names.services)
    pairs = np.unique(parts.account[since] * width + parts.service[since])
    services: dict[int, list[int]] = defaultdict(list)
    for account, service in zip((pairs // width).tolist(), (pairs % width).tolist(), strict=True):
        services[account].append(service)
    answer: dict[int, int] = {}
    for account, numbers in services.items():
        keys = [(names.services[number].vendor, names.services[number].key) for number in numbers]
        if all(key in disconnect_days for key in keys):
            answer[account] = month_of_day(max(disconnect_days[key] for key in keys) - 1)
    return answer
