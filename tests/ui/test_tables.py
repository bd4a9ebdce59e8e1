"""A table over many rows: what it shows, sorts, filters, copies and adds up."""

import sqlite3
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from telecom_audit.store.browse_tables import browsed_table
from telecom_audit.store.project import open_project
from tests.savings.projects import BillLine, new_project
from ui.tables.table import Table

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def city(tmp_path):
    """A project with few lines, one of them with markup and one that looks like a formula."""
    project = new_project(tmp_path)
    project.bring_bills(
        [
            BillLine("2024-01-10", "MRC", "90.00", "312-555-0142"),
            BillLine("2024-01-10", "TAX", "9.00"),
            BillLine("2024-02-10", "MRC", "5.00", "=1+1"),
            BillLine("2024-02-12", "CRD", "-2.005", account="0077", vendor="<b>Bell</b>"),
        ]
    )
    return project


@pytest.fixture
def table(window, city, qtbot):
    window.open_project(city.path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    return shown(window, qtbot, "charges")


def shown(window, qtbot, key):
    made = Table(window.desk, browsed_table(key))
    qtbot.addWidget(made)
    made.resize(1200, 500)
    made.show()
    made.refresh()
    settle(window, qtbot)
    return made


def settle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=10_000)


def column(table, key):
    place = [each.key for each in table.table.columns].index(key)
    rows = range(table.model.rowCount())
    return [table.model.data(table.model.index(row, place)) for row in rows]


def place(table, key):
    return [each.key for each in table.table.columns].index(key)


def select(table, top, left, bottom, right):
    model = table.model
    stretch = QItemSelection(model.index(top, left), model.index(bottom, right))
    table.view.selectionModel().select(stretch, QItemSelectionModel.SelectionFlag.Select)


def test_the_model_keeps_qts_rules(table, qtmodeltester):
    qtmodeltester.check(table.model)


def test_numbers_stand_right_and_text_left(table):
    model = table.model
    right = Qt.AlignmentFlag.AlignRight
    row = [bool(model.data(model.index(0, c), Qt.ItemDataRole.TextAlignmentRole) & right)
           for c in range(model.columnCount())]  # fmt: skip
    captions = [
        each.caption for each, is_right in zip(table.table.columns, row, strict=True) if is_right
    ]
    assert captions == ["Quantity", "Rate", "Amount"]
    assert column(table, "amount_micros") == ["90.00", "9.00", "5.00", "−2.005"]


def test_a_cell_tells_a_screen_reader_its_head_and_markup_stays_text(table):
    model = table.model
    amount = model.index(0, place(table, "amount_micros"))
    vendor = model.index(3, place(table, "vendor"))
    assert model.data(amount, ACCESSIBLE) == "Amount: 90.00"
    assert model.data(vendor) == "<b>Bell</b>"
    assert model.data(vendor, Qt.ItemDataRole.ToolTipRole) == "&lt;b>Bell&lt;/b>"
    head = model.headerData(place(table, "amount_micros"), Qt.Orientation.Horizontal)
    assert head == "Amount, USD"


def test_a_click_on_a_head_sorts_the_second_turns_and_the_third_takes_it_back(table, window, qtbot):
    amounts = place(table, "amount_micros")
    seen = []
    for _ in range(3):
        table.head.sectionClicked.emit(amounts)
        settle(window, qtbot)
        seen.append(column(table, "amount_micros"))
    assert seen == [
        ["−2.005", "5.00", "9.00", "90.00"],
        ["90.00", "9.00", "5.00", "−2.005"],
        ["90.00", "9.00", "5.00", "−2.005"],
    ]
    assert table.model.query.order == ""


