"""A first-time user: from the start page to the savings chart, and on to a finding's bill line."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCommandLinkButton, QToolButton


class Mouse:
    """Clicks and counts its clicks."""

    def __init__(self, qtbot):
        self._qtbot = qtbot
        self.clicks = 0

    def click(self, widget, place: QPoint | None = None):
        assert widget.isVisible()
        assert widget.visibleRegion().contains(place or widget.rect().center())
        self.clicks += 1
        if place is None:
            self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        else:
            self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def button(window, kind, text):
    """The one button of this kind that bears this text."""
    (found,) = (one for one in window.findChildren(kind) if one.text().split("  ")[0] == text)
    return found


def test_the_savings_chart_is_within_five_clicks_and_a_bill_line_two_further(
    window, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setenv("HOME", str(tmp_path))  # where the sample city is built
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    window.resize(1180, 760)
    mouse = Mouse(qtbot)

    mouse.click(button(window, QCommandLinkButton, "Open the sample city"))
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=120_000)
    mouse.click(button(window, QToolButton, "Savings"))
    page = window.page
    assert page.key == "savings"
    qtbot.waitUntil(lambda: page.savings.chart.picture is not None, timeout=60_000)
    assert page.savings.chart.canvas.isVisible()
    assert page.savings.chart.picture.title.startswith("Realized savings stand at ")
    assert mouse.clicks <= 5

    before = mouse.clicks
    mouse.click(button(window, QToolButton, "Audit"))
    audit = window.page
    rows = audit.table.model
    qtbot.waitUntil(lambda: not window.desk.work.jobs and rows.rowCount() > 0, timeout=60_000)
    services = [column.key for column in audit.table.table.columns].index("service")
    row = next(row for row in range(rows.rowCount()) if rows.index(row, services).data())
    view = audit.table.view
    mouse.click(view.viewport(), view.visualRect(rows.index(row, services)).center())
    lines = audit.panel.proof.lines
    qtbot.waitUntil(lambda: bool(lines.table.cells.rows), timeout=60_000)
    assert lines.table.isVisible()
    assert re.search(r"\.csv\S*, row \d+$", lines.table.cells.rows[0][-1])
    assert mouse.clicks - before <= 2
