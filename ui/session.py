"""The project that is open in the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telecom_audit.store.project import ProjectSettings


@dataclass(frozen=True)
class Session:
    """An open project.

    Attributes:
        path: the file that is read and written; in a review the private copy.
        shown_path: the file that the person named.
        is_review: nothing may be edited, and the file that was named is never touched.
        settings: whose project it is.
    """

    path: Path
    shown_path: Path
    is_review: bool
    settings: ProjectSettings

    @property
    def title(self) -> str:
        """The name for the title bar and the page heads."""
        return self.settings.organization or self.shown_path.stem
