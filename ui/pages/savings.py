"""Savings."""

from __future__ import annotations

from ui.page import Page


class SavingsPage(Page):
    """Being written."""

    key = "savings"
    title = "Savings"

    def refresh(self) -> None:
        """Nothing yet."""
