"""What changed since the month before, each line with the door to what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.labels import figure_label, plain_label

if TYPE_CHECKING:
    from telecom_audit.tasks.overview_news import NewsGroup
    from ui.desk import Desk


class NewsPanel(QFrame):
    """A list that scrolls by itself when it is long."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._head = plain_label("What changed")
        self._head.setFont(theme.head_font())
        self._head.setWordWrap(True)
        self._list = QScrollArea()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidgetResizable(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("What changed since the month before")
        self._list.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, 2 * theme.GRID, theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._head)
        layout.addWidget(self._list, 1)

    def wait(self) -> None:
        """Show nothing of another project while the bills are read."""
        self._shown = ()
        self._head.setText("What changed")
        self._list.takeWidget()

    def show_news(self, groups: Sequence[NewsGroup], month: str) -> None:
        """Show what changed in the last month with bills ("2025-12"; empty without bills)."""
        if self._shown == (groups, month):
            return
        self._shown = (groups, month)
        self._head.setText(f"What changed in {month}" if month else "What changed")
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, theme.GRID, 0)
        layout.setSpacing(2 * theme.GRID)
        for group in groups:
            layout.addLayout(self._group(group))
        if not groups:
            nothing = plain_label("Import bills to see what changes from month to month.")
            nothing.setWordWrap(True)
            theme.soft(nothing)
            layout.addWidget(nothing)
        layout.addStretch(1)
        self._list.setWidget(inside)

    def _group(self, group: NewsGroup) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        grid.setColumnStretch(1, 1)
        title = plain_label(group.title)
        theme.soft(title)
        grid.addWidget(title, 0, 0, 1, 3)
        for row, line in enumerate(group.lines, start=1):
            sign = plain_label(line.sign)
            sign.setFont(theme.tabular(theme.body_font()))
            words = plain_label(line.words)
            words.setWordWrap(True)
            for label in (sign, words):  # on one line with the number beside them
                label.setContentsMargins(0, theme.GRID // 4, 0, 0)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
            figure = figure_label(self._desk, line.figure)
            grid.addWidget(figure, row, 2, Qt.AlignmentFlag.AlignTop)
        if group.remark:
            remark = plain_label(group.remark)
            remark.setWordWrap(True)
            grid.addWidget(remark, len(group.lines) + 1, 0, 1, 3)
        return grid
