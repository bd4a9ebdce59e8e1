"""Amounts in small tables are seen to the cent, and never lose a decimal on their way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ui.charts.text_table import Cells, TextTable

ROWS = (("2025-01", "93,732.625228", "0.00"), ("2025-02", "−9.005", "−1,234.5678"))


@pytest.fixture
def table(qtbot):
    made = TextTable("Amounts")
    qtbot.addWidget(made)
    made.show_cells(Cells(("Month", "One", "Two"), ROWS, (1, 2), is_money=True))
    return made


def at(table, row, column, role=Qt.ItemDataRole.DisplayRole):
    return table.model().data(table.model().index(row, column), role)


def test_amounts_are_seen_to_the_cent_one_below_the_other(table):
    shown = [[at(table, row, column).strip() for column in (1, 2)] for row in (0, 1)]
    assert shown == [["93,732.63", "0.00"], ["−9.01", "−1,234.57"]]
    assert len({at(table, row, 1)[-3:] for row in (0, 1)}) == 2  # nothing is filled up behind


def test_the_pointer_and_a_copy_have_every_decimal(table):
    tips = [at(table, row, 1, Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]
    assert tips == ["93,732.625228", "−9.005"]
    assert at(table, 0, 2, Qt.ItemDataRole.ToolTipRole) is None  # it is seen whole
    table.selectRow(1)
    table.copy()
    assert QGuiApplication.clipboard().text() == "Month\tOne\tTwo\n2025-02\t-9.005\t-1234.5678\n"


def test_other_numbers_keep_their_decimals(qtbot):
    made = TextTable("Rates")
    qtbot.addWidget(made)
    made.show_cells(Cells(("Rate",), (("0.0355",), ("2.5",)), (0,)))
    assert at(made, 0, 0).strip() == "0.0355"
    assert at(made, 1, 0).strip() == "2.5"
