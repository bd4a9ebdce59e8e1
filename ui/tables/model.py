"""A table of any length as Qt sees it: pages of rows are read when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from telecom_audit.errors import TelecomAuditError
from telecom_audit.progress import Progress
from telecom_audit.store.browse import Keys, Query, Within, dense_range
from telecom_audit.store.browse_columns import NUMBERS, BrowsedTable
from telecom_audit.tasks.browse import Listing, Rows, Values, exact_listing, listing, values_of
from ui.tables.cells import cell_text, head_text
from ui.tables.reader import BusyError, Reader

PAGE = 128
_MOST_PAGES = 32
_RETRY_MS = 200
_WAITING = "…"

# Roles as whole numbers: comparing them with Qt's enum costs more than the rest of data().
_DISPLAY, _TOOL_TIP, _ALIGNMENT, _ACCESSIBLE = 0, 3, 7, 11

_Index = QModelIndex | QPersistentModelIndex


class _Page:
    """Some rows as text and as values."""

    def __init__(self, texts: list[list[str]], values: list[Values]) -> None:
        self.texts = texts
        self.values = values


class StartsJobs(Protocol):
    """Whoever runs a job and hands over its answer or its error in this thread."""

    def __call__(
        self,
        name: str,
        run: Callable[[Progress], Listing],
        done: Callable[[Listing], None],
        failed: Callable[[Exception], None],
    ) -> object:
        """Start a job; one that was started before for the same model is dropped."""


class PagedModel(QAbstractTableModel):
    """The rows of one table under a query.

    Signals:
        listed: which rows there are is known anew (`keys` and `whole`).
        failed: an error, which the table shows.
    """

    listed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        reader: Reader,
        table: BrowsedTable,
        start: StartsJobs,
        parent: QObject | None = None,
        *,
        within: tuple[Within, Keys] | None = None,
    ) -> None:
        """Show nothing until `show` is called.

        Args:
            reader: reads pages in this thread.
            table: which table.
            start: runs the jobs that list keys.
            parent: owns the model.
            within: only these rows, and their keys in the order in which they are shown at first.
        """
        super().__init__(parent)
        self.table = table
        self.query = Query(within=within[0] if within else None)
        self.keys: Keys = range(0)
        self.whole = 0
        self.currency = ""
        self._first_keys = within[1] if within else None
        self._reader = reader
        self._start = start
        self._kinds = [column.kind for column in table.columns]
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._alignments = [right if kind in NUMBERS else left for kind in self._kinds]
        self._pages: dict[int, _Page] = {}
        self._texts: dict[int, list[list[str]]] = {}
        self._blank = _Page([[_WAITING] * len(self._kinds)] * PAGE, [])
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._try_again)
        self._wants_list = False
        self._turn = 0

    # what Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """The rows under the query."""
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The table's columns."""
        return 0 if parent.isValid() else len(self._kinds)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """A cell's text, its alignment, and what a screen reader says of it."""
        if role == _DISPLAY:
            row = index.row()
            texts = self._texts.get(row // PAGE)
            if texts is None:
                texts = self._page(row // PAGE).texts
            return texts[row % PAGE][index.column()]
        if role == _ALIGNMENT:
            return self._alignments[index.column()]
        if role in (_ACCESSIBLE, _TOOL_TIP) and index.isValid():
            text = self.data(index, _DISPLAY)
            if role == _TOOL_TIP:
                return _as_plain(text)
            return f"{self.table.columns[index.column()].caption}: {text}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """A column's head, with the currency of amounts."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._kinds):
            return None
        if role in (_DISPLAY, _TOOL_TIP, _ACCESSIBLE):
            return head_text(self.table.columns[section], self.currency)
        return self._alignments[section] if role == _ALIGNMENT else None

    # which rows

    def show(self, query: Query) -> None:
        """List the rows of a query; those shown stay until they are known."""
        self.query = query
        self._wants_list = True
        self._turn += 1
        self._list()

    def refresh(self) -> None:
        """List the same query anew, after the project has changed."""
        self._forget_pages()
        self.show(self.query)

    def clear(self) -> None:
        """Show no rows, as when no project is open."""
        self._turn += 1
        self._take(Listing(range(0), 0))

    def key_at(self, row: int) -> int | None:
        """The key of a row; None where there is no row."""
        return self.keys[row] if 0 <= row < len(self.keys) else None

    def rows(self, keys: Keys) -> Rows:
        """Rows of this table, to ask about them in a job."""
        return Rows(self.table, keys, self.query.within)

    def values_at(self, row: int) -> Values | None:
        """The values of a row; None while they cannot be read."""
        page = self._page(row // PAGE)
        return page.values[row % PAGE] if page.values else None

    def _list(self) -> None:
        if self._first_keys is not None and not (self.query.conditions or self.query.order):
            self._take(Listing(self._first_keys, len(self._first_keys)))
            return
        path = self._reader.path
        if path is None:
            return
        if self.query.is_plain:
            try:
                dense = self._reader.ask(partial(dense_range, table=self.table))
            except BusyError:
                self._retry.start()
                return
            except TelecomAuditError as error:
                self._fail(error)
                return
            if dense is not None:
                self._take(Listing(dense, len(dense)))
                return
        self._list_by_job(path, listing)

    def _list_by_job(self, path: Path, lister: Callable[..., Listing]) -> None:
        act = "Sort" if self.query.order else "Filter"
        self._start(
            f"{act} {self.table.caption.lower()}",
            partial(lister, path, self.table, self.query),
            partial(self._take_of, self._turn),
            self._fail,
        )

    def _take_of(self, turn: int, found: Listing) -> None:
        if turn == self._turn:  # else something else was asked for meanwhile
            self._take(found)

    def _take(self, found: Listing) -> None:
        self._wants_list = False
        self.beginResetModel()
        self._forget_pages()
        self.keys, self.whole = found.keys, found.whole
        self.endResetModel()
        self.listed.emit()

    def _fail(self, error: Exception) -> None:
        self._wants_list = False
        self.failed.emit(error)

    # pages of rows

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._texts.clear()

    def _page(self, number: int) -> _Page:
        known = self._pages.get(number)
        if known is not None:
            return known
        if self._retry.isActive():
            return self._blank
        wanted = self.keys[number * PAGE : (number + 1) * PAGE]
        try:
            found = self._reader.ask(partial(values_of, rows=self.rows(wanted)))
        except BusyError:
            self._retry.start()
            return self._blank
        except TelecomAuditError as error:
            self._retry.start()  # and not again for each cell
            self._fail(error)
            return self._blank
        if isinstance(wanted, range) and None in found and self._reader.path:
            self._list_by_job(self._reader.path, exact_listing)  # another program left a gap
        page = self._made(found)
        self._keep(number, page)
        return page

    def _made(self, found: Sequence[Values | None]) -> _Page:
        nothing: Values = (None,) * len(self._kinds)
        values = [row or nothing for row in found]
        return _Page([list(map(cell_text, self._kinds, row)) for row in values], values)

    def _keep(self, number: int, page: _Page) -> None:
        """Keep a page; of too many the one farthest away goes, as people scroll to and fro."""
        self._pages[number] = page
        self._texts[number] = page.texts
        if len(self._pages) > _MOST_PAGES:
            farthest = max(self._pages, key=lambda other: abs(other - number))
            del self._pages[farthest], self._texts[farthest]

    def _try_again(self) -> None:
        if self._wants_list:
            self._list()
        elif self.keys:
            last = self.index(len(self.keys) - 1, len(self._kinds) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _as_plain(text: str) -> str:
    """A text that a tool tip shows as it is, whatever markup it bears."""
    return text if "<" not in text else text.replace("&", "&amp;").replace("<", "&lt;")
