"""The lines behind a number, and their total beside it."""

import csv
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from telecom_audit.money import MICROS
from telecom_audit.months import month_number
from telecom_audit.tasks.figures import Figure, LinesDoor
from telecom_audit.tasks.lines_order import LinesOrder
from tests.savings.projects import BillLine, new_project
from ui.dialogs.lines import LinesDialog

FEBRUARY = month_number("2024-02")


@pytest.fixture
def city(tmp_path):
    project = new_project(tmp_path)
    project.bring_bills(
        [
            BillLine("2024-01-10", "MRC", "90.00", "312", period=("2024-01-01", "2024-03-31")),
            BillLine("2024-02-10", "MRC", "5.00", "<u>C-1</u>"),
            BillLine("2024-02-12", "CRD", "-2.50", account="77", vendor="Bell"),
        ]
    )
    project.bring(
        "payments.csv",
        "vendor,account,invoice,payment_date,amount,payer\nAcme,100,I,2024-02-28,12.34,Fire\n",
    )
    return project


@pytest.fixture
def opened(window, city, qtbot):
    window.open_project(city.path)
    qtbot.waitUntil(lambda: window.desk.session is not None)
    return window


def settle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.work.jobs, timeout=20_000)


def behind_a_number(window, qtbot, order, micros):
    figure = Figure("n", "Actual, 2024-02", "…", micros, LinesDoor(order))
    window.desk.open_door(figure)
    dialog = window.findChildren(LinesDialog)[-1]
    qtbot.waitUntil(lambda: dialog.behind is not None)
    settle(window, qtbot)
    return dialog


def shown(table):
    model = table.model
    return [
        {
            column.key: model.data(model.index(row, place))
            for place, column in enumerate(table.table.columns)
        }
        for row in range(model.rowCount())
    ]


def test_the_lines_are_equal_to_the_number_and_say_what_of_them_counts(opened, qtbot):
    order = LinesOrder(month=FEBRUARY, kind="bill")
    dialog = behind_a_number(opened, qtbot, order, 32_500_000)
    assert dialog.sum_words == "Bill lines 32.50 (3) = 32.50, the number clicked: equal"
    (table,) = dialog.tables
    assert [(row["amount_micros"], row["counts"]) for row in shown(table)] == [
        ("90.00", "30.00"),
        ("5.00", "5.00"),
        ("−2.50", "−2.50"),
    ]
    assert shown(table)[1]["service"] == "<u>C-1</u>"
    assert not dialog.isModal()
    places = [column.key for column in table.table.columns]
    amount = table.head.visualIndex(places.index("amount_micros"))
    assert table.head.visualIndex(places.index("counts")) == amount + 1


def test_lines_sort_and_filter_by_what_counts(opened, qtbot):
    dialog = behind_a_number(opened, qtbot, LinesOrder(month=FEBRUARY, kind="bill"), 32_500_000)
    (table,) = dialog.tables
    counts = [column.key for column in table.table.columns].index("counts")
    table.head.sectionClicked.emit(counts)
    settle(opened, qtbot)
    assert [row["counts"] for row in shown(table)] == ["−2.50", "5.00", "30.00"]
    table.set_filters({"counts": ">0", "vendor": "acme"})
    settle(opened, qtbot)
    assert [row["counts"] for row in shown(table)] == ["5.00", "30.00"]
    assert table.state == "2 of 3 rows, 2 filters on"


def test_payments_stand_beside_bill_lines(opened, qtbot):
    dialog = behind_a_number(opened, qtbot, LinesOrder(month=FEBRUARY), 44_840_000)
    assert dialog.sum_words == (
        "Bill lines 32.50 (3) + Payments 12.34 (1) = 44.84 = 44.84, the number clicked: equal"
    )
    tabs = dialog.findChild(QTabWidget)
    assert [tabs.tabText(n) for n in range(tabs.count())] == ["Bill lines (3)", "Payments (1)"]
    assert [row["amount_micros"] for row in shown(dialog.tables[1])] == ["12.34"]


def test_lines_that_count_in_full_need_no_column_for_it(opened, qtbot):
    dialog = behind_a_number(opened, qtbot, LinesOrder(vendors=("Bell",)), -2_500_000)
    (table,) = dialog.tables
    assert "counts" not in shown(table)[0]
    assert dialog.sum_words.endswith("the number clicked: equal")


def test_a_difference_is_said_with_its_sign(opened, qtbot):
    dialog = behind_a_number(opened, qtbot, LinesOrder(vendors=("Bell",)), 1_000_000)
    assert "the number clicked is 1.00: the lines come to 3.50 less." in dialog.sum_words


def test_a_number_without_lines_says_so(opened, qtbot):
    dialog = behind_a_number(opened, qtbot, LinesOrder(vendors=("Nobody",)), 0)
    assert dialog.sum_words.startswith("No line stands behind this number: 0.00")
    assert dialog.tables[0].empty.isVisible()


def test_the_chosen_line_shows_its_raw_cells(opened, city, qtbot):
    dialog = behind_a_number(opened, qtbot, LinesOrder(vendors=("Bell",)), -2_500_000)
    (table,) = dialog.tables
    table.view.setCurrentIndex(table.model.index(0, 0))
    qtbot.waitUntil(lambda: bool(dialog.source.cells()))
    rows = list(csv.reader((city.path.parent / "bill.csv").read_text().splitlines()))
    assert dialog.source.words == "bill.csv, row 4"
    assert dialog.source.cells() == list(zip(rows[0], rows[3], strict=True))


def test_esc_closes_also_while_it_reads(opened, qtbot):
    figure = Figure("n", "A number", "1.00", 1_000_000, LinesDoor(LinesOrder(vendors=("Acme",))))
    opened.desk.open_door(figure)
    dialog = opened.findChildren(LinesDialog)[-1]
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(opened, qtbot)
    assert opened.findChildren(LinesDialog) == []


def test_it_reads_anew_when_the_project_changes_and_goes_with_it(opened, city, qtbot):
    dialog = behind_a_number(opened, qtbot, LinesOrder(vendors=("Bell",)), -2_500_000)
    city.bring_bills([BillLine("2024-03-12", "MRC", "4.00", "X", "78", "Bell")], "march.csv")
    opened.desk.project_changed.emit()
    qtbot.waitUntil(lambda: "1.50" in dialog.sum_words)
    with qtbot.waitSignal(dialog.destroyed):
        opened.desk.close_project()


def test_a_vendor_of_the_sample_adds_up_line_by_line(sample_window, qtbot):
    order = LinesOrder(vendors=("Cirrus Voice",))
    dialog = behind_a_number(sample_window, qtbot, order, None)
    shown_amounts = [row["amount_micros"] for table in dialog.tables for row in shown(table)]
    total = sum(Decimal(text.replace(",", "").replace("−", "-")) for text in shown_amounts)
    assert dialog.behind.total == total * MICROS
    assert len(shown_amounts) > 1000
