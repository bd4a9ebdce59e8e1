"""The scenario file: TOML becomes values; what does not belong there is refused by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.migration.conditions import When, read_when
from telecom_audit.migration.toml_table import Table
from telecom_audit.migration.uncertainty import Uncertain, read_uncertain
from telecom_audit.months import month_number

ACTIONS = ("migrate", "retain", "disconnect", "replace", "consolidate", "undecided")
DISCOUNTINGS = ("month-end", "month-mid", "year-end", "year-mid", "nominal-monthly")
DRIVERS = ("migrated-service", "user", "site", "did")
KINDS = (
    "uc-user",
    "shared-device",
    "virtual-number",
    "consolidate",
    "analog-gateway",
    "pots-replacement",
    "retain",
    "disconnect-now",
    "disconnect-at-cutover",
    "mobile-only",
    "undecided",
)
UPFRONT = "upfront"
_LAST_MONTH = month_number("9999-12")

_TABLES = {"scenario", "disposition", "wave", "recurring", "one_time", "uncertain"}
_SCENARIO = {
    "name", "start", "months", "discount_rate", "discounting", "legacy_escalator", "contingency",
    "less_audit",
}  # fmt: skip
_RECURRING = {
    "name", "price", "quantity", "per", "factor", "lead_months", "from", "bill", "escalator",
    "tax_rate",
}  # fmt: skip
_WAVE = {"name", "when", "cutover", "ramp_months", "dual_run_months", "billing_lag_months"}
_ONE_TIME = {"name", "price", "quantity", "per", "factor", "month"}
_INPUTS = {
    "scenario": _SCENARIO, "wave": _WAVE, "recurring": _RECURRING, "one_time": _ONE_TIME,
}  # fmt: skip


@dataclass(frozen=True)
class Disposition:
    """What becomes of the services that a clause matches.

    Attributes:
        where: the words that name it in a refusal.
        override: "NAME: reason" of who lets a life-safety line go; "" when nobody does.
        kind: one of KINDS, or "" when none is given.
    """

    where: str
    when: When
    action: str
    override: str
    kind: str


@dataclass(frozen=True)
class WaveRule:
    """A wave: whom it takes, and when; `cutover` is a month number, the others are months."""

    name: str
    when: When
    cutover: int
    ramp_months: int
    dual_run_months: int
    billing_lag_months: int


@dataclass(frozen=True)
class Amount:
    """A price in micros, exactly, and how often: a quantity, or a factor for each of a driver."""

    price: Fraction
    quantity: Fraction | None
    per: str
    factor: Fraction


@dataclass(frozen=True)
class RecurringRule:
    """A monthly cost of the new service; `from_month` is a month number or None."""

    name: str
    amount: Amount
    lead_months: int
    from_month: int | None
    bill: tuple[str, str] | None
    escalator: Fraction
    tax_rate: Fraction


@dataclass(frozen=True)
class OneTimeRule:
    """A cost that comes once: in a month number, upfront (t = 0), or with the waves (None)."""

    name: str
    amount: Amount
    month: int | str | None


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario as its file says, before it is resolved against a project.

    Attributes:
        start: month number of month 1.
        months: N.
        discount_rate: a year, effective.
        legacy_escalator: a year; None when the file does not say.
    """

    name: str
    start: int
    months: int
    discount_rate: Fraction
    discounting: str
    legacy_escalator: Fraction | None
    contingency: Fraction
    less_audit: bool
    dispositions: tuple[Disposition, ...]
    waves: tuple[WaveRule, ...]
    recurring: tuple[RecurringRule, ...]
    one_time: tuple[OneTimeRule, ...]
    uncertain: tuple[Uncertain, ...]


def read_scenario(text: str) -> ScenarioFile:
    """The scenario that a TOML text describes.

    Raises:
        RefusedError: no TOML, an unknown key, a missing or unreadable value, a month before the
            start, two waves of one name, two items with the same bill, an uncertain input that the
            file has not.
    """
    try:
        values: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RefusedError(f"the scenario is not TOML: {error}", "Correct that line.") from error
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise RefusedError(
            "the scenario is not TOML to reckon with: a number or a list is beyond all measure",
            "Take it out.",
        ) from error
    top = Table("the scenario file", values)
    top.only(_TABLES)
    if "scenario" not in values:
        top.refuse("the table 'scenario' is missing", "Begin the file with a line [scenario].")
    head = Table("[scenario]", top.needed_table("scenario").values)
    scenario = _scenario(head, top)
    _check_months(scenario)
    _check_names(scenario)
    _check_inputs(scenario)
    return scenario


def _scenario(head: Table, top: Table) -> ScenarioFile:
    head.only(_SCENARIO)
    head.need("name", "start", "months", "discount_rate")
    return ScenarioFile(
        name=head.name(),
        start=head.needed_month("start"),
        months=head.count("months", 0, least=1),
        discount_rate=head.rate("discount_rate", None),
        discounting=head.choice("discounting", DISCOUNTINGS, "month-end"),
        legacy_escalator=(
            head.rate("legacy_escalator") if "legacy_escalator" in head.values else None
        ),
        contingency=head.rate("contingency"),
        less_audit=head.flag("less_audit", default=True),
        dispositions=top.each("disposition", _disposition),
        waves=top.each("wave", _wave),
        recurring=top.each("recurring", _recurring),
        one_time=top.each("one_time", _one_time),
        uncertain=top.each("uncertain", read_uncertain),
    )


