"""The chart `spend` in words: its finding, its table, and the sentence of each part of a bar."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from telecom_audit.charts.axes import month_and_year, years_and_months
from telecom_audit.charts.chart import ChartContext, Row, Twin, Words
from telecom_audit.charts.style import LARGEST_SERIES
from telecom_audit.drawing.amounts import exact_money, percent, short_money
from telecom_audit.money import money_text
from telecom_audit.months import month_text

_NOUNS = {"bills": "Spend", "payments": "Payments"}


def words(frame: pd.DataFrame, context: ChartContext) -> Words:
    """What stands above the chart."""
    drawn = grouped(frame)
    months = months_of(drawn)
    period = f"{month_text(months[0])} … {month_text(months[-1])}"
    return Words(title(frame, context), _subtitle(drawn, context), period)


def title(frame: pd.DataFrame, context: ChartContext) -> str:
    """The finding in one sentence: the level, and how it moved."""
    totals = _wide(frame).sum(axis=1)
    noun = _NOUNS[str(frame["kind"].iloc[0])]
    for span in (12, 3):
        if len(totals) >= 2 * span:
            return _moved(totals, span, noun, context)
    amount = short_money(int(totals.sum()), context.currency)
    count = "1 month" if len(totals) == 1 else f"{len(totals)} months"
    return f"{noun} of {amount} in {count}"


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
    drawn = grouped(frame)
    return [
        {"month": month_text(month), "vendor": str(vendor), "amount": money_text(int(micros))}
        for month, amounts in zip(months_of(drawn), drawn.to_dict("records"), strict=True)
        for vendor, micros in amounts.items()
    ]


def twin(frame: pd.DataFrame, context: ChartContext) -> Twin:
    """One row a month, one column a vendor as drawn, and the total."""
    drawn = grouped(frame)
    return Twin(
        ("Month", *map(str, drawn.columns), f"Total, {context.currency}"),
        tuple(
            (
                month_text(month),
                *(exact_money(int(micros)) for micros in amounts),
                exact_money(sum(int(micros) for micros in amounts)),
            )
            for month, amounts in zip(months_of(drawn), drawn.to_numpy(), strict=True)
        ),
        right=tuple(range(1, len(drawn.columns) + 2)),
    )


def sentence(month: int, vendor: str, micros: int, total: int, currency: str) -> str:
    """A part of a bar: "March 2025: Acme 40.00 of 100.00 USD"."""
    of = f" of {exact_money(total)}" if total != micros else ""
    return f"{month_and_year(month)}: {vendor} {exact_money(micros)}{of} {currency}"


def months_of(drawn: pd.DataFrame) -> list[int]:
    """The months of the rows, as numbers."""
    return [int(month) for month in drawn.index.to_list()]


def grouped(frame: pd.DataFrame) -> pd.DataFrame:
    """Months without gaps by vendor in micros: six vendors, the rest as "N other vendors"."""
    wide = _wide(frame)
    if len(wide.columns) <= LARGEST_SERIES:
        return wide
    small = wide.columns[LARGEST_SERIES:]
    label = "1 other vendor" if len(small) == 1 else f"{len(small)} other vendors"
    return wide[wide.columns[:LARGEST_SERIES]].assign(**{label: wide[small].sum(axis=1)})


def _wide(frame: pd.DataFrame) -> pd.DataFrame:
    """Months without gaps by vendor, the vendor with the greatest sum first."""
    wide = frame.pivot_table(
        index="month", columns="vendor", values="amount_micros", aggfunc="sum", fill_value=0
    ).astype("int64")
    wide = wide.reindex(range(int(wide.index.min()), int(wide.index.max()) + 1), fill_value=0)
    sums = wide.sum()
    order = sorted(wide.columns, key=lambda vendor: (-int(sums[vendor]), vendor))
    return wide[order]


def _subtitle(drawn: pd.DataFrame, context: ChartContext) -> str:
    first, last = int(drawn.index[0]), int(drawn.index[-1])
    total = short_money(int(drawn.to_numpy().sum()), context.currency)
    return (
        f"By month and vendor, {years_and_months(first, last)}: {total} in all. "
        f"Source: {context.source}."
    )
