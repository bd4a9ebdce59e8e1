"""Text that fits: measured in the font of the page, broken at words, shortened at the end."""

from __future__ import annotations

from functools import cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font

from telecom_audit.charts.style import FONT

_DOTS_PER_INCH = 200
_ELLIPSIS = "…"
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """The text on one line, with a mark for each character that the font lacks."""
    known = _characters()
    return "".join(c if ord(c) in known else _UNKNOWN for c in " ".join(text.split(" ")))


def width(text: str, size: float, weight: str = "normal") -> float:
    """The width of a text in inches.

    Args:
        text: one line.
        size: of the font, in points.
        weight: "normal" or "bold".
    """
    font = FontProperties(family=FONT, size=size, weight=weight)
    measured: Any = _renderer()
    pixels, _, _ = measured.get_text_width_height_descent(text, font, ismath=False)
    return float(pixels) / _DOTS_PER_INCH


def shortened(text: str, room: float, size: float, weight: str = "normal") -> str:
    """The text, or as much of it as fits into so many inches, ending in an ellipsis."""
    if width(text, size, weight) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = text[:end].rstrip() + _ELLIPSIS
        if width(cut, size, weight) <= room:
            return cut
    return _ELLIPSIS


def wrapped(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """The text in at most two lines that fit; what is too much ends in an ellipsis."""
    if width(text, size, weight) <= room:
        return [text]
    words = text.split(" ")
    taken = len(words) - 1
    while taken > 1 and width(" ".join(words[:taken]), size, weight) > room:
        taken -= 1
    lines = (" ".join(words[:taken]), " ".join(words[taken:]))
    return [shortened(line, room, size, weight) for line in lines if line]


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(10, 10, _DOTS_PER_INCH)  # type: ignore[no-untyped-call]


@cache
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())
