"""Numbers as bills write them: signs, credit marks, thousands and currency marks, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from telecom_audit.money import LARGEST_MICROS, MICROS, exact, half_up
from telecom_audit.readers.cells import BadCellError

_MARKS = {
    "USD": ("$", "US$"),
    "CAD": ("$", "CA$", "C$"),
    "AUD": ("$", "AU$", "A$"),
    "NZD": ("$", "NZ$"),
    "GBP": ("£",),
    "EUR": ("€",),
    "JPY": ("¥",),
    "INR": ("₹",),
    "CHF": ("Fr.", "SFr."),
    "MXN": ("$", "MX$"),
    "SGD": ("$", "S$"),
    "HKD": ("$", "HK$"),
    "BRL": ("R$",),
    "ZAR": ("R",),
    "CNY": ("¥",),
    "KRW": ("₩",),
    "ILS": ("₪",),
    "SEK": ("kr",),
    "NOK": ("kr",),
    "DKK": ("kr",),
    "PLN": ("zł",),
}
_BODY = {
    ".": r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.(?P<part>[0-9]*))?",
    ",": r"(?P<whole>[0-9]{1,3}(?:[.\u00a0\u202f' ][0-9]{3})+|[0-9]+)?(?:,(?P<part>[0-9]*))?",
}
_GROUPS = re.compile(r"[^0-9]")
_PLAIN = re.compile(r"-?[0-9]{1,12}\.[0-9]{2}")
_FOREIGN = re.compile(r"[$£€¥₹]|\b[A-Z]{3}\b")
_DECIMALS = 6
_OPEN_SIGNS = "-\u2212"


@dataclass(frozen=True)
class NumberStyle:
    """How a file writes its numbers.

    Attributes:
        decimal: the decimal mark, "." or ",".
        currency: the ISO code whose marks may lead an amount; "" for quantities: none may.
        reverses: the file writes charges as negative amounts.
    """

    decimal: str = "."
    currency: str = ""
    reverses: bool = False


def number_reader(
    style: NumberStyle, on_rounding: Callable[[str], None]
) -> Callable[[str], int | None]:
    """A function from a cell's text to micros; an empty cell is None.

    Args:
        style: how the file writes numbers.
        on_rounding: called with each text that has more than six decimals.

    Raises:
        BadCellError: by the function returned, for what is no number in this style.
    """
    pattern = _pattern(style)
    sign = -1 if style.reverses else 1

    def read(text: str) -> int | None:
        trimmed = text.strip()
        if not trimmed:
            return None
        if style.decimal == "." and _PLAIN.fullmatch(trimmed):
            return sign * int(trimmed.replace(".", "")) * (MICROS // 100)
        match = pattern.fullmatch(trimmed)
        if not match or not (match["whole"] or match["part"]):
            raise BadCellError(_reason(trimmed, style))
        if len(match["part"] or "") > _DECIMALS:
            on_rounding(trimmed)
        return sign * _micros(match, trimmed)

    return read


def _pattern(style: NumberStyle) -> re.Pattern[str]:
    marks = [*_MARKS.get(style.currency, ()), style.currency] if style.currency else []
    mark = "(?:" + "|".join(map(re.escape, sorted(marks, key=len, reverse=True))) + r")\s?"
    lead = f"(?:{mark})?" if marks else ""
    body = _BODY[style.decimal]
    opened = f"(?P<before>[{_OPEN_SIGNS}])?\\s?{lead}(?P<inner>[{_OPEN_SIGNS}])?"
    return re.compile(
        rf"(?P<bracket>\(\s?)?{opened}(?P<late>\()?{body}(?P<close>\s?\))?"
        rf"(?P<after>[{_OPEN_SIGNS}])?(?P<mark>\s?(?:CR|DR))?",
    )


def _micros(match: re.Match[str], text: str) -> int:
    opened = bool(match["bracket"]) + bool(match["late"])
    if opened > 1 or bool(opened) != bool(match["close"]):
        raise BadCellError(f"{text!r} has a bracket without its pair")
    mark = (match["mark"] or "").strip()
    signs = sum(
        bool(part) for part in (opened, match["before"], match["inner"], match["after"], mark)
    )
    if signs > 1:
        raise BadCellError(f"{text!r} has more than one sign")
    whole, part = _GROUPS.sub("", match["whole"] or "") or "0", match["part"] or ""
    if len(part) <= _DECIMALS:
        micros = int(whole + part.ljust(_DECIMALS, "0"))
    else:
        micros = half_up(exact(f"{whole}.{part}") * MICROS)
    if micros > LARGEST_MICROS:
        raise BadCellError(f"{text!r} is beyond 9.2e12")
    return -micros if signs and mark != "DR" else micros


def _reason(text: str, style: NumberStyle) -> str:
    if style.currency and _FOREIGN.search(text):
        return f"{text!r} is not an amount in {style.currency}"
    return f"{text!r} is not a number"