def test_filters_say_what_they_do_and_are_cleared_by_a_button(table, window, qtbot):
    qtbot.keyClicks(table.head.fields[place(table, "amount_micros")], ">5")
    qtbot.keyClick(table.head.fields[0], Qt.Key.Key_Return)
    settle(window, qtbot)
    assert (table.state, table.model.rowCount()) == ("2 of 4 rows, 1 filter on", 2)
    table.set_filters({"amount_micros": ">5", "vendor": "nobody"})
    settle(window, qtbot)
    assert table.empty.words == "0 of 4 rows, 2 filters on"
    assert table.empty.isVisible()
    table.empty.cleared.emit()
    settle(window, qtbot)
    assert (table.state, table.model.rowCount()) == ("4 rows", 4)
    assert not table.empty.isVisible()


def test_a_pause_in_writing_filters(table, window, qtbot):
    qtbot.keyClicks(table.head.fields[0], "bell")
    qtbot.waitUntil(lambda: table.model.rowCount() == 1)
    assert column(table, "vendor") == ["<b>Bell</b>"]


def test_a_filter_that_cannot_be_read_says_so_and_changes_no_rows(table):
    table.set_filters({"amount_micros": "ten"})
    assert table.state.startswith("Amount: “ten” cannot be read as a filter.")
    assert table.model.rowCount() == 4


def test_what_is_copied_is_read_back_by_a_spreadsheet_as_it_was(table, qtbot):
    select(table, 2, place(table, "service"), 3, place(table, "service"))
    select(table, 2, place(table, "amount_micros"), 3, place(table, "amount_micros"))
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "'=1+1\t5.00\n\t-2.005"
    assert "<td>-2.005</td>" in data.html()
    with_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table.view, Qt.Key.Key_C, with_shift)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[0] == "Service\tAmount, USD"


def test_a_copied_account_stays_text_and_markup_is_no_markup(table, qtbot):
    select(table, 3, place(table, "vendor"), 3, place(table, "account"))
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    html = QGuiApplication.clipboard().mimeData().html()
    assert """<td style="mso-number-format:'\\@'">0077</td>""" in html
    assert "&lt;b&gt;Bell&lt;/b&gt;" in html


def test_the_selection_is_counted_and_added_exactly(table, window, qtbot):
    told = []
    window.desk.selection_told.connect(told.append)
    select(table, 0, place(table, "amount_micros"), 3, place(table, "amount_micros"))
    qtbot.waitUntil(lambda: told[-1:] == ["Count 4  Sum 101.995"])
    table.view.clearSelection()
    qtbot.waitUntil(lambda: told[-1:] == [""])


