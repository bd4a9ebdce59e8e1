"""Audit: what the newest audit found, and one finding with all that proves it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.progress import Progress
from telecom_audit.store.browse import Query, Within
from telecom_audit.store.browse_tables import FINDINGS
from telecom_audit.tasks.figures import Door, Figure, FindingsDoor
from ui import theme
from ui.charts.empty import EmptyState
from ui.figures import FigureLabel
from ui.findings.panel import FindingPanel
from ui.findings.totals import TotalsBar
from ui.labels import figure_label, let_go, plain_label
from ui.overview.steps import step_offer
from ui.page import Page
from ui.tables.table import Table

if TYPE_CHECKING:
    from telecom_audit.tasks.findings_figures import Behind, FindingsFigures
    from ui.desk import Desk
    from ui.printing import PrintDocument
    from ui.session import Session

_ORDER = (
    "confidence",
    "rule",
    "service",
    "monthly_micros",
    "recoverable_micros",
    "first_month",
    "status",
    "vendor",
    "account",
    "site",
    "invoice",
    "charge_code",
    "charges",
    "last_month",
    "finding_id",
    "message",
)
_PRINTED = (
    "finding_id",
    "confidence",
    "rule",
    "vendor",
    "account",
    "service",
    "site",
    "monthly_micros",
    "recoverable_micros",
    "first_month",
    "status",
)
_TABLE = replace(FINDINGS, columns=tuple(FINDINGS.column(key) for key in _ORDER))
_SIZES = [560, 380]  # of the table and the panel, which stretch in this proportion
_SORTED_BY = {"annual": "monthly_micros", "count": ""}


class AuditPage(Page):
    """A bar of totals, the findings, and the one that is selected."""

    key = "audit"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._door: FindingsDoor | None = None
        self._session: Session | None = None
        self._wants_first = False
        self.totals = TotalsBar(desk)
        self.table = Table(desk, _TABLE)
        self.table.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.panel = FindingPanel(desk)
        self._empty = EmptyState()
        self._notice = QWidget()
        self._behind_words = plain_label()
        self._behind: FigureLabel | None = None
        self.show_all = QPushButton("Show all findings")
        self._stack = QStackedWidget()
        self._lay_out()
        self.table.listed.connect(self._choose_first)
        self.table.row_chosen.connect(self._choose)
        self.show_all.clicked.connect(self._leave_door)

    def _lay_out(self) -> None:
        self._notice_row = QHBoxLayout(self._notice)
        self._notice_row.setContentsMargins(0, 0, 0, 0)
        self._notice_row.setSpacing(theme.GRID)
        self._notice_row.addWidget(self._behind_words)
        self._notice_row.addStretch(1)
        self._notice_row.addWidget(self.show_all)
        self.show_all.setToolTip("Take this filter off")
        self._notice.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.GRID, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._notice)
        column.addWidget(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes(_SIZES)
        splitter.setChildrenCollapsible(False)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2 * theme.GRID)
        inside.addWidget(self.totals)
        inside.addWidget(splitter, 1)
        self._content = content
        self._blank = QWidget()
        for widget in (self._blank, self._empty, content):
            self._stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.GRID, theme.MARGIN, theme.MARGIN)
        outer.addWidget(self._stack)

    # reading

    def refresh(self) -> None:
        """Read the totals, and the rows under them."""
        session = self.desk.session
        if session is not self._session:
            self._session = session
            self._forget_door()
            self._order_by(Query())
            self.table.model.query = Query()
            self._stack.setCurrentWidget(self._blank)
            self.panel.show_finding(None)
        if session is None:
            self.table.refresh()
            return
        self.desk.read(self, partial(_read, session.path), partial(self._show, session))

    def _show(self, session: Session, found: FindingsFigures) -> None:
        if session is not self.desk.session:
            return
        if found.as_of is None or not found.count:
            self._show_empty(found)
            return
        self.totals.show_totals(found, session.settings.currency)
        self._stack.setCurrentWidget(self._content)
        if self._door is None:
            self.table.refresh()
        else:
            self._read_door(self._door)

    def _show_empty(self, found: FindingsFigures) -> None:
        self.panel.show_finding(None)
        if not found.has_bills:
            head, step = "No bills yet", "import"
            words = "The audit checks bills: import them first."
        elif found.as_of is None:
            head, step = "No audit has run yet", "audit"
            words = "It checks every bill with all rules and shows what is wrong, line by line."
        else:
            head, step = "The audit found nothing", "audit"
            words = " ".join(
                [f"All rules passed on the bills up to {found.as_of}.", *found.sentences]
            )
        self._empty.say(head, words, step_offer(self.desk, step))
        self._stack.setCurrentWidget(self._empty)

    # a number's findings alone

    def arrive(self, door: Door) -> None:
        """Show only the findings that add up to a number of this page or another."""
        if isinstance(door, FindingsDoor):
            self._door = door
            if not self._is_stale:
                self._read_door(door)

    def _read_door(self, door: FindingsDoor) -> None:
        session = self.desk.session
        if session is not None:
            run = partial(_read_behind, session.path, door)
            self.desk.read(self, run, partial(self._show_behind, door), slot="door")

    def _show_behind(self, door: FindingsDoor, behind: Behind) -> None:
        if door is not self._door:
            return
        self._behind_words.setText(behind.words)
        self._show_figure(behind.figure)
        self._notice.show()
        ids = array("q", behind.ids)
        within = Within(ids, array("q", bytes(ids.itemsize * len(ids))))
        order = _SORTED_BY.get(door.column, f"{door.column}_micros")
        self._wants_first = True
        self._list(Query(order=order if order in _ORDER else "", is_descending=True, within=within))

    def _show_figure(self, figure: Figure) -> None:
        if self._behind is None:
            self._behind = figure_label(self.desk, figure)
            self._notice_row.insertWidget(1, self._behind)
        self._behind.show_figure(figure)

    def _leave_door(self) -> None:
        self._forget_door()
        self._list(Query())

    def _forget_door(self) -> None:
        self._door = None
        self._notice.hide()
        if self._behind is not None:
            self._notice_row.removeWidget(self._behind)
            let_go(self._behind)
            self._behind = None

    def _list(self, query: Query) -> None:
        self._order_by(query)
        self.table.model.show(query)

    def _order_by(self, query: Query) -> None:
        """Take all filters off and mark the column by which rows are ordered."""
        self.table.head.set_texts([""] * len(_ORDER))
        place = _ORDER.index(query.order) if query.order else -1
        self.table.head.setSortIndicator(place, Qt.SortOrder.DescendingOrder)

    # one finding

    def _choose_first(self) -> None:
        keys = self.table.model.keys
        if not keys:
            self.panel.show_finding(None)
        elif self._wants_first or self.table.current_key is None:
            self.table.choose(keys[0])
        self._wants_first = False

    def _choose(self, key: int | None) -> None:
        self.panel.show_finding(key)

    def parts(self) -> list[QWidget]:
        """The totals, the findings, and the one that is chosen; or what to do instead."""
        if self._stack.currentWidget() is not self._content:
            return [self]
        return [self.totals, self.table.view, self.panel]

    def document(self) -> PrintDocument | None:
        """The findings as they are filtered and sorted."""
        from ui.printing import PrintDocument

        shown = self.table.on_paper()
        if shown is None or self._stack.currentWidget() is not self._content:
            return None
        words = [shown.filter]
        if self._door is not None and self._behind is not None:
            words = [f"{self._behind_words.text()} {self._behind.figure.text}"]
            words += [shown.filter] if self.table.filters() else []
        places = tuple(_ORDER.index(key) for key in _PRINTED)
        return PrintDocument(
            "Findings", replace(shown, places=places, filter="; ".join(words)).pages
        )


def _read(path: Path, progress: Progress) -> FindingsFigures:
    from telecom_audit.tasks.findings_figures import findings_figures

    return findings_figures(path, progress)


def _read_behind(path: Path, door: FindingsDoor, progress: Progress) -> Behind:
    from telecom_audit.tasks.findings_figures import behind_door

    return behind_door(path, door, progress)
