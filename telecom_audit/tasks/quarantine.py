"""The rows that were not accepted."""

from __future__ import annotations

import json
from pathlib import Path

from telecom_audit.store.project import open_project
from telecom_audit.store.quarantine import quarantined_rows


def quarantined(project_path: Path) -> dict[str, object]:
    """All rows that were not accepted, with reason and raw cells (the contract, section 2).

    Those of retired imports are among them; `status` tells.
    """
    with open_project(project_path) as project, project.read() as connection:
        rows = quarantined_rows(connection)
    return {
        "rows": [
            {
                "import_id": row["import_id"],
                "file": row["file"],
                "sheet": row["sheet"],
                "row": row["row"],
                "column": row["column_name"],
                "reason": row["reason"],
                "raw": json.loads(row["raw"]),
                "status": row["status"],
            }
            for row in rows
        ]
    }
