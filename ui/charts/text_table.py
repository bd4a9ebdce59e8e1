"""A small table of finished texts: numbers right-aligned on their decimal point, copied whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QBrush,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeySequence,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from telecom_audit.money import cents, micros_from_text
from telecom_audit.tasks.export_files import guarded
from ui import theme
from ui.numbers import MINUS, amount_text
from ui.tables.view import RowsView

_FIGURE_SPACE = "\N{FIGURE SPACE}"
_GAP = "\N{EN SPACE}"  # between a column of numbers and the next
_ROLE = Qt.ItemDataRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROW_HEIGHT = 28
_MEASURED = 4  # texts of a column, the longest ones
_PADDING = 3 * theme.GRID
_CENTS = 2  # decimals
_MOST_ROWS = 36  # more are scrolled inside the table

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cells:
    """What a table shows.

    Attributes:
        heads: of the columns.
        rows: texts, as many in each row as heads.
        right: the positions of the columns of numbers.
        totals: the positions of rows that are sums of others.
        hatched: the positions of rows that are provisional; a word in them says so too.
        is_money: numbers are amounts: they are shown to the cent, while what is copied, printed or
            asked for with the pointer has every decimal.
    """

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    right: tuple[int, ...] = ()
    totals: frozenset[int] = field(default_factory=frozenset)
    hatched: frozenset[int] = field(default_factory=frozenset)
    is_money: bool = False

    @cached_property
    def decimals(self) -> dict[int, int]:
        """The most decimals in each column of numbers; a job asks for them where rows are many."""
        most = {
            column: max((_decimals(row[column]) for row in self.rows), default=0)
            for column in self.right
        }
        return {column: min(_CENTS, n) for column, n in most.items()} if self.is_money else most

    def seen(self, text: str) -> str:
        """A number as it is seen."""
        if not self.is_money or _decimals(text) <= _CENTS:
            return text
        return amount_text(cents(micros_from_text(_plain(text, is_number=True))))


class CellsModel(QAbstractTableModel):
    """The cells as Qt asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.cells = Cells()

    def show_cells(self, cells: Cells) -> None:
        """Show other cells."""
        self.beginResetModel()
        self.cells = cells
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """The rows."""
        return 0 if parent.isValid() else len(self.cells.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns."""
        return 0 if parent.isValid() else len(self.cells.heads)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A cell's text and looks."""
        text = self.cells.rows[index.row()][index.column()]
        is_number = index.column() in self.cells.right
        if role == _ROLE.DisplayRole:
            return self.shown(text, index.column())
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if is_number else _LEFT
        if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            seen = self.cells.seen(text) if is_number else text
            is_tip = role == _ROLE.ToolTipRole
            return _rest(text, seen) if is_tip else f"{self.cells.heads[index.column()]} {seen}"
        if role == _ROLE.FontRole and index.row() in self.cells.totals:
            return emphasized(self._view.font())
        if role == _ROLE.BackgroundRole and index.row() in self.cells.hatched:
            line = self._view.palette().color(QPalette.ColorRole.Mid)
            return QBrush(line, Qt.BrushStyle.BDiagPattern)
        return None

    def shown(self, text: str, column: int) -> str:
        """A number filled up behind, so that a column's decimal points stand below one another."""
        if column not in self.cells.right:
            return text
        text = self.cells.seen(text)
        lacking = self.cells.decimals[column] - _decimals(text)
        return text + _FIGURE_SPACE * lacking + _GAP if text else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        """The heads, aligned as their columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return self.cells.heads[section] + (_GAP if section in self.cells.right else "")
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if section in self.cells.right else _LEFT
        return None


def _rest(text: str, seen: str) -> str | None:
    """What the pointer is told: the whole number, where less is seen."""
    return None if text == seen else text


def emphasized(font: QFont) -> QFont:
    """The font of sums."""
    made = QFont(font)
    made.setBold(True)
    return made


def _length(text: str) -> int:
    """How long a text is before its decimal point, behind which all are as long."""
    return len(text.partition(".")[0])


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


class TextTable(RowsView):
    """A table of texts; its rows can be walked, chosen and copied with their heads.

    Signals:
        row_chosen: the position of the row that became the current one.
    """

    row_chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = CellsModel(self)
        self._is_telling = True
        self._is_whole = False
        self.setModel(self._cells)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.set_row_height(_ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.sectionResized.connect(self._fit)
        copy = QAction("Copy", self)
        copy.setToolTip("Copy the chosen rows with their heads")
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.selectionModel().currentRowChanged.connect(self._tell)

    @property
    def cells(self) -> Cells:
        """What is shown."""
        return self._cells.cells

    def show_cells(self, cells: Cells) -> None:
        """Show other cells."""
        self._cells.show_cells(cells)
        self._set_widths()
        self._fit()

    def show_whole(self) -> None:
        """Stand as high as the rows are, so that the page scrolls and not the table."""
        self._is_whole = True
        self._fit()

    def _set_widths(self) -> None:
        """Make columns as wide as their widest texts; Qt would ask for each cell, which is slow."""
        head = self.horizontalHeader()
        metrics, bold = self.fontMetrics(), QFontMetrics(emphasized(self.font()))
        cells = self.cells
        for column, caption in enumerate(cells.heads):
            totals = {cells.rows[row][column] for row in cells.totals}
            others = {row[column] for row in cells.rows}
            widths = [metrics.horizontalAdvance(caption + _GAP)]
            widths += [
                measured.horizontalAdvance(self._cells.shown(text, column))
                for measured, texts in ((metrics, others), (bold, totals))
                for text in nlargest(_MEASURED, texts, key=_length)
            ]
            head.resizeSection(column, max(widths) + _PADDING)

    def _fit(self, *_: int) -> None:
        """As wide as the columns are, and no wider."""
        head = self.horizontalHeader()
        frame = 2 * self.frameWidth()
        bar = self.verticalScrollBar().sizeHint().width()
        is_scrolled = not self._is_whole or len(self.cells.rows) > _MOST_ROWS
        width = head.length() + frame + (bar if is_scrolled else 0)
        self.setMaximumWidth(max(1, width))
        if not self._is_whole:
            return
        rows = min(_MOST_ROWS, len(self.cells.rows))
        height = rows * self.verticalHeader().defaultSectionSize() + frame
        if self.width() < width:
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height + head.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for a scroll bar when the columns do not fit."""
        super().resizeEvent(event)
        self._fit()

    def choose_row(self, row: int) -> None:
        """Make a row the current one, without telling."""
        if self.currentIndex().row() != row:
            self._is_telling = False
            self.selectRow(row)
            self._is_telling = True

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        del before
        if current.isValid() and self._is_telling:
            self.row_chosen.emit(current.row())

    def copy(self) -> None:
        """Put the chosen rows, all when none is, on the clipboard, as other programs read them."""
        QGuiApplication.clipboard().setText(self.copied())

    def copied(self) -> str:
        """The chosen rows with their heads, cells divided by tabulators."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        cells = self.cells
        lines = [cells.heads]
        lines += [
            tuple(
                _plain(text, column in cells.right) for column, text in enumerate(cells.rows[row])
            )
            for row in chosen or range(len(cells.rows))
        ]
        return "\n".join("\t".join(line) for line in lines) + "\n"


def _plain(text: str, is_number: bool) -> str:
    """A cell as another program reads it: a plain number, or text that is no formula."""
    if is_number:
        return text.replace(MINUS, "-").replace(",", "")
    return guarded(text.replace("\t", " ").replace("\n", " "))
