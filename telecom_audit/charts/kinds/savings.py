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
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from telecom_audit.charts.amounts import percent, short_money
from telecom_audit.charts.axes import bare, money_ticks, month_ticks, years_and_months
from telecom_audit.charts.chart import Chart, ChartContext, Row
from telecom_audit.charts.labels import BarValue, Mark, draw_marks, label_bars, size_inches
from telecom_audit.charts.lines import Line, draw_lines, label_ends
from telecom_audit.charts.page import Heading, finish, new_page
from telecom_audit.charts.style import FONT, SMALLEST, Ink, planned, provisional, realized
from telecom_audit.money import MICROS, money_text
from telecom_audit.months import day_number, days_in_month, first_day, month_of_day, month_text

_BAR = 0.4  # of the month's place, for each of the two bars


def title(frame: pd.DataFrame, context: ChartContext) -> str:
    """The finding in one sentence, over the months whose bills are all in."""
    complete = _complete(frame)
    if complete.empty:
        return "No month after the baseline has all its bills yet"
    saved = int(complete["realized_micros"].sum())
    if complete["projected_micros"].isna().any():
        return _without_plan(saved, len(complete), context)
    plan = int(complete["projected_micros"].sum())
    if plan > 0 and saved >= 0:
        return f"Realized savings stand at {percent(saved, plan)} of plan"
    if saved == plan:
        return "Realized savings are exactly as planned"
    side = "above" if saved > plan else "below"
    distance = short_money(abs(saved - plan), context.currency)
    return f"Realized savings are {distance} {side} plan"


def _without_plan(saved: int, months: int, context: ChartContext) -> str:
    amount = short_money(abs(saved), context.currency)
    span = "1 month" if months == 1 else f"{months} months"
    if saved < 0:
        return f"Bills exceed the baseline by {amount} in {span}"
    return f"Realized savings amount to {amount} in {span}"


def _complete(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["realized_micros"].notna() & ~frame["provisional"]]


def rows(frame: pd.DataFrame) -> Sequence[Row]:
    """One row a month: both amounts, their running sums, and whether bills are missing."""
    sums = _with_sums(frame)
    return [
        {
            "month": month_text(int(row["month"])),
            "projected": _text(row["projected_micros"]),
            "realized": _text(row["realized_micros"]),
            "cumulative_projected": _text(row["projected_sum"]),
            "cumulative_realized": _text(row["realized_sum"]),
            "provisional": bool(row["provisional"]),
        }
        for row in sums.to_dict("records")
    ]


def _text(micros: int | None) -> str | None:
    return None if pd.isna(micros) else money_text(int(micros or 0))


def _with_sums(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        projected_sum=frame["projected_micros"].cumsum(),
        realized_sum=frame["realized_micros"].cumsum(),
    )


def draw(frame: pd.DataFrame, context: ChartContext) -> Figure:
    """The page: bars by month above, running sums below, on the same months."""
    heading = Heading(title(frame, context), _subtitle(frame, context), _period(frame))
    figure = new_page(context, heading)
    monthly, cumulative = figure.subplots(2, 1, sharex=True)
    sums = _with_sums(frame)
    bars = _draw_bars(monthly, sums, context)
    lines = _lines(sums, context)
    draw_lines(cumulative, lines)
    for axes, name in ((monthly, "Each month"), (cumulative, "Cumulative")):
        bare(axes)
        axes.set_title(name, loc="left", fontsize=10, fontweight="bold", fontfamily=FONT)
    _set_scales(monthly, cumulative, sums, context)
    label_ends(cumulative, lines, context.currency)
    finish(figure)
    inches = size_inches(monthly)[0]
    month_ticks(cumulative, list(sums["month"]), inches)
    monthly.tick_params(axis="x", length=0, labelbottom=False)
    label_bars(monthly, bars, inches / (len(sums) + 0.2) * _BAR, context.currency)
    marks = _marks(sums, context)
    draw_marks(monthly, marks, named=False)
    draw_marks(cumulative, marks, named=True)
    return figure


