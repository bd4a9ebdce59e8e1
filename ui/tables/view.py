"""The rows of a table: even heights, figures of equal width, and selection by keys."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui import theme


class RowsView(QTableView):
    """Shows rows; Shift+Space selects the cursor's row, Ctrl+Space its column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.tabular(theme.body_font()))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_row_height(self, least: int) -> None:
        """Rows are so high, or higher when the font needs it."""
        height = max(least, self.fontMetrics().height() + theme.GRID // 2)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select a row or a column, as spreadsheets do."""
        index = self.currentIndex()
        model = self.model()
        if event.key() != Qt.Key.Key_Space or not index.isValid():
            super().keyPressEvent(event)
            return
        last_row, last_column = model.rowCount() - 1, model.columnCount() - 1
        stretch = None
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            stretch = QItemSelection(
                model.index(index.row(), 0), model.index(index.row(), last_column)
            )
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            stretch = QItemSelection(
                model.index(0, index.column()), model.index(last_row, index.column())
            )
        if stretch is None:
            super().keyPressEvent(event)
            return
        act = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(stretch, act)
