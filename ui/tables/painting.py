"""Painting a table's cells: one line of text each, which costs a third of Qt's general way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
    QTableView,
)

from ui import theme

PADDING = theme.GRID * 3 // 4
_MOST_WIDTHS = 20_000
_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value

_Index = QModelIndex | QPersistentModelIndex


class CellPainter(QStyledItemDelegate):
    """Paints text left or right in its cell, cut with an ellipsis where it is too long."""

    def __init__(
        self, view: QTableView, text_at: Callable[[_Index], str], is_right: list[bool]
    ) -> None:
        """Paint for a view.

        Args:
            view: whose font and palette hold.
            text_at: the text of a cell.
            is_right: of each column, whether it stands at the right.
        """
        super().__init__(view)
        self._view = view
        self._text_at = text_at
        self._is_right = is_right
        self._widths: dict[str, int] = {}
        self._learn()
        view.installEventFilter(self)

    def _learn(self) -> None:
        """Fonts and colours as they are now."""
        palette = self._view.palette()
        self._metrics = QFontMetrics(self._view.font())
        self._widths.clear()
        self._rise = (self._metrics.ascent() - self._metrics.descent()) / 2
        self._ink = palette.color(QPalette.ColorRole.Text)
        self._chosen = palette.brush(QPalette.ColorRole.Highlight)
        self._chosen_ink = palette.color(QPalette.ColorRole.HighlightedText)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow another theme or font."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._learn()
        return False  # a delegate's own filter would take the view for an editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell; the view has painted its ground."""
        rect = option.rect
        state = option.state.value  # one look at a flag costs as much as a whole number's ten
        painter.setPen(self._chosen_ink if state & _SELECTED else self._ink)
        if state & _SELECTED:
            painter.fillRect(rect, self._chosen)
        if state & _FOCUSED:
            self._frame(painter, option)
        text = self._text_at(index)
        if not text:
            return
        room = rect.width() - 2 * PADDING
        width = self._widths.get(text)
        if width is None:
            width = self._measured(text)
        if width > room:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            width = room
        indent = room - width if self._is_right[index.column()] else 0
        painter.drawText(
            rect.left() + PADDING + indent,
            int(rect.top() + rect.height() / 2 + self._rise),
            text,
        )

    def _measured(self, text: str) -> int:
        if len(self._widths) > _MOST_WIDTHS:
            self._widths.clear()
        width = self._metrics.horizontalAdvance(text)
        self._widths[text] = width
        return width

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        focus = QStyleOptionFocusRect()
        focus.initFrom(self._view)
        focus.rect = option.rect
        focus.state |= QStyle.StateFlag.State_KeyboardFocusChange
        self._view.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, self._view
        )
