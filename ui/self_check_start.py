"""What the steps of a self-check share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Check:
    """One self-check.

    Attributes:
        folder: temporary, and its own alone.
        figures: of the sample, by name, as decimal strings.
    """

    folder: Path
    figures: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        """The project that the first step builds."""
        return self.folder / "demo" / "city.telaudit"


def expect(wanted: object, what: str) -> None:
    """Go on when something holds.

    Raises:
        ValueError: it does not.
    """
    if not wanted:
        raise ValueError(what)
