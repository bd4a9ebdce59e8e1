"""`spend`: what was billed or paid each month, and to whom?

Columns of the frame: `month` (number), `vendor` and `amount_micros` (int64), one row a month and
vendor; `kind` is "bills" or "payments", the same in all rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from telecom_audit.charts.amounts import percent, short_money
from telecom_audit.charts.axes import bare, money_ticks, month_ticks, years_and_months
from telecom_audit.charts.chart import Chart, ChartContext, Row
from telecom_audit.charts.labels import BarValue, label_bars, size_inches
from telecom_audit.charts.page import Heading, finish, new_page
from telecom_audit.charts.style import LARGEST_SERIES, SMALLEST, Ink, series
from telecom_audit.charts.words import printable, shortened
from telecom_audit.money import MICROS, money_text
from telecom_audit.months import month_text

_BAR = 0.8
_NAME_ROOM = 1.7
_NOUNS = {"bills": "Spend", "payments": "Payments"}


def title(frame: pd.DataFrame, context: ChartContext) -> str:
    """The finding in one sentence: the level, and how it moved."""
    totals = _wide(frame).sum(axis=1)
    noun = _NOUNS[_kind(frame)]
    for span in (12, 3):
        if len(totals) >= 2 * span:
            return _moved(totals, span, noun, context)
    amount = short_money(int(totals.sum()), context.currency)
    return f"{noun} of {amount} in {_count(len(totals))}"


def _moved(totals: pd.Series, span: int, noun: str, context: ChartContext) -> str:
    last, before = int(totals.iloc[-span:].sum()), int(totals.iloc[-2 * span : -span].sum())
    amount = short_money(round(last / span), context.currency)
    recent = "year" if span == 12 else f"{span} months"
    level = f"{noun} averaged {amount} a month over the last {recent}"
    if before <= 0:
        return level
    earlier = "the year before" if span == 12 else f"the {span} before"
    change = percent(abs(last - before), before)
    if change.startswith("0"):
        return f"{level}, as in {earlier}"
    return f"{level}, {change} {'above' if last > before else 'below'} {earlier}"


def rows(frame: pd.DataFrame) -> Sequence[Row]:
    """One row a month and vendor as drawn, small vendors together as "other"."""
    drawn = _grouped(_wide(frame))
    return [
        {"month": month_text(month), "vendor": str(vendor), "amount": money_text(int(micros))}
        for month, amounts in zip(_months(drawn), drawn.to_dict("records"), strict=True)
        for vendor, micros in amounts.items()
    ]


def draw(frame: pd.DataFrame, context: ChartContext) -> Figure:
    """The page: one stacked bar a month, the greatest vendor at the bottom."""
    drawn = _grouped(_wide(frame))
    months = _months(drawn)
    period = f"{month_text(months[0])} … {month_text(months[-1])}"
    figure = new_page(context, Heading(title(frame, context), _subtitle(drawn, context), period))
    axes = figure.subplots()
    looks = [
        series(LARGEST_SERIES if name == _other(drawn) else position, context.grey)
        for position, name in enumerate(drawn.columns)
    ]
    tops, bottoms = _draw_stacks(axes, drawn, looks)
    bare(axes)
    money_ticks(axes, float(bottoms.min()), float(tops.max()), context.currency)
    _name_vendors(axes, drawn, looks, context)
    month_ticks(axes, months, context.paper.width - 4)
    finish(figure)
    inches = size_inches(axes)[0]
    month_ticks(axes, months, inches)
    _label_totals(axes, drawn, inches, context)
    return figure


def _months(drawn: pd.DataFrame) -> list[int]:
    return [int(month) for month in drawn.index.to_list()]


def _kind(frame: pd.DataFrame) -> str:
    return str(frame["kind"].iloc[0])


def _count(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _wide(frame: pd.DataFrame) -> pd.DataFrame:
    """Months without gaps by vendor, the vendor with the greatest sum first."""
    wide = frame.pivot_table(
        index="month", columns="vendor", values="amount_micros", aggfunc="sum", fill_value=0
    ).astype("int64")
    wide = wide.reindex(range(int(wide.index.min()), int(wide.index.max()) + 1), fill_value=0)
    sums = wide.sum()
    order = sorted(wide.columns, key=lambda vendor: (-int(sums[vendor]), vendor))
    return wide[order]


def _grouped(wide: pd.DataFrame) -> pd.DataFrame:
    """At most six vendors; the rest as one column "N other vendors"."""
    if len(wide.columns) <= LARGEST_SERIES:
        return wide
    small = wide.columns[LARGEST_SERIES:]
    if len(small) == 1 and len(wide.columns) == LARGEST_SERIES + 1:
        label = "1 other vendor"
    else:
        label = f"{len(small)} other vendors"
    return wide[wide.columns[:LARGEST_SERIES]].assign(**{label: wide[small].sum(axis=1)})


def _other(drawn: pd.DataFrame) -> str | None:
    return str(drawn.columns[-1]) if len(drawn.columns) > LARGEST_SERIES else None


def _draw_stacks(
    axes: Axes, drawn: pd.DataFrame, looks: Sequence[Ink]
) -> tuple[np.ndarray, np.ndarray]:
    """Stack charges upwards and credits downwards from zero; the ends of both, in units."""
    tops = np.zeros(len(drawn))
    bottoms = np.zeros(len(drawn))
    dense = len(drawn) > 36
    for vendor, look in zip(drawn.columns, looks, strict=True):
        amounts = drawn[vendor].to_numpy() / MICROS
        axes.bar(
            drawn.index,
            amounts,
            bottom=np.where(amounts < 0, bottoms, tops),
            width=_BAR,
            color=look.fill,
            edgecolor=look.line,
            linewidth=0.4 if dense else 0.7,
            hatch=look.hatch,
            zorder=2,
        )
        tops += np.maximum(amounts, 0)
        bottoms += np.minimum(amounts, 0)
    return tops, bottoms


def _name_vendors(
    axes: Axes, drawn: pd.DataFrame, looks: Sequence[Ink], context: ChartContext
) -> None:
    """The vendors beside the bars with their sums, in the order of the stack."""
    handles = [
        Patch(
            facecolor=look.fill,
            edgecolor=look.line,
            hatch=look.hatch,
            label=f"{shortened(printable(str(vendor)), _NAME_ROOM, SMALLEST)}\n"
            f"{short_money(int(drawn[vendor].sum()), context.currency)}",
        )
        for vendor, look in zip(drawn.columns, looks, strict=True)
    ]
    axes.legend(
        handles=handles[::-1],
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        frameon=False,
        fontsize=SMALLEST,
        handlelength=2.0,
        handleheight=1.8,
        labelspacing=0.9,
        borderaxespad=0,
    )


def _label_totals(axes: Axes, drawn: pd.DataFrame, inches: float, context: ChartContext) -> None:
    totals = drawn.sum(axis=1)
    tops = drawn.clip(lower=0).sum(axis=1)
    bars = [
        BarValue(month, int(total), int(top))
        for month, total, top in zip(_months(drawn), totals, tops, strict=True)
    ]
    label_bars(axes, bars, inches / (len(drawn) + 0.2), context.currency)


def _subtitle(drawn: pd.DataFrame, context: ChartContext) -> str:
    first, last = int(drawn.index[0]), int(drawn.index[-1])
    total = short_money(int(drawn.to_numpy().sum()), context.currency)
    return (
        f"By month and vendor, {years_and_months(first, last)}: {total} in all. "
        f"Source: {context.source}."
    )


CHART = Chart(
    key="spend",
    question="What is spent each month, and with whom? By month and vendor.",
    frame="spend",
    title=title,
    rows=rows,
    draw=draw,
)
