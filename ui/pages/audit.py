"""Audit."""

from __future__ import annotations

from ui.page import Page


class AuditPage(Page):
    """Being written."""

    key = "audit"
    title = "Audit"

    def refresh(self) -> None:
        """Nothing yet."""
