"""The figures of the Savings page, each with the door to what lies behind it."""

from __future__ import annotations

from telecom_audit.drawing.amounts import percent
from telecom_audit.money import cents
from telecom_audit.months import month_text
from telecom_audit.tasks.figures import Figure, ForecastDoor, LinesDoor, MeasureDoor
from telecom_audit.tasks.lines_order import LinesOrder
from telecom_audit.tasks.savings_shown import MonthRow, Plan, Savings
from ui.numbers import amount_text
from ui.savings.equation import Named
from ui.savings.wording import counted, month_words, months_words

_NO_MONTH = "no complete month yet"
_PARTS = (
    ("baseline", "Baseline"),
    ("legacy", "Legacy"),
    ("new_recurring", "New recurring"),
    ("one_time", "One-time"),
    ("termination", "Termination"),
    ("net", "Net, projected"),
)


def headlines(read: Savings) -> tuple[list[Named], list[Named]]:
    """What was saved so far, recurring first, and the share of plan; then the others."""
    name = f"Realized, recurring, {read.currency}"
    great = [(name, _total(read, "realized_recurring_total", name, read.recurring_total))]
    if read.compared is not None:
        great.append(_share(read))
    name = "Realized with one-off lines"
    others = [(name, _total(read, "realized_total", name, read.realized_total))]
    if (projected := read.projected_total) is not None:
        name = "Projected for these months"
        others.append((name, _total(read, "projected_total", name, projected)))
    through = "" if read.through is None else month_text(read.through)
    others.append(_word(read, "through", "Bills complete through", through))
    if (month := read.provisional_from) is not None:
        others.append(_word(read, "provisional_from", "Provisional from", month_text(month)))
    if read.waiting:
        text = counted(len(read.waiting), "account")
        others.append(_word(read, "waiting_for", "Waiting for the bills of", text))
    return great, others


def _total(read: Savings, key: str, name: str, micros: int) -> Figure:
    if not read.complete:
        return Figure(key, name, _NO_MONTH, None, None)
    months = months_words(read.complete[0].month, read.complete[-1].month)
    caption = f"{name}, {months}"
    return _at_a_glance(key, caption, micros, MeasureDoor(read.compared, key))


def _at_a_glance(key: str, caption: str, micros: int, door: MeasureDoor) -> Figure:
    """An amount at the head of the page: shown to the cent, exact in its micros."""
    return Figure(key, caption, amount_text(cents(micros)), micros, door)


def _share(read: Savings) -> Named:
    """Realized, one-off lines included, against projected: as the chart's title says it."""
    door = MeasureDoor(read.compared, "realized_total")
    plan, saved = read.projected_total or 0, read.realized_total
    name = "Share of plan"
    if not read.complete:
        return name, Figure("share", name, _NO_MONTH, None, None)
    if plan <= 0 or saved < 0:
        name = "Realized − projected"
        return name, _at_a_glance("share", f"{name}, {read.currency}", saved - plan, door)
    return name, Figure("share", name, percent(saved, plan), None, door)


def _word(read: Savings, key: str, name: str, text: str) -> Named:
    return name, Figure(key, name, text, None, MeasureDoor(read.compared, key))


def measured_figures(read: Savings, row: MonthRow) -> list[Named]:
    """Expected − billed = realized, + one-off = recurring."""
    month = month_text(row.month)
    orders = {
        "actual": LinesOrder(month=row.month, kind="bill"),
        "one_off": LinesOrder(month=row.month, kind="bill", one_off=True),
    }
    named = (
        ("counterfactual", "Expected", row.expected),
        ("actual", "Billed", row.billed),
        ("realized", "Realized", row.realized),
        ("one_off", "One-off", row.one_off),
        ("realized_recurring", "Recurring", row.recurring),
    )
    return [
        (
            name,
            Figure(
                f"{key}-{month}",
                f"{name} in {month_words(row.month)}, {read.currency}",
                amount_text(micros),
                micros,
                LinesDoor(orders[key]) if key in orders else MeasureDoor(read.compared, key, month),
            ),
        )
        for key, name, micros in named
    ]


def planned_figures(plan: Plan, month: int, currency: str) -> list[Named]:
    """Baseline − legacy − new recurring − one-time − termination = net; none out of the plan."""
    if month not in plan.months:
        return []
    text = month_text(month)
    return [
        (
            name,
            Figure(
                f"plan-{key}-{text}",
                f"Plan for {month_words(month)}: {name.lower()}, {currency}",
                amount_text(getattr(plan.months[month], key)),
                getattr(plan.months[month], key),
                ForecastDoor(plan.scenario, key, text),
            ),
        )
        for key, name in _PARTS
    ]


def upfront_figure(plan: Plan, currency: str) -> Named | None:
    """What the plan spends before its first month, which `measure` counts in that month."""
    if plan.upfront is None:
        return None
    spent = plan.upfront.one_time
    caption = f"Plan, upfront, {currency}"
    door = ForecastDoor(plan.scenario, "one_time", "upfront")
    return "Upfront", Figure("plan-upfront", caption, amount_text(spent), spent, door)


def projected_figure(read: Savings, row: MonthRow) -> Named | None:
    """What `measure` compares the month with, where it is not the plan's net alone."""
    if row.projected is None or read.plan is None:
        return None
    planned = read.plan.months.get(row.month)
    if planned is not None and planned.net == row.projected:
        return None
    month = month_text(row.month)
    door = MeasureDoor(read.compared, "projected", month)
    caption = f"Projected for {month_words(row.month)}, {read.currency}"
    text = amount_text(row.projected)
    return "Projected", Figure(f"projected-{month}", caption, text, row.projected, door)
