"""How wide the columns of a printed table are, by the words in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telecom_audit.drawing.style import SMALLEST
from telecom_audit.drawing.words import width, wrapped

GAP = 0.18  # inches between two columns
MOST_LINES = 3  # of a cell
_LEAST = 0.3
_LONG = 1.3  # inches that a column of long texts is content with when the room is short
_LONGEST_WORD = 1.6  # inches of a word, or of a line of a head, that are kept whole
_SLACK = 1.15  # how much more than its share a text needs when it is broken at words
_BREAKS = re.compile(r"(?<=[ -])")


@dataclass(frozen=True)
class _Need:
    """Inches that a column needs so that its cells take one, at most two, at most three lines."""

    one: float
    two: float
    three: float


def column_widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int], room: float
) -> list[float]:
    """Inches for each column: what its words need; long texts give first when the room is short.

    Args:
        heads: may take two lines, at a space.
        rows: the cells.
        right: positions of columns of numbers, which give last.
        room: inches for all columns and the gaps between them.
    """
    room -= GAP * (len(heads) - 1)
    needs = [
        _need(head, [row[place] for row in rows], place in right)
        for place, head in enumerate(heads)
    ]
    widths = [need.three for need in needs]
    if sum(widths) > room:
        return _levelled(widths, room)
    for wished in ([need.one for need in needs], [need.two for need in needs]):
        for place in sorted(range(len(needs)), key=wished.__getitem__):
            more = wished[place] - widths[place]
            if 0 < more <= room - sum(widths):
                widths[place] = wished[place]
    return _stretched(widths, [need.one for need in needs], room)


def column_groups(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int], room: float
) -> list[list[int]]:
    """Which columns stand beside one another on a sheet, so that no number is cut.

    Columns without a value in any row are left out. When the others need more than the room, they
    are spread over several sheets, and each begins with the first column, which names the row.

    Args:
        heads: as for `column_widths`, also the rows and positions.
        rows: the cells.
        right: positions of columns of numbers.
        room: inches for all columns and the gaps between them.
    """
    filled = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    filled = filled or list(range(len(heads)))
    needs = {
        place: _need(heads[place], [row[place] for row in rows], place in right).three
        for place in filled
    }
    first, *others = filled
    groups = [[first]]
    left = room - needs[first]
    for place in others:
        if needs[place] + GAP > left and len(groups[-1]) > 1:
            groups.append([first])
            left = room - needs[first]
        groups[-1].append(place)
        left -= needs[place] + GAP
    return groups


def _need(head: str, cells: Sequence[str], is_number: bool) -> _Need:
    least = _head(head)
    longest = max((width(cell, SMALLEST) for cell in cells), default=0.0)
    one = max(least, longest)
    if is_number:
        return _Need(one, one, one)
    parts = {part for cell in cells for part in _BREAKS.split(cell)}
    part = max((width(part.strip(), SMALLEST) for part in parts), default=0.0)
    least = max(least, min(part, _LONGEST_WORD))
    two = max(least, longest / 2 * _SLACK)
    three = max(least, min(longest / MOST_LINES * _SLACK, _LONG))
    return _Need(one, min(one, two), min(one, three))


def _head(head: str) -> float:
    """What a head needs in two lines, broken at the best space."""
    words = head.split(" ")
    broken = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words))]
    needed = min(max(width(line, SMALLEST, "bold") for line in lines) for lines in broken)
    return max(_LEAST, min(needed, _LONGEST_WORD))


def _levelled(needed: Sequence[float], room: float) -> list[float]:
    """The widest columns cut to one width, so that all fit."""
    level, left = room / len(needed), room
    for place, one in enumerate(sorted(needed)):
        level = left / (len(needed) - place)
        if one > level:
            break
        left -= one
    return [min(one, level) for one in needed]


def _stretched(widths: Sequence[float], wished: Sequence[float], room: float) -> list[float]:
    """What is left goes to the columns that wished for more, in equal parts."""
    short = [place for place in range(len(widths)) if widths[place] < wished[place]]
    spare = room - sum(widths)
    given = list(widths)
    for count, place in enumerate(sorted(short, key=lambda place: wished[place] - widths[place])):
        more = min(wished[place] - widths[place], spare / (len(short) - count))
        given[place] += more
        spare -= more
    return given


def cell_lines(text: str, room: float, most: int, *, bold: bool = False) -> list[str]:
    """A cell in at most so many lines; what is too long ends in an ellipsis."""
    return wrapped(text, room + 1e-6, SMALLEST, "bold" if bold else "normal", most=most)