def _set_scales(monthly: Axes, cumulative: Axes, sums: pd.DataFrame, context: ChartContext) -> None:
    for axes, names in (
        (monthly, ["projected_micros", "realized_micros"]),
        (cumulative, ["projected_sum", "realized_sum"]),
    ):
        amounts = [int(micros) / MICROS for name in names for micros in sums[name].dropna()]
        money_ticks(axes, min(amounts), max(amounts), context.currency)
    month_ticks(cumulative, list(sums["month"]), context.paper.width - 3)


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
    names = {1: "Realized", 2: "Realized, provisional: bills are still missing"}
    axes.legend(
        handles=[
            Patch(facecolor=look.fill, edgecolor=look.line, hatch=look.hatch, label=label)
            for label, look in _legend(looks, names)
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
    return values


_Look = tuple[str, pd.Series, Ink, int]


def _looks(sums: pd.DataFrame, context: ChartContext) -> list[_Look]:
    """Column, mask, look and side of each group of bars, in the order of the legend."""
    billed = sums["realized_micros"].notna()
    side = 1 if sums["projected_micros"].notna().any() else 0
    groups: list[_Look] = [
        ("projected_micros", sums["projected_micros"].notna(), planned(context.grey), -1),
        ("realized_micros", billed & ~sums["provisional"], realized(context.grey), side),
        ("realized_micros", billed & sums["provisional"], provisional(context.grey), side),
    ]
    return groups


def _legend(looks: Sequence[_Look], names: dict[int, str]) -> list[tuple[str, Ink]]:
    return [
        (names.get(position, "Projected"), look)
        for position, (_, mask, look, _) in enumerate(looks)
        if mask.any()
    ]


def _lines(sums: pd.DataFrame, context: ChartContext) -> list[Line]:
    billed = sums["realized_micros"].notna()
    complete = billed & ~sums["provisional"]
    lines = []
    if sums["projected_micros"].notna().any():
        lines.append(Line("Plan", "dashed", planned(context.grey).line, _points(sums, "projected")))
    if complete.any():
        points = _points(sums[complete], "realized")
        lines.append(Line("Realized", "solid", realized(context.grey).line, points))
    if (billed & sums["provisional"]).any():
        # begins at the last complete month, so that the line is not torn
        tail = sums[billed].iloc[max(0, int(complete.sum()) - 1) :]
        points = _points(tail, "realized")
        lines.append(Line("Provisional", "dotted", realized(context.grey).line, points))
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
    today = day_number(context.printed)
    month = month_of_day(today)
    if sums["month"].iloc[0] <= month <= sums["month"].iloc[-1]:
        part = (today - first_day(month)) / days_in_month(month)
        marks.append(Mark(month - 0.5 + part, "today", dashed=True))
    return marks


def _period(frame: pd.DataFrame) -> str:
    return f"{month_text(int(frame['month'].iloc[0]))} … {month_text(int(frame['month'].iloc[-1]))}"


def _subtitle(frame: pd.DataFrame, context: ChartContext) -> str:
    complete = _complete(frame)
    parts = ["Savings against the frozen baseline, as billed"]
    if not complete.empty:
        first, last = int(complete["month"].iloc[0]), int(complete["month"].iloc[-1])
        parts = [f"{parts[0]}, {years_and_months(first, last)}: {_amounts(complete, context)}"]
    late = frame[frame["provisional"]]
    if not late.empty:
        parts.append(f"provisional from {month_text(int(late['month'].iloc[0]))}")
    return f"{'; '.join(parts)}. Source: {context.source}."


def _amounts(complete: pd.DataFrame, context: ChartContext) -> str:
    saved = int(complete["realized_micros"].sum())
    recurring = int(complete["recurring_micros"].sum())
    text = f"{short_money(saved, context.currency)} realized"
    if complete["projected_micros"].notna().all():
        plan = int(complete["projected_micros"].sum())
        text += f", {short_money(plan, context.currency)} projected"
    if recurring != saved:
        text += f"; {short_money(recurring, context.currency)} recurring, before one-off charges"
    return text


CHART = Chart(
    key="savings",
    question="Do the savings arrive as planned? Projected against realized, monthly and in sum.",
    frame="savings",
    title=title,
    rows=rows,
    draw=draw,
)
