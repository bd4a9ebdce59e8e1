"""A table with a filter row, sorting, copying and sums, over any number of rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.errors import TelecomAuditError
from telecom_audit.progress import Progress
from telecom_audit.store.browse import Condition, Keys, Query, Value, Within
from telecom_audit.store.browse_columns import NUMBERS, BrowsedTable
from telecom_audit.tasks.browse import Listing
from telecom_audit.tasks.browse_filters import conditions
from ui import theme
from ui.numbers import count_text
from ui.tables.empty import Empty
from ui.tables.export import ask_and_export
from ui.tables.head import FilterHead
from ui.tables.model import PagedModel
from ui.tables.painting import CellPainter
from ui.tables.paper import PaperTable
from ui.tables.reader import reader_of
from ui.tables.selected import Selected
from ui.tables.view import RowsView
from ui.tables.widths import Widths
from ui.work import Job, was_cancelled

if TYPE_CHECKING:
    from ui.desk import Desk

_ROW = 28
_COMPACT_ROW = 22


class Table(QWidget):
    """One table of the project.

    Signals:
        row_chosen: the key of the row that the cursor is in, or None.
        source_wanted: somebody wants to see where the row of this key came from.
        listed: which rows there are is known anew.
    """

    row_chosen = Signal(object)
    source_wanted = Signal(object)
    listed = Signal()

    def __init__(
        self,
        desk: Desk,
        table: BrowsedTable,
        parent: QWidget | None = None,
        *,
        within: tuple[Within, Keys] | None = None,
        is_compact: bool = False,
    ) -> None:
        """Make it; `refresh` fills it.

        Args:
            desk: the window's middle.
            table: what is shown.
            parent: the page or dialog.
            within: only these rows, and their keys in the order in which they are shown at first.
            is_compact: with low rows.
        """
        super().__init__(parent)
        self.table = table
        self._desk = desk
        self._job: Job | None = None
        self._at_key: int | None = None
        self.model = PagedModel(reader_of(desk), table, self._start, self, within=within)
        self.head = FilterHead(table.columns, self)
        self.view = RowsView(self)
        self.view.setModel(self.model)
        is_right = [column.kind in NUMBERS for column in table.columns]
        self.view.setItemDelegate(CellPainter(self.view, self.model.data, is_right))
        self.view.setHorizontalHeader(self.head)
        self.view.setAccessibleName(table.caption)
        self.view.set_row_height(_COMPACT_ROW if is_compact else _ROW)
        self.empty = Empty(self.view.viewport())
        self._state = QLabel()
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(True)
        theme.soft(self._state)
        self._clear = QPushButton("Clear")
        self._clear.setToolTip("Take all filters off")
        self._clear.setAccessibleName("Clear the filters")
        self._clear.hide()
        self._selected = Selected(desk, self.model, self.view)
        self._lay_out()
        self._add_acts()
        self._connect()
        self._widths = Widths(desk.preferences, self.view, self.head, self.model)
        self._show_order(self.model.query)

    # what pages ask

    def refresh(self) -> None:
        """Read which rows there are, as after a change of the project."""
        session = self._desk.session
        if session is None:
            self.model.clear()
            return
        self.model.currency = session.settings.currency
        self.model.refresh()

    def set_filters(self, texts: dict[str, str]) -> None:
        """Filter by these columns alone, as if somebody had written it."""
        self.head.set_texts([texts.get(column.key, "") for column in self.table.columns])
        self._filter()

    def clear_filters(self) -> None:
        """Show all rows."""
        self.set_filters({})

    def filters(self) -> list[tuple[str, str]]:
        """The filters that are on: captions and what was written."""
        pairs = zip(self.table.columns, self.head.texts(), strict=True)
        return [(column.caption, text.strip()) for column, text in pairs if text.strip()]

    @property
    def current_key(self) -> int | None:
        """The key of the row that the cursor is in."""
        return self.model.key_at(self.view.currentIndex().row())

    @property
    def current_values(self) -> dict[str, Value] | None:
        """The values of the row that the cursor is in, by its columns' keys."""
        row = self.view.currentIndex().row()
        values = self.model.values_at(row) if self.model.key_at(row) is not None else None
        if values is None:
            return None
        keys = (column.key for column in self.table.columns)
        return dict(zip(keys, values, strict=True))

    def on_paper(self) -> PaperTable | None:
        """What is printed of it; None when it has no rows."""
        session = self._desk.session
        if session is None or not self.model.keys:
            return None
        places = sorted(range(len(self.table.columns)), key=self.head.visualIndex)
        words = "; ".join(f"{caption}: {text}" for caption, text in self.filters())
        return PaperTable(
            session.path,
            self.model.rows(self.model.keys),
            tuple(places),
            words or "all rows",
            session.settings.currency,
        )

    def choose(self, key: int) -> None:
        """Put the cursor into the row of a key, when it is shown."""
        try:
            row = self.model.keys.index(key)
        except ValueError:
            return
        column = max(self.view.currentIndex().column(), 0)
        self.view.setCurrentIndex(self.model.index(row, column))

    def let_go(self) -> None:
        """Stop what still reads for this table, before it is deleted."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self._selected.let_go()

    # making

    def _lay_out(self) -> None:
        strip = QHBoxLayout()
        strip.setSpacing(theme.GRID)
        strip.addWidget(self._state, 1)
        strip.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.view, 1)
        layout.addLayout(strip)

    def _add_acts(self) -> None:
        view, selected = self.view, self._selected
        view.add_act("Copy", "Copy the selected cells", "Ctrl+C", selected.copy)
        view.add_act(
            "Copy with heads",
            "Copy the selected cells under their heads",
            "Ctrl+Shift+C",
            selected.copy_with_heads,
        )
        if self.table.is_imported:
            tip = "Show the file and the row it came from"
            view.add_act("Show source", tip, "Return", self._want_source)
        view.add_act("Filter column", "Write a filter", "Ctrl+Shift+L", self._focus_filter)
        view.add_act("Export…", "Write these rows to a file", "", self._export)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        self.model.listed.connect(self._note_listed)
        self.model.failed.connect(self._desk.fail)
        self.head.filters_changed.connect(self._filter)
        self.head.left.connect(self._enter_rows)
        self.head.sectionClicked.connect(self._sort)
        self.view.horizontalScrollBar().valueChanged.connect(self.head.place)
        self._clear.clicked.connect(self.clear_filters)
        self.empty.cleared.connect(self.clear_filters)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.doubleClicked.connect(lambda _: self._want_source())
        selection = self.view.selectionModel()
        selection.currentRowChanged.connect(lambda *_: self._note_row())
        self._selected.refused.connect(self._state.setText)

    def _start(
        self,
        name: str,
        run: Callable[[Progress], Listing],
        done: Callable[[Listing], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if self._job is not None:
            self._job.cancel()

        job: Job

        def answered(found: Listing) -> None:
            if self._job is job:  # nothing newer was asked for, and the table still stands
                done(found)

        def refused(error: Exception) -> None:
            if self._job is job and was_cancelled(error):
                self._state.setText("Stopped: the rows are those from before.")
            elif self._job is job:
                failed(error)

        self._state.setText(f"{name}…")
        job = self._desk.work.start(run, answered, failed=refused, name=name)
        self._job = job

    # order and filters

    def _sort(self, column: int) -> None:
        key = self.table.columns[column].key
        query = self.model.query
        if query.order != key:
            query = replace(query, order=key, is_descending=False)
        elif not query.is_descending:
            query = replace(query, is_descending=True)
        else:
            query = replace(query, order="", is_descending=False)
        self._show_order(query)
        self.model.show(query)

    def _show_order(self, query: Query) -> None:
        keys = [column.key for column in self.table.columns]
        place = keys.index(query.order) if query.order else -1
        way = Qt.SortOrder.DescendingOrder if query.is_descending else Qt.SortOrder.AscendingOrder
        self.head.setSortIndicator(place, way)

    def _filter(self) -> None:
        wanted: list[Condition] = []
        for column, text in zip(self.table.columns, self.head.texts(), strict=True):
            try:
                wanted.extend(conditions(column.key, column.kind, text))
            except TelecomAuditError as error:
                self._state.setText(f"{column.caption}: {error.message}. {error.remedy}")
                self._clear.show()
                return
        self.model.show(replace(self.model.query, conditions=tuple(wanted)))

    def _focus_filter(self) -> None:
        self.head.focus_field(self.view.currentIndex().column())

    def _enter_rows(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.view.currentIndex().isValid() and self.model.keys:
            self.view.setCurrentIndex(self.model.index(0, 0))

    # what is shown

    def _note_listed(self) -> None:
        self._widths.fit()
        self._say_state()
        if self._at_key is not None:
            self.choose(self._at_key)
        self.listed.emit()

    def _say_state(self) -> None:
        shown, whole = len(self.model.keys), self.model.whole
        on = len(self.filters())
        self._clear.setVisible(bool(on and shown))
        if not on:
            self._state.setText(f"{count_text(shown)} {'row' if shown == 1 else 'rows'}")
            self.empty.say("" if shown else self.table.hint, has_filters=False)
            return
        filters = "1 filter on" if on == 1 else f"{on} filters on"
        words = f"{count_text(shown)} of {count_text(whole)} rows, {filters}"
        self._state.setText(words)
        self.empty.say("" if shown else words, has_filters=True)

    @property
    def state(self) -> str:
        """The line under the table: how many rows, and what filters do."""
        return self._state.text()

    def _note_row(self) -> None:
        key = self.current_key
        if key is not None:
            self._at_key = key
        self.row_chosen.emit(key)

    def _export(self) -> None:
        ask_and_export(self._desk, self, self.model.rows(self.model.keys))

    def _want_source(self) -> None:
        if self.current_key is not None and self.table.is_imported:
            self.source_wanted.emit(self.current_key)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.view.actions())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns' widths and order."""
        self._widths.keep()
        super().hideEvent(event)
