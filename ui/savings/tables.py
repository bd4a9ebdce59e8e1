"""The tables of the Savings page as finished texts."""

from __future__ import annotations

from telecom_audit.months import month_text
from telecom_audit.tasks.savings_shown import MonthRow, Plan, Savings
from ui.charts.text_table import Cells
from ui.numbers import amount_text
from ui.savings.wording import counted, effect_words

PROVISIONAL = "provisional"
_FORECAST = (
    ("baseline", "Baseline"),
    ("legacy", "Legacy"),
    ("new_recurring", "New recurring"),
    ("one_time", "One-time"),
    ("termination", "Termination"),
    ("net", "Net"),
    ("cumulative", "Cumulative"),
)


def months_table(read: Savings) -> Cells:
    """A row a month; the complete ones with their sums, below them the provisional ones."""
    heads = ["Month", f"Expected, {read.currency}", "Billed", "Realized", "One-off", "Recurring"]
    if read.compared is not None:
        heads.append("Projected")
    complete, late = read.complete, [row for row in read.months if row.is_provisional]
    rows = [_month(row, read) for row in complete]
    if complete:
        rows.append(_sum(read))
    rows += [_month(row, read) for row in late]
    first_late = len(complete) + bool(complete)
    return Cells(
        (*heads, "Bills"),
        tuple(rows),
        tuple(range(1, len(heads))),
        frozenset({len(complete)} if complete else ()),
        frozenset(range(first_late, first_late + len(late))),
        is_money=True,
    )


def month_at(read: Savings, row: int) -> int | None:
    """The month number of a row of `months_table`; None for the sums."""
    complete = read.complete
    if row < len(complete):
        return complete[row].month
    late = [one for one in read.months if one.is_provisional]
    place = row - len(complete) - bool(complete)
    return late[place].month if 0 <= place < len(late) else None


def row_of(read: Savings, month: int) -> int | None:
    """The row of a month in `months_table`."""
    rows = range(len(read.months) + 1)
    return next((row for row in rows if month_at(read, row) == month), None)


def _month(row: MonthRow, read: Savings) -> tuple[str, ...]:
    amounts = [row.expected, row.billed, row.realized, row.one_off, row.recurring]
    if read.compared is not None:
        amounts.append(row.projected or 0)
    state = PROVISIONAL if row.is_provisional else "all in"
    return (month_text(row.month), *(amount_text(micros) for micros in amounts), state)


def _sum(read: Savings) -> tuple[str, ...]:
    rows = read.complete
    amounts = [
        sum(row.expected for row in rows),
        sum(row.billed for row in rows),
        read.realized_total,
        sum(row.one_off for row in rows),
        read.recurring_total,
    ]
    if (projected := read.projected_total) is not None:
        amounts.append(projected)
    texts = (amount_text(micros) for micros in amounts)
    return (counted(len(rows), "month"), *texts, "all in")


def bridge_table(read: Savings) -> Cells:
    """The effects and their sum, which is realized − projected."""
    effects = [(effect_words(effect), amount_text(micros)) for effect, micros in read.bridge]
    whole = sum(micros for _, micros in read.bridge)
    rows = (*effects, ("Realized − projected", amount_text(whole)))
    heads = ("Effect", f"Amount, {read.currency}")
    return Cells(heads, rows, (1,), frozenset({len(effects)}), is_money=True)


def forecast_table(plan: Plan, currency: str) -> Cells:
    """A row a month of the plan, the upfront costs first."""
    heads = ["Month", *(caption for _, caption in _FORECAST)]
    heads[1] = f"{heads[1]}, {currency}"
    months = [plan.months[month] for month in sorted(plan.months)]
    rows = [
        (
            "upfront" if one.month is None else month_text(one.month),
            *(amount_text(getattr(one, key)) for key, _ in _FORECAST),
        )
        for one in ([plan.upfront, *months] if plan.upfront else months)
    ]
    return Cells(tuple(heads), tuple(rows), tuple(range(1, len(heads))), is_money=True)


def meters_table(read: Savings) -> Cells:
    """Payments of each month against their averages, apart from savings from bills."""
    heads = ("Month", "Payer", "Vendor", f"Average, {read.currency}", "Paid", "Below average")
    rows = tuple(
        (
            month_text(one.month),
            one.payer,
            one.vendor,
            amount_text(one.counterfactual),
            amount_text(one.actual),
            amount_text(one.counterfactual - one.actual),
        )
        for one in read.meters
    )
    return Cells(heads, rows, (3, 4, 5), is_money=True)
