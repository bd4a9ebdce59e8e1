"""The lines behind a number, with their own total beside the number that was clicked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.progress import Progress
from telecom_audit.store.browse import COUNTS
from telecom_audit.store.browse_columns import BrowsedTable, Column, Kind
from telecom_audit.store.browse_tables import CHARGES, PAYMENTS
from telecom_audit.tasks.figures import Figure
from telecom_audit.tasks.lines_order import LinesOrder
from ui import theme
from ui.focus import order_tabs
from ui.labels import plain_label
from ui.numbers import amount_text, count_text
from ui.tables.export import ask_and_export
from ui.tables.reader import reader_of
from ui.tables.source import SourcePanel
from ui.tables.table import Table

if TYPE_CHECKING:
    from telecom_audit.tasks.lines import Behind, LineKeys
    from ui.desk import Desk
    from ui.work import Job

_SIZE = (1100, 700)
_NOT_HERE = frozenset({"service_type", "jurisdiction", "status", "counts_month"})
_COUNTS = Column(COUNTS, "Counts here", Kind.MONEY, adds=True)


def _table(table: BrowsedTable, *, is_partial: bool) -> BrowsedTable:
    columns = tuple(column for column in table.columns if column.key not in _NOT_HERE)
    return replace(
        table,
        key=f"lines-{table.key}{'-partial' if is_partial else ''}",
        columns=(*columns, _COUNTS) if is_partial else columns,
        dense="",
        hint="No line stands behind this number.",
    )


class LinesDialog(QDialog):
    """A window beside the page; it reads anew when the project changes."""

    def __init__(self, desk: Desk, order: LinesOrder, figure: Figure) -> None:
        """Make it; it begins to read at once.

        Args:
            desk: the window's middle.
            order: which lines.
            figure: the number that was clicked.
        """
        super().__init__(desk.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Lines behind: {figure.caption}")
        self._desk = desk
        self._order = order
        self.figure = figure
        self.behind: Behind | None = None
        self.tables: list[Table] = []
        self._job: Job | None = None
        self._words = _wrapped(theme.head_font())
        self._sum = _wrapped(theme.tabular(theme.body_font()))
        self._sum.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._sum.setAccessibleName("Total of the lines beside the number")
        self._source = SourcePanel(reader_of(desk))
        self._source.setMinimumWidth(32 * theme.GRID)
        self._place = QSplitter(Qt.Orientation.Horizontal)
        self._place.setChildrenCollapsible(False)
        self._export = QPushButton("Export…")
        self._export.setToolTip("Write these lines to a CSV or XLSX file")
        self._export.setEnabled(False)
        self._export.setAutoDefault(False)
        self._lay_out()
        self._words.setText(figure.caption)
        self._export.clicked.connect(self._ask_and_export)
        desk.session_changed.connect(self.close)
        desk.project_changed.connect(self._read)
        if not self.restoreGeometry(desk.preferences.state("lines-dialog")):
            self.resize(*_SIZE)
        self._read()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setToolTip("Close this window (Esc)")
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        bottom = QHBoxLayout()
        bottom.addWidget(self._export)
        bottom.addStretch(1)
        bottom.addWidget(buttons)
        self._lines: QWidget = QWidget()
        self._place.addWidget(self._lines)
        self._place.addWidget(self._source)
        self._place.setStretchFactor(0, 3)
        self._place.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._words)
        layout.addWidget(self._sum)
        layout.addWidget(self._place, 1)
        layout.addLayout(bottom)

    @property
    def sum_words(self) -> str:
        """The total of the lines beside the number, in words."""
        return self._sum.text()

    @property
    def source(self) -> SourcePanel:
        """Where the chosen line came from."""
        return self._source

    def _read(self) -> None:
        session = self._desk.session
        if session is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._sum.setText("Reading the lines…")
        self._job = self._desk.read(
            self, partial(_behind, session.path, self._order), self._show, slot="lines"
        )

    def _show(self, found: Behind) -> None:
        self.behind = found
        self._sum.setText(_compared(found, self.figure))
        self._forget_tables()
        pairs = [(CHARGES, found.charges), (PAYMENTS, found.payments)]
        given = [(table, keys) for table, keys in pairs if len(keys.shown)] or pairs[:1]
        self.tables = [self._made(table, keys) for table, keys in given]
        self._put(self.tables[0] if len(self.tables) == 1 else self._tabs())
        self._export.setEnabled(bool(len(found.charges.shown) + len(found.payments.shown)))
        for table in self.tables:
            table.refresh()
        self.tables[0].view.setFocus()

    def _made(self, table: BrowsedTable, keys: LineKeys) -> Table:
        shown = _table(table, is_partial=keys.is_partial)
        made = Table(self._desk, shown, within=(keys.within, keys.shown))
        if keys.is_partial:
            amount = made.head.visualIndex([c.key for c in shown.columns].index("amount_micros"))
            made.head.moveSection(made.head.visualIndex(len(shown.columns) - 1), amount + 1)
        made.row_chosen.connect(partial(self._source.show_row, shown))
        made.source_wanted.connect(lambda _key: self._source.show_now())
        return made

    def _tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setAccessibleName("Bill lines and payments")
        for table in self.tables:
            rows = count_text(len(table.model.query.within.ids if table.model.query.within else ()))
            table.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
            tabs.addTab(table, f"{table.table.caption} ({rows})")
        return tabs

    def _put(self, lines: QWidget) -> None:
        old = self._place.replaceWidget(0, lines)
        lines.show()
        if old is not None:
            old.deleteLater()
        self._lines = lines

    def _forget_tables(self) -> None:
        for table in self.tables:
            table.let_go()
        self._source.show_row(None, None)

    @property
    def _seen(self) -> Table:
        if isinstance(self._lines, QTabWidget):
            return self.tables[self._lines.currentIndex()]
        return self.tables[0]

    def _ask_and_export(self) -> None:
        model = self._seen.model
        ask_and_export(self._desk, self, model.rows(model.keys))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own name)
        """Let Tab go from the filters over the rows to their source and the buttons."""
        order_tabs(self)
        return super().focusNextPrevChild(next)

    def done(self, result: int) -> None:
        """Esc, Close and the frame's button all end here: stop what still reads."""
        self._let_go()
        super().done(result)

    def _let_go(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._forget_tables()
        self._desk.show_selection("")
        self._desk.preferences.keep_state("lines-dialog", self.saveGeometry())


def _behind(path: Path, order: LinesOrder, progress: Progress) -> Behind:
    from telecom_audit.tasks.lines import behind  # loads numpy, and so in the job

    return behind(path, order, progress)


def _compared(found: Behind, figure: Figure) -> str:
    """The equation over the lines: their total, the number clicked, and whether they are equal."""
    parts = [
        (caption, keys)
        for caption, keys in (("Bill lines", found.charges), ("Payments", found.payments))
        if len(keys.shown)
    ]
    if not parts:
        total = "No line stands behind this number: 0.00"
    else:
        total = " + ".join(
            f"{caption} {amount_text(keys.total)} ({count_text(len(keys.shown))})"
            for caption, keys in parts
        )
        if len(parts) > 1:
            total += f" = {amount_text(found.total)}"
    if figure.micros is None:
        return f"{total}. The number is {figure.text}."
    number = amount_text(figure.micros)
    difference = found.total - figure.micros
    if not difference:
        return f"{total} = {number}, the number clicked: equal"
    way = "more" if difference > 0 else "less"
    return (
        f"{total}; the number clicked is {number}: the lines come to"
        f" {amount_text(abs(difference))} {way}. If the project has changed since the number was"
        " worked out, its page shows the present one when you go there again."
    )


def _wrapped(font: QFont) -> QLabel:
    label = plain_label()
    label.setFont(font)
    label.setWordWrap(True)
    return label
