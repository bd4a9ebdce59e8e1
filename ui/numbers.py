"""Numbers as the window writes them: thousands apart, a true minus, two decimals or more."""

from __future__ import annotations

MINUS = "\N{MINUS SIGN}"


def amount_text(micros: int) -> str:
    """An amount without a currency: "1,234.50", "−0.003571"."""
    from telecom_audit.drawing.amounts import exact_money  # no part of the first window

    return exact_money(micros)


def count_text(count: int) -> str:
    """A count: "2,914,336"."""
    return f"{MINUS if count < 0 else ''}{abs(count):,}"
