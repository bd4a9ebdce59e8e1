"""One finding: its sentence, figures, proof, SQL, rule and history, and what a person decides."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.progress import Progress
from telecom_audit.store.browse_columns import Kind
from ui import theme
from ui.findings.decision import Decision
from ui.findings.fold import Fold
from ui.findings.proof import Proof
from ui.labels import figure_label, let_go, plain_label
from ui.tables.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from telecom_audit.tasks.figures import Figure
    from telecom_audit.tasks.finding_shown import FindingShown
    from ui.desk import Desk

_FIGURE_SPACE = "\N{FIGURE SPACE}"
_ROOM = 26 * theme.GRID  # of a source's cells that come into sight with its place
_LEAST_WIDTH = 44 * theme.GRID
_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class FindingPanel(QWidget):
    """Shows the finding that is selected; in a review without anything to decide."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: int | None = None
        self._opened: QWidget | None = None
        self.shown: FindingShown | None = None
        self.decision: Decision | None = None
        self._head, self._message, self._state = plain_label(), plain_label(), plain_label()
        self._head.setFont(theme.head_font())
        theme.soft(self._state)
        self._amounts = QGridLayout()
        self.proof = Proof(desk)
        self._sql = plain_label()
        self._sql.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._page, self._history = plain_label(), plain_label()
        for label in (self._head, self._message, self._state, self._page, self._history):
            label.setWordWrap(True)
        for label in (self._message, self._sql, self._page, self._history):
            label.setTextInteractionFlags(_SELECTABLE)
        self.sql = Fold("SQL", self._sql_inside())
        self.rule = Fold("The rule", self._page)
        self.history = Fold("History", self._history)
        self._scroll = QScrollArea()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(2 * theme.GRID, 0, 0, 0)
        self._outer.setSpacing(theme.GRID)
        self._outer.addWidget(self._scroll, 1)
        self._lay_out()
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda *_: self._keep_in_sight())
        bar.actionTriggered.connect(lambda _: self._forget_opened())  # by hand
        for part in (self.proof.lines, self.proof.credits, self.proof.evidence):
            part.opened.connect(self._bring_into_sight)
        self.show_finding(None)

    def _lay_out(self) -> None:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, theme.GRID, 0)
        layout.setSpacing(2 * theme.GRID)
        for label in (self._head, self._message, self._state):
            layout.addWidget(label)
        layout.addLayout(self._amounts)
        for part in (self.proof, self.rule, self.history, self.sql):
            layout.addWidget(part)
        layout.addStretch(1)
        self._amounts.setHorizontalSpacing(2 * theme.GRID)
        self._amounts.setVerticalSpacing(0)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumWidth(_LEAST_WIDTH)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)

    def _sql_inside(self) -> QWidget:
        copy = QPushButton("Copy SQL")
        copy.setToolTip("Put the SELECT on the clipboard; it runs in the sqlite3 shell")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._sql.text()))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._sql)
        scroll.setMinimumHeight(30 * theme.GRID)
        scroll.setAccessibleName("SQL")
        self._sql.setMargin(theme.GRID)
        self._sql.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        return inside

    def show_finding(self, finding_id: int | None) -> None:
        """Read a finding and show it; None shows nothing."""
        self._wanted = finding_id
        session = self._desk.session
        if finding_id is None or session is None:
            self.shown = None
            self._scroll.hide()
            if self.decision is not None:
                self.decision.hide()
            self._drop_decision_in_review()
            return
        run = partial(_read, session.path, finding_id)
        self._desk.read(self, run, partial(self._show, finding_id))

    def _show(self, finding_id: int, found: FindingShown) -> None:
        if finding_id != self._wanted:
            return
        is_another = self.shown is None or self.shown.document["id"] != finding_id
        self.shown = found
        document = found.document
        confidence = cell_text(Kind.STATUS, document["confidence"])
        self._head.setText(f"{confidence}  ·  {document['rule']}")
        self._message.setText(document["message"])
        self._state.setText(_state(document))
        self._show_amounts(found.amounts)
        self.proof.show_proof(found)
        self._sql.setText(found.sql)
        self._page.setText("\n\n".join(found.page))
        self._history.setText(_history(document))
        self._show_decision(document)
        self._scroll.show()
        if is_another:
            self._forget_opened()
            self._scroll.verticalScrollBar().setValue(0)

    def _show_amounts(self, figures: tuple[Figure, ...]) -> None:
        while (item := self._amounts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                let_go(widget)
        for row, figure in enumerate(_aligned(figures)):
            caption = plain_label(figure.caption)
            theme.soft(caption)
            self._amounts.addWidget(caption, row, 0)
            self._amounts.addWidget(figure_label(self._desk, figure), row, 1)
        self._amounts.setColumnStretch(2, 1)

    def _show_decision(self, document: Mapping[str, Any]) -> None:
        self._drop_decision_in_review()
        if not self._desk.can_edit:
            return
        if self.decision is None:
            self.decision = Decision(self._desk)
            self._outer.addWidget(self.decision)
        self.decision.show_finding(document["id"], document["status"])
        self.decision.show()

    def _drop_decision_in_review(self) -> None:
        """Take away what was made for the project before; a review has nothing to decide."""
        if self.decision is not None and not self._desk.can_edit:
            self._outer.removeWidget(self.decision)
            let_go(self.decision)
            self.decision = None

    def _bring_into_sight(self, part: QWidget) -> None:
        self._opened = part
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Scroll to the source that was opened, also when room is made for it a moment later."""
        part, inside = self._opened, self._scroll.widget()
        if part is not None and inside is not None:
            below = part.mapTo(inside, part.rect().bottomLeft()).y() + _ROOM
            self._scroll.ensureVisible(0, below, 0, 0)

    def _forget_opened(self) -> None:
        self._opened = None


def _aligned(figures: Sequence[Figure]) -> list[Figure]:
    """Filled up behind, so that all decimal points stand below one another."""
    decimals = [len(figure.text.partition(".")[2]) for figure in figures]
    return [
        replace(figure, text=figure.text + _FIGURE_SPACE * (max(decimals) - own))
        for figure, own in zip(figures, decimals, strict=True)
    ]


def _state(document: Mapping[str, Any]) -> str:
    parts = [f"Finding {document['id']}, {document['status']}"]
    for words, key in (("vendor", "vendor"), ("account", "account"), ("site", "site")):
        if document[key]:
            parts.append(f"{words} {document[key]}")
    if document["also_flagged_by"]:
        parts.append(f"also flagged by {', '.join(document['also_flagged_by'])}")
    return "  ·  ".join(parts)


def _history(document: Mapping[str, Any]) -> str:
    if not document["history"]:
        return "Detected by an audit; nobody has decided about it yet."
    return "\n".join(
        f"{each['at'].replace('T', ' ').removesuffix('Z')} UTC, {each['user']}: {each['status']}"
        + (f" ({each['note']})" if each["note"] else "")
        for each in document["history"]
    )


def _read(path: Path, finding_id: int, progress: Progress) -> FindingShown:
    from telecom_audit.tasks.finding_shown import finding_shown

    return finding_shown(path, finding_id, progress)
