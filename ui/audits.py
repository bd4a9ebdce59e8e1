"""Running the audit from the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from telecom_audit.progress import Progress

if TYPE_CHECKING:
    from ui.desk import Desk


def run_audit(desk: Desk) -> None:
    """Run all rules as of the latest bill, and show what they find."""
    if desk.session is not None and desk.can_edit:
        desk.run("Audit", partial(_audited, desk.session.path), lambda _: desk.go("audit"))


def _audited(path: Path, progress: Progress) -> None:
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.audit import run_audit as run_rules
    from telecom_audit.tasks.audit_parameters import AuditOrder

    with open_project(path) as project:
        run_rules(project, AuditOrder(), progress)
