"""Changes of a project as values: to apply one answers the change that takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from telecom_audit.store.project import open_project

_VERBS = {
    "validated": "Validate finding {}",
    "rejected": "Reject finding {}",
    "muted": "Mute finding {}",
    "detected": "Put finding {} back to detected",
    "reopened": "Reopen finding {}",
}


@dataclass(frozen=True)
class SetFindingStatus:
    """A finding is put into a state; its history keeps every one.

    Attributes:
        finding_id: which finding.
        status: one of the states of the contract, section 6.
        note: why, for the record.
    """

    finding_id: int
    status: str
    note: str = ""

    @property
    def words(self) -> str:
        """What the change does ("Mute finding 12")."""
        known = _VERBS.get(self.status, f"Put finding {{}} to {self.status}")
        return known.format(self.finding_id)

    def apply(self, path: Path) -> Self:
        """Make the change in one transaction.

        Args:
            path: the project file.

        Returns:
            The change that brings back the state and the note that held before.

        Raises:
            UsageError: an unknown state, or the newest audit has no such finding.
        """
        from telecom_audit.tasks.findings import add_state

        with open_project(path) as project, project.write() as connection:
            state = self.status, self.note
            status, note = add_state(project, connection, self.finding_id, state)
        return type(self)(self.finding_id, status, note)
