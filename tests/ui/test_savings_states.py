"""The Savings page where something is still missing: it says what, and offers the next step."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from telecom_audit.money import MICROS
from telecom_audit.months import month_number
from telecom_audit.tasks.figures import ForecastDoor, MeasureDoor
from tests.savings.projects import BillLine, new_project
from tests.ui.savings_projects import billed, freeze, paid, plan
from ui.dialogs.freeze import FreezeDialog
from ui.dialogs.lines import LinesDialog
from ui.figures import FigureLabel


def opened(window, project, qtbot, *, is_review=False):
    """The Savings page of a project, at rest."""
    window.open_project(project.path, is_review=is_review)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=10_000)
    window.show_page("savings")
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=20_000)
    return window.page


def buttons(page):
    return [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]


def test_a_project_without_bills_asks_for_bills(window, tmp_path, qtbot):
    page = opened(window, new_project(tmp_path), qtbot)
    assert "No bills yet" in page.empty.words
    assert buttons(page) == ["Import…"]
    assert page.document() is None


def test_bills_without_a_baseline_offer_to_freeze_one(window, tmp_path, qtbot):
    page = opened(window, billed(tmp_path), qtbot)
    assert "No baseline is frozen yet" in page.no_savings.words
    assert buttons(page) == ["Freeze the baseline…"]
    qtbot.mouseClick(page.no_savings.button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(FreezeDialog)
    assert dialog.isVisible()
    dialog.close()


def test_freezing_shows_what_was_saved_at_once(window, tmp_path, qtbot):
    project = billed(tmp_path)
    page = opened(window, project, qtbot)
    freeze(project)
    window.desk.project_changed.emit()
    qtbot.waitUntil(lambda: bool(page.read.months), timeout=20_000)
    labels = page.savings.headline.findChildren(FigureLabel)
    assert labels[0].figure.micros == 9 * (900_000_000 - 40_100_000)


def test_a_baseline_without_later_bills_asks_for_them(window, tmp_path, qtbot):
    project = billed(tmp_path, months=12)
    freeze(project)
    page = opened(window, project, qtbot)
    assert "No bill counts after the baseline" in page.no_savings.words


def test_another_project_leaves_nothing_of_the_one_before(window, tmp_path, qtbot):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    project = billed(tmp_path / "one")
    freeze(project)
    page = opened(window, project, qtbot)
    assert page.figures()
    window.open_project(new_project(tmp_path / "two").path)
    qtbot.waitUntil(lambda: window.page.key == "overview", timeout=10_000)
    window.show_page("savings")
    assert page.figures() == []
    assert page.savings.chart.picture is None
    qtbot.waitUntil(page.empty.isVisible, timeout=10_000)
    assert page.savings.months.cells.rows == ()


def test_a_review_offers_nothing_that_would_change_the_project(window, tmp_path, qtbot):
    page = opened(window, billed(tmp_path), qtbot, is_review=True)
    assert "No baseline is frozen yet" in page.no_savings.words
    assert buttons(page) == []


def test_without_a_scenario_savings_stand_alone(window, tmp_path, qtbot):
    project = billed(tmp_path)
    freeze(project)
    page = opened(window, project, qtbot)
    assert not page.tabs.isTabVisible(1)
    assert "Projected" not in page.savings.months.cells.heads
    assert not page.savings.bridge.isVisible()
    assert "Add a scenario…" in buttons(page)
    assert {one.series for one in page.savings.chart.picture.regions} == {"realized"}


@pytest.fixture
def late(tmp_path):
    """Two scenarios; the bills of one account are missing from October 2025 on."""
    project = billed(tmp_path, late=3)
    freeze(project)
    plan(project, "One")
    plan(project, "Two", price="120.00", month="upfront")
    return project


def test_months_whose_bills_are_missing_are_provisional(window, late, qtbot):
    page = opened(window, late, qtbot)
    figures = {figure.key: figure for figure in page.figures()}
    assert figures["through"].text == "2025-09"
    assert figures["provisional_from"].text == "2025-10"
    assert figures["waiting_for"].text == "1 account"
    cells = page.savings.months.cells
    assert [row[0] for row in cells.rows[9:]] == ["9 months", "2025-10", "2025-11", "2025-12"]
    assert [row[-1] for row in cells.rows[10:]] == ["provisional"] * 3
    assert cells.hatched == {10, 11, 12}
    window.desk.go("savings", MeasureDoor("One", "waiting_for"))
    assert "Bell 77 since 2025-10" in page.savings.words


def test_another_scenario_is_compared_with_when_it_is_chosen(window, late, qtbot):
    page = opened(window, late, qtbot)
    assert page.scenario.isVisible()
    assert page.read.compared == "One"
    qtbot.keyClick(page.scenario, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.read.compared == "Two", timeout=20_000)
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=20_000)
    answer = late.done("measure", "Two")
    figures = {figure.key: figure for figure in page.figures()}
    assert figures["projected_total"].micros == Decimal(answer["projected_total"]) * MICROS


def test_upfront_costs_stand_in_the_equation_of_the_first_month(window, late, qtbot):
    page = opened(window, late, qtbot)
    window.desk.go("savings", MeasureDoor("Two", "projected", "2025-01"))
    qtbot.waitUntil(lambda: page.read.compared == "Two", timeout=20_000)
    window.desk.go("savings", ForecastDoor("Two", "one_time", "upfront"))
    assert page.savings.month.month == month_number("2025-01")
    assert window.focusWidget().figure.key == "plan-upfront"
    figures = {figure.key: figure for figure in page.figures()}
    net, upfront = figures["plan-net-2025-01"], figures["plan-upfront"]
    projected = figures["projected-2025-01"]
    assert upfront.micros == 500_000_000
    assert net.micros - upfront.micros == projected.micros
    (row, *_) = late.done("measure", "Two")["months"]
    assert row["projected"] == f"{projected.micros / 1_000_000:.2f}"


def test_payments_alone_are_spend_against_its_average(window, tmp_path, qtbot):
    project = paid(tmp_path)
    freeze(project)
    page = opened(window, project, qtbot)
    assert [page.tabs.isTabVisible(tab) for tab in range(3)] == [False, False, True]
    rows = page.spend.meters.cells.rows
    assert [row[1:] for row in rows[:3]] == [
        ("Fire", "Acme", "906.00", "912.50", "−6.50"),
        ("Fire", "Bell", "76.00", "82.50", "−6.50"),
        ("Water", "Acme", "306.00", "312.50", "−6.50"),
    ]
    page.spend.open_meter(2)
    dialog = window.findChild(LinesDialog)
    qtbot.waitUntil(lambda: dialog.behind is not None, timeout=10_000)
    assert dialog.behind.total == dialog.figure.micros == 912_500_000 + 312_500_000
    dialog.close()


def test_payments_without_a_baseline_offer_to_freeze_one(window, tmp_path, qtbot):
    page = opened(window, paid(tmp_path), qtbot)
    assert "Freeze the baseline…" in buttons(page)
    assert not page.spend.meters.isVisible()
    chart = page.spend.chart
    qtbot.waitUntil(lambda: chart.picture is not None, timeout=20_000)
    bar = max(chart.picture.regions, key=lambda one: one.micros)
    place = chart.canvas.place_of(bar).center().toPoint()
    qtbot.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: window.findChild(LinesDialog) is not None, timeout=10_000)
    dialog = window.findChild(LinesDialog)
    qtbot.waitUntil(lambda: dialog.behind is not None, timeout=10_000)
    assert dialog.behind.payments.total == bar.micros
    dialog.close()


def test_the_bar_of_the_other_vendors_opens_the_lines_of_all_of_them(window, tmp_path, qtbot):
    project = new_project(tmp_path)
    project.bring_bills(
        [
            BillLine(f"2024-{month:02}-10", "MRC", f"{100 - n}.25", f"S-{n}", f"{n}", f"Vendor {n}")
            for month in range(1, 4)
            for n in range(1, 10)
        ]
    )
    page = opened(window, project, qtbot)
    page.tabs.setCurrentWidget(page.spend)
    qtbot.waitUntil(lambda: page.spend.chart.picture is not None, timeout=20_000)
    chart = page.spend.chart
    bar = next(one for one in chart.picture.regions if one.series == "3 other vendors")
    chart.activated.emit(bar)
    qtbot.waitUntil(lambda: window.findChild(LinesDialog) is not None, timeout=10_000)
    dialog = window.findChild(LinesDialog)
    qtbot.waitUntil(lambda: dialog.behind is not None, timeout=10_000)
    assert dialog.behind.total == bar.micros == 93_250_000 + 92_250_000 + 91_250_000
    dialog.close()
