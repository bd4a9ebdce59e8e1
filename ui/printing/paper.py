"""Sheets and printers: the size of the paper, and pages painted onto it in their true size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from telecom_audit.errors import RefusedError
from ui.printing.marks import POINTS, PaintedPage

PAPERS = {"letter": "Letter", "a4": "A4"}
_SIZES = {"letter": QPageSize.PageSizeId.Letter, "a4": QPageSize.PageSizeId.A4}
_ROUNDING = 0.02  # inches by which a page and its paper may differ: a figure's size is rounded


def new_printer() -> QPrinter:
    """The system's printer, at its own fineness. Keep it: Qt does not."""
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def lay_out(printer: QPrinter, paper: str, *, is_grey: bool) -> None:
    """Give a printer a paper in landscape, to its edges, and say whether it needs colours.

    Args:
        printer: not at work.
        paper: "letter" or "a4".
        is_grey: the pages have greys only.
    """
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(_SIZES[paper]),
            QPageLayout.Orientation.Landscape,
            QMarginsF(),
            QPageLayout.Unit.Inch,
        )
    )
    printer.setFullPage(True)
    mode = QPrinter.ColorMode.GrayScale if is_grey else QPrinter.ColorMode.Color
    printer.setColorMode(mode)


def paint_pages(printer: QPrinter, pages: Sequence[PaintedPage]) -> None:
    """Paint pages onto a printer, one a sheet; call it in the thread of the window.

    Raises:
        RefusedError: the printer takes no pages.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise RefusedError(
            f"the printer {printer.printerName()} takes no pages".replace("  ", " "),
            "Look whether it is switched on and has paper, or save the pages as PDF.",
        )
    try:
        for place, page in enumerate(pages):
            if place:
                printer.newPage()
            _paint(printer, painter, page)
    finally:
        painter.end()


def _paint(printer: QPrinter, painter: QPainter, page: PaintedPage) -> None:
    room = printer.paperRect(QPrinter.Unit.Inch)
    size = (page.width / POINTS, page.height / POINTS)
    scale, left, top = placed((room.width(), room.height()), size)
    dots = printer.resolution()
    painter.save()
    painter.translate(left * dots, top * dots)
    painter.scale(scale * dots / POINTS, scale * dots / POINTS)
    page.paint(painter)
    painter.restore()


def placed(paper: tuple[float, float], page: tuple[float, float]) -> tuple[float, float, float]:
    """Where a page stands on a sheet: its scale, and its left and upper edge in inches.

    A page keeps its size and its place on its own paper, is centred on a larger one, and made
    smaller only for a sheet that cannot hold it.
    """
    (paper_width, paper_height), (width, height) = paper, page
    scale = min(1.0, (paper_width + _ROUNDING) / width, (paper_height + _ROUNDING) / height)
    return scale, _edge(paper_width - scale * width), _edge(paper_height - scale * height)


def _edge(room: float) -> float:
    return room / 2 if room > 2 * _ROUNDING else 0.0
