"""Amounts as paper and screen write them: "$120 k", or in full, with a true minus."""

from __future__ import annotations

from telecom_audit.money import MICROS, money_text

MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"

_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€"}
_UNITS = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, ""))
_DIGITS = 3


def currency_sign(currency: str) -> str:
    """The mark before an amount: a sign where everybody knows it, else the code."""
    return _SIGNS.get(currency, currency + SPACE)


def short_money(micros: int, currency: str) -> str:
    """An amount with three digits that matter ("$1.24 M", "−$12.4 k", "$950")."""
    units = abs(micros) / MICROS
    text, unit = _three_digits(units)
    sign = MINUS if micros < 0 and text.strip("0.") else ""
    return f"{sign}{currency_sign(currency)}{text}{SPACE + unit if unit else ''}"


def _three_digits(units: float) -> tuple[str, str]:
    for size, unit in _UNITS:
        # 999.6 k reads as 1.00 M, so the unit is chosen after rounding
        if units >= size * (1 - 0.5 * 10**-_DIGITS) or size == 1.0:
            scaled = units / size
            decimals = max(0, _DIGITS - len(str(int(scaled + 0.0005))))
            return f"{scaled:.{0 if not unit else decimals}f}", unit
    raise AssertionError("the last unit takes every amount")


def axis_unit(largest: float) -> tuple[float, str]:
    """The unit of a whole axis, from its largest amount: its size and its letter."""
    for size, unit in _UNITS:
        if largest >= size:
            return size, unit
    return 1.0, ""


def percent(part: int, whole: int) -> str:
    """A share in whole percent ("91 %"); one decimal when it lies within 1 % of the whole."""
    share = 100 * part / whole
    near = part != whole and abs(share - 100) < 1
    text = f"{abs(share):.1f}" if near else f"{abs(share):.0f}"
    return f"{MINUS if share < 0 and text.strip('0.') else ''}{text}{SPACE}%"


def exact_money(micros: int) -> str:
    """An amount in full ("−12,345.50"), with more than two decimals only when it needs them."""
    whole, decimals = money_text(abs(micros)).split(".")
    return f"{MINUS if micros < 0 else ''}{int(whole):,}.{decimals}"
