"""Where a row came from: its file, sheet and row, and its cells as they stood there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.errors import TelecomAuditError
from telecom_audit.store.browse_columns import BrowsedTable
from telecom_audit.tasks.browse import Source, source_of
from ui import theme
from ui.labels import plain_label
from ui.numbers import count_text
from ui.tables.reader import BusyError, Reader

_RETRY_MS = 250
_PAUSE_MS = 60  # while the cursor runs through rows
_LINE = 32  # characters
_NOTHING = "Choose a row to see the file and the row it came from."


class SourcePanel(QWidget):
    """Shows the source of one row; it reads it when the cursor rests."""

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._wanted: tuple[BrowsedTable, int] | None = None
        self._head = _label()
        self._head.setFont(theme.head_font())
        self._head.setText("Source")
        self._place = _label()
        self._digest = _label()
        theme.soft(self._digest)
        self._digest.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._digest.setAccessibleName("SHA-256 of the file")
        self._cells = QTableWidget(0, 2)
        self._cells.setHorizontalHeaderLabels(["In the file", "Cell"])
        self._cells.setAccessibleName("Cells as they stood in the file")
        self._cells.verticalHeader().hide()
        self._cells.setShowGrid(False)
        self._cells.setAlternatingRowColors(True)
        self._cells.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._cells.setTabKeyNavigation(False)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._cells.horizontalHeader().setDefaultAlignment(left)
        self._cells.horizontalHeader().setStretchLastSection(True)
        self._cells.horizontalHeader().setSectionResizeMode(
            0, QHeaderView.ResizeMode.ResizeToContents
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for widget in (self._head, self._place, self._digest):
            layout.addWidget(widget)
        layout.addWidget(self._cells, 100)
        layout.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)
        self.show_row(None, None)

    def show_row(self, table: BrowsedTable | None, key: int | None) -> None:
        """Show where a row came from; None: no row is chosen."""
        if table is None or key is None:
            self._wanted = None
            self._timer.stop()
            self._show(None, _NOTHING)
            return
        self._wanted = (table, key)
        self._timer.start(_PAUSE_MS)

    def show_now(self) -> None:
        """Read at once and take the focus, as somebody asked to see it."""
        self._timer.stop()
        self._read()
        if self._cells.isVisible():
            self._cells.setFocus()
            self._cells.setCurrentCell(0, 1)

    @property
    def words(self) -> str:
        """File, sheet and row, or why there are none."""
        return self._place.text()

    def cells(self) -> list[tuple[str, str]]:
        """The captions and cells shown."""
        rows = range(self._cells.rowCount())
        return [(self._text(row, 0), self._text(row, 1)) for row in rows]

    def _text(self, row: int, column: int) -> str:
        item = self._cells.item(row, column)
        return item.text() if item else ""

    def _read(self) -> None:
        if self._wanted is None:
            return
        table, key = self._wanted
        try:
            source = self._reader.ask(partial(source_of, table=table, key=key))
        except BusyError:
            self._timer.start(_RETRY_MS)
            return
        except TelecomAuditError as error:
            self._show(None, error.message)
            return
        self._show(source, "No file brought this row.")

    def _show(self, source: Source | None, otherwise: str) -> None:
        cells = source.cells if source else ()
        self._place.setText(_words(source) if source else otherwise)
        self._digest.setText(_digest_words(source.sha256) if source else "")
        self._digest.setVisible(source is not None)
        self._cells.setVisible(bool(cells))
        self._cells.setRowCount(len(cells))
        for row, (caption, text) in enumerate(cells):
            for column, each in enumerate((caption or f"column {row + 1}", text)):
                item = QTableWidgetItem(each)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{caption}: {text}")
                self._cells.setItem(row, column, item)


def _words(source: Source) -> str:
    sheet = f", sheet {source.sheet}" if source.sheet else ""
    row = f", row {count_text(source.row)}" if source.row is not None else ""
    return f"{source.file}{sheet}{row}"


def _digest_words(digest: str) -> str:
    """All of a digest on lines that a narrow panel holds."""
    lines = [digest[first : first + _LINE] for first in range(0, len(digest), _LINE)]
    return "\n".join(("SHA-256", *lines))


def _label() -> QLabel:
    label = plain_label()
    label.setWordWrap(True)
    return label
