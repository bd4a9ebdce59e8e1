"""`spend`: what was billed or paid each month, and to whom?

Columns of the frame: `month` (number), `vendor` and `amount_micros` (int64), one row a month and
vendor; `kind` is "bills" or "payments", the same in all rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from telecom_audit.charts.axes import bare, money_ticks, month_ticks
from telecom_audit.charts.chart import Chart, ChartContext, Spot
from telecom_audit.charts.labels import BarValue, label_bars, size_inches
from telecom_audit.charts.layout import panels, settle
from telecom_audit.charts.spend_words import grouped, months_of, rows, sentence, twin, words
from telecom_audit.charts.style import LARGEST_SERIES, Ink
from telecom_audit.drawing.amounts import short_money
from telecom_audit.drawing.place import Place
from telecom_audit.drawing.style import SMALLEST
from telecom_audit.drawing.words import printable, shortened
from telecom_audit.money import MICROS

_BAR = 0.8
_NAME_ROOM = 0.19  # of the width of the place, for the names of vendors, within these inches
_NAME_LEAST, _NAME_MOST = 0.9, 1.7
_TWO_LINES = 0.46  # inches of height that a vendor with its sum takes
_MONTHS = 0.4  # inches of height below the axes


def draw(frame: pd.DataFrame, context: ChartContext, place: Place) -> Sequence[Spot]:
    """One stacked bar a month, the greatest vendor at the bottom."""
    drawn = grouped(frame)
    months = months_of(drawn)
    axes = panels(place, 1)[0]
    looks = [
        context.style.series[LARGEST_SERIES if name == _other(drawn) else position]
        for position, name in enumerate(drawn.columns)
    ]
    lows, highs = _stacks(drawn)
    _draw_stacks(axes, drawn, looks, lows)
    bare(axes, context.style.palette)
    seen = (float(lows.min()), float(highs.max()))
    money_ticks(axes, seen, context.currency, place.height - _MONTHS)
    _name_vendors(axes, drawn, looks, context, place)
    month_ticks(axes, months, place.width / 2)
    settle(place, lambda: month_ticks(axes, months, size_inches(axes)[0]))
    _label_totals(axes, drawn, size_inches(axes)[0], context)
    return _spots(axes, drawn, (lows, highs), context)


def _other(drawn: pd.DataFrame) -> str | None:
    return str(drawn.columns[-1]) if len(drawn.columns) > LARGEST_SERIES else None


def _stacks(drawn: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Where each amount begins and ends, in units: charges upwards, credits downwards from zero."""
    amounts = drawn.to_numpy() / MICROS
    up, down = np.maximum(amounts, 0), np.minimum(amounts, 0)
    highs = np.where(amounts < 0, down.cumsum(axis=1) - down, up.cumsum(axis=1))
    return highs - np.abs(amounts), highs


def _draw_stacks(axes: Axes, drawn: pd.DataFrame, looks: Sequence[Ink], lows: np.ndarray) -> None:
    dense = len(drawn) > 36
    for place, look in enumerate(looks):
        axes.bar(
            drawn.index,
            np.abs(drawn.iloc[:, place].to_numpy()) / MICROS,
            bottom=lows[:, place],
            width=_BAR,
            color=look.fill,
            edgecolor=look.line,
            linewidth=0.4 if dense else 0.7,
            hatch=look.hatch,
            zorder=2,
        )


def _name_vendors(
    axes: Axes, drawn: pd.DataFrame, looks: Sequence[Ink], context: ChartContext, place: Place
) -> None:
    """The vendors beside the bars, with their sums where it is high, in the order of the stack."""
    room = min(_NAME_MOST, max(_NAME_LEAST, _NAME_ROOM * place.width))
    tall = len(looks) * _TWO_LINES <= place.height - _MONTHS
    handles = []
    for vendor, look in zip(drawn.columns, looks, strict=True):
        name = shortened(printable(str(vendor)), room, SMALLEST)
        total = short_money(int(drawn[vendor].sum()), context.currency)
        label = f"{name}\n{total}" if tall else name
        handles.append(
            Patch(facecolor=look.fill, edgecolor=look.line, hatch=look.hatch, label=label)
        )
    axes.legend(
        handles=handles[::-1],
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        frameon=False,
        fontsize=SMALLEST,
        handlelength=2.0 if tall else 1.2,
        handleheight=1.8 if tall else 1.0,
        labelspacing=0.9 if tall else 0.5,
        borderaxespad=0,
    )


def _label_totals(axes: Axes, drawn: pd.DataFrame, inches: float, context: ChartContext) -> None:
    totals = drawn.sum(axis=1)
    tops = drawn.clip(lower=0).sum(axis=1)
    bars = [
        BarValue(month, int(total), int(top))
        for month, total, top in zip(months_of(drawn), totals, tops, strict=True)
    ]
    label_bars(axes, bars, inches / (len(drawn) + 0.2), context.currency)


def _spots(
    axes: Axes, drawn: pd.DataFrame, ends: tuple[np.ndarray, np.ndarray], context: ChartContext
) -> list[Spot]:
    found = []
    for row, month in enumerate(months_of(drawn)):
        amounts = [int(micros) for micros in drawn.iloc[row]]
        for column, (vendor, micros) in enumerate(zip(drawn.columns, amounts, strict=True)):
            text = sentence(month, str(vendor), micros, sum(amounts), context.currency)
            reach = (float(ends[0][row, column]), float(ends[1][row, column]))
            span = (month - _BAR / 2, month + _BAR / 2)
            if micros:
                found.append(Spot(axes, span, reach, text, month, str(vendor), micros))
    return found


CHART = Chart(
    key="spend",
    question="What is spent each month, and with whom? By month and vendor.",
    frame="spend",
    words=words,
    rows=rows,
    twin=twin,
    draw=draw,
)
