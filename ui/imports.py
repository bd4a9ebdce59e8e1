"""Importing files from the window: asked for in a dialog, or dropped; one job for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from telecom_audit.errors import RefusedError
from telecom_audit.progress import Progress, Step

if TYPE_CHECKING:
    from telecom_audit.tasks.imports import ImportAnswer
    from ui.desk import Desk

_ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".gz")
_FILTER = f"Tables ({' '.join('*' + ending for ending in _ENDINGS)});;All files (*)"


@dataclass(frozen=True)
class ImportReport:
    """What became of the files of one import.

    Attributes:
        answer: the files that were taken up.
        left_out: files of dropped folders that are no tables by their names.
        stopped: how the import was stopped, in words; empty when it was not.
    """

    answer: ImportAnswer
    left_out: Sequence[Path]
    stopped: str = ""


def choose_files(desk: Desk) -> None:
    """Ask for files and import them."""
    if desk.session is None or not desk.can_edit:
        return
    names, _ = QFileDialog.getOpenFileNames(
        desk.window,
        "Import bills, inventories, contracts, sites or payments",
        str(desk.session.shown_path.parent),
        _FILTER,
    )
    import_paths(desk, [Path(name) for name in names])


def import_paths(desk: Desk, paths: Sequence[Path]) -> None:
    """Import files, and of folders the tables in them; then show what became of each."""
    if desk.session is None or not desk.can_edit or not paths:
        return
    name = f"Import {paths[0].name}" if len(paths) == 1 else f"Import {len(paths)} files"
    desk.run(name, partial(_imported, desk.session.path, paths), partial(_show, desk))


def _imported(project: Path, paths: Sequence[Path], progress: Progress) -> ImportReport:
    from telecom_audit.tasks.imports import ImportOptions, import_files
    from telecom_audit.tasks.imports_progress import StoppedImportError

    files, left_out = tables_in(paths, progress)
    if not files:
        raise RefusedError(
            f"{paths[0].name} has no file that may be a table",
            f"Drop files that end in {', '.join(_ENDINGS)}.",
        )
    try:
        return ImportReport(import_files(project, files, ImportOptions(), progress), left_out)
    except StoppedImportError as error:
        if not error.answer.files:
            raise
        return ImportReport(error.answer, left_out, f"{error.message}. {error.remedy}")


def tables_in(paths: Iterable[Path], progress: Progress) -> tuple[list[Path], list[Path]]:
    """The files among some paths, and the files in folders: what to import, what to leave out.

    A file that was named itself is imported whatever it is called. Hidden files and folders are
    passed over.
    """
    files: list[Path] = []
    left_out: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for folder, below, names in os.walk(path):
            progress.at(Step(f"Look into {Path(folder).name}"))
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(name for name in names if not name.startswith((".", "~$"))):
                is_table = name.lower().endswith(_ENDINGS)
                (files if is_table else left_out).append(Path(folder, name))
    return files, left_out


def _show(desk: Desk, report: ImportReport) -> None:
    from ui.dialogs.import_report import ImportReportDialog

    ImportReportDialog(desk, report).show()
