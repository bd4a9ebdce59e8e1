"""The list of a project's tables, each with its count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionFocusRect,
    QWidget,
)

from telecom_audit.store.browse_columns import BrowsedTable
from telecom_audit.tasks.figures import Figure, TableDoor
from ui import theme
from ui.figures import FigureLabel
from ui.numbers import count_text

if TYPE_CHECKING:
    from ui.desk import Desk


class _Name(QAbstractButton):
    """A table's name, on a ground of its own while the table is seen."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.setText(caption)
        self.setToolTip(f"Show {caption.lower()}")
        self.setAccessibleName(caption)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * theme.GRID
        return QSize(width, metrics.height() + theme.GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words at the left."""
        painter = QPainter(self)
        role = QPalette.ColorRole
        if self.isChecked():
            painter.fillRect(self.rect(), self.palette().color(role.Highlight))
        elif self.underMouse():
            painter.fillRect(self.rect(), self.palette().color(role.Midlight))
        ink = role.HighlightedText if self.isChecked() else role.WindowText
        painter.setPen(self.palette().color(ink))
        room = self.rect().adjusted(theme.GRID, 0, -theme.GRID, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, self.text())
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(
                QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self
            )


class Contents(QWidget):
    """One line for each table: its name, to show it, and how many rows it has.

    Signals:
        chosen: the key of a table.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, tables: Sequence[BrowsedTable]) -> None:
        super().__init__()
        self._buttons: dict[str, _Name] = {}
        self._counts: dict[str, FigureLabel] = {}
        self._captions = {table.key: table.caption for table in tables}
        group = QButtonGroup(self)
        group.setExclusive(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.GRID)
        layout.setVerticalSpacing(theme.GRID // 2)
        for row, table in enumerate(tables):
            button = _Name(table.caption)
            button.clicked.connect(partial(self._choose, table.key))
            group.addButton(button)
            count = FigureLabel(self._figure(table.key, None))
            count.opened.connect(desk.open_door)
            layout.addWidget(button, row, 0)
            layout.addWidget(count, row, 1)
            self._buttons[table.key] = button
            self._counts[table.key] = count
        layout.setRowStretch(len(tables), 1)
        layout.setColumnStretch(0, 1)

    def _choose(self, key: str) -> None:
        self.chosen.emit(key)

    def mark(self, key: str) -> None:
        """Show which table is seen."""
        self._buttons[key].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many rows each table has; a table that is not named has none known."""
        for key, label in self._counts.items():
            label.show_figure(self._figure(key, counts.get(key)))

    def _figure(self, key: str, count: int | None) -> Figure:
        text = "" if count is None else count_text(count)
        door = None if count is None else TableDoor(key)
        return Figure(f"rows-{key}", f"{self._captions[key]}, rows", text, None, door)
