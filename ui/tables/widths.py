"""The widths and the order of a table's columns: remembered, or taken from the first rows."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from ui.preferences import Preferences
from ui.tables.head import FilterHead
from ui.tables.model import PagedModel
from ui.tables.painting import PADDING

_LEAST = "0000-00-00"
_SEEN = 60  # rows by which columns get their first width
_WIDEST = 40  # characters of a column before somebody widens it


class Widths:
    """The columns of one table.

    Args:
        preferences: where they are remembered.
        view: shows the table.
        head: over the columns.
        model: its rows.
    """

    def __init__(
        self, preferences: Preferences, view: QTableView, head: FilterHead, model: PagedModel
    ) -> None:
        self._preferences = preferences
        self._view = view
        self._head = head
        self._model = model
        self._name = f"table/{model.table.key}"
        state = preferences.state(self._name)
        self._are_known = not state.isEmpty() and head.restoreState(state)

    def keep(self) -> None:
        """Remember them for the next time."""
        if self._are_known:
            self._preferences.keep_state(self._name, self._head.saveState())

    def fit(self) -> None:
        """Take them from the first rows, once, when nobody has set them before."""
        if self._are_known or not self._model.keys:
            return
        self._are_known = True
        metrics = self._view.fontMetrics()
        least = metrics.horizontalAdvance(_LEAST)
        widest = metrics.averageCharWidth() * _WIDEST
        seen = range(min(len(self._model.keys), _SEEN))
        for place in range(self._model.columnCount()):
            texts = {self._model.data(self._model.index(row, place)) for row in seen}
            own = max(metrics.horizontalAdvance(text) for text in texts)
            width = max(least, min(own, widest)) + 2 * PADDING
            self._head.resizeSection(place, max(width, self._head.sectionSizeHint(place)))
