"""Axes of money and months: few ticks, bold years, thousands as "$120 k", a line at zero."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from telecom_audit.drawing.amounts import MINUS, SPACE, axis_unit, currency_sign
from telecom_audit.drawing.style import FONT, SMALLEST, Palette

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_TICK_ROOM = 0.45  # inches that a month's name or a bold year needs
_MOST_TICKS = 6
_TICK_APART = 0.3  # inches between two amounts on the axis, at least
_YEAR = "year"


def bare(axes: Axes, palette: Palette) -> None:
    """Take away what says nothing: the upper and right edges and the tick marks of amounts."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=palette.grid, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.axhline(0, color=palette.ink, linewidth=0.9, zorder=2.5)


def years_and_months(first: int, last: int) -> str:
    """A period in words: "Jan 2025 to Dec 2025", or one month."""
    names = [f"{MONTH_NAMES[month % 12]} {month // 12}" for month in (first, last)]
    return names[0] if first == last else " to ".join(names)


def month_and_year(month: int) -> str:
    """A month in full: "March 2025"."""
    return f"{_FULL_NAMES[month % 12]} {month // 12}"


def month_ticks(axes: Axes, months: Sequence[int], inches: float) -> None:
    """Name the months below the axis, as many as fit, with the years in bold below them.

    Args:
        axes: with month numbers as x.
        months: those shown, in order.
        inches: the width of the axes.
    """
    step = _step(months[-1] - months[0] + 1, inches)
    ticks = [month for month in range(months[0], months[-1] + 1) if month % step == 0]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(["" if step >= 12 else MONTH_NAMES[month % 12] for month in ticks])
    axes.set_xlim(months[0] - 0.6, months[-1] + 0.6)
    for text in [text for text in axes.texts if text.get_gid() == _YEAR]:
        text.remove()  # of an earlier call, before the layout was known
    years: set[int] = set()
    for month in ticks:
        if month // 12 not in years:
            _year(axes, month, below=4 if step >= 12 else 17)
            years.add(month // 12)


def _step(count: int, inches: float) -> int:
    for step in _STEPS:
        if count / step * _TICK_ROOM <= inches:
            return step
    return _STEPS[-1]


def _year(axes: Axes, month: int, below: int) -> None:
    axes.annotate(
        str(month // 12),
        (month, 0),
        xycoords=("data", "axes fraction"),
        xytext=(0, -below),
        textcoords="offset points",
        ha="center",
        va="top",
        fontweight="bold",
        fontsize=SMALLEST,
        fontfamily=FONT,
        gid=_YEAR,
    )


def money_ticks(axes: Axes, seen: tuple[float, float], currency: str, inches: float) -> None:
    """Set the limits of an axis of amounts around zero, with ticks in one unit.

    Args:
        axes: with amounts in currency units as y.
        seen: the least and the greatest amount that must be seen.
        currency: its ISO code.
        inches: about the height of the axes.
    """
    low, high = min(0.0, *seen), max(0.0, *seen)
    if low == high:
        high = 1.0
    bins = max(2, min(_MOST_TICKS, int(inches / _TICK_APART)))
    ticks = [
        float(tick) for tick in MaxNLocator(bins, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    ]
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.set_yticklabels(_tick_texts(ticks, currency))
    axes.set_ylim(ticks[0], ticks[-1])


def _tick_texts(ticks: Sequence[float], currency: str) -> list[str]:
    size, unit = axis_unit(max(abs(tick) for tick in ticks))
    step = (ticks[1] - ticks[0]) / size
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step, decimals) != round(step, 9):
        decimals += 1  # steps of a quarter
    texts = []
    for tick in ticks:
        zero = abs(tick) < size * 1e-9
        sign = MINUS if tick < 0 and not zero else ""
        number = "0" if zero else f"{abs(tick) / size:.{decimals}f}"
        tail = f"{SPACE}{unit}" if unit and not zero else ""
        texts.append(f"{sign}{currency_sign(currency)}{number}{tail}")
    return texts
