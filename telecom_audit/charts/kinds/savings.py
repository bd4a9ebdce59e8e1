"""`savings`: do the savings arrive as planned? Projected against realized, by month and in sum.

Columns of the frame: `month` (number, without gaps), `projected_micros` (Int64, a gap without a
plan), `realized_micros` and `recurring_micros` (Int64, a gap after the last bill),
`provisional` (bool: bills are still missing) and `cutover` (the waves that move in the month, in
words, or "").
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from telecom_audit.charts.axes import bare, money_ticks, month_ticks
from telecom_audit.charts.chart import Chart, ChartContext, Spot
from telecom_audit.charts.labels import BarValue, Mark, draw_marks, label_bars, size_inches
from telecom_audit.charts.layout import panels, settle
from telecom_audit.charts.lines import Line, draw_lines, label_ends
from telecom_audit.charts.savings_words import rows, sentences, twin, with_sums, words
from telecom_audit.charts.style import Ink
from telecom_audit.drawing.place import Place
from telecom_audit.drawing.style import FONT, SMALLEST
from telecom_audit.money import MICROS
from telecom_audit.months import day_number, days_in_month, first_day, month_of_day

_BAR = 0.4  # of the month's place, for each of the two bars
_TWO_PANELS = 3.0  # inches of height, else only the months are drawn
_WIDE = 7.5  # inches of width that bear a long name
_NARROW = 5.0  # inches of width below which the bars' names leave no room for another word
_HEADS = 0.85  # inches of height for the panels' titles and the months


def draw(frame: pd.DataFrame, context: ChartContext, place: Place) -> Sequence[Spot]:
    """Bars by month above, running sums below, on the same months; where it is low, the bars."""
    sums = with_sums(frame)
    axes = panels(place, 2 if place.height >= _TWO_PANELS else 1)
    monthly, below = axes[0], axes[1:]
    inches = (place.height - _HEADS) / len(axes)
    bars = _draw_bars(monthly, sums, context)
    _name_bars(monthly, sums, context, place)
    _scale(monthly, sums, ("projected_micros", "realized_micros"), context, inches)
    _head(monthly, "Each month" if place.width >= _NARROW else "", context)
    if below:
        _draw_sums(below[0], sums, context, inches)
    months = list(sums["month"])
    month_ticks(axes[-1], months, place.width / 2)
    if below:
        monthly.tick_params(axis="x", length=0, labelbottom=False)
    settle(place, lambda: month_ticks(axes[-1], months, size_inches(monthly)[0]))
    across = size_inches(monthly)[0]
    label_bars(monthly, bars, across / (len(sums) + 0.2) * _BAR, context.currency)
    marks = _marks(sums, context)
    for one in axes:
        draw_marks(one, marks, context.style.palette, named=one is axes[-1])
    return _spots(axes, sums, context)


def _head(axes: Axes, name: str, context: ChartContext) -> None:
    bare(axes, context.style.palette)
    axes.set_title(name, loc="left", fontsize=SMALLEST, fontweight="bold", fontfamily=FONT)


def _draw_sums(axes: Axes, sums: pd.DataFrame, context: ChartContext, inches: float) -> None:
    lines = _lines(sums, context)
    draw_lines(axes, lines, context.style.palette)
    _scale(axes, sums, ("projected_sum", "realized_sum"), context, inches)
    _head(axes, "Cumulative", context)
    label_ends(axes, lines, context, inches)


def _scale(
    axes: Axes, sums: pd.DataFrame, names: Sequence[str], context: ChartContext, inches: float
) -> None:
    amounts = [int(micros) / MICROS for name in names for micros in sums[name].dropna()]
    money_ticks(axes, (min(amounts), max(amounts)), context.currency, inches)


def _draw_bars(axes: Axes, sums: pd.DataFrame, context: ChartContext) -> list[BarValue]:
    looks = _looks(sums, context)
    values: list[BarValue] = []
    for column, mask, look, side in looks:
        shown = sums[mask]
        offset = side * _BAR / 2
        axes.bar(
            shown["month"] + offset,
            shown[column].astype("int64") / MICROS,
            width=_BAR,
            color=look.fill,
            edgecolor=look.line,
            linewidth=0.7,
            hatch=look.hatch,
            zorder=2,
        )
        values += [
            BarValue(int(month) + offset, int(micros))
            for month, micros in zip(shown["month"], shown[column], strict=True)
        ]
    return values


def _name_bars(axes: Axes, sums: pd.DataFrame, context: ChartContext, place: Place) -> None:
    """Name the bars that there are, above the axes."""
    why = ": bills are still missing" if place.width >= _WIDE else ""
    names = ("Projected", "Realized", f"Provisional{why}")
    axes.legend(
        handles=[
            Patch(facecolor=look.fill, edgecolor=look.line, hatch=look.hatch, label=name)
            for name, (_, mask, look, _) in zip(names, _looks(sums, context), strict=True)
            if mask.any()
        ],
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=3,
        frameon=False,
        fontsize=SMALLEST,
        handlelength=2.0,
        handleheight=1.1,
        borderaxespad=0.2,
    )


_Look = tuple[str, pd.Series, Ink, int]


def _looks(sums: pd.DataFrame, context: ChartContext) -> list[_Look]:
    """Column, mask, look and side of each group of bars, in the order of the legend."""
    billed = sums["realized_micros"].notna()
    planned = sums["projected_micros"].notna()
    side = 1 if planned.any() else 0
    style = context.style
    return [
        ("projected_micros", planned, style.planned, -1),
        ("realized_micros", billed & ~sums["provisional"], style.realized, side),
        ("realized_micros", billed & sums["provisional"], style.provisional, side),
    ]


def _lines(sums: pd.DataFrame, context: ChartContext) -> list[Line]:
    billed = sums["realized_micros"].notna()
    complete = billed & ~sums["provisional"]
    style = context.style
    lines = []
    if sums["projected_micros"].notna().any():
        lines.append(Line("Plan", "dashed", style.planned.line, _points(sums, "projected")))
    if complete.any():
        points = _points(sums[complete], "realized")
        lines.append(Line("Realized", "solid", style.realized.line, points))
    if (billed & sums["provisional"]).any():
        # begins at the last complete month, so that the line is not torn
        tail = sums[billed].iloc[max(0, int(complete.sum()) - 1) :]
        points = _points(tail, "realized")
        lines.append(Line("Provisional", "dotted", style.realized.line, points))
    return lines


def _points(sums: pd.DataFrame, name: str) -> tuple[tuple[int, int], ...]:
    pairs = zip(sums["month"], sums[f"{name}_sum"], strict=True)
    return tuple((int(month), int(micros)) for month, micros in pairs)


def _marks(sums: pd.DataFrame, context: ChartContext) -> list[Mark]:
    waves = sums[sums["cutover"] != ""]
    marks = [
        Mark(int(month) - 0.5, f"cutover {name}")
        for month, name in zip(waves["month"], waves["cutover"], strict=True)
    ]
    today = day_number(context.today)
    month = month_of_day(today)
    if sums["month"].iloc[0] <= month <= sums["month"].iloc[-1]:
        part = (today - first_day(month)) / days_in_month(month)
        marks.append(Mark(month - 0.5 + part, "today", dashed=True))
    return marks


def _spots(axes: Sequence[Axes], sums: pd.DataFrame, context: ChartContext) -> list[Spot]:
    """Each bar; and each month of the running sums, which stands for the month's own amount."""
    told = sentences(sums, context)
    names = ("projected", "realized", "provisional")
    found: list[Spot] = []
    columns: dict[int, Spot] = {}
    for name, (column, mask, _, side) in zip(names, _looks(sums, context), strict=True):
        for month, micros in zip(sums["month"][mask], sums[column][mask], strict=True):
            middle, amount = int(month) + side * _BAR / 2, int(micros) / MICROS
            span = (middle - _BAR / 2, middle + _BAR / 2)
            reach = (min(0.0, amount), max(0.0, amount))
            text = told[int(month)]
            found.append(Spot(axes[0], span, reach, text, int(month), name, int(micros)))
            whole = (int(month) - 0.5, int(month) + 0.5)
            columns[int(month)] = Spot(axes[-1], whole, None, text, int(month), name, int(micros))
    return [*found, *columns.values()] if len(axes) > 1 else found


CHART = Chart(
    key="savings",
    question="Do the savings arrive as planned? Projected against realized, monthly and in sum.",
    frame="savings",
    words=words,
    rows=rows,
    twin=twin,
    draw=draw,
)
