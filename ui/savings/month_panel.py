"""One month: how its saving comes about, as billed and as planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from telecom_audit.tasks.figures import Door, Figure, ForecastDoor, LinesDoor, MeasureDoor
from telecom_audit.tasks.savings_shown import Savings
from ui import theme
from ui.figures import FigureLabel
from ui.labels import let_go, plain_label
from ui.numbers import MINUS
from ui.savings.equation import Equation, Named, Term
from ui.savings.figures import (
    measured_figures,
    planned_figures,
    projected_figure,
    upfront_figure,
)
from ui.savings.wording import FORECAST, MEASURED, month_words

_MEASURED_SIGNS = ("", MINUS, "=", "+", "=")
_PLANNED_SIGNS = ("", MINUS, MINUS, MINUS, MINUS, "=")
_CHOOSE = "Choose a month in the chart or in the table; a number shows what lies behind it."


class MonthPanel(QWidget):
    """The two equations of a month; a click on a figure opens or explains it.

    Args:
        opened: is handed a figure that was clicked.
    """

    def __init__(self, opened: Callable[[Figure], None]) -> None:
        super().__init__()
        self._opened = opened
        self.month: int | None = None
        self._head = plain_label()
        self._head.setFont(theme.head_font())
        self._state = plain_label()
        theme.soft(self._state)
        self._words = plain_label(_CHOOSE)
        self._words.setWordWrap(True)
        theme.soft(self._words)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._head)
        head.addWidget(self._state, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(head)
        layout.addLayout(self._rows)
        layout.addWidget(self._words)

    @property
    def words(self) -> str:
        """The sentence below the equations."""
        return self._words.text()

    def clear(self) -> None:
        """Show no month."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                let_go(widget)
        self.month = None
        self._head.setText("")
        self._state.setText("")
        self._words.setText(_CHOOSE)

    def show_month(self, read: Savings, month: int) -> None:
        """Show a month's figures."""
        self.clear()
        self.month = month
        self._head.setText(month_words(month))
        row = read.row(month)
        if row is not None:
            self._add(_signed(_MEASURED_SIGNS, measured_figures(read, row)))
        self._state.setText(_state(read, month))
        planned = self._planned(read, month)
        if planned:
            self._add(planned)

    def _planned(self, read: Savings, month: int) -> list[Term]:
        plan, row = read.plan, read.row(month)
        if plan is None:
            return []
        terms = _signed(_PLANNED_SIGNS, planned_figures(plan, month, read.currency))
        projected = None if row is None else projected_figure(read, row)
        if projected is None:
            return terms
        upfront = upfront_figure(plan, read.currency)
        if terms and upfront is not None and month == plan.start:
            terms.append((MINUS, *upfront))
        return [*terms, ("=" if terms else "", *projected)]

    def _add(self, terms: list[Term]) -> None:
        equation = Equation(terms, self._opened)
        self._rows.addWidget(equation)
        equation.show()  # so that it can have the focus at once

    def mark(self, door: Door) -> bool:
        """Put the focus on the figure of a door and say how it comes about."""
        if isinstance(door, MeasureDoor):
            self._words.setText(MEASURED.get(door.key, _CHOOSE))
        elif isinstance(door, ForecastDoor):
            self._words.setText(FORECAST.get(door.key, _CHOOSE))
        labels = self.findChildren(FigureLabel)
        label = next((one for one in labels if _is_behind(one.figure.door, door)), None)
        if label is not None:
            label.setFocus()
        return label is not None


def _signed(signs: Sequence[str], figures: Sequence[Named]) -> list[Term]:
    return [(sign, *named) for sign, named in zip(signs, figures, strict=False)]


def _is_behind(shown: Door | None, wanted: Door) -> bool:
    """Whether a figure is the one asked for; projected is the plan's net where it is no other."""
    if shown == wanted:
        return True
    if isinstance(wanted, MeasureDoor) and isinstance(shown, LinesDoor):
        return wanted.key == ("one_off" if shown.order.one_off else "actual")
    if isinstance(wanted, MeasureDoor) and wanted.key == "projected":
        return isinstance(shown, ForecastDoor) and (shown.key, shown.month) == ("net", wanted.month)
    return False


def _state(read: Savings, month: int) -> str:
    row = read.row(month)
    if row is None:
        return "planned; no bill counts in this month yet"
    if row.is_provisional:
        return "provisional: bills are still missing"
    if read.plan is not None and read.compared is not None and month < read.plan.start:
        return "all bills are in; the plan starts later"
    return "all bills are in"
