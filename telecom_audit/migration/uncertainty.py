"""The `[[uncertain]]` tables: checked for their shape when a scenario is added, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from telecom_audit.migration.toml_table import Table

_SHAPES = {
    "pert": ("low", "mode", "high"),
    "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "deviation"),
}
_INPUT_TABLES = ("scenario", "wave", "recurring", "one_time")


@dataclass(frozen=True)
class Uncertain:
    """An input whose value is not sure.

    Attributes:
        table: the table of the file in which the input stands.
        name: which one of these tables; "" for [scenario].
        key: the input.
        distribution: pert, triangular, uniform or normal.
        values: low, mode, high or mean, deviation, in the spelling of the input.
    """

    table: str
    name: str
    key: str
    distribution: str
    values: tuple[tuple[str, str], ...]


def read_uncertain(table: Table) -> Uncertain:
    """One `[[uncertain]]` table.

    Raises:
        RefusedError: a key that its distribution does not have, or one that is missing.
    """
    place = table.needed_table("input")
    place.only({"table", "name", "key"})
    named = place.choice("table", _INPUT_TABLES)
    distribution = table.choice("distribution", tuple(_SHAPES))
    keys = _SHAPES[distribution]
    table.only({"input", "distribution", *keys})
    table.need(*keys)
    return Uncertain(
        named,
        place.text("name") if named == "scenario" else place.name(),
        place.name("key"),
        distribution,
        tuple((key, _value(table, key)) for key in keys),
    )


def _value(table: Table, key: str) -> str:
    value = table.values[key]
    if isinstance(value, str):
        if "-" not in value[1:]:  # a month is an input too, an amount is more frequent
            table.money(key)
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        table.refuse(f"{key} is no value", "Write money as a string, and rates as numbers.")
    table.number(key)
    return str(value)
