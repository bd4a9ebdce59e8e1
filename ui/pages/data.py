"""Data: the tables of the project, and for each row the file it came from."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from telecom_audit.progress import Progress
from telecom_audit.store.browse import file_name
from telecom_audit.store.browse_tables import DATA_TABLES, IMPORTS, browsed_table
from telecom_audit.tasks.browse import table_counts
from telecom_audit.tasks.figures import Door, TableDoor
from ui import theme
from ui.page import Page
from ui.tables.contents import Contents
from ui.tables.reader import reader_of
from ui.tables.source import SourcePanel
from ui.tables.table import Table
from ui.tables.totals import ControlTotals

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.printing import PrintDocument

_SIDE = 22 * theme.GRID
_SOURCE = 32 * theme.GRID


class DataPage(Page):
    """What was imported, table by table."""

    key = "data"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.contents = Contents(desk, DATA_TABLES)
        self.contents.chosen.connect(self.show_table)
        self.source = SourcePanel(reader_of(desk))
        self.totals = ControlTotals()
        self.retire_button = QPushButton("Retire…")
        self.retire_button.setToolTip("Take the chosen import back; its rows stay, marked")
        self.retire_button.clicked.connect(self._ask_to_retire)
        self._tables: dict[str, Table] = {}
        self._stale: set[str] = set()
        self._stack = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.show_table(IMPORTS.key)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(theme.GRID, 0, 0, 0)
        side.setSpacing(theme.MARGIN)
        side.addWidget(self.totals)
        side.addWidget(self.retire_button, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self.source, 1)
        self.panel = panel = QWidget()
        panel.setLayout(side)
        panel.setMinimumWidth(_SOURCE)
        self._split.addWidget(self._stack)
        self._split.addWidget(panel)
        self._split.setStretchFactor(0, 1)
        self._split.setChildrenCollapsible(False)
        self.contents.setFixedWidth(max(_SIDE, self.contents.sizeHint().width()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GRID)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.contents)
        layout.addWidget(self._split, 1)

    # what is seen

    @property
    def table(self) -> Table:
        """The table that is seen."""
        seen = self._stack.currentWidget()
        return next(table for table in self._tables.values() if table is seen)

    def show_table(self, key: str) -> None:
        """Show a table; it is made when it is first seen."""
        table = self._tables.get(key)
        if table is None:
            table = Table(self.desk, browsed_table(key))
            table.row_chosen.connect(self._note_row)
            table.listed.connect(self._note_row)
            table.source_wanted.connect(lambda _key: self.source.show_now())
            self._tables[key] = table
            self._stack.addWidget(table)
            self._stale.add(key)
        self._stack.setCurrentWidget(table)
        self.contents.mark(key)
        self.desk.show_selection("")
        if key in self._stale and not self._is_stale:
            self._refresh_table()
        self._note_row()

    def arrive(self, door: Door) -> None:
        """Show the table of a count."""
        if isinstance(door, TableDoor):
            self.show_table(door.table)
            self.table.clear_filters()
            self.table.view.setFocus()

    def refresh(self) -> None:
        """Count all tables and list the one that is seen; others follow when they are seen."""
        self._stale = set(self._tables)
        self._refresh_table()
        session = self.desk.session
        if session is None:
            self.contents.show_counts({})
            return
        self.desk.read(
            self, partial(table_counts, session.path), self.contents.show_counts, slot="counts"
        )

    def _refresh_table(self) -> None:
        table = self.table
        self._stale.discard(table.table.key)
        table.refresh()

    def _note_row(self, *_: object) -> None:
        table = self.table
        is_imports = table.table.key == IMPORTS.key
        self.totals.setVisible(is_imports)
        self.retire_button.setVisible(is_imports and self.desk.can_edit)
        self.source.show_row(table.table, table.current_key)
        if is_imports:
            values = table.current_values
            self.totals.show_import(values)
            self.retire_button.setEnabled(values is not None and values["status"] == "current")

    # taking back

    def _ask_to_retire(self) -> None:
        from ui.dialogs.retire import RetireDialog

        values, key = self.table.current_values, self.table.current_key
        if values is None or key is None:
            return
        dialog = RetireDialog(key, file_name(str(values["file"])), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def finished(result: int) -> None:
            if result == QDialog.DialogCode.Accepted:
                self.retire(key, dialog.reason.text())

        dialog.finished.connect(finished)
        dialog.open()

    def retire(self, import_id: int, reason: str) -> None:
        """Take an import back; a job."""
        session = self.desk.session
        if session is not None and self.desk.can_edit:
            name = f"Retire import {import_id}"
            run = partial(_retire, session.path, (import_id, reason))
            self.desk.run(name, run, partial(self._tell_retired, import_id))

    def _tell_retired(self, import_id: int, warnings: list[str]) -> None:
        if warnings:
            from ui.dialogs.notice import Notice

            said = "\n\n".join(f"{text[:1].upper()}{text[1:]}." for text in warnings)
            Notice(self.desk.window, f"Import {import_id} is retired.", said).open()

    def parts(self) -> list[QWidget]:
        """The tables' names, the rows, and what is said about the chosen one."""
        return [self.contents, self.table.view, self.panel]

    # paper

    def document(self) -> PrintDocument | None:
        """The table as it is filtered and sorted."""
        from ui.printing import PrintDocument

        shown = self.table.on_paper()
        return None if shown is None else PrintDocument(self.table.table.caption, shown.pages)


def _retire(path: Path, asked: tuple[int, str], progress: Progress) -> list[str]:
    from telecom_audit.tasks.imports import retire  # loads the readers, and so in the job

    progress.check()
    warnings: list[str] = retire(path, *asked)["warnings"]
    return warnings
