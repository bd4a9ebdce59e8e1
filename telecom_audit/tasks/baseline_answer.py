"""An edition of the baseline from the costs of a window, and how it is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from telecom_audit.errors import UsageError
from telecom_audit.money import exact, money_text
from telecom_audit.months import month_text
from telecom_audit.savings.editions import Baseline, BaselineService, Unallocated
from telecom_audit.savings.expected import Window
from telecom_audit.savings.payments import PaidInMonth, meters
from telecom_audit.savings.window import WindowCosts
from telecom_audit.store import counted_lines
from telecom_audit.tasks.baseline_bills import CountedBills, billed_places
from telecom_audit.tasks.baseline_warnings import baseline_warnings


@dataclass(frozen=True)
class FreezeOrder:
    """What to freeze: the window's last month (a month number) and length, g, and who does it."""

    through: int
    by: str
    months: int = 12
    escalator: str = "0"

    @property
    def window(self) -> Window:
        """The months of the window."""
        return Window(self.through - self.months + 1, self.through)

    def parameters(self) -> dict[str, object]:
        """The order as the log keeps it."""
        return {
            "through": month_text(self.through),
            "months": self.months,
            "escalator": self.escalator,
            "by": self.by,
        }


def freeze_order(through: int, by: str, months: int = 12, escalator: str = "0") -> FreezeOrder:
    """A checked order.

    Raises:
        UsageError: the escalator is no decimal above -1, or nobody is named.
    """
    try:
        rise = exact(escalator.strip())
    except ValueError:
        rise = None
    if rise is None or rise <= -1:
        raise UsageError(
            f"{escalator!r} is no yearly rise", "Write a decimal above -1, as 0.03 for 3 %."
        )
    if not by.strip():
        raise UsageError("nobody is named", "Name who freezes the baseline with --by.")
    return FreezeOrder(through, by.strip(), months, escalator.strip())


def payments_by_month(connection: sqlite3.Connection) -> list[PaidInMonth]:
    """All payments by month, payer and vendor."""
    return [PaidInMonth(*row) for row in counted_lines.payments_by_month(connection)]


def frozen_baseline(
    connection: sqlite3.Connection,
    counted: CountedBills,
    costs: WindowCosts,
    edition: tuple[int, FreezeOrder],
) -> Baseline:
    """The baseline of a window, its services with what the latest bill says of them.

    Args:
        connection: to the project.
        counted: its bills.
        costs: what the bills of the window come to.
        edition: the number of the edition, and what was asked for.
    """
    number, order = edition
    accounts = counted.names.accounts
    return Baseline(
        number,
        order.through,
        order.months,
        order.escalator,
        _services(connection, counted, costs),
        tuple(
            Unallocated(accounts[place].vendor, accounts[place].number, micros)
            for place, micros in costs.unallocated.items()
        ),
        meters(payments_by_month(connection), order.window),
    )


def _services(
    connection: sqlite3.Connection, counted: CountedBills, costs: WindowCosts
) -> tuple[BaselineService, ...]:
    places = billed_places(connection, counted)
    names = counted.names
    return tuple(
        BaselineService(
            service.vendor,
            service.name,
            service.key,
            place.account,
            place.service_type,
            place.site,
            cost.mrc,
            cost.tax,
            cost.usage,
            tuple(sorted(names.accounts[one].number for one in costs.mrc_accounts.get(number, ()))),
            number in costs.rare,
        )
        for number, service, cost, place in (
            (number, service, costs.costs[number], places[service.vendor, service.key])
            for number in _in_order(counted, costs.costs)
            for service in (names.services[number],)
        )
    )


def _in_order(counted: CountedBills, numbers: Iterable[int]) -> list[int]:
    services = counted.names.services
    return sorted(numbers, key=lambda number: (services[number].vendor, services[number].key))


def baseline_answer(frozen: Baseline, counted: CountedBills, costs: WindowCosts) -> dict[str, Any]:
    """What `baseline --json` answers, but for `digest` and `frozen_by`."""
    escalator = exact(frozen.escalator_text)
    services = counted.names.services

    def named(number: int) -> dict[str, Any]:
        one = services[number]
        return {"vendor": one.vendor, "service": one.name, "service_key": one.key}

    return {
        "edition": frozen.edition,
        "through": month_text(frozen.through),
        "months": frozen.months,
        "escalator": int(escalator) if escalator.denominator == 1 else float(escalator),
        "services": [
            {
                "vendor": one.vendor,
                "service": one.service,
                "service_key": one.service_key,
                "mrc": money_text(one.mrc_micros),
                "tax": money_text(one.tax_micros),
                "usage": money_text(one.usage_micros),
            }
            for one in frozen.services
        ],
        "thin": [
            named(number) | {"months": costs.thin[number]}
            for number in _in_order(counted, costs.thin)
        ],
        "ended": [
            named(number) | {"amount": money_text(costs.ended[number])}
            for number in _in_order(counted, costs.ended)
        ],
        "one_off": money_text(costs.one_off),
        "unallocated": money_text(frozen.unallocated_micros),
        "payments": [
            {"payer": one.payer, "vendor": one.vendor, "average": money_text(one.average_micros)}
            for one in frozen.payments
        ],
        "warnings": baseline_warnings(frozen, counted, costs),
    }
