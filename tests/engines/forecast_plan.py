"""Who moves, in which wave: section 4 of the contract for the independent engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .forecast_amounts import fraction, month

MIGRATING = ("migrate", "replace", "consolidate")
MOVING = (*MIGRATING, "disconnect")
BILLED_KEYS = ("vendor", "account", "service", "service_type", "site")

Row = Mapping[str, str]
Table = Mapping[str, Any]


@dataclass(frozen=True)
class Wave:
    """A wave: its cutover as t (month 1 is the start) and its month counts."""

    cutover: int
    ramp: int
    dual_run: int
    billing_lag: int

    def moved(self, t: int) -> Fraction:
        """R(w, t): the part that has moved in month t."""
        return min(Fraction(1), max(Fraction(0), Fraction(t - self.cutover + 1, self.ramp)))


@dataclass(frozen=True)
class Service:
    """A service of the forecast with what the scenario decides about it."""

    cells: Row
    cost: Fraction
    mrc: Fraction
    in_inventory: bool
    action: str
    wave: Wave | None
    follows: tuple[int, ...] | None = None

    def delay(self) -> int:
        """Months by which the old bill outlives the cutover."""
        assert self.wave is not None
        if self.action == "disconnect":
            return self.wave.billing_lag
        return self.wave.dual_run + self.wave.billing_lag

    def keep(self, t: int) -> Fraction:
        """keep(i, t) of a service that follows no other."""
        if self.action not in MOVING or self.wave is None:
            return Fraction(1)
        return 1 - self.wave.moved(t - self.delay())

    def last_billed(self) -> int:
        """The last t with keep > 0, not before 1, of a moving service."""
        assert self.wave is not None
        t = self.wave.cutover + self.wave.ramp + self.delay()
        while t > 1 and self.keep(t) == 0:
            t -= 1
        return t


@dataclass(frozen=True)
class Plan:
    """The services with their decisions, and the waves in the order of the file."""

    services: tuple[Service, ...]
    waves: tuple[Wave, ...]

    def share_services(self) -> tuple[Service, ...]:
        """The migrating services, or the disconnected ones when nothing migrates."""
        own = [service for service in self.services if service.in_inventory]
        migrating = tuple(service for service in own if service.action in MIGRATING)
        return migrating or tuple(service for service in own if service.action == "disconnect")

    def keep(self, index: int, t: int) -> Fraction:
        """keep(i, t), also of an `account:NUMBER` service that follows others."""
        service = self.services[index]
        if service.follows is None:
            return service.keep(t)
        others = [self.services[other] for other in service.follows]
        if service.cost >= 0:
            return max((other.keep(t) for other in others), default=Fraction(1))
        positive = [other for other in others if other.cost > 0]
        if not positive:
            return Fraction(1)
        kept = sum((other.cost * other.keep(t) for other in positive), Fraction(0))
        return kept / sum((other.cost for other in positive), Fraction(0))


def cells_of(row: Row) -> dict[str, str]:
    """A row with its captions trimmed and in lower case, its cells trimmed."""
    return {caption.strip().lower(): (cell or "").strip() for caption, cell in row.items()}


def when_matches(when: Table, cells: Row) -> bool:
    """True when every key of a `when` clause matches its cell."""
    return all(_key_matches(cells, key, values) for key, values in when.items())


def _key_matches(cells: Row, key: str, values: Any) -> bool:
    caption = key.strip().lower()
    if caption not in cells:
        return False
    wanted = [values] if isinstance(values, str) else values
    return any(_value_matches(cells[caption].lower(), value.lower()) for value in wanted)


def _value_matches(cell: str, value: str) -> bool:
    return cell.startswith(value[:-1]) if value.endswith("*") else cell == value


def first_action(scenario: Table, cells: Row) -> str | None:
    """The action of the first disposition that matches, None when none does."""
    for disposition in scenario.get("disposition", []):
        if when_matches(disposition["when"], cells):
            return str(disposition["action"])
    return None


def waves_of(scenario: Table) -> list[Wave]:
    """The waves in the order of the file."""
    start = month(scenario["scenario"]["start"])
    return [
        Wave(
            cutover=month(wave["cutover"]) - start + 1,
            ramp=wave.get("ramp_months", 1),
            dual_run=wave.get("dual_run_months", 0),
            billing_lag=wave.get("billing_lag_months", 0),
        )
        for wave in scenario.get("wave", [])
    ]


def _wave_of(scenario: Table, waves: Sequence[Wave], cells: Row) -> Wave:
    tables = scenario.get("wave", [])
    matching = [i for i, table in enumerate(tables) if when_matches(table["when"], cells)]
    if len(matching) > 1 or not waves:
        raise ValueError(f"{cells.get('service')} is in {len(matching)} of {len(waves)} waves")
    return waves[matching[0]] if matching else waves[-1]


def resolve(scenario: Table, inventory: Sequence[Row], baseline: Table | None) -> Plan:
    """The services of section 5 with their actions, waves and costs.

    Without a baseline they are the active rows of the inventory; with one, its services that
    have no active row come after them.
    """
    waves = waves_of(scenario)
    rows = [cells_of(row) for row in inventory]
    active = [row for row in rows if row.get("status", "").lower() == "active"]
    if baseline is None:
        services = [_own(scenario, waves, row, _monthly_cost(row)) for row in active]
        return Plan(tuple(services), tuple(waves))
    own, taken = _rows_with_baseline(scenario, waves, active, baseline)
    others = [i for i in range(len(baseline["services"])) if i not in taken.values()]
    place = {entry: position for position, entry in taken.items()}
    place |= {entry: len(own) + offset for offset, entry in enumerate(others)}
    services = own + [_billed_only(scenario, waves, (baseline, i, place)) for i in others]
    return Plan(tuple(services), tuple(waves))


def _monthly_cost(row: Row) -> Table:
    cost = fraction(row.get("monthly_cost", ""))
    return {"mrc": cost, "tax": 0, "usage": 0}


def _own(scenario: Table, waves: Sequence[Wave], row: Row, costs: Table) -> Service:
    action = first_action(scenario, row) or "undecided"
    wave = _wave_of(scenario, waves, row) if action in MOVING else None
    mrc = fraction(costs["mrc"])
    cost = mrc + fraction(costs["tax"]) + fraction(costs["usage"])
    return Service(row, cost, mrc, in_inventory=True, action=action, wave=wave)


def _rows_with_baseline(
    scenario: Table, waves: Sequence[Wave], active: Sequence[Row], baseline: Table
) -> tuple[list[Service], dict[int, int]]:
    """The inventory's services, and for each position the place of its baseline service."""
    nothing = {"mrc": 0, "tax": 0, "usage": 0}
    own: list[Service] = []
    taken: dict[int, int] = {}
    for row in active:
        found = _baseline_place(row, baseline["services"])
        if found is not None:
            taken[len(own)] = found
        costs = nothing if found is None else baseline["services"][found]
        own.append(_own(scenario, waves, row, costs))
    return own, taken


