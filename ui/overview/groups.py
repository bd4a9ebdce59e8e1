"""A group of headline figures: its head, one large number, and smaller ones under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui import theme
from ui.figures import FigureLabel
from ui.labels import figure_label, plain_label
from ui.overview.steps import step_button

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Figure
    from telecom_audit.tasks.overview import Group
    from ui.desk import Desk


class HeadlineGroup(QWidget):
    """Shows a `Group`; figures open their doors, and what is missing has a button."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shape: tuple[object, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._inside = QWidget()
        self._layout.addWidget(self._inside)
        self._layout.addStretch(1)

    def show_group(self, group: Group) -> None:
        """Show a group; labels stay where only numbers changed, so that the focus stays too."""
        before, self._shape = self._shape, (self._desk.can_edit, *_shape(group))
        if before == self._shape:
            figures = {figure.key: figure for figure in _figures(group)}
            for label in self.findChildren(FigureLabel):
                label.show_figure(figures[label.figure.key])
            return
        self._put(self._made(group))

    def wait(self, title: str, words: str) -> None:
        """Show a head, and why its figures are not there yet."""
        self._shape = ()
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        for label in (plain_label(title.upper()), plain_label(words)):
            theme.soft(label)
            layout.addWidget(label)
        self._put(inside)

    def _put(self, made: QWidget) -> None:
        self._layout.replaceWidget(self._inside, made)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = made

    def _made(self, group: Group) -> QWidget:
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        title = plain_label(group.title.upper())
        theme.soft(title)
        layout.addWidget(title)
        if group.headline is not None:
            label = figure_label(self._desk, group.headline, is_headline=True)
            label.alignment = Qt.AlignmentFlag.AlignLeft
            layout.addWidget(label)
            unit = plain_label(group.unit)
            unit.setWordWrap(True)
            layout.addWidget(unit)
        if group.lines:
            layout.addLayout(self._lines(group))
        if group.remark:
            remark = plain_label(group.remark)
            remark.setWordWrap(True)
            theme.soft(remark)
            layout.addWidget(remark)
        button = step_button(self._desk, group.step)
        if button is not None:
            layout.addSpacing(theme.GRID // 2)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return inside

    def _lines(self, group: Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, theme.GRID // 2, 0, 0)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, (words, figure) in enumerate(group.lines):
            caption = plain_label(words)
            theme.soft(caption)
            grid.addWidget(caption, row, 0)
            grid.addWidget(figure_label(self._desk, figure), row, 1)
        return grid


def _figures(group: Group) -> list[Figure]:
    figures = [figure for _, figure in group.lines]
    return figures if group.headline is None else [group.headline, *figures]


def _shape(group: Group) -> tuple[object, ...]:
    """All of a group but its numbers."""
    keys = tuple(figure.key for figure in _figures(group))
    words = tuple(words for words, _ in group.lines)
    return keys, words, group.title, group.unit, group.remark, group.step
