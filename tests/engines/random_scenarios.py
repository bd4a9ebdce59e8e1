"""Random valid scenarios with all features of sections 4 and 5, and the files they stand on."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from .forecast_amounts import month, month_text
from .forecast_plan import MOVING, Plan, resolve
from .forecast_random_files import (
    ACCOUNTS,
    BILL,
    CONTRACT,
    INVENTORY,
    PROTECTED,
    SITES,
    Rows,
    any_case,
    bill_lines,
    bill_rows,
    billed_inventory,
    contract_rows,
    csv_text,
    inventory_rows,
    money,
)

MONTHS = (1, 2, 5, 11, 12, 13, 18, 24, 25, 36, 48, 60)
CONVENTIONS = ("month-end", "month-mid", "year-end", "year-mid", "nominal-monthly")
STYLES = {
    "mixed": ("migrate",) * 5 + ("replace", "consolidate", "disconnect", "retain", "undecided"),
    "disconnect": ("disconnect", "disconnect", "retain"),
    "retain": ("retain", "undecided"),
}
WHEN_KEYS = (
    *("service_type", "service_type", "site", "site", "department", "vendor", "user", "use"),
    *("floor", "Cost Center", "service", "account", "channels", "install_date", "system", "status"),
)
NEEDS_OVERRIDE = ("disconnect", "consolidate")


@dataclass(frozen=True)
class RandomCase:
    """A scenario with its files as text; with bills also the baseline that they must make."""

    seed: int
    scenario_text: str
    inventory_text: str
    contract_text: str
    bill_text: str = ""
    window: int = 12
    baseline: Mapping[str, Any] | None = None

    def scenario(self) -> dict[str, Any]:
        """The scenario with its numbers as decimals."""
        return tomllib.loads(self.scenario_text, parse_float=Decimal)

    def inventory(self) -> Rows:
        """The rows of the inventory as text."""
        return list(csv.DictReader(io.StringIO(self.inventory_text)))

    def contracts(self) -> Rows:
        """The rows of the contracts as text."""
        return list(csv.DictReader(io.StringIO(self.contract_text)))


def random_case(seed: int) -> RandomCase:
    """A scenario without a baseline: c(i) is the inventory's monthly_cost."""
    rng = Random(seed)
    start = month(f"{rng.randint(2024, 2028)}-{rng.randint(1, 12):02d}")
    months = rng.choice(MONTHS)
    inventory = inventory_rows(rng, start)
    tables = _scenario(rng, (start, months), inventory)
    plan = resolve(tables, inventory, None)
    tables = _only_possible_items(tables, plan.share_services())
    return RandomCase(
        seed,
        scenario_text=toml_text(tables),
        inventory_text=csv_text(INVENTORY, inventory),
        contract_text=csv_text(CONTRACT, _contracts(rng, (start, months), plan)),
    )


def random_case_with_baseline(seed: int) -> RandomCase:
    """A scenario on a baseline of constant bills, so that its medians are the amounts billed."""
    rng = Random(f"baseline {seed}")
    through = month(f"{rng.randint(2024, 2026)}-{rng.randint(1, 12):02d}")
    start, months = through + rng.choice((1, 1, 2, 7, 12, 13, 15)), rng.choice(MONTHS)
    inventory = billed_inventory(rng, start)
    lines, services = bill_lines(rng, inventory)
    for row in inventory:
        if rng.random() < 0.15:
            row["vendor"] = ""  # stands for the one vendor that bills the service
    baseline = {
        "through": month_text(through),
        "escalator": rng.choice(("0", "0.03", "0.0275")),
        "services": services,
    }
    tables = _scenario(rng, (start, months), inventory, with_baseline=True)
    plan = resolve(tables, inventory, baseline)
    tables = _only_possible_items(tables, plan.share_services())
    return RandomCase(
        seed,
        scenario_text=toml_text(tables),
        inventory_text=csv_text(INVENTORY, inventory),
        contract_text=csv_text(CONTRACT, _contracts(rng, (start, months), plan)),
        bill_text=csv_text(BILL, bill_rows(rng, lines, through - rng.randint(13, 15), through)),
        window=rng.choice((12, 12, 6, 13)),
        baseline=baseline,
    )


def _contracts(rng: Random, timeline: tuple[int, int], plan: Plan) -> Rows:
    """Contracts, some of which end near the last billed month of their services."""
    last: dict[str, int] = {}
    for service in plan.services:
        if service.action in MOVING and service.in_inventory:
            name, number = service.cells["contract"], timeline[0] + service.last_billed() - 1
            last[name] = max(number, last.get(name, number))
    return contract_rows(rng, timeline, last)


