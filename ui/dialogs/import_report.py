"""Shows what became of imported files: one line each, and all about the one selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from ui import theme
from ui.audits import run_audit
from ui.dialogs.import_words import RIGHT, as_text, cells, details, heads, is_to_look_at, summary

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.imports import ImportReport

_SIZE = (1080, 520)
_ROW = 28
_FILE = 1
_NAMED = 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ImportReportDialog(QDialog):
    """A window of its own that does not hold the program up."""

    def __init__(self, desk: Desk, report: ImportReport) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._files = report.answer.files
        self._heads = heads(desk.session.settings.currency if desk.session else "")
        self._answer = report.answer
        self.setWindowTitle("Imported files")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTableWidget(len(self._files), len(self._heads))
        self.details = QPlainTextEdit()
        self._fill_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.GRID)
        for text in _head_lines(report):
            layout.addWidget(_words(text))
        layout.addWidget(self._middle(), 1)
        layout.addWidget(self._buttons())
        self.resize(*_SIZE)
        desk.session_changed.connect(self.close)
        self._select_first()

    def _middle(self) -> QSplitter:
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("About the selected file")
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.table)
        middle.addWidget(self.details)
        return middle

    def _fill_table(self) -> None:
        table = self.table
        table.setAccessibleName("Imported files")
        for column, head in enumerate(self._heads):
            item = _item(head, is_right=column in RIGHT)
            table.setHorizontalHeaderItem(column, item)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setFont(theme.tabular(theme.body_font()))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        for row, file in enumerate(self._files):
            for column, text in enumerate(cells(file)):
                item = _item(text, is_right=column in RIGHT)
                item.setToolTip(str(file.document["file"]) if column == _FILE else "")
                table.setItem(row, column, item)
        self._share_width()
        table.itemSelectionChanged.connect(self._show_details)

    def _share_width(self) -> None:
        """Give each column what it needs and the files' names the rest."""
        self.table.resizeColumnsToContents()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        for column in range(len(self._heads)):
            header.resizeSection(column, header.sectionSize(column) + 2 * theme.GRID)
        header.setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)

    def _buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole.ActionRole
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", role)
        copy.setToolTip("Copy this report, to paste it into a sheet or a letter")
        copy.clicked.connect(self._copy)
        data = buttons.addButton("Open Data", role)
        data.setToolTip("Look at the lines that were imported")
        data.clicked.connect(lambda: self._desk.go("data"))
        if any(file.outcome == "imported" for file in self._files):
            audit = buttons.addButton("Run the audit", role)
            audit.setToolTip("Check the bills with all rules")
            audit.clicked.connect(lambda: run_audit(self._desk))
        buttons.rejected.connect(self.close)
        return buttons

    def _select_first(self) -> None:
        """Select the first file that a person should look at, or the first of all."""
        place = next((n for n, file in enumerate(self._files) if is_to_look_at(file)), 0)
        self.table.selectRow(place)

    def _show_details(self) -> None:
        row = self.table.currentRow()
        if row >= 0:
            self.details.setPlainText(details(self._files[row]))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._heads, self._answer))


def _head_lines(report: ImportReport) -> list[str]:
    lines = [summary(report.answer)]
    if report.stopped:
        lines.append(report.stopped[:1].upper() + report.stopped[1:])
    if report.left_out:
        names = [path.name for path in report.left_out[:_NAMED]]
        more = len(report.left_out) - len(names)
        lines.append(
            f"Left out, as their names are not those of tables: {', '.join(names)}"
            + (f" and {more} more." if more else ".")
        )
    return lines


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _item(text: str, *, is_right: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(_RIGHT if is_right else _LEFT)
    return item
