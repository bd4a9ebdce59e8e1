"""Pages on paper: what is printed, the preview of it, and the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.printing.document import PrintDocument

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.printing.preview import Preview

__all__ = ["PrintDocument", "preview"]


def preview(desk: Desk, document: PrintDocument) -> Preview:
    """Show a document in a window of its own, from where it is printed or saved."""
    from ui.printing.preview import Preview  # draws, and so loads matplotlib

    window = Preview(desk, document)
    window.show()
    return window
