"""What stands around the pages: the months of the bills in the head, and what waits in the bar."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from telecom_audit.progress import Progress

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.session import Session

_PAGE = "audit"


class Standing(QObject):
    """Reads both anew after every change of the project."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        desk.session_changed.connect(self._read)
        desk.project_changed.connect(self._read)

    def _read(self) -> None:
        session = self._desk.session
        if session is None:
            self._tell(None, ("", 0))
            return
        self._desk.read(self, partial(_standing, session.path), partial(self._tell, session))

    def _tell(self, session: Session | None, standing: tuple[str, int]) -> None:
        if session is self._desk.session:
            period, waiting = standing
            self._desk.period_told.emit(period)
            self._desk.count_told.emit(_PAGE, waiting)


def _standing(path: Path, progress: Progress) -> tuple[str, int]:
    from telecom_audit.store.overview import bill_period
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.findings_figures import waiting_count

    with open_project(path) as project, project.read() as connection:
        period = bill_period(connection)
    return period, waiting_count(path, progress)