def _only_possible_items(tables: dict[str, Any], movers: Sequence[object]) -> dict[str, Any]:
    """Without items that need something to move, when nothing does."""
    if movers:
        return tables
    recurring = [item for item in tables["recurring"] if item.get("from") and not item.get("per")]
    one_time = [item for item in tables["one_time"] if item.get("month") and not item.get("per")]
    return tables | {"recurring": recurring, "one_time": one_time, "uncertain": []}


def _scenario(
    rng: Random, timeline: tuple[int, int], inventory: Rows, *, with_baseline: bool = False
) -> dict[str, Any]:
    style = rng.choice(("mixed",) * 8 + ("disconnect", "retain"))
    recurring = [_recurring(rng, number, timeline) for number in range(rng.randint(0, 4))]
    return {
        "scenario": _head(rng, timeline, with_baseline=with_baseline),
        "disposition": _dispositions(rng, inventory, STYLES[style], with_baseline=with_baseline),
        "wave": _waves(rng, inventory, timeline, with_baseline=with_baseline),
        "recurring": recurring,
        "one_time": [_one_time(rng, number, timeline) for number in range(rng.randint(0, 4))],
        "uncertain": [_uncertain(item) for item in recurring[:1] if rng.random() < 0.3],
    }


def _head(rng: Random, timeline: tuple[int, int], *, with_baseline: bool) -> dict[str, Any]:
    head: dict[str, Any] = {
        "name": rng.choice(("Hosted UC, two waves", 'The "fast" plan', "Bürgeramt")),
        "start": month_text(timeline[0]),
        "months": timeline[1],
        "discount_rate": rng.choice((0, Decimal("0.0"), *(_rate(rng, 25) for _ in range(6)))),
    }
    optional = {
        "discounting": rng.choice(CONVENTIONS),
        "legacy_escalator": _rate(rng, 9),
        "contingency": _rate(rng, 30),
    }
    optional |= {"less_audit": rng.random() < 0.5} if with_baseline else {}
    return head | {key: value for key, value in optional.items() if rng.random() < 0.6}


def _rate(rng: Random, percent: int) -> Decimal:
    places = rng.choice((2, 3, 4, 7))
    return Decimal(rng.randint(0, percent * 10 ** (places - 2))).scaleb(-places)


def _dispositions(
    rng: Random, inventory: Rows, actions: Sequence[str], *, with_baseline: bool
) -> list[dict[str, Any]]:
    """Protected uses are decided by name first, so that no later clause can reach them."""
    tables = [_protected(rng, actions, {"site": _values(rng, inventory, "site")})]
    tables.append(_protected(rng, actions, {}))
    for _ in range(rng.randint(1, 6)):
        keys = {rng.choice(WHEN_KEYS) for _ in range(rng.choice((1, 1, 2)))}
        when = {key: _values(rng, inventory, key) for key in sorted(keys)}
        tables.append({"when": when, "action": rng.choice(actions)})
    if with_baseline:
        tables.insert(rng.randint(2, len(tables)), _billed_disposition(rng, actions))
    if rng.random() < 0.5:
        tables.append({"when": {"service": "*"}, "action": rng.choice(actions)})
    return tables


def _protected(rng: Random, actions: Sequence[str], more: dict[str, Any]) -> dict[str, Any]:
    uses = [any_case(rng, use) for use in PROTECTED]
    action = rng.choice((*actions, "retain", "retain"))
    table = {"when": {"use": uses} | more, "action": action}
    if action in NEEDS_OVERRIDE or rng.random() < 0.1:
        table["override"] = "ANN CHIEF: a cellular dialer takes over"
    return table


def _billed_disposition(rng: Random, actions: Sequence[str]) -> dict[str, Any]:
    """Names services that may be known from bills only."""
    vendor, account = rng.choice(ACCOUNTS)
    when: dict[str, Any] = rng.choice(
        (
            {"service": [f"account:{account}"]},
            {"service": "account:*"},
            {"account": [account]},
            {"vendor": [any_case(rng, vendor)]},
            {"service": ["X0*", "X1MRC"]},
            {"site": "billing", "service_type": ["other"]},
        )
    )
    return {"when": when, "action": rng.choice(actions)}


def _values(rng: Random, rows: Rows, column: str) -> str | list[str]:
    """One to three values of a column, some as a beginning with `*`, and at times a stranger."""
    known = sorted({row.get(column, "") for row in rows})
    chosen = [
        _pattern(rng, value) for value in rng.sample(known, min(len(known), rng.randint(1, 3)))
    ]
    if rng.random() < 0.1:
        chosen.append("no such value")
    return chosen[0] if len(chosen) == 1 and rng.random() < 0.5 else chosen


