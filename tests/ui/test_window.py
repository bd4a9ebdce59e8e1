import sys
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QLabel, QTableView

from telecom_audit.store.project import ProjectSettings, create_project
from ui.window import Window


def texts(window: Window) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel)]


def test_an_empty_window_says_what_to_do(qtbot):
    window = Window()
    qtbot.addWidget(window)
    assert "No project is open. Choose Project ▸ Open… to look at one." in texts(window)


def test_a_project_is_shown_with_its_figures(qtbot, tmp_path):
    path = tmp_path / "city.telaudit"
    create_project(path, ProjectSettings(organization="City of <b>Test</b>"))
    window = Window()
    qtbot.addWidget(window)
    window.open_project(path)
    assert window.windowTitle() == "city — Telecom Audit"
    assert "City of <b>Test</b> · no bills yet" in texts(window)
    assert texts(window).count("0") == 4


def test_what_cannot_be_opened_is_told_with_its_remedy(qtbot, tmp_path):
    window = Window()
    qtbot.addWidget(window)
    window.open_project(Path(tmp_path / "none.telaudit"))
    assert "Check the name, or make a project with `new`." in "".join(texts(window))


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
