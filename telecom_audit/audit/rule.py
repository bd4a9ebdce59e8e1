"""What a rule is, and the list of all rules: one module of `rules` each."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from telecom_audit.audit import rules
from telecom_audit.errors import UsageError
from telecom_audit.months import day_number

Confidence = Literal["proven", "check", "lead"]
Grain = Literal["charge-code", "service", "invoice"]
Facts = Mapping[str, object]
Value = int | str

_NAME = re.compile(r":([a-z_]+)")
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})


@dataclass(frozen=True)
class Parameter:
    """One thing a customer may set about a rule.

    Attributes:
        name: as in `--set KEY.name=value` and `:name` in the SQL.
        kind: "days" (a whole number), "per-mille", "date" (ISO, or empty), "list" (comma between
            the values, or empty) or "yes-no".
        default: the value as text.
        meaning: what it does, with its unit.
    """

    name: str
    kind: Literal["days", "per-mille", "date", "list", "yes-no"]
    default: str
    meaning: str

    def value(self, text: str) -> Value:
        """The value that the SQL gets for a text.

        Raises:
            UsageError: the text is no value of this kind.
        """
        try:
            return _READERS[self.kind](text.strip())
        except ValueError as error:
            raise UsageError(
                f"{text!r} is no value of the parameter {self.name}",
                f"It is {_SPELLINGS[self.kind]}.",
            ) from error


def _whole_number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


def _day(text: str) -> int:
    return day_number(text) if text else -1_000_000


def _list(text: str) -> str:
    values = [value.strip().lower() for value in text.split(",") if value.strip()]
    return "|" + "|".join(values) + "|" if values else ""


def _yes_no(text: str) -> int:
    if text.lower() not in _YES | _NO:
        raise ValueError(text)
    return int(text.lower() in _YES)


_READERS: Mapping[str, Callable[[str], Value]] = {
    "days": _whole_number,
    "per-mille": _whole_number,
    "date": _day,
    "list": _list,
    "yes-no": _yes_no,
}
_SPELLINGS = {
    "days": "a whole number of days, as 30",
    "per-mille": "a whole number of thousandths, as 5 for half a percent",
    "date": "a date as 2025-03-31",
    "list": "a list with commas between its values",
    "yes-no": "yes or no",
}

# 0 days: all loaded bills. The ledger uses it, so no SELECT names it.
LOOK_BACK = Parameter(
    "look_back_days", "days", "0", "only bills of so many days before as-of are claimed; 0: all"
)


@dataclass(frozen=True)
class Rule:
    """A question asked of the bills in one SELECT, with the page that the customer reads.

    Attributes:
        key: the public name, also the name of its module.
        question: what is asked, in one line.
        confidence: the strongest confidence it can give.
        order: its place in the precedence of claims among rules of one confidence.
        grain: what one finding is about.
        sql: the SELECT. Its columns: charge_id (NULL when the claim is on no line), bill_id,
            claimed_micros, confidence; credit_id (the line that takes this claim back within the
            rule) and offset_micros (what lower lines of that service and invoice took off
            already), where the rule knows them; inventory_id, contract_id, site_id,
            evidence_charge_id, evidence_invoice_id for what stands beside; and what `sentence`
            and `arithmetic` say.
        sentence: the message of a finding from its newest row and the sums of the finding.
        arithmetic: how one row's claim was worked out.
        parameters: what may be set.
        present_only: it claims that a service should not be billed: its past is not recoverable.
        credit_classes: classes whose negative lines of that service or of none, whatever their
            code, count against it.
        page: the docstring of the module, which the customer reads.
    """

    key: str
    question: str
    confidence: Confidence
    order: int
    grain: Grain
    sql: str
    sentence: Callable[[Facts], str]
    arithmetic: Callable[[Facts], str]
    parameters: tuple[Parameter, ...] = ()
    present_only: bool = False
    credit_classes: tuple[str, ...] = ()
    page: str = field(default="", repr=False)

    @property
    def settable(self) -> tuple[Parameter, ...]:
        """Every parameter of the rule, the look-back that all have included."""
        return (*self.parameters, LOOK_BACK)

    def sql_with(self, values: Mapping[str, Value]) -> str:
        """The SELECT with its values as literals, ready for the sqlite3 shell."""

        def literal(match: re.Match[str]) -> str:
            value = values[match[1]]
            return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"

        return _NAME.sub(literal, self.sql).strip() + ";"

    def named(self) -> frozenset[str]:
        """The names of the values that the SELECT needs."""
        return frozenset(_NAME.findall(self.sql))


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which claims of one confidence take precedence."""
    found = []
    for module in pkgutil.iter_modules(rules.__path__):
        loaded = importlib.import_module(f"{rules.__name__}.{module.name}")
        found.append(replace(loaded.RULE, page=inspect.cleandoc(str(loaded.__doc__))))
    return tuple(sorted(found, key=lambda rule: (rule.order, rule.key)))


def rule_of(key: str) -> Rule:
    """The rule of a key.

    Raises:
        UsageError: there is none.
    """
    for rule in all_rules():
        if rule.key == key:
            return rule
    raise UsageError(f"there is no rule {key}", "`telecom-audit rules` lists the keys.")
