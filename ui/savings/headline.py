"""The figures at the head of the Savings page: headlines, the others in lists beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from telecom_audit.tasks.figures import Figure
from ui import theme
from ui.figures import FigureLabel
from ui.labels import let_go, plain_label
from ui.savings.equation import Named


class Headline(QWidget):
    """Shows figures; the headlines at twice the body's size.

    Args:
        opened: is handed a figure that was clicked.
    """

    def __init__(self, opened: Callable[[Figure], None]) -> None:
        super().__init__()
        self._opened = opened
        self._great, self._lists = QHBoxLayout(), QHBoxLayout()
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for row in (self._rows, self._great, self._lists):
            row.setSpacing(2 * theme.MARGIN)
        for row in (self._great, self._lists):
            self._rows.addLayout(row)
        self._rows.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of its two halves, which stand below one another if need be."""
        great, lists = self._great.minimumSize(), self._lists.minimumSize()
        return QSize(max(great.width(), lists.width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the lists below the headlines where the page is narrow."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        whole = self._great.minimumSize().width() + self._lists.minimumSize().width()
        is_narrow = self.width() < whole + self._great.spacing()
        ways = QBoxLayout.Direction
        self._rows.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self._rows.setSpacing(theme.GRID if is_narrow else 2 * theme.MARGIN)

    def show_figures(self, headlines: Sequence[Named], *lists: Sequence[Named]) -> None:
        """Show other figures: headlines first, then lists of the others, each with its name."""
        for row in (self._great, self._lists):
            while (item := row.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    let_go(widget)
        for named in headlines:
            self._great.addWidget(self._headline(*named), 0, Qt.AlignmentFlag.AlignTop)
        for figures in lists:
            self._lists.addWidget(self._list(figures), 0, Qt.AlignmentFlag.AlignTop)
        for row in (self._great, self._lists):
            row.addStretch(1)
        self._turn()
        self.updateGeometry()

    def _headline(self, name: str, figure: Figure) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        caption = plain_label(name)
        theme.soft(caption)
        label = self._label(figure, is_headline=True)
        label.alignment = Qt.AlignmentFlag.AlignLeft
        column.addWidget(caption)
        column.addWidget(label)
        return box

    def _list(self, figures: Sequence[Named]) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.setVerticalSpacing(0)
        for row, (name, figure) in enumerate(figures):
            caption = plain_label(name)
            theme.soft(caption)
            grid.addWidget(caption, row, 0)
            grid.addWidget(self._label(figure), row, 1)
        return box

    def _label(self, figure: Figure, *, is_headline: bool = False) -> FigureLabel:
        label = FigureLabel(figure, is_headline=is_headline)
        label.opened.connect(self._opened)
        return label
