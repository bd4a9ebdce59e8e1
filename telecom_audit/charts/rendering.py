"""Figures as files: vector for paper, without the name of a user or a machine in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from telecom_audit.drawing.style import drawing_style

ENDINGS = (".pdf", ".svg", ".png")
_MAKER = "Telecom Audit"
_PNG_DOTS_PER_INCH = 200


def write_figure(figure: Figure, path: Path, ending: str, title: str) -> None:
    """Write a figure; equal figures make equal bytes.

    Args:
        figure: the page.
        path: where to write it, whatever its name ends in.
        ending: ".pdf", ".svg" or ".png".
        title: the title that viewers show for the file.
    """
    with drawing_style():
        figure.savefig(
            path, format=ending[1:], dpi=_PNG_DOTS_PER_INCH, metadata=_metadata(ending, title)
        )


def write_pages(pages: Sequence[Figure], path: Path, title: str) -> None:
    """Write figures as the pages of one PDF; equal figures make equal bytes.

    Args:
        pages: at least one.
        path: where to write it, whatever its name ends in.
        title: the title that viewers show for the file.
    """
    with drawing_style(), PdfPages(path, metadata=_metadata(".pdf", title)) as document:
        for page in pages:
            document.savefig(page)


def _metadata(ending: str, title: str) -> Mapping[str, str | None]:
    if ending == ".pdf":
        return {"Title": title, "Creator": _MAKER, "Producer": _MAKER, "CreationDate": None}
    if ending == ".svg":
        return {"Title": title, "Creator": _MAKER, "Date": None}
    return {"Title": title, "Software": _MAKER}
