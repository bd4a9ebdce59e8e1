"""A chart handed on: saved as a file, copied, or printed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from telecom_audit.progress import Progress
from telecom_audit.tasks.chart_order import ChartOrder

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ui.desk import Desk
    from ui.printing import PrintDocument

_FILTERS = {
    "pdf": "PDF document (*.pdf)",
    "svg": "SVG drawing (*.svg)",
    "png": "PNG picture (*.png)",
}


def save_picture(desk: Desk, order: ChartOrder) -> None:
    """Ask for a file and draw the chart into it, on the paper of the preferences."""
    session = desk.session
    if session is None:
        return
    pictures = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(pictures))
    name = f"{session.shown_path.stem} {order.key}.pdf"
    chosen, kind = QFileDialog.getSaveFileName(
        desk.window, "Save picture as", str(folder / name), ";;".join(_FILTERS.values())
    )
    if not chosen:
        return
    target = Path(chosen)
    if target.suffix[1:].lower() not in _FILTERS:
        ending = next(ending for ending, text in _FILTERS.items() if text == kind)
        target = target.with_name(f"{target.name}.{ending}")
    write_picture(desk, replace(order, paper=desk.preferences.paper), target)


def write_picture(desk: Desk, order: ChartOrder, target: Path) -> None:
    """Draw a chart into a file whose ending says as what, by a job."""
    session = desk.session
    if session is None:
        return
    desk.work.start(
        partial(_draw_into, session.path, order, target),
        lambda _: desk.show_selection(f"Saved {target.name}"),
        failed=lambda error: desk.fail(error, "No picture was saved."),
        name=f"Save {target.name}",
    )


def _draw_into(path: Path, order: ChartOrder, target: Path, progress: Progress) -> None:
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.charts import draw_chart

    progress.check()
    with open_project(path) as project:
        draw_chart(project, order, target, progress)


def copy_picture(image: QImage) -> None:
    """Put the picture on the clipboard."""
    if not image.isNull():
        QGuiApplication.clipboard().setImage(image.copy())


def print_chart(desk: Desk, order: ChartOrder, title: str) -> None:
    """Preview the chart on its page."""
    if desk.session is not None:
        desk.print(chart_document(desk.session.path, order, title))


def chart_document(path: Path, order: ChartOrder, title: str) -> PrintDocument:
    """The chart as a document of one page."""
    from ui.printing import PrintDocument

    return PrintDocument(title, partial(_pages, path, order))


def _pages(path: Path, order: ChartOrder, paper: str, grey: bool) -> list[Figure]:
    from telecom_audit.tasks.printed_pages import chart_pages

    return chart_pages(path, replace(order, paper=paper, grey=grey))