def _pattern(rng: Random, value: str) -> str:
    spelling = any_case(rng, value)
    if len(spelling) > 2 and rng.random() < 0.25:
        return spelling[: rng.randint(1, len(spelling))] + "*"
    return spelling


def _waves(
    rng: Random, inventory: Rows, timeline: tuple[int, int], *, with_baseline: bool
) -> list[dict[str, Any]]:
    """Waves over disjoint values of one column; what no wave names goes with the last."""
    start, months = timeline
    columns = ("site", "department", "floor", *(() if with_baseline else ("vendor",)))
    column = rng.choice(columns)
    values = sorted({row.get(column, "") for row in inventory})
    if with_baseline:
        values = [value for value in values if value] or ["CITYHALL"]
    if column == "site" and rng.random() < 0.4:
        values = ["NORTH*", "south*", "City*", SITES[1], SITES[5]]
    rng.shuffle(values)
    count = rng.randint(1, 4)
    waves = []
    for number in range(count):
        when: dict[str, Any] = {column: values[number :: count + 1] or ["NOWHERE"]}
        if rng.random() < 0.2:
            other = rng.choice(("service_type", "use", "user"))
            when[other] = _values(rng, inventory, other)
        wave = {"name": f"Wave {number}", "when": when}
        wave["cutover"] = month_text(start + rng.choice((0, rng.randint(0, min(months + 3, 20)))))
        waves.append(wave | _wave_months(rng))
    if count > 1 and rng.random() < 0.3:
        waves[1]["cutover"] = waves[0]["cutover"]
    return waves


def _wave_months(rng: Random) -> dict[str, int]:
    months = {
        "ramp_months": rng.randint(1, 7),
        "dual_run_months": rng.randint(0, 4),
        "billing_lag_months": rng.randint(0, 3),
    }
    return {key: value for key, value in months.items() if rng.random() < 0.5}


def _units(rng: Random) -> dict[str, Any]:
    """A fixed quantity, or a count among the migrating services with or without a factor."""
    if rng.random() < 0.5:
        quantity = rng.choice((rng.randint(0, 20), Decimal(rng.randint(1, 9999)).scaleb(-3)))
        return {"quantity": quantity} | ({"per": ""} if rng.random() < 0.3 else {})
    units: dict[str, Any] = {"per": rng.choice(("migrated-service", "user", "site", "did"))}
    if rng.random() < 0.6:
        units["factor"] = rng.choice((2, Decimal(rng.randint(0, 3000)).scaleb(-3)))
    return units


def _recurring(rng: Random, number: int, timeline: tuple[int, int]) -> dict[str, Any]:
    start, months = timeline
    item: dict[str, Any] = {"name": f"Seat {number}", "price": money(rng, 30)} | _units(rng)
    if rng.random() < 0.25:
        item["from"] = month_text(start + rng.randint(0, months + 2))
    elif rng.random() < 0.4:
        item["lead_months"] = rng.randint(0, 6)
    if rng.random() < 0.2:
        item["bill"] = {"vendor": "CloudVoice", "charge_code": f"SEAT{number}"}
    if rng.random() < 0.5:
        item["escalator"] = _rate(rng, 9)
    if rng.random() < 0.5:
        item["tax_rate"] = _rate(rng, 20)
    return item


def _one_time(rng: Random, number: int, timeline: tuple[int, int]) -> dict[str, Any]:
    start, months = timeline
    item: dict[str, Any] = {"name": f"Handset {number}", "price": money(rng, 300)} | _units(rng)
    later = month_text(start + rng.randint(0, months + 2))
    at = rng.choice((None, "", "", "upfront", later))
    return item if at is None else item | {"month": at}


def _uncertain(item: Mapping[str, Any]) -> dict[str, Any]:
    """A spread around a price, which the forecast must not heed."""
    mode = Decimal(item["price"])
    return {
        "input": {"table": "recurring", "name": item["name"], "key": "price"},
        "distribution": "pert",
        "low": f"{mode / 2:f}",
        "mode": f"{mode:f}",
        "high": f"{mode * 2:f}",
    }


def toml_text(tables: Mapping[str, Any]) -> str:
    """The tables as a scenario file."""
    parts = [_table_text("[scenario]", tables["scenario"])]
    for name in ("disposition", "wave", "recurring", "one_time", "uncertain"):
        parts += [_table_text(f"[[{name}]]", table) for table in tables[name]]
    return "\n".join(parts)


def _table_text(header: str, table: Mapping[str, Any]) -> str:
    return "".join([f"{header}\n", *(f"{key} = {_value(table[key])}\n" for key in table)])


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f'"{key}" = {_value(value[key])}' for key in value) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}" if "." in f"{value:f}" else f"{value:f}.0"
    return json.dumps(value, ensure_ascii=False)
