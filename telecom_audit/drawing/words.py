"""Text that fits: measured in the font of the page, broken at words, shortened at the end."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font

from telecom_audit.drawing.style import FONT

_DOTS_PER_INCH = 200
_ELLIPSIS = "…"
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """The text on one line, with a mark for each character that the font lacks."""
    known = _characters()
    return "".join(c if ord(c) in known else _UNKNOWN for c in " ".join(text.split(" ")))


@lru_cache(maxsize=10_000)
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
    return _cut(text, _fitting(text, room - width(_ELLIPSIS, size, weight), size, weight))


def _cut(text: str, end: int) -> str:
    return text[:end].rstrip() + _ELLIPSIS


def _fitting(text: str, room: float, size: float, weight: str) -> int:
    """How many characters of a text fit; a longer beginning is never narrower."""
    return (
        bisect_right(
            range(len(text) + 1), room, lo=1, key=lambda end: width(text[:end], size, weight)
        )
        - 1
    )


def wrapped(
    text: str, room: float, size: float, weight: str = "normal", *, most: int = 2
) -> list[str]:
    """The text in at most so many lines that fit; what is too much ends in an ellipsis."""
    lines: list[str] = []
    while text and len(lines) < most - 1:
        if width(text, size, weight) <= room:
            break
        end = max(1, _fitting(text, room, size, weight))
        # at a word, if there is one, else anywhere
        space = text.rfind(" ", 1, end + 1)
        end = space if space > 0 else end
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, shortened(text, room, size, weight)] if text else lines or [text]


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(10, 10, _DOTS_PER_INCH)  # type: ignore[no-untyped-call]


@cache
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())
