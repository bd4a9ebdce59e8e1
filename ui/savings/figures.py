"""The figures of the Savings page, each with the door to what lies behind it."""

from __future__ import annotations

from telecom_audit.drawing.amounts import percent
from telecom_audit.money import cents
from telecom_audit.months import month_text
from telecom_audit.tasks.figures import Figure, ForecastDoor, LinesDoor, MeasureDoor
from telecom_audit.tasks.lines_order import LinesOrder
from ui.numbers import amount_text
from ui.savings.reading import MonthRow, Plan, Savings
from ui.savings.wording import counted

_NO_MONTH = "no complete month yet"
_PARTS = (
    ("baseline", "Baseline"),
    ("legacy", "Legacy"),
    ("new_recurring", "New recurring"),
    ("one_time", "One-time"),
    ("termination", "Termination"),
    ("net", "Net, projected"),
)


def headlines(read: Savings) -> tuple[list[Figure], list[Figure]]:
    """What was saved so far, recurring first, and the share of plan; then the others."""
    caption = f"Realized, recurring, {read.currency}"
    great = [_total(read, "realized_recurring_total", caption, read.recurring_total)]
    if read.compared is not None:
        great.append(_share(read))
    others = [_total(read, "realized_total", "Realized with one-off lines", read.realized_total)]
    if (projected := read.projected_total) is not None:
        others.append(_total(read, "projected_total", "Projected for these months", projected))
    door = MeasureDoor(read.compared, "through")
    through = "" if read.through is None else month_text(read.through)
    others.append(Figure("through", "Bills complete through", through, None, door))
    return great, others + _provisional(read)


def _total(read: Savings, key: str, caption: str, micros: int) -> Figure:
    if not read.complete:
        return Figure(key, caption, _NO_MONTH, None, None)
    return _at_a_glance(key, caption, micros, MeasureDoor(read.compared, key))


def _at_a_glance(key: str, caption: str, micros: int, door: MeasureDoor) -> Figure:
    """An amount at the head of the page: shown to the cent, exact in its micros."""
    return Figure(key, caption, amount_text(cents(micros)), micros, door)


def _share(read: Savings) -> Figure:
    """Realized, one-off lines included, against projected: as the chart's title says it."""
    door = MeasureDoor(read.compared, "realized_total")
    plan, saved = read.projected_total or 0, read.realized_total
    if not read.complete:
        return Figure("share", "Share of plan", _NO_MONTH, None, None)
    if plan <= 0 or saved < 0:
        return Figure(
            "share", "Realized − projected", amount_text(saved - plan), saved - plan, door
        )
    return Figure("share", "Share of plan", percent(saved, plan), None, door)


def _provisional(read: Savings) -> list[Figure]:
    made = []
    if (month := read.provisional_from) is not None:
        door = MeasureDoor(read.compared, "provisional_from")
        made.append(Figure("provisional", "Provisional from", month_text(month), None, door))
    if read.waiting:
        door = MeasureDoor(read.compared, "waiting_for")
        text = counted(len(read.waiting), "account")
        made.append(Figure("waiting", "Waiting for the bills of", text, None, door))
    return made


def measured_figures(read: Savings, row: MonthRow) -> list[Figure]:
    """Expected − billed = realized, + one-off = recurring."""
    month = month_text(row.month)
    orders = {
        "actual": LinesOrder(month=row.month, kind="bill"),
        "one_off": LinesOrder(month=row.month, kind="bill", one_off=True),
    }
    captions = (
        ("counterfactual", "Expected", row.expected),
        ("actual", "Billed", row.billed),
        ("realized", "Realized", row.realized),
        ("one_off", "One-off", row.one_off),
        ("realized_recurring", "Recurring", row.recurring),
    )
    return [
        Figure(
            f"{key}-{month}",
            caption,
            amount_text(micros),
            micros,
            LinesDoor(orders[key]) if key in orders else MeasureDoor(read.compared, key, month),
        )
        for key, caption, micros in captions
    ]


def planned_figures(plan: Plan, month: int) -> list[Figure]:
    """Baseline − legacy − new recurring − one-time − termination = net; none out of the plan."""
    if month not in plan.months:
        return []
    text = month_text(month)
    return [
        Figure(
            f"plan-{key}-{text}",
            caption,
            amount_text(getattr(plan.months[month], key)),
            getattr(plan.months[month], key),
            ForecastDoor(plan.scenario, key, text),
        )
        for key, caption in _PARTS
    ]


def projected_figure(read: Savings, row: MonthRow) -> Figure | None:
    """What `measure` compares the month with, where it is not the plan's net alone."""
    if row.projected is None or read.plan is None:
        return None
    planned = read.plan.months.get(row.month)
    if planned is not None and planned.net == row.projected:
        return None
    month = month_text(row.month)
    door = MeasureDoor(read.compared, "projected", month)
    text = amount_text(row.projected)
    return Figure(f"projected-{month}", "Projected", text, row.projected, door)
