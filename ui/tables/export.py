"""Saving the rows of a table to a file, by a job."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from telecom_audit.tasks.browse import Rows
from ui.numbers import count_text

if TYPE_CHECKING:
    from ui.desk import Desk

_KINDS = "Text between commas (*.csv);;Workbook (*.xlsx)"


def ask_and_export(desk: Desk, parent: QWidget, rows: Rows) -> None:
    """Ask for a file's name and write the rows to it."""
    name, kind = QFileDialog.getSaveFileName(
        parent, f"Export {rows.table.caption.lower()}", f"{rows.table.key}.csv", _KINDS
    )
    if name:
        ending = ".xlsx" if "xlsx" in kind else ".csv"
        path = Path(name)
        export(desk, rows, path if path.suffix else path.with_suffix(ending))


def export(desk: Desk, rows: Rows, target: Path) -> None:
    """Write rows to a CSV or XLSX file; how many is told in the status bar."""
    from telecom_audit.tasks.browse_export import export_shown

    session = desk.session
    if session is None:
        return
    desk.work.start(
        partial(export_shown, session.path, rows, target),
        lambda count: desk.show_selection(f"{count_text(count)} rows written to {target.name}"),
        failed=lambda error: desk.fail(error, "No file was written."),
        name=f"Export {target.name}",
    )
