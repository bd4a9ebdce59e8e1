"""Start: what a first-time user does, and the projects of those who come back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.icons import icon
from ui.one_line import OneLine
from ui.page import Page
from ui.projects import choose_project, choose_review, new_project, open_sample

if TYPE_CHECKING:
    from ui.desk import Desk

_STEPS = (
    (
        "sample",
        "Open the sample city",
        "A made-up city with 24 months of bills and planted errors.",
        open_sample,
    ),
    (
        "new",
        "New project",
        "Then drop bills, inventories and contracts on the window.",
        new_project,
    ),
    ("open", "Open a project", "A *.telaudit file that you or a colleague made.", choose_project),
    (
        "review",
        "Open for review",
        "Look at a project that you were sent. The file stays as it is.",
        choose_review,
    ),
)
_WIDTH_IN_LETTERS = 46


class StartPage(Page):
    """Four ways in, and the recent projects."""

    key = "start"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        hello = QLabel(
            "Check phone and circuit bills, model a migration, and measure what it saved. "
            "Everything stays on this computer, in one project file."
        )
        hello.setTextFormat(Qt.TextFormat.PlainText)
        hello.setWordWrap(True)
        theme.soft(hello)
        self._icons: dict[str, QCommandLinkButton] = {}
        self._recent = QVBoxLayout()
        self._recent.setSpacing(theme.GRID // 2)
        columns = QHBoxLayout()
        columns.setSpacing(2 * theme.MARGIN)
        columns.addLayout(self._ways_in())
        columns.addLayout(self._recent, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(hello)
        layout.addLayout(columns)
        layout.addStretch(1)
        self._tint()

    def _ways_in(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.GRID)
        width = self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS
        for row, (name, text, remark, run) in enumerate(_STEPS):
            button = QCommandLinkButton(text, remark)
            self._icons[name] = button
            button.setIconSize(QSize(24, 24))
            button.setMinimumWidth(width)
            button.setAccessibleName(text)
            button.setToolTip(remark)
            button.clicked.connect(partial(run, self.desk))
            grid.addWidget(button, row, 0)
        return grid

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of a new palette."""
        super().changeEvent(event)
        if theme.is_palette_change(event):
            self._tint()

    def _tint(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.Link)
        for name, button in getattr(self, "_icons", {}).items():
            button.setIcon(icon(name, colour))

    def refresh(self) -> None:
        """List the recent projects; one that is gone says so and can be taken off."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        head = QLabel("Recent projects")
        head.setFont(theme.head_font())
        self._recent.addWidget(head)
        paths = self.desk.preferences.recent
        for path in paths:
            self._recent.addWidget(self._recent_row(path))
        if not paths:
            none = QLabel("None yet. The sample city is the quickest way to a first finding.")
            none.setWordWrap(True)
            theme.soft(none)
            self._recent.addWidget(none)
        self._recent.addStretch(1)

    def _recent_row(self, path: Path) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        is_there = path.exists()
        button = QPushButton(path.stem.replace("&", "&&"))
        button.setFlat(True)
        button.setEnabled(is_there)
        button.setToolTip(str(path))
        button.setAccessibleName(f"Open {path.stem}")
        button.clicked.connect(partial(self._open, path))
        words = str(path.parent) if is_there else f"moved or deleted: {path.parent}"
        layout.addWidget(button)
        layout.addWidget(OneLine(words, shortened=Qt.TextElideMode.ElideMiddle), 1)
        if not is_there:
            forget = QPushButton("Take off the list")
            forget.setToolTip("The file itself is not touched")
            forget.clicked.connect(partial(self._forget, path))
            layout.addWidget(forget)
        return row

    def _open(self, path: Path) -> None:
        self.desk.open_project(path)

    def _forget(self, path: Path) -> None:
        self.desk.preferences.forget(path)
        self.refresh()
