"""Labels set by measure: values on bars, and the names of upright marks, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from telecom_audit.drawing.amounts import MINUS, axis_unit, short_money
from telecom_audit.drawing.style import FONT, SMALLEST, Palette
from telecom_audit.drawing.words import printable, width
from telecom_audit.money import MICROS

MOST_LABELLED_BARS = 24
_ROW = 0.17  # inches of one line of text
_GAP = 0.04
_UPRIGHT_ROOM = 1.9  # inches of axes below which upright values would crowd the bars
_NAMES_ROOM = 0.34  # of the height of the axes, at most, for the names of marks


@dataclass(frozen=True)
class BarValue:
    """A bar's value: its middle on the x axis, its amount, and where the bar ends, in micros.

    Without an end the bar ends at its amount; a stack with credits ends above its total.
    """

    x: float
    micros: int
    end_micros: int | None = None

    @property
    def end(self) -> int:
        """Where the label stands, in micros."""
        return self.micros if self.end_micros is None else self.end_micros


@dataclass(frozen=True)
class Mark:
    """An upright line at the beginning of a month; `today` is dashed."""

    month: float
    label: str
    dashed: bool = False


def size_inches(axes: Axes) -> tuple[float, float]:
    """The width and height of laid-out axes, in inches."""
    box = axes.get_position()
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes stand in no figure")
    across, up = figure.get_size_inches()
    return float(box.width * across), float(box.height * up)


def widen(axes: Axes, above: float, below: float) -> None:
    """Make room of so many inches above and below what the axes show."""
    low, high = axes.get_ylim()
    height = size_inches(axes)[1]
    per_inch = (high - low) / max(0.3, height - above - below)
    axes.set_ylim(low - below * per_inch, high + above * per_inch)


def label_bars(axes: Axes, bars: Sequence[BarValue], slot: float, currency: str) -> None:
    """Write each bar's amount at its end: across when it fits its slot, else upright or not.

    Args:
        axes: laid out, with limits that show the bars.
        bars: at most `MOST_LABELLED_BARS`; more are left without values.
        slot: the width of a bar's place, in inches.
        currency: its ISO code.
    """
    if not bars or len(bars) > MOST_LABELLED_BARS:
        return
    slot -= _GAP
    texts = [short_money(bar.micros, currency) for bar in bars]
    if _widest(texts) > slot:
        unit = axis_unit(max(abs(bar.micros) for bar in bars) / MICROS)[0]
        texts = [_bare(bar.micros, unit) for bar in bars]
    upright = _widest(texts) > slot
    if upright and (slot < _ROW or size_inches(axes)[1] < _UPRIGHT_ROOM):
        return
    room = (_widest(texts) if upright else _ROW) + 2 * _GAP
    negative = any(bar.end < 0 for bar in bars)
    widen(axes, room, room if negative else 0)
    for bar, text in zip(bars, texts, strict=True):
        axes.annotate(
            text,
            (bar.x, bar.end / MICROS),
            xytext=(0, -72 * _GAP if bar.end < 0 else 72 * _GAP),
            textcoords="offset points",
            ha="center",
            va="top" if bar.end < 0 else "bottom",
            rotation=90 if upright else 0,
            fontsize=SMALLEST,
            fontfamily=FONT,
            zorder=5,
        )


def _widest(texts: Sequence[str]) -> float:
    return max(width(text, SMALLEST) for text in texts)


def _bare(micros: int, unit: float) -> str:
    number = abs(micros) / MICROS / unit
    text = f"{number:.{0 if number >= 100 or unit == 1 else 1}f}"
    return f"{MINUS if micros < 0 and text.strip('0.') else ''}{text}"


def draw_marks(axes: Axes, marks: Sequence[Mark], palette: Palette, *, named: bool) -> None:
    """Draw the marks; with `named` their labels above what the axes show, in as few rows as fit."""
    for mark in marks:
        axes.axvline(
            mark.month,
            color=palette.soft_ink,
            linewidth=0.8,
            linestyle=(0, (3, 2)) if mark.dashed else "solid",
            zorder=1.5,
        )
    if named and marks:
        _name_marks(axes, sorted(marks, key=lambda mark: mark.month), palette)


def _name_marks(axes: Axes, marks: Sequence[Mark], palette: Palette) -> None:
    left, right = axes.get_xlim()
    across, height = size_inches(axes)
    most_rows = max(1, int(height * _NAMES_ROOM / _ROW))
    ends: list[float] = []  # where each row is free again, in inches from the left edge
    placed: list[tuple[Mark, str, int, bool]] = []
    for mark in marks:
        label = printable(mark.label)
        start = (mark.month - left) * across / (right - left)
        needed = width(label, SMALLEST) + 2 * _GAP
        flipped = start + needed > across
        begin = start - needed if flipped else start
        row = next((n for n, end in enumerate(ends) if end <= begin), len(ends))
        if row == most_rows or begin < 0:
            continue  # the line stands, its name would cover the figures
        ends[row : row + 1] = [begin + needed + _GAP]
        placed.append((mark, label, row, flipped))
    widen(axes, len(ends) * _ROW + _GAP, 0)
    for mark, label, row, flipped in placed:
        axes.annotate(
            label,
            (mark.month, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-72 * _GAP if flipped else 72 * _GAP, -72 * _ROW * row),
            textcoords="offset points",
            ha="right" if flipped else "left",
            va="top",
            fontsize=SMALLEST,
            fontfamily=FONT,
            color=palette.soft_ink,
            bbox={"facecolor": palette.background, "edgecolor": "none", "pad": 0.5},
            zorder=5,
        )
