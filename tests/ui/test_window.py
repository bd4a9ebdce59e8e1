import sys

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QLabel, QTableView

from telecom_audit.store.project import ProjectSettings, create_project


def texts(window):
    return [label.text() for label in window.findChildren(QLabel)]


def test_a_window_without_a_project_offers_the_ways_to_one(window):
    assert window.page.key == "start"
    assert "Recent projects" in texts(window)


def test_a_project_is_opened_and_named_in_the_title_and_the_head(window, tmp_path, qtbot):
    path = tmp_path / "city.telaudit"
    create_project(path, ProjectSettings(organization="City of <b>Test</b>"))
    window.open_project(path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert window.windowTitle() == "city — Telecom Audit"
    qtbot.waitUntil(lambda: "City of <b>Test</b>  ·  no bills yet" in texts(window))
    assert window.page.key == "overview"
    assert window.desk.preferences.recent == [path]


def test_what_cannot_be_opened_is_told_with_its_remedy(window, tmp_path, qtbot):
    with qtbot.waitSignal(window.desk.errors.happened) as told:
        window.open_project(tmp_path / "none.telaudit")
    assert "Check the name" in told.args[0].remedy
    assert window.desk.session is None
    assert any("there is no file" in text.lower() for text in texts(window))


class Empty(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 40

    def columnCount(self, parent=None):
        return 8

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return None if role else True


def test_qt_does_not_lose_references_to_none_and_true(qtbot):
    """PySide6 6.12 drops one reference a call on Python 3.11 and aborts after some thousands."""
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(Empty())
    view.resize(900, 900)
    view.show()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(20):
        view.viewport().repaint()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert all(now > then - 500 for now, then in zip(after, before, strict=True))
