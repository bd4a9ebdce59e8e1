"""The chart `savings` in words: its finding, its table, and the sentence of each month."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from telecom_audit.charts.axes import month_and_year, years_and_months
from telecom_audit.charts.chart import ChartContext, Row, Twin, Words
from telecom_audit.drawing.amounts import exact_money, percent, short_money
from telecom_audit.money import money_text
from telecom_audit.months import month_text


def words(frame: pd.DataFrame, context: ChartContext) -> Words:
    """What stands above the chart."""
    first, last = int(frame["month"].iloc[0]), int(frame["month"].iloc[-1])
    period = f"{month_text(first)} … {month_text(last)}"
    return Words(title(frame, context), _subtitle(frame, context), period)


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


def with_sums(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the running sums `projected_sum` and `realized_sum`, in micros."""
    return frame.assign(
        projected_sum=frame["projected_micros"].cumsum(),
        realized_sum=frame["realized_micros"].cumsum(),
    )


def rows(frame: pd.DataFrame) -> Sequence[Row]:
    """One row a month: both amounts, their running sums, and whether bills are missing."""
    return [
        {
            "month": month_text(int(row["month"])),
            "projected": _text(row["projected_micros"]),
            "realized": _text(row["realized_micros"]),
            "cumulative_projected": _text(row["projected_sum"]),
            "cumulative_realized": _text(row["realized_sum"]),
            "provisional": bool(row["provisional"]),
        }
        for row in with_sums(frame).to_dict("records")
    ]


def _text(micros: int | None) -> str | None:
    return None if pd.isna(micros) else money_text(int(micros or 0))


def twin(frame: pd.DataFrame, context: ChartContext) -> Twin:
    """The same as a table for a person; a month without a figure has an empty cell."""
    currency = context.currency
    return Twin(
        (
            "Month",
            f"Projected, {currency}",
            f"Realized, {currency}",
            "Projected so far",
            "Realized so far",
            "Bills",
        ),
        tuple(
            (
                month_text(int(row["month"])),
                *(
                    "" if pd.isna(row[name]) else exact_money(int(row[name]))
                    for name in (
                        "projected_micros",
                        "realized_micros",
                        "projected_sum",
                        "realized_sum",
                    )
                ),
                _bills(row["realized_micros"], bool(row["provisional"])),
            )
            for row in with_sums(frame).to_dict("records")
        ),
        right=(1, 2, 3, 4),
    )


def _bills(realized: int | None, provisional: bool) -> str:
    if pd.isna(realized):
        return "none yet"
    return "provisional" if provisional else "all in"


def sentences(frame: pd.DataFrame, context: ChartContext) -> dict[int, str]:
    """Each month in a sentence: "March 2025: realized 1.00, projected 2.00 USD"."""
    return {
        int(row["month"]): _sentence(int(row["month"]), row, context)
        for row in frame.to_dict("records")
    }


def _sentence(month: int, row: Mapping[Hashable, object], context: ChartContext) -> str:
    parts = []
    realized, projected = row["realized_micros"], row["projected_micros"]
    if isinstance(realized, int):
        late = ", provisional" if row["provisional"] else ""
        parts.append(f"realized{late} {exact_money(realized)}")
    if isinstance(projected, int):
        parts.append(f"projected {exact_money(projected)}")
    return f"{month_and_year(month)}: {', '.join(parts)} {context.currency}"


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