def _baseline_place(row: Row, services: Sequence[Table]) -> int | None:
    """The one baseline service of the row; an empty vendor stands for the one that bills it."""
    same = [i for i, entry in enumerate(services) if _key(entry["service"]) == _key(row["service"])]
    if row.get("vendor"):
        same = [i for i in same if _key(services[i]["vendor"]) == _key(row["vendor"])]
    return same[0] if len(same) == 1 else None


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _billed_only(
    scenario: Table, waves: Sequence[Wave], where: tuple[Table, int, Mapping[int, int]]
) -> Service:
    """A baseline service without an active row, known only as it is billed."""
    baseline, index, place = where
    entry = baseline["services"][index]
    cells = {key: entry[key] for key in BILLED_KEYS}
    action = first_action(scenario, cells)
    follows: tuple[int, ...] | None = None
    if action is None and entry["service"].startswith("account:"):
        follows = tuple(place[i] for i in _on_account(baseline["services"], entry))
    moves = action in MOVING
    mrc = fraction(entry["mrc"])
    return Service(
        cells=cells,
        cost=mrc + fraction(entry["tax"]) + fraction(entry["usage"]),
        mrc=mrc,
        in_inventory=False,
        action=action or "undecided",
        wave=_wave_of(scenario, waves, cells) if moves else None,
        follows=follows,
    )


def _on_account(services: Sequence[Table], account_entry: Table) -> Iterable[int]:
    """Places of the services with MRC lines on the account in M - 2 to M."""
    for index, entry in enumerate(services):
        same = all(entry[key] == account_entry[key] for key in ("vendor", "account"))
        if same and entry["has_mrc_lines"] and entry is not account_entry:
            yield index
