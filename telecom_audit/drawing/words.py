"""Text that fits: measured in the font of the page, broken at words, shortened at the end."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from typing import Any

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags

from telecom_audit.drawing.style import FONT

_SIZE = 100
_ELLIPSIS = "…"
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """The text on one line, with a mark for each character that the font lacks."""
    known = _characters()
    return "".join(c if ord(c) in known else _UNKNOWN for c in " ".join(text.split(" ")))


def width(text: str, size: float, weight: str = "normal") -> float:
    """The width of a text in inches; pairs of letters that move together are taken apart.

    Args:
        text: one line.
        size: of the font, in points.
        weight: "normal" or "bold".
    """
    return sum(_advance(character, weight) for character in text) * size / 72


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
        # at a word or after a hyphen, if there is one, else anywhere
        space, hyphen = text.rfind(" ", 1, end + 1), text.rfind("-", 1, end) + 1
        end = max(space, hyphen) if max(space, hyphen) > 1 else end
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, shortened(text, room, size, weight)] if text else lines or [text]


@lru_cache(maxsize=4096)
def _advance(character: str, weight: str) -> float:
    """How far a character moves the pen, as a part of the font's size."""
    font: Any = _font(weight)
    font.set_size(_SIZE, 72)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / _SIZE


@cache
def _font(weight: str) -> FT2Font:
    # a font of its own: those of get_font are shared, and change their size while one draws
    return FT2Font(findfont(FontProperties(family=FONT, weight=weight)))


@cache
def _characters() -> frozenset[int]:
    return frozenset(_font("normal").get_charmap())
