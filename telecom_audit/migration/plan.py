"""The plan: a scenario resolved against a project, and kept so that nothing later changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

MIGRATING = frozenset({"migrate", "replace", "consolidate"})
MOVING = MIGRATING | {"disconnect"}
FOLLOWS = "follows"


@dataclass(frozen=True)
class Wave:
    """A wave of the plan; `cutover` is a month number, the others are months."""

    name: str
    cutover: int
    ramp_months: int
    dual_run_months: int
    billing_lag_months: int


@dataclass(frozen=True)
class PlannedService:
    """A service of the plan.

    Attributes:
        vendor: the carrier's name.
        service: as written in the inventory, or as billed.
        service_key: the canonical key, or `account:NUMBER`.
        cells: the columns that `when` clauses read, caption in lower case -> cell.
        mrc: b_mrc in micros a month, less the audit's claims; without a baseline monthly_cost.
        tax: b_tax, alike.
        usage: b_usage, alike.
        full_cost: c(i) of the baseline edition, in micros a month, nothing taken off.
        unclaimed_cost: c(i) less the audit's claims, whether the plan takes them off or not.
        action: what becomes of it; FOLLOWS for the lines of an account without a service.
        kind: the finer word of its disposition, or "".
        wave: the position of its wave in the plan; None when it does not move.
        counted: it stands in the inventory, and so in shares and quantities.
        contract: the contract that the inventory names, or "".
        follows: positions of the services whose account this one is billed on.
    """

    vendor: str
    service: str
    service_key: str
    cells: Mapping[str, str]
    mrc: int
    tax: int
    usage: int
    full_cost: int
    unclaimed_cost: int
    action: str
    kind: str = ""
    wave: int | None = None
    counted: bool = True
    contract: str = ""
    follows: tuple[int, ...] = ()

    @property
    def cost(self) -> int:
        """c(i): what it costs a month, in micros."""
        return self.mrc + self.tax + self.usage


@dataclass(frozen=True)
class RecurringItem:
    """A monthly cost of the new service; price in micros; `from_month` a month number or None."""

    name: str
    price: Fraction
    quantity: Fraction
    lead_months: int
    from_month: int | None
    bill: tuple[str, str] | None
    escalator: Fraction
    tax_rate: Fraction


@dataclass(frozen=True)
class OneTimeItem:
    """A cost that comes once: in a month number, "upfront", or with the waves (None)."""

    name: str
    price: Fraction
    quantity: Fraction
    month: int | str | None


@dataclass(frozen=True)
class Contract:
    """What ending a contract early costs.

    Attributes:
        name: as the inventory names it.
        effective_to: its last day as a day number; None when it has no end.
        remaining: the part of the remaining months' charges that is due (PCT / 100), or None.
        flat: an amount in micros that is due once, or None.
        committed: it has an annual commitment.
        stays: an active service of it does not move.
    """

    name: str
    effective_to: int | None
    remaining: Fraction | None
    flat: Fraction | None
    committed: bool
    stays: bool


@dataclass(frozen=True)
class Plan:
    """A resolved scenario.

    Attributes:
        start: month number of month 1.
        months: N.
        steps_from: the month number whose costs are those of the baseline; escalators of the old
            services step up each twelve months from it on.
        edition: the edition of the baseline it stands on, or None.
        warnings: what the user should know about it.
    """

    name: str
    start: int
    months: int
    discount_rate: Fraction
    discounting: str
    legacy_escalator: Fraction
    steps_from: int
    contingency: Fraction
    less_audit: bool
    edition: int | None
    waves: tuple[Wave, ...]
    services: tuple[PlannedService, ...]
    recurring: tuple[RecurringItem, ...]
    one_time: tuple[OneTimeItem, ...]
    contracts: tuple[Contract, ...]
    warnings: tuple[str, ...]

    def with_cutovers(self, cutovers: Mapping[str, int]) -> Plan:
        """The same plan with the months (month numbers) in which waves really moved."""
        waves = tuple(
            replace(wave, cutover=cutovers.get(wave.name, wave.cutover)) for wave in self.waves
        )
        return replace(self, waves=waves)

    def share_services(self) -> list[PlannedService]:
        """The services that shares and quantities count: the migrating, else the disconnected."""
        counted = [service for service in self.services if service.counted]
        migrating = [service for service in counted if service.action in MIGRATING]
        return migrating or [service for service in counted if service.action == "disconnect"]


def plan_document(plan: Plan) -> dict[str, Any]:
    """The plan as a JSON document; fractions stand as texts like "3/100"."""
    document: dict[str, Any] = _plain(asdict(plan))
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def plan_from_document(document: Mapping[str, Any]) -> Plan:
    """The plan of a document that `plan_document` made."""
    kept = dict(document)
    for key in ("discount_rate", "legacy_escalator", "contingency"):
        kept[key] = Fraction(kept[key])
    kept["waves"] = tuple(Wave(**wave) for wave in kept["waves"])
    kept["services"] = tuple(
        PlannedService(**{**service, "follows": tuple(service["follows"])})
        for service in kept["services"]
    )
    kept["recurring"] = tuple(_recurring(item) for item in kept["recurring"])
    kept["one_time"] = tuple(
        OneTimeItem(**_fractions(item, "price", "quantity")) for item in kept["one_time"]
    )
    kept["contracts"] = tuple(
        Contract(**_fractions(one, "remaining", "flat")) for one in kept["contracts"]
    )
    kept["warnings"] = tuple(kept["warnings"])
    return Plan(**kept)


def _recurring(item: Mapping[str, Any]) -> RecurringItem:
    values = _fractions(item, "price", "quantity", "escalator", "tax_rate")
    values["bill"] = tuple(item["bill"]) if item["bill"] else None
    return RecurringItem(**values)


def _fractions(item: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {
        key: Fraction(value) if key in keys and value is not None else value
        for key, value in item.items()
    }
