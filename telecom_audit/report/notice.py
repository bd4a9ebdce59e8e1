"""What stands where a part of a report cannot be: why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from telecom_audit.drawing.place import BODY, Place, Type, rule, write
from telecom_audit.drawing.style import SMALLEST
from telecom_audit.drawing.words import printable, wrapped

_HEAD = Type(11.0, "bold", hang="top")


@dataclass(frozen=True)
class Missing:
    """A part that a report does without.

    Attributes:
        part: "audit", "savings", "spend" or "metrics".
        title: what is missing, in a few words.
        why: a sentence.
        remedy: what to do now.
    """

    part: str
    title: str
    why: str
    remedy: str


def notice_height(missing: Missing, width: float) -> float:
    """The height in inches that the words take."""
    return 0.2 + _HEAD.line + 0.04 + len(_lines(missing, width)) * BODY.line


def write_missing(place: Place, missing: Missing) -> Place:
    """Say at the top of a place what is missing; what that leaves free."""
    rule(place, place.height, place.palette.soft_ink)
    place = place.less(top=0.1)
    write(place, (0, place.height), missing.title, _HEAD)
    place = place.less(top=_HEAD.line + 0.04)
    for line in _lines(missing, place.width):
        write(place, (0, place.height), line, Type(hang="top"))
        place = place.less(top=BODY.line)
    return place.less(top=0.1)


def _lines(missing: Missing, room: float) -> list[str]:
    return [
        line
        for text in (_sentence(missing.why), _sentence(missing.remedy))
        for line in wrapped(printable(text), room, SMALLEST, most=3)
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
