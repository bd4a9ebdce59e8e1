"""Export of one documented view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.store.exports import TABLES
from telecom_audit.store.project import Project
from telecom_audit.tasks.export_files import write_csv, write_xlsx
from telecom_audit.tasks.export_rows import exported_columns, exported_rows
from telecom_audit.tasks.export_target import checked_ending, whole_file

_WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}


def export_table(project: Project, name: str, target: Path) -> dict[str, Any]:
    """Write the rows of a table that count, and answer how many they are.

    Raises:
        UsageError: an unknown table or ending.
        RefusedError: the file cannot be written.
    """
    if name not in TABLES:
        raise UsageError(f"there is no table {name!r}", f"Choose one of: {', '.join(TABLES)}.")
    ending = checked_ending(target, tuple(_WRITERS))
    if target.exists() and target.samefile(project.path):
        raise RefusedError("that is the project itself", "Choose another name for the export.")
    table = TABLES[name]
    with project.read() as connection, whole_file(target) as unfinished:
        shape = exported_columns(connection, table)
        rows = exported_rows(connection, table, shape)
        count = _WRITERS[ending](unfinished, shape.captions, rows)
    return {"table": name, "file": str(target), "rows": count, "columns": list(shape.captions)}
