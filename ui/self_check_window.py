"""The steps of the self-check that draw: paper by both ways, and every page of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.self_check_start import Check, expect

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ui.printing import PrintDocument
    from ui.window import Window

_PAPERS = (("letter", False), ("a4", True))
_SECONDS = 120
_GLANCE = 20  # milliseconds between two looks at what is waited for


def start_window(check: Check) -> str:
    """Start Qt with the program's name, icon and colours."""
    from ui.app import start

    del check
    application = start()
    expect(not application.windowIcon().isNull(), "the program has no icon")
    return application.platformName()


def print_charts(check: Check) -> str:
    """Print every chart on both papers, by Qt and by matplotlib."""
    from telecom_audit.charts.registry import charts
    from telecom_audit.charts.rendering import write_figure
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.chart_order import ChartOrder
    from telecom_audit.tasks.charts import chart_page

    sizes = []
    for paper, is_grey in _PAPERS:
        with open_project(check.project) as project:
            orders = [ChartOrder(one.key, None, paper, grey=is_grey) for one in charts()]
            pages = [chart_page(project, order).page for order in orders]
        sizes.append(_print(check.folder, pages, (paper, is_grey)))
    write_figure(pages[0], check.folder / "page.png", ".png", "Self-check")
    return "; ".join(sizes)


def _print(folder: Path, pages: list[Figure], wanted: tuple[str, bool]) -> str:
    from PySide6.QtPrintSupport import QPrinter

    from telecom_audit.charts.rendering import write_pages
    from ui.printing.painter_renderer import painted_page
    from ui.printing.paper import lay_out, new_printer, paint_pages

    paper, is_grey = wanted
    printed, saved = folder / f"printed-{paper}.pdf", folder / f"saved-{paper}.pdf"
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    lay_out(printer, paper, is_grey=is_grey)
    paint_pages(printer, [painted_page(page) for page in pages])
    write_pages(pages, saved, "Self-check")
    for path in (printed, saved):
        content = path.read_bytes()
        expect(content.startswith(b"%PDF"), f"{path.name} is no PDF")
        expect(b"/Subtype /Image" not in content, f"{path.name} holds an image")
        expect(b"/FontFile2" in content, f"{path.name} embeds no font")
    return f"{paper}: {len(pages)} pages, {printed.stat().st_size} and {saved.stat().st_size} bytes"


def visit_pages(check: Check) -> str:
    """Open the sample in the window, visit each page, and print what it prints."""
    from ui.pages import PLACES
    from ui.window import Window

    errors: list[BaseException] = []
    window = Window()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.desk.errors.happened.connect(errors.append)
    window.show()
    try:
        window.open_project(check.project)
        _wait(lambda: window.desk.session is not None or bool(errors), "opening the sample")
        seen = [_visit(check, window, place.key, errors) for place in PLACES]
        seen.append(f"report with {_printed_report(check, window)} sheets")
    finally:
        window.desk.work.stop()
        window.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return ", ".join(seen)


def _visit(check: Check, window: Window, key: str, errors: list[BaseException]) -> str:
    window.show_page(key)
    _wait(lambda: not window.desk.work.jobs, f"the page {key}")
    for error in errors:
        raise error
    shown = window.grab().toImage()
    expect(_has_content(shown), f"the page {key} is blank")
    document = window.page.document()
    return f"{key} with {_printed(check, document)} sheets" if document else key


def _printed_report(check: Check, window: Window) -> int:
    from ui.printing.reports import report_document

    session = window.desk.session
    return _printed(check, report_document(session)) if session else 0


def _printed(check: Check, document: PrintDocument) -> int:
    wanted = _PAPERS[0]
    pages = document.pages(*wanted)
    _print(check.folder, pages, wanted)
    return len(pages)


def _has_content(image: QImage) -> bool:
    small = image.scaled(64, 64, mode=Qt.TransformationMode.FastTransformation)
    return len({small.pixel(x, y) for x in range(64) for y in range(64)}) > 2


def _wait(is_done: Callable[[], bool], what: str) -> None:
    """Let the window work until something holds.

    Raises:
        TimeoutError: it did not, for too long.
    """
    loop = QEventLoop()
    for _ in range(_SECONDS * 1000 // _GLANCE):
        QTimer.singleShot(_GLANCE, loop.quit)
        loop.exec()
        if is_done():
            QApplication.processEvents()
            return
    raise TimeoutError(f"{what} took longer than {_SECONDS} seconds")
