"""Overview."""

from __future__ import annotations

from ui.page import Page


class OverviewPage(Page):
    """Being written."""

    key = "overview"
    title = "Overview"

    def refresh(self) -> None:
        """Nothing yet."""
