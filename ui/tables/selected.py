"""Acts on what is selected in a table: tells its sums, copies it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from telecom_audit.store.browse import Value
from telecom_audit.tasks.browse import Rows, all_values, column_sums
from ui.numbers import count_text
from ui.tables.chosen import MOST_COPIED, Chosen, added, chosen, copy, told
from ui.tables.model import PagedModel

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.work import Job

_AT_ONCE = 1_000  # rows that are copied or added up without a job
_PAUSE_MS = 150


class Selected(QObject):
    """The selected cells of a table.

    Signals:
        refused: why something cannot be copied, as a sentence.
    """

    refused = Signal(object)

    def __init__(self, desk: Desk, model: PagedModel, view: QTableView) -> None:
        super().__init__(view)
        self._desk = desk
        self._model = model
        self._view = view
        self._jobs: dict[str, Job] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        view.selectionModel().selectionChanged.connect(lambda *_: self._pause.start())
        model.listed.connect(self._pause.start)

    @property
    def cells(self) -> Chosen:
        """The selected cells."""
        return chosen(self._view.selectionModel().selection())

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        self._copy(None)

    def copy_with_heads(self) -> None:
        """Put the selected cells on the clipboard under their heads."""
        self._copy(self._model.currency)

    def let_go(self) -> None:
        """Stop what is still read."""
        self._pause.stop()
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()

    def _tell(self) -> None:
        selected = self.cells
        rows = selected.rows
        if len(rows) == 0:
            self._desk.show_selection("")
            return
        places = added(self._model.table.columns, selected.columns)
        if len(rows) <= _AT_ONCE or not selected.is_even:
            self._show_sums(len(rows), places, [self._sum(selected, place) for place in places])
            return
        self._desk.show_selection(told(len(rows), ()))
        path = self._desk.session.path if self._desk.session else None
        if path is None or not places:
            return
        names = [self._model.table.columns[place].key for place in places]
        self._jobs["sums"] = self._desk.read(
            self,
            partial(column_sums, path, self._rows(rows), names),
            partial(self._show_sums, len(rows), places),
            slot="sums",
        )

    def _sum(self, selected: Chosen, place: int) -> int:
        total = 0
        for row in selected.rows_of(place):
            values = self._model.values_at(row)
            number = values[place] if values else None
            total += number if isinstance(number, int) else 0
        return total

    def _show_sums(self, rows: int, places: Sequence[int], sums: Sequence[int]) -> None:
        columns = [self._model.table.columns[place] for place in places]
        self._desk.show_selection(told(rows, zip(columns, sums, strict=True)))

    def _copy(self, heads: str | None) -> None:
        selected = self.cells
        rows = selected.rows
        session = self._desk.session
        if len(rows) == 0 or session is None:
            return
        if len(rows) > MOST_COPIED:
            self.refused.emit(
                f"{count_text(len(rows))} rows are too many for the clipboard: select at most"
                f" {count_text(MOST_COPIED)}, or export the table."
            )
            return
        fill = partial(self._fill, selected, heads)
        if len(rows) <= _AT_ONCE:
            found = [self._model.values_at(row) for row in rows]
            known = [values for values in found if values is not None]
            if len(known) == len(found):
                fill(known)
                return
        run = partial(all_values, session.path, self._rows(rows))
        self._jobs["copy"] = self._desk.read(self, run, fill, slot="copy")

    def _fill(
        self, selected: Chosen, heads: str | None, found: Sequence[tuple[Value, ...]]
    ) -> None:
        head = self._view.horizontalHeader()
        places = sorted(selected.columns, key=head.visualIndex)
        places = [place for place in places if not head.isSectionHidden(place)]
        is_even = selected.is_even
        rows = (
            [values[place] if is_even or selected.has(row, place) else None for place in places]
            for row, values in zip(selected.rows, found, strict=True)
        )
        columns = [self._model.table.columns[place] for place in places]
        QGuiApplication.clipboard().setMimeData(copy(columns, heads, rows))

    def _rows(self, places: Sequence[int]) -> Rows:
        keys = self._model.keys
        if isinstance(places, range):
            return self._model.rows(keys[places.start : places.stop])
        return self._model.rows(array("q", (keys[place] for place in places)))
