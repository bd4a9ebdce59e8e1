"""Data."""

from __future__ import annotations

from ui.page import Page


class DataPage(Page):
    """Being written."""

    key = "data"
    title = "Data"

    def refresh(self) -> None:
        """Nothing yet."""