def _disposition(table: Table) -> Disposition:
    table.only({"when", "action", "override", "kind"})
    action = table.choice("action", ACTIONS)
    return Disposition(table.where, read_when(table), action, _override(table), _kind(table))


def _override(table: Table) -> str:
    override = table.text("override")
    name, colon, reason = override.partition(":")
    if override and not (colon and name.strip() and reason.strip()):
        table.refuse(
            f"override = {override!r} does not say who and why",
            'Write override = "NAME: reason".',
        )
    return override


def _kind(table: Table) -> str:
    return table.choice("kind", KINDS) if table.text("kind") else ""


def _wave(table: Table) -> WaveRule:
    table.only(_WAVE)
    return WaveRule(
        table.name(),
        read_when(table),
        table.needed_month("cutover"),
        table.count("ramp_months", 1, least=1),
        table.count("dual_run_months", 0),
        table.count("billing_lag_months", 0),
    )


def _amount(table: Table) -> Amount:
    per = table.text("per")
    if per and per not in DRIVERS:
        table.refuse(f"per = {per!r} is not known", f"Use one of: {', '.join(DRIVERS)}.")
    if per and "quantity" in table.values:
        table.refuse(
            "per and quantity exclude each other", 'Leave out quantity, or write per = "".'
        )
    if not per and "quantity" not in table.values:
        table.refuse("neither quantity nor per is given", "Write quantity = …, or per = …")
    factor = table.number("factor", 1)
    if not per and factor != 1:
        table.refuse("factor without per", "Write per = …, or put the factor into quantity.")
    quantity = None if per else table.number("quantity")
    if factor < 0 or (quantity is not None and quantity < 0):
        table.refuse("a quantity below zero", "Write a credit as a negative price.")
    return Amount(table.money("price"), quantity, per, factor)


def _recurring(table: Table) -> RecurringRule:
    table.only(_RECURRING)
    lead, start = table.count("lead_months", 0), table.month("from")
    if lead and start is not None:
        table.refuse("from and lead_months exclude each other", "Leave one of them out.")
    return RecurringRule(
        table.name(),
        _amount(table),
        lead,
        start,
        _bill(table.table("bill")),
        table.rate("escalator"),
        table.rate("tax_rate"),
    )


def _bill(table: Table | None) -> tuple[str, str] | None:
    if table is None:
        return None
    table.only({"vendor", "charge_code"})
    return table.name("vendor"), table.name("charge_code")


def _one_time(table: Table) -> OneTimeRule:
    table.only(_ONE_TIME)
    month = UPFRONT if table.text("month") == UPFRONT else table.month("month")
    return OneTimeRule(table.name(), _amount(table), month)


def _check_months(scenario: ScenarioFile) -> None:
    if scenario.start + scenario.months - 1 > _LAST_MONTH:
        raise RefusedError(
            "[scenario]: the last month lies after 9999-12", "Start earlier, or take fewer months."
        )
    for wave in scenario.waves:
        _check_start(scenario, f"[[wave]] {wave.name!r}: cutover", wave.cutover)
    for recurring in scenario.recurring:
        _check_start(scenario, f"[[recurring]] {recurring.name!r}: from", recurring.from_month)
    for item in scenario.one_time:
        _check_start(scenario, f"[[one_time]] {item.name!r}: month", item.month)


def _check_start(scenario: ScenarioFile, what: str, month: int | str | None) -> None:
    if isinstance(month, int) and month < scenario.start:
        raise RefusedError(
            f"{what} lies before the start", "Take a month from the start on, or start earlier."
        )


def _check_names(scenario: ScenarioFile) -> None:
    waves = [wave.name for wave in scenario.waves]
    bills = [item.bill for item in scenario.recurring if item.bill]
    for name in waves:
        if waves.count(name) > 1:
            raise RefusedError(f"two waves are named {name!r}", "Give each wave its own name.")
    for bill in bills:
        if bills.count(bill) > 1:
            raise RefusedError(
                f"two recurring items have the bill {bill[0]!r}, {bill[1]!r}",
                "Let each bill line belong to one item.",
            )


def _check_inputs(scenario: ScenarioFile) -> None:
    names = {
        "wave": {wave.name for wave in scenario.waves},
        "recurring": {item.name for item in scenario.recurring},
        "one_time": {item.name for item in scenario.one_time},
    }
    for number, one in enumerate(scenario.uncertain, 1):
        where = f"[[uncertain]] number {number}, input"
        if one.key not in _INPUTS[one.table]:
            raise RefusedError(
                f"{where}: unknown key {one.key!r} of {one.table}",
                f"Known keys there: {', '.join(sorted(_INPUTS[one.table]))}.",
            )
        known = names.get(one.table)
        if known is not None and one.name not in known:
            raise RefusedError(
                f"{where}: there is no [[{one.table}]] {one.name!r}",
                f"Name one of: {', '.join(sorted(known)) or 'none is in the file'}.",
            )
