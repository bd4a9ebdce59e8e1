"""Every number of the Savings page is the command line's, and the lines behind it add up to it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import defaultdict
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtWidgets import QWidget

from telecom_audit.money import MICROS
from telecom_audit.months import month_number, month_text
from telecom_audit.tasks.figures import Figure, ForecastDoor, LinesDoor, MeasureDoor
from tests.savings.projects import TestProject
from ui import theme
from ui.dialogs.lines import LinesDialog
from ui.figures import FigureLabel
from ui.window import Window

SCENARIO = "Hosted UC, two waves"


def micros(text: str | None) -> int | None:
    """Micros of a decimal text, by another way than the program's."""
    return None if text is None else int(Decimal(text) * MICROS)


def number(text: str) -> Decimal:
    """An amount as the window writes it."""
    return Decimal(text.strip("\N{FIGURE SPACE}\N{EN SPACE}").replace("−", "-").replace(",", ""))


@pytest.fixture(scope="module")
def measure(sample_file):
    return TestProject(sample_file).done("measure", SCENARIO)


@pytest.fixture(scope="module")
def forecast(sample_file):
    return TestProject(sample_file).done("forecast", SCENARIO)


@pytest.fixture(scope="module")
def lines_of_month(sample_file):
    """Month -> what `lines` answers of its bills."""
    project = TestProject(sample_file)
    months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    return {month: project.done("lines", "--month", month, "--kind", "bill") for month in months}


@pytest.fixture(scope="module")
def sample_window(qapp, sample_file, tmp_path_factory):
    """One window with the sample for all tests of this file, which change nothing in it."""
    settings = str(tmp_path_factory.mktemp("settings"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, settings)
    theme.apply("light")
    window = Window()
    window.resize(1280, 800)
    window.show()
    window.open_project(sample_file)
    wait_for(qapp, lambda: window.desk.session is not None)
    window.show_page("savings")
    settle(window)
    yield window
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(sample_window):
    """The Savings page of the sample, at rest."""
    page = sample_window.page
    page.tabs.setCurrentIndex(0)
    settle(sample_window)
    return page


def wait_for(application, is_so):
    """Work the window's events off until something is so."""
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        application.processEvents()
        time.sleep(0.005)  # or the jobs would have no turn


def settle(window):
    wait_for(QCoreApplication.instance(), lambda: not window.desk.work.jobs)


def shown(widget) -> dict[str, Figure]:
    return {label.figure.key: label.figure for label in widget.findChildren(FigureLabel)}


def click(qtbot, label: FigureLabel):
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)


def test_the_headlines_are_what_measure_answers(page, measure):
    figures = shown(page)
    for key in ("realized_recurring_total", "realized_total", "projected_total"):
        assert figures[key].micros == micros(measure[key])
        assert abs(number(figures[key].text) - Decimal(measure[key])) <= Decimal("0.005")
        assert figures[key].door == MeasureDoor(SCENARIO, key)
    share = 100 * Decimal(measure["realized_total"]) / Decimal(measure["projected_total"])
    assert figures["share"].text == f"{share:.0f}\N{NO-BREAK SPACE}%"
    assert figures["through"].text == measure["through"]
    assert "provisional_from" not in figures
    assert "waiting_for" not in figures


def test_each_month_is_an_equation_whose_billed_amount_is_its_lines(
    page, measure, forecast, lines_of_month
):
    plan = {row["month"]: row for row in forecast["months"]}
    for row in measure["months"]:
        month = row["month"]
        page.savings.choose_month(month_number(month))
        figures = shown(page.savings.month)
        for key in ("counterfactual", "actual", "realized", "one_off", "realized_recurring"):
            assert figures[f"{key}-{month}"].micros == micros(row[key])
            assert number(figures[f"{key}-{month}"].text) == Decimal(row[key])
        for key in ("baseline", "legacy", "new_recurring", "one_time", "termination", "net"):
            assert figures[f"plan-{key}-{month}"].micros == micros(plan[month][key])
            assert figures[f"plan-{key}-{month}"].door == ForecastDoor(SCENARIO, key, month)
        assert figures[f"plan-net-{month}"].micros == micros(row["projected"])
        billed = lines_of_month[month]
        assert billed["total"] == row["actual"]
        assert sum(added(line) for line in billed["lines"]) == Decimal(row["actual"])
        order = figures[f"actual-{month}"].door.order
        assert (order.month, order.kind, order.one_off) == (month_number(month), "bill", False)


def added(line) -> Decimal:
    return Decimal(line["counted"] or line["amount"])


def test_the_one_off_amount_of_each_month_is_its_lines(page, measure, sample_file):
    project = TestProject(sample_file)
    for row in measure["months"]:
        page.savings.choose_month(month_number(row["month"]))
        figure = shown(page.savings.month)[f"one_off-{row['month']}"]
        answer = project.done("lines", "--month", row["month"], "--one-off")
        assert figure.door.order.one_off
        assert sum((added(line) for line in answer["lines"]), Decimal()) * MICROS == figure.micros


