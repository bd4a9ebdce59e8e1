"""The figures at the head of the Savings page: headlines, the others in lists beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from telecom_audit.tasks.figures import Figure
from ui import theme
from ui.figures import FigureLabel
from ui.savings.equation import Named, let_go, plain_label


class Headline(QWidget):
    """Shows figures; the headlines at twice the body's size.

    Args:
        opened: is handed a figure that was clicked.
    """

    def __init__(self, opened: Callable[[Figure], None]) -> None:
        super().__init__()
        self._opened = opened
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * theme.MARGIN)

    def show_figures(self, headlines: Sequence[Named], *lists: Sequence[Named]) -> None:
        """Show other figures: headlines first, then lists of the others, each with its name."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                let_go(widget)
        for named in headlines:
            self._row.addWidget(self._headline(*named), 0, Qt.AlignmentFlag.AlignTop)
        for figures in lists:
            self._row.addWidget(self._list(figures), 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)

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
