"""How much waits on a page, beside its name in the bar."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from telecom_audit.progress import Progress

if TYPE_CHECKING:
    from ui.desk import Desk

_PAGE = "audit"


class Counts(QObject):
    """Counts the findings that a person must still check, after every change of the project."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        desk.session_changed.connect(self._count)
        desk.project_changed.connect(self._count)

    def _count(self) -> None:
        session = self._desk.session
        if session is None:
            self._tell(None, 0)
            return
        self._desk.read(self, partial(_waiting, session.path), partial(self._tell, session))

    def _tell(self, session: object, count: int) -> None:
        if session is self._desk.session:
            self._desk.count_told.emit(_PAGE, count)


def _waiting(path: Path, progress: Progress) -> int:
    from telecom_audit.tasks.findings_figures import waiting_count

    return waiting_count(path, progress)