def test_a_click_on_the_billed_amount_opens_lines_that_add_up_to_it(page, sample_window, qtbot):
    labels = page.savings.month.findChildren(FigureLabel)
    label = next(one for one in labels if one.figure.key.startswith("actual-"))
    click(qtbot, label)
    dialog = sample_window.findChild(LinesDialog)
    qtbot.waitUntil(lambda: dialog.behind is not None, timeout=20_000)
    assert dialog.behind.total == label.figure.micros
    assert "equal" in dialog.sum_words
    dialog.close()


def test_the_bars_of_savings_are_the_months_of_measure_and_forecast(page, measure, forecast):
    realized = {row["month"]: micros(row["realized"]) for row in measure["months"]}
    net = {row["month"]: micros(row["net"]) for row in forecast["months"]}
    bars = page.savings.chart.picture.regions
    assert {one.series for one in bars} == {"projected", "realized"}
    for one in bars:
        expected = realized if one.series == "realized" else net
        assert one.micros == expected[month_text(one.month)]
    drawn = {month_text(one.month) for one in bars if one.series == "realized"}
    assert drawn == set(realized)


def test_a_click_on_a_bar_chooses_its_month(page, qtbot):
    chart = page.savings.chart
    bar = next(one for one in chart.picture.regions if one.series == "projected")
    place = chart.canvas.place_of(bar).center().toPoint()
    qtbot.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert page.savings.month.month == bar.month
    row = page.savings.months.currentIndex().row()
    assert page.savings.months.cells.rows[row][0] == month_text(bar.month)


def test_a_click_on_a_row_chooses_its_month(page, qtbot):
    table = page.savings.months
    page.savings.ensureWidgetVisible(table)
    place = table.visualRect(table.model().index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.savings.month.month == month_number("2025-03")


def test_the_bar_of_a_month_without_bills_shows_its_plan(page, forecast):
    row = next(row for row in forecast["months"] if row["month"] == "2026-03")
    page.savings.choose_month(month_number("2026-03"))
    figures = shown(page.savings.month)
    assert {key.split("-")[0] for key in figures} == {"plan"}
    assert figures["plan-net-2026-03"].micros == micros(row["net"])


def test_the_table_of_months_adds_up_to_its_last_row(page, measure):
    cells = page.savings.months.cells
    *months, whole = cells.rows
    assert [row[0] for row in months] == [row["month"] for row in measure["months"]]
    for column in range(1, 7):
        assert sum(number(row[column]) for row in months) == number(whole[column])
    assert number(whole[3]) == Decimal(measure["realized_total"])
    assert number(whole[5]) == Decimal(measure["realized_recurring_total"])
    assert number(whole[6]) == Decimal(measure["projected_total"])
    assert cells.right == (1, 2, 3, 4, 5, 6)


def test_the_bridge_adds_up_to_realized_less_projected(page, measure):
    *effects, whole = page.savings.bridge.cells.rows
    assert [number(row[1]) for row in effects] == [
        Decimal(one["amount"]) for one in measure["bridge"]
    ]
    difference = Decimal(measure["realized_total"]) - Decimal(measure["projected_total"])
    assert sum(number(row[1]) for row in effects) == number(whole[1]) == difference


def test_the_twin_of_the_savings_chart_has_the_same_figures(page, measure, forecast):
    realized = {row["month"]: row["realized"] for row in measure["months"]}
    net = {row["month"]: row["net"] for row in forecast["months"]}
    picture = page.savings.chart.picture
    assert len(picture.rows) == 24
    for month, projected, saved, *_ in picture.rows:
        assert number(projected) == Decimal(net[month])
        assert (number(saved) if saved else None) == (
            Decimal(realized[month]) if month in realized else None
        )


def test_the_plan_is_what_forecast_answers(page, forecast):
    metrics = forecast["metrics"]
    for label in page.plan.metrics.findChildren(FigureLabel):
        figure = label.figure
        assert isinstance(figure.door, ForecastDoor)
        if figure.micros is not None:
            assert figure.micros == micros(metrics[figure.door.key])
        elif figure.text.endswith("%"):
            assert number(figure.text[:-2]) == round(Decimal(100 * metrics[figure.door.key]), 1)
    keys = ("baseline", "legacy", "new_recurring", "one_time", "termination", "net", "cumulative")
    rows = page.plan.months.cells.rows
    assert [row[0] for row in rows] == [row["month"] for row in forecast["months"]]
    for row, month in zip(rows, forecast["months"], strict=True):
        assert [number(text) for text in row[1:]] == [Decimal(month[key]) for key in keys]


def test_the_bars_of_spend_are_the_lines_of_their_month_and_vendor(
    page, sample_window, qtbot, lines_of_month
):
    page.tabs.setCurrentWidget(page.spend)
    qtbot.waitUntil(lambda: page.spend.chart.picture is not None, timeout=20_000)
    settle(sample_window)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for month, answer in lines_of_month.items():
        for line in answer["lines"]:
            sums[month, line["vendor"]] += added(line)
    bars = page.spend.chart.picture.regions
    drawn = {(month_text(one.month), one.series): one.micros for one in bars}
    assert drawn == {key: amount * MICROS for key, amount in sums.items() if amount}
    picture = page.spend.chart.picture
    for month, *amounts in picture.rows:
        vendors = [head.removesuffix(", USD") for head in picture.heads[1:]]
        for vendor, text in zip(vendors[:4], amounts[:4], strict=True):
            assert number(text) == sums[month, vendor]


def test_a_click_on_a_bar_of_spend_opens_its_lines(page, sample_window, qtbot):
    page.tabs.setCurrentWidget(page.spend)
    qtbot.waitUntil(lambda: page.spend.chart.picture is not None, timeout=20_000)
    settle(sample_window)
    chart = page.spend.chart
    bar = chart.picture.regions[3]
    place = chart.canvas.place_of(bar).center().toPoint()
    qtbot.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: sample_window.findChild(LinesDialog) is not None, timeout=10_000)
    dialog = sample_window.findChild(LinesDialog)
    qtbot.waitUntil(lambda: dialog.behind is not None, timeout=20_000)
    assert isinstance(dialog.figure.door, LinesDoor)
    assert dialog.behind.total == dialog.figure.micros == bar.micros
    dialog.close()


