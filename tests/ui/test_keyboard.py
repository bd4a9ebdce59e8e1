"""Who works without a mouse gets everywhere, in the order in which things stand."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from tests.ui.test_whole_window import settle
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.new_project import NewProject
from ui.focus import in_order
from ui.imports import import_paths
from ui.pages import PLACES


def walked(qtbot, root) -> list[QWidget]:
    """What Tab reaches, one after the other, until it comes round."""
    root.activateWindow()
    root.setFocus()
    seen: list[QWidget] = []
    for _ in range(200):
        qtbot.keyClick(QApplication.focusWidget() or root, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now in seen:
            return seen
        seen.append(now)
    raise AssertionError("Tab does not come round")


@pytest.mark.parametrize("key", [place.key for place in PLACES])
def test_tab_walks_a_page_as_it_stands(sample_window, qtbot, key):
    sample_window.show_page(key)
    settle(sample_window, qtbot)
    page = sample_window.page
    top = {one: one.mapTo(page, one.rect().topLeft()).y() for one in in_order(page)}
    reached = [one for one in walked(qtbot, sample_window) if page.isAncestorOf(one)]
    assert reached == [one for one in in_order(page) if one in reached]
    assert top[reached[0]] <= min(top.values()) + 30  # a head may be a little lower than another
    missed = [one for one in in_order(page) if one not in reached]
    assert all(getattr(one, "isCheckable", bool)() for one in missed), missed  # arrows choose there


def test_f6_walks_the_parts_of_the_window_and_back(sample_window, qtbot):
    sample_window.show_page("data")
    settle(sample_window, qtbot)
    page = sample_window.page
    page.table.view.setCurrentIndex(page.table.model.index(0, 0))
    parts = []
    for _ in range(4):
        sample_window.go_to_part(1)
        parts.append(QApplication.focusWidget())
    bar = parts.index(page.table.view) - 2
    assert parts[bar + 2] is page.table.view
    assert page.contents.isAncestorOf(parts[bar + 1])
    assert page.panel.isAncestorOf(parts[(bar + 3) % 4])
    now = parts[-1]
    sample_window.go_to_part(1)
    sample_window.go_to_part(-1)
    assert QApplication.focusWidget() is now


def test_arrows_in_the_bar_change_the_page(sample_window, qtbot):
    sample_window.show_page("overview")
    sample_window.activateWindow()
    sample_window._bar._buttons["overview"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert sample_window.page.key == "data"
    settle(sample_window, qtbot)


def test_no_two_entries_of_a_menu_have_the_same_letter(sample_window):
    for menu in sample_window.menuBar().actions():
        texts = [action.text().replace("&&", "") for action in menu.menu().actions()]
        letters = [found[1].lower() for text in texts if (found := re.search("&(.)", text))]
        assert len(letters) == len(set(letters)), menu.text()
        assert len(letters) == len([text for text in texts if text]), menu.text()


def test_a_name_with_an_ampersand_is_shown_with_it(window, tmp_path, qtbot):
    from telecom_audit.store.project import ProjectSettings, create_project

    path = tmp_path / "AT&T and R&D.telaudit"
    create_project(path, ProjectSettings(organization="AT&T <b>R&D</b>"))
    window.open_project(path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    settle(window, qtbot)
    window._menus._fill_recent()
    assert window._menus.recent.actions()[0].text().replace("&&", "&") == str(path)
    window.show_page("start")
    button = next(b for b in window.page.findChildren(QWidget) if b.toolTip() == str(path))
    assert button.text() == "AT&&T and R&&D"
    shown = [label.text() for label in window.findChildren(QLabel) if "AT&T" in label.text()]
    assert any(text.startswith("AT&T <b>R&D</b>") for text in shown)


def test_tab_leaves_the_tables_of_the_import_report(sample_window, tmp_path, qtbot):
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    import_paths(sample_window.desk, [bad])
    qtbot.waitUntil(lambda: sample_window.findChild(ImportReportDialog) is not None)
    report = sample_window.findChild(ImportReportDialog)
    reached = walked(qtbot, report)
    assert {report.table, report.details} <= set(reached)
    assert len(reached) > 3


def test_who_saves_is_told_that_everything_is_saved(sample_window, qtbot):
    qtbot.keyClick(sample_window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "saved already" in sample_window.statusBar().currentMessage()


def test_enter_on_a_row_leads_to_the_cells_it_came_from(sample_window, qtbot):
    sample_window.show_page("data")
    page = sample_window.page
    page.show_table("charges")
    settle(sample_window, qtbot)
    view = page.table.view
    view.setCurrentIndex(page.table.model.index(4, 0))
    sample_window.activateWindow()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.source.isAncestorOf(QApplication.focusWidget())
    assert page.source.cells()
    sample_window.go_to_part(-1)
    assert QApplication.focusWidget() is view


def test_enter_in_a_new_project_goes_on_and_esc_closes(window, qtbot, tmp_path, monkeypatch):
    asked = []
    path = tmp_path / "made.telaudit"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: (asked.append(given[2]), (str(path), ""))[1]
    )
    dialog = NewProject(window.desk)
    dialog.open()
    dialog.organization.setText("R&D: City/County")
    qtbot.keyClick(dialog.organization, Qt.Key.Key_Return)
    assert Path(asked[0]).name == "R&D- City-County.telaudit"
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert window.desk.session.settings.organization == "R&D: City/County"
    other = NewProject(window.desk)
    other.open()
    qtbot.keyClick(other, Qt.Key.Key_Escape)
    assert not other.isVisible()
    assert len(asked) == 1