def test_space_with_shift_selects_the_row_and_with_control_the_column(table, qtbot):
    table.view.setCurrentIndex(table.model.index(1, 2))
    qtbot.keyClick(table.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert {index.row() for index in table.view.selectedIndexes()} == {1}
    assert len(table.view.selectedIndexes()) == table.model.columnCount()
    qtbot.keyClick(table.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert {index.column() for index in table.view.selectedIndexes()} == {2}


def test_an_empty_table_says_what_to_do(window, city, qtbot):
    window.open_project(city.path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    payments = shown(window, qtbot, "payments")
    assert payments.empty.isVisible()
    assert "import the payment register" in payments.empty.words


def test_the_cursor_stays_in_its_row_through_a_sort_and_a_refresh(table, window, qtbot):
    table.view.setCurrentIndex(table.model.index(2, 0))
    key = table.current_key
    table.head.sectionClicked.emit(place(table, "amount_micros"))
    settle(window, qtbot)
    assert (table.current_key, table.view.currentIndex().row()) == (key, 1)
    table.refresh()
    settle(window, qtbot)
    assert table.current_key == key


def test_filters_stay_under_their_heads_when_the_table_is_scrolled_or_moved(table):
    def beside():
        pairs = ((table.head.sectionViewportPosition(n), field.x())
                 for n, field in enumerate(table.head.fields))  # fmt: skip
        return {field - head for head, field in pairs}

    table.resize(500, 400)
    table.view.setCurrentIndex(table.model.index(0, 15))
    assert table.view.horizontalScrollBar().value() > 0
    assert len(beside()) == 1
    table.head.moveSection(3, 0)
    assert len(beside()) == 1


def test_an_answer_that_comes_too_late_is_not_shown(table, window, qtbot):
    release, began = Event(), Event()

    def hold(progress):
        began.set()
        release.wait(20)

    window.desk.work.start(hold, lambda _: None, failed=window.desk.fail)
    qtbot.waitUntil(began.is_set)
    table.set_filters({"vendor": "bell"})  # waits behind the other job
    table.clear_filters()  # is known at once
    release.set()
    settle(window, qtbot)
    assert table.model.rowCount() == 4


def test_a_sort_that_is_stopped_leaves_the_rows_and_says_so(table, window, qtbot):
    release, began = Event(), Event()

    def hold(progress):
        began.set()
        release.wait(20)

    window.desk.work.start(hold, lambda _: None, failed=window.desk.fail)
    qtbot.waitUntil(began.is_set)
    table.head.sectionClicked.emit(place(table, "amount_micros"))
    assert table.state == "Sort bill lines…"
    window.desk.work.jobs[-1].cancel()
    release.set()
    settle(window, qtbot)
    assert table.state == "Stopped: the rows are those from before."
    assert column(table, "amount_micros") == ["90.00", "9.00", "5.00", "−2.005"]


def test_widths_are_kept_for_the_next_time(table, window, qtbot):
    table.head.resizeSection(0, 333)
    table.hide()
    again = shown(window, qtbot, "charges")
    assert again.head.sectionSize(0) == 333


def test_while_a_job_writes_rows_are_awaited_and_then_shown(table, window, qtbot):
    release, began = Event(), Event()
    path = window.desk.session.path

    def write(progress):
        with open_project(path) as project:
            project.connection.execute("BEGIN EXCLUSIVE")
            began.set()
            release.wait(20)
            project.connection.execute("ROLLBACK")

    window.desk.work.start(write, lambda _: None, failed=window.desk.fail)
    qtbot.waitUntil(began.is_set)
    fresh = Table(window.desk, browsed_table("charges"))
    qtbot.addWidget(fresh)
    fresh.show()
    fresh.refresh()
    table.refresh()
    table.model.data(table.model.index(0, 0))
    assert fresh.model.rowCount() == 0  # nobody waited for the lock
    release.set()
    qtbot.waitUntil(lambda: fresh.model.rowCount() == 4)
    qtbot.waitUntil(lambda: column(fresh, "amount_micros")[0] == "90.00")
    qtbot.waitUntil(lambda: column(table, "amount_micros")[0] == "90.00")


def test_a_page_that_cannot_be_read_shows_that_it_is_awaited(table, city, qtbot):
    table.model.refresh()
    writer = sqlite3.connect(city.path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    assert set(column(table, "amount_micros")) == {"…"}
    writer.execute("ROLLBACK")
    writer.close()
    qtbot.waitUntil(lambda: column(table, "amount_micros")[0] == "90.00")


def test_rows_that_another_program_took_out_leave_no_blanks(window, city, qtbot):
    with sqlite3.connect(city.path) as connection:
        connection.execute("DROP TRIGGER charge_keeps_rows_on_delete")
        connection.execute("DELETE FROM charge WHERE id = 2")
    connection.close()
    window.open_project(city.path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    made = shown(window, qtbot, "charges")
    made.model.data(made.model.index(0, 0))
    qtbot.waitUntil(lambda: made.model.rowCount() == 3)
    assert column(made, "amount_micros") == ["90.00", "5.00", "−2.005"]


def test_the_rows_shown_are_exported_with_their_files_and_rows(table, window, qtbot, tmp_path):
    from ui.tables.export import export

    table.set_filters({"amount_micros": ">5"})
    settle(window, qtbot)
    target: Path = tmp_path / "out.csv"
    export(window.desk, table.model.rows(table.model.keys), target)
    settle(window, qtbot)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("Status,Counts in,File,Sheet,Row")
    assert [line.split(",")[-3:] for line in lines[1:]] == [
        ["bill.csv", "", "2"],
        ["bill.csv", "", "3"],
    ]
    assert [line.split(",")[10] for line in lines[1:]] == ["90.00", "9.00"]
