"""The plan alone: what the scenario's forecast says, its metrics, and every month of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from telecom_audit.money import cents, micros_from_text
from telecom_audit.tasks.figures import Door, Figure, ForecastDoor
from telecom_audit.tasks.savings_shown import Plan
from ui import theme
from ui.charts.text_table import Cells, TextTable
from ui.figures import FigureLabel
from ui.labels import plain_label
from ui.numbers import MINUS, amount_text
from ui.savings.equation import Named
from ui.savings.headline import Headline
from ui.savings.tables import forecast_table
from ui.savings.wording import FORECAST

if TYPE_CHECKING:
    from ui.desk import Desk

_MONEY = (
    ("total_savings", "Savings in all"),
    ("npv", "Net present value"),
    ("peak_funding", "Peak funding"),
    ("run_rate_annual", "Run rate a year"),
)
_RATES = (("irr", "IRR"), ("mirr", "MIRR"), ("roi", "ROI"))
_SPANS = (("payback_months", "Payback"), ("discounted_payback_months", "Discounted payback"))
_NONE = "none"
_LEAST_HEIGHT = 36 * theme.GRID  # of the table


class PlanTab(QScrollArea):
    """Metrics above, months below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.metrics = Headline(desk.open_door)
        self._words = plain_label()
        self._words.setWordWrap(True)
        theme.soft(self._words)
        self.months = TextTable("Months of the plan")
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, theme.GRID, theme.GRID, theme.MARGIN)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self.metrics)
        layout.addWidget(self._words)
        layout.addWidget(self.months, 1)
        self.months.setMinimumHeight(_LEAST_HEIGHT)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setAccessibleName("The plan")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._said = ""

    @property
    def words(self) -> str:
        """The sentences below the metrics."""
        return self._words.text()

    def show_plan(self, plan: Plan, currency: str) -> None:
        """Show a forecast."""
        self.metrics.show_figures(*metric_figures(plan, currency))
        self.months.show_cells(forecast_table(plan, currency))
        document = plan.document
        notes = [*document["notes"], *document["warnings"]]
        timing, base = document["conventions"]["timing"], document["conventions"]["baseline"]
        said = [f"Costs today: {base}. Timing: {timing}.", *(f"{_sentence(one)}" for one in notes)]
        self._said = " ".join(said)
        self._words.setText(self._said)

    def clear(self) -> None:
        """Show nothing."""
        self.metrics.show_figures(())
        self.months.show_cells(Cells())
        self._said = ""
        self._words.setText("")

    def arrive(self, door: Door) -> None:
        """Mark the metric of a door and say how it comes about."""
        if not isinstance(door, ForecastDoor):
            return
        labels = self.metrics.findChildren(FigureLabel)
        label = next((one for one in labels if one.figure.door == door), None)
        if label is not None:
            label.setFocus()
        self._words.setText(f"{FORECAST.get(door.key, '')} {self._said}".strip())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def metric_figures(plan: Plan, currency: str) -> tuple[list[Named], ...]:
    """The metrics of `forecast --json`; what does not exist says so and has no door.

    Returns:
        The headline, then the amounts, the rates, and the spans of time.
    """
    metrics = plan.document["metrics"]
    money = [
        _figure(plan, key, f"{name}, {currency}", _money(metrics[key])) for key, name in _MONEY
    ]
    rates = [_figure(plan, key, caption, _rate(metrics[key])) for key, caption in _RATES]
    spans = [_figure(plan, key, caption, _span(metrics[key])) for key, caption in _SPANS]
    index = _figure(plan, "pi", "Profitability index", _plain(metrics["pi"]))
    return money[:1], money[1:], rates, [*spans, index]


_Shown = tuple[str, int | None]


def _figure(plan: Plan, key: str, name: str, shown: _Shown) -> Named:
    text, micros = shown
    door = None if text == _NONE else ForecastDoor(plan.scenario, key)
    return name, Figure(f"metric-{key}", f"Plan: {name}", text, micros, door)


def _money(text: str | None) -> _Shown:
    if text is None:
        return _NONE, None
    micros = micros_from_text(text)
    return amount_text(cents(micros)), micros


def _rate(value: Any) -> _Shown:
    return (_NONE if value is None else f"{100 * value:,.1f} %".replace("-", MINUS)), None


def _span(value: Any) -> _Shown:
    return (_NONE if value is None else f"{value:,.1f} months"), None


def _plain(value: Any) -> _Shown:
    return (_NONE if value is None else f"{value:,.2f}".replace("-", MINUS)), None
