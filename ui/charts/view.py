"""A chart of the open project: the picture, its readout, its table, and ways to hand it on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.errors import TelecomAuditError
from telecom_audit.progress import Progress
from telecom_audit.tasks.chart_order import ChartOrder
from telecom_audit.tasks.chart_pictures import ChartPicture, Region, Screen, chart_picture
from ui import theme
from ui.charts.canvas import Canvas
from ui.charts.empty import EmptyState, Offer
from ui.charts.handing_on import copy_picture, print_chart, save_picture
from ui.charts.text_table import Cells, TextTable
from ui.one_line import OneLine

if TYPE_CHECKING:
    from ui.desk import Desk

_SETTLED = 120  # milliseconds without a change of size until a picture is drawn
_HINT = "Point at a bar or walk with the arrow keys; a click or Enter opens it."
_DRAWING = "Drawing the chart…"
_NO_PICTURE = "Chart"  # for a screen reader
_LEAST = 80  # pixels; a smaller place is not seen


class ChartView(QWidget):
    """Draws a chart by jobs, as large as its place is; the old picture stays meanwhile.

    Args:
        desk: what the page works with.
        key: which chart ("savings", "spend").

    Signals:
        activated: the `Region` that was opened.
        drawn: the `ChartPicture` that is now shown.
    """

    activated = Signal(object)
    drawn = Signal(object)

    def __init__(self, desk: Desk, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key = key
        self._order: ChartOrder | None = None
        self._asked: tuple[ChartOrder, Screen] | None = None
        self._offer: Offer | None = None
        self.picture: ChartPicture | None = None
        self.canvas = Canvas()
        self.canvas.setAccessibleName(_NO_PICTURE)
        self.table = TextTable("The chart as a table")
        self.refusal = EmptyState()
        self._stack = QStackedWidget()
        for widget in (self.canvas, self.table, self.refusal):
            self._stack.addWidget(widget)
        self._readout = OneLine(_DRAWING)
        self._readout.setFont(theme.tabular(theme.body_font()))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLED)
        self._later.timeout.connect(self._draw)
        self.canvas.stretched.connect(self._draw_later)
        self.canvas.pointed.connect(self._tell)
        self.canvas.activated.connect(self.activated)
        self.table.row_chosen.connect(self._tell_row)
        self._actions = self._make_actions()
        self._lay_out()

    def _make_actions(self) -> dict[str, QAction]:
        made = {
            "table": self._action("Show as table", "The figures of the chart in rows", "F9"),
            "save": self._action("Save picture as…", "Save the chart as PDF, SVG or PNG"),
            "copy": self._action("Copy picture", "Put the picture on the clipboard"),
            "print": self._action("Print…", "Preview and print the chart on one page"),
        }
        made["table"].setCheckable(True)
        made["table"].toggled.connect(self._toggle)
        made["save"].triggered.connect(lambda: save_picture(self._desk, self.order))
        made["copy"].triggered.connect(lambda: copy_picture(self.canvas.image))
        made["print"].triggered.connect(self._print)
        return made

    def _action(self, text: str, remark: str, keys: str = "") -> QAction:
        action = QAction(text, self)
        action.setIconText(text)  # or a button would drop the dots
        action.setToolTip(f"{remark} ({keys})" if keys else remark)
        action.setShortcut(QKeySequence(keys))
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.GRID // 2)
        self._row.addWidget(self._readout, 1)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID // 2)
        row.addStretch(1)
        for action in self._actions.values():
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setAccessibleName(action.text())
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self._stack, 1)
        self._row.addWidget(self._buttons)
        layout.addLayout(self._row)
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.canvas.addActions(list(self._actions.values()))
        self._enable()

    @property
    def order(self) -> ChartOrder:
        """Which chart of which scenario is shown."""
        return self._order or ChartOrder(self._key)

    @property
    def readout(self) -> str:
        """The sentence under the chart."""
        return self._readout.said

    @property
    def is_table(self) -> bool:
        """Whether the figures are shown as rows."""
        return self._stack.currentWidget() is self.table

    def show_chart(self, scenario: str | None, offer: Offer | None = None) -> None:
        """Draw the chart anew, since the project or the scenario changed.

        Args:
            scenario: which plan the figures are compared with; None for none.
            offer: what can be done when there is nothing to draw.
        """
        self._order = ChartOrder(self._key, scenario)
        self._offer = offer
        self._asked = None
        self._draw()

    def clear(self) -> None:
        """Show nothing, since no project is open or another one will be shown."""
        self._order = self._asked = None
        self._take_picture(None, 1.0)
        self._readout.say("")
        self._enable()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the readout a line of its own where the place is narrow."""
        super().resizeEvent(event)
        words = self._readout.fontMetrics().horizontalAdvance(_HINT)
        is_narrow = self.width() < words + self._buttons.sizeHint().width() + 2 * theme.GRID
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what nobody saw before."""
        super().showEvent(event)
        self._draw_later()

    def _draw_later(self) -> None:
        self._later.start()

    def _screen(self) -> Screen:
        ground = self.palette().color(QPalette.ColorRole.Base).name()
        # the stack is as large as the canvas, also while another widget is shown in it
        size, ratio = self._stack.size(), self.devicePixelRatioF()
        return Screen(size.width(), size.height(), ratio, theme.is_dark(self), ground)

    def _draw(self) -> None:
        session, order, screen = self._desk.session, self._order, self._screen()
        if session is None or order is None or not self.isVisible():
            return
        if min(screen.width, screen.height) < _LEAST or (order, screen) == self._asked:
            return
        self._asked = order, screen
        job = partial(_picture, session.path, order, screen)
        done = partial(self._take, self._asked, screen.ratio)
        self._desk.read(self, job, done, slot="picture", failed=self._refuse)

    def _take(self, asked: object, ratio: float, picture: ChartPicture) -> None:
        if asked is not self._asked:  # cleared meanwhile
            return
        self._take_picture(picture, ratio)
        self._stack.setCurrentWidget(
            self.table if self._actions["table"].isChecked() else self.canvas
        )
        self._enable()
        self.drawn.emit(picture)

    def _take_picture(self, picture: ChartPicture | None, ratio: float) -> None:
        self.picture = picture
        self.canvas.show_picture(picture, ratio)
        self.canvas.setAccessibleName(_NO_PICTURE if picture is None else picture.title)
        if picture is None:
            self.table.show_cells(Cells())
            return
        cells = Cells(picture.heads, picture.rows, picture.right, is_money=True)
        self.table.show_cells(cells)
        self._tell(self.canvas.region)

    def _refuse(self, error: Exception) -> None:
        if self._asked is None:
            return
        if not isinstance(error, TelecomAuditError):
            self._desk.fail(error)
            return
        self._take_picture(None, 1.0)
        self.refusal.show_error(error, self._offer)
        self._stack.setCurrentWidget(self.refusal)
        self._readout.say("")
        self._enable()

    def _enable(self) -> None:
        for action in self._actions.values():
            action.setEnabled(self.picture is not None)

    def _tell(self, region: Region | None) -> None:
        self._readout.say(_HINT if region is None else region.text)
        self.canvas.setAccessibleDescription(self.readout)

    def _tell_row(self, row: int) -> None:
        cells = self.table.cells
        pairs = zip(cells.heads, cells.rows[row], strict=True)
        self._readout.say(";  ".join(f"{head} {text}" for head, text in pairs if text))

    def _toggle(self, is_table: bool) -> None:
        self._stack.setCurrentWidget(self.table if is_table else self.canvas)
        text = "Show as chart" if is_table else "Show as table"
        self._actions["table"].setText(text)
        self._actions["table"].setIconText(text)
        (self.table if is_table else self.canvas).setFocus()
        self._tell(self.canvas.region if not is_table else None)

    def _print(self) -> None:
        if self.picture is not None:
            print_chart(self._desk, self.order, self.picture.title)


def _picture(path: Path, order: ChartOrder, screen: Screen, progress: Progress) -> ChartPicture:
    return chart_picture(path, order, screen, progress)