def test_payments_stand_beside_their_average(page, measure):
    rows = page.spend.meters.cells.rows
    answered = measure["payments"]
    assert len(rows) == len(answered)
    for row, one in zip(rows, answered, strict=True):
        assert row[:3] == (one["month"], one["payer"], one["vendor"])
        assert [number(text) for text in row[3:]] == [
            Decimal(one[key]) for key in ("counterfactual", "actual", "realized")
        ]


def test_a_measured_figure_of_another_page_is_shown_and_marked(page, sample_window):
    sample_window.desk.go("savings", MeasureDoor(SCENARIO, "realized_total"))
    focused = sample_window.focusWidget()
    assert isinstance(focused, FigureLabel)
    assert focused.figure.key == "realized_total"
    sample_window.desk.go("savings", MeasureDoor(SCENARIO, "realized", "2025-05"))
    assert page.savings.month.month == month_number("2025-05")
    assert sample_window.focusWidget().figure.key == "realized-2025-05"
    assert page.savings.month.words.startswith("Realized = expected")


def test_a_modelled_figure_of_another_page_is_shown_and_explained(page, sample_window):
    sample_window.desk.go("savings", ForecastDoor(SCENARIO, "npv"))
    assert page.tabs.currentWidget() is page.plan
    assert sample_window.focusWidget().figure.key == "metric-npv"
    assert page.plan.words.startswith("Net present value")
    sample_window.desk.go("savings", ForecastDoor(SCENARIO, "legacy", "2025-04"))
    assert page.tabs.currentIndex() == 0
    assert sample_window.focusWidget().figure.key == "plan-legacy-2025-04"
    assert page.savings.month.words.startswith("Legacy:")


def test_a_door_that_is_opened_first_waits_for_the_figures(window, sample_file, qtbot):
    window.open_project(sample_file)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=10_000)
    window.desk.go("savings", ForecastDoor(SCENARIO, "npv"))
    settle(window)
    assert window.page.tabs.currentWidget() is window.page.plan
    assert window.focusWidget().figure.key == "metric-npv"


def test_every_figure_of_the_page_has_a_door_and_its_own_key(page):
    figures = page.figures()
    assert len({figure.key for figure in figures}) == len(figures)
    assert all(figure.door is not None for figure in figures)


def test_whatever_can_have_the_focus_has_a_name(page, sample_window):
    for tab in range(3):
        page.tabs.setCurrentIndex(tab)
        settle(sample_window)
        nameless = [
            widget
            for widget in page.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not widget.accessibleName()
            and not getattr(widget, "text", str)()
        ]
        assert nameless == []


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_what_is_printed_is_the_tab_that_is_seen(page, sample_window, qtbot, tab):
    page.tabs.setCurrentIndex(tab)
    qtbot.waitUntil(lambda: page.spend.chart.picture is not None or tab < 2, timeout=20_000)
    pages = page.document().pages("a4", True)
    texts = [text.get_text() for one in pages for text in one.texts]
    numbered = [text for text in texts if " of " in text and "page " in text]
    assert len(numbered) == len(pages)
    assert numbered[-1].endswith(f"page {len(pages)} of {len(pages)}")
    period = ("2025-01 … 2025-12", "2025-01 … 2029-12", "2024-01 … 2025-12")[tab]
    assert any(period in text for text in texts)
    assert sum(" … " in text for text in texts) >= len(pages)
    amounts = [text for text in texts if re.fullmatch(r"−?[\d,]+\.\d+", text)]
    assert amounts
    assert all(len(text.partition(".")[2]) == 2 for text in amounts)


def test_no_other_chart_is_printed_in_place_of_the_spend_that_is_still_drawn(page):
    page.tabs.setCurrentIndex(2)
    page.spend.chart.clear()
    assert page.savings.chart.picture is not None
    assert page.document() is None


def test_the_page_is_imported_without_slow_libraries():
    code = (
        "import sys, ui.pages.savings, ui.printing.reports; "
        "sys.exit(bool({'numpy', 'pandas', 'matplotlib', 'sqlite_utils'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
