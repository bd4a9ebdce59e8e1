"""Long names and narrow windows: nothing makes the window wider, and nothing is cut unsaid."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCommandLinkButton

from telecom_audit.store.project import ProjectSettings, create_project
from tests.ui.test_whole_window import settle
from ui.one_line import OneLine


def test_a_long_name_of_an_organization_does_not_widen_the_window(window, tmp_path, qtbot):
    name = "<b>City & County</b> of " + "Long " * 60
    path = tmp_path / "long.telaudit"
    create_project(path, ProjectSettings(organization=name))
    window.resize(1000, 640)
    window.open_project(path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    settle(window, qtbot)
    assert window.width() == 1000
    heads = [one for one in window.findChildren(OneLine) if one.said.startswith(name.strip())]
    assert "…" in heads[0].text()
    assert "<b>" not in heads[0].toolTip()  # Qt would take it for markup
    assert "&lt;b>City &amp; County" in heads[0].toolTip()


def test_the_sentence_under_a_chart_is_whole_at_a_thousand_pixels(sample_window, qtbot):
    sample_window.resize(1000, 640)
    sample_window.show_page("savings")
    settle(sample_window, qtbot)
    page = sample_window.page
    for tab in (page.savings, page.spend):
        page.tabs.setCurrentWidget(tab if tab is page.spend else page._savings_place)
        settle(sample_window, qtbot)
        qtbot.waitUntil(lambda chart=tab.chart: chart.picture is not None)
        readout = tab.chart.findChild(OneLine)
        qtbot.waitUntil(lambda readout=readout: readout.text() == readout.said != "")


def test_the_metrics_of_a_plan_fit_a_window_of_a_thousand_pixels(sample_window, qtbot):
    sample_window.resize(1000, 640)
    sample_window.show_page("savings")
    settle(sample_window, qtbot)
    page = sample_window.page
    page.tabs.setCurrentWidget(page.plan)
    settle(sample_window, qtbot)
    qtbot.waitUntil(lambda: page.plan.horizontalScrollBar().maximum() == 0)
    top = page.plan.metrics.geometry()
    sample_window.resize(1300, 640)
    qtbot.waitUntil(lambda: page.plan.metrics.height() < top.height())


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_icons_of_the_start_page_follow_the_theme(window, name):
    window.choose_theme("light" if name == "dark" else "dark")
    button = window.page.findChildren(QCommandLinkButton)[0]
    before = button.icon().cacheKey()
    window.choose_theme(name)
    assert button.icon().cacheKey() != before
    assert button.icon().pixmap(24).toImage().pixelColor(12, 12).isValid()
    window.choose_theme("light")


def test_a_line_that_fits_is_shown_as_it_is(qtbot):
    line = OneLine("short", shortened=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(line)
    line.resize(400, 20)
    line.show()
    assert (line.text(), line.toolTip()) == ("short", "")
