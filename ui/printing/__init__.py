"""Pages on paper: what is printed, the preview of it, and the printer."""

from __future__ import annotations

from ui.printing.document import PrintDocument

__all__ = ["PrintDocument"]
