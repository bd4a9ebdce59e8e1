"""The rows of a table: even heights, figures of equal width, and the keys of spreadsheets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui import theme


class RowsView(QTableView):
    """Shows rows; Shift+Space selects the cursor's row, Ctrl+Space its column.

    Its other keys act on this table alone, and so are no shortcuts of the window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts: dict[str, Callable[[], None]] = {
            "Shift+Space": self._select_row,
            "Ctrl+Space": self._select_column,
        }
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

    def add_act(self, words: str, tip: str, keys: str, act: Callable[[], None]) -> QAction:
        """Offer something to do in the context menu, and by keys while the table is in focus."""
        action = QAction(f"{words}\t{keys}" if keys else words, self)
        action.setToolTip(tip)
        action.triggered.connect(lambda *_: act())
        self.addAction(action)
        if keys:
            self._acts[keys] = act
        return action

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys stand for."""
        keys = QKeySequence(event.keyCombination()).toString()
        act = self._acts.get(keys.replace("Enter", "Return"))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _select_row(self) -> None:
        row, last = self.currentIndex().row(), self.model().columnCount() - 1
        if row >= 0:
            self._select(QItemSelection(self.model().index(row, 0), self.model().index(row, last)))

    def _select_column(self) -> None:
        column, last = self.currentIndex().column(), self.model().rowCount() - 1
        if column >= 0:
            model = self.model()
            self._select(QItemSelection(model.index(0, column), model.index(last, column)))

    def _select(self, stretch: QItemSelection) -> None:
        self.selectionModel().select(stretch, QItemSelectionModel.SelectionFlag.ClearAndSelect)
