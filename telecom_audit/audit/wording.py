"""How amounts and dates of a finding are put into words."""

from __future__ import annotations

from telecom_audit.audit.rule import Facts
from telecom_audit.money import money_text


def money(facts: Facts, name: str) -> str:
    """The amount under a name as a decimal text."""
    value = facts[name]
    if not isinstance(value, int):
        raise TypeError(f"{name} is no amount: {value!r}")
    return money_text(value)


def number(facts: Facts, name: str) -> int:
    """The whole number under a name."""
    value = facts[name]
    if not isinstance(value, int):
        raise TypeError(f"{name} is no whole number: {value!r}")
    return value


def subject(facts: Facts) -> str:
    """The service of a finding, or its account where it has none."""
    return str(facts["service"]) or f"account {facts['account']}"


def span(facts: Facts) -> str:
    """The months of the claimed lines: "in 2025-03" or "from 2025-03 to 2025-06"."""
    first, last = facts["first_month"], facts["last_month"]
    return f"in {first}" if first == last else f"from {first} to {last}"


def whole_line(facts: Facts) -> str:
    """The arithmetic of a claim on what is left of a whole line."""
    return f"the line of {money(facts, 'amount_micros')}"
