"""What an audit runs with: its day, and the value of every parameter of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telecom_audit.audit.rule import Rule, Value, all_rules
from telecom_audit.errors import UsageError
from telecom_audit.months import day_number
from telecom_audit.store.project import ProjectSettings


@dataclass(frozen=True)
class AuditOrder:
    """What the user asked for.

    Attributes:
        as_of: ISO date; None: the latest bill date.
        settings: texts "KEY.parameter=value".
    """

    as_of: str | None = None
    settings: tuple[str, ...] = ()


def as_of_day(order: AuditOrder, latest: int | None) -> int | None:
    """The day of the audit; None when none was given and there are no bills.

    Raises:
        UsageError: the text is not a date.
    """
    if order.as_of is None:
        return latest
    try:
        return day_number(order.as_of)
    except ValueError as error:
        raise UsageError(str(error), "Write --as-of as 2025-03-31.") from error


def given(settings: Iterable[str]) -> dict[str, dict[str, str]]:
    """The parameter texts of each rule that `--set` gives.

    Raises:
        UsageError: a text is not KEY.parameter=value, or names an unknown key or parameter.
    """
    rules = {rule.key: rule for rule in all_rules()}
    found: dict[str, dict[str, str]] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        key, dot, parameter = name.strip().partition(".")
        if not equals or not dot:
            raise UsageError(
                f"{setting!r} is no setting", "Write --set KEY.parameter=value, see `rules show`."
            )
        if key not in rules:
            raise UsageError(f"there is no rule {key}", "`telecom-audit rules` lists the keys.")
        known = {each.name: each for each in rules[key].settable}
        if parameter not in known:
            raise UsageError(
                f"the rule {key} has no parameter {parameter}",
                f"It has {', '.join(sorted(known))}.",
            )
        known[parameter].value(value)
        found.setdefault(key, {})[parameter] = value
    return found


def values_of(
    rule: Rule, texts: Mapping[str, str], project: ProjectSettings, day: int
) -> dict[str, Value]:
    """What the names in the rule's SELECT stand for, and its look-back."""
    values: dict[str, Value] = {"as_of_day": day}
    for parameter in rule.settable:
        text = texts.get(parameter.name, parameter.default)
        name = f"{parameter.name}_day" if parameter.kind == "date" else parameter.name
        if parameter.kind == "yes-no" and not text:
            values[name] = int(_project_says(rule, project))
        else:
            values[name] = parameter.value(text)
    return values


def bound(rule: Rule, values: Mapping[str, Value]) -> dict[str, Value]:
    """Only the values that the SELECT names."""
    return {name: values[name] for name in sorted(rule.named())}


def _project_says(rule: Rule, project: ProjectSettings) -> bool:
    """Whether the project is exempt from what the rule is about."""
    return project.late_charge_exempt if "late" in rule.key else project.tax_exempt
