"""Figures in one line that add up: "expected − billed = realized"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from telecom_audit.tasks.figures import Figure
from ui import theme
from ui.figures import FigureLabel
from ui.labels import plain_label

Named = tuple[str, Figure]  # a figure and what it is called beside others of its kind
Term = tuple[str, str, Figure]  # the sign before it, empty before the first; its name; the figure


class Equation(QWidget):
    """A row of figures with their captions above and the signs between them.

    Args:
        terms: signs, names and figures.
        opened: is handed a figure that was clicked.
    """

    def __init__(self, terms: Sequence[Term], opened: Callable[[Figure], None]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(0)
        for place, (sign, name, figure) in enumerate(terms):
            caption = plain_label(name)
            caption.setAlignment(Qt.AlignmentFlag.AlignRight)
            theme.soft(caption)
            label = FigureLabel(figure)
            label.opened.connect(opened)
            caption.setBuddy(label)
            if sign:
                grid.addWidget(plain_label(sign), 1, 2 * place)
            grid.addWidget(caption, 0, 2 * place + 1)
            grid.addWidget(label, 1, 2 * place + 1)
        grid.setColumnStretch(2 * len(terms), 1)
