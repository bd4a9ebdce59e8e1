"""Pages for the printer, and for its preview: charts, the brief and tables of a project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from telecom_audit.report.table_page import TablePage
from telecom_audit.store.overview import bill_period
from telecom_audit.store.project import open_project
from telecom_audit.tasks.chart_order import ChartOrder

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["ChartOrder", "TablePage", "chart_pages", "report_pages", "table_pages"]


def chart_pages(path: Path, order: ChartOrder, pages: int = 1) -> list[Figure]:
    """A chart on its page; meant for a worker thread.

    Args:
        path: the project.
        order: which chart, and how.
        pages: of the document that it is the first page of.

    Raises:
        UsageError: an unknown chart or scenario, or several scenarios and none was named.
        RefusedError: the project has nothing to draw; the remedy says what to do.
    """
    from telecom_audit.tasks.charts import chart_page

    with open_project(path) as project:
        return [chart_page(project, order, pages).page]


def report_pages(path: Path, scenario: str | None, paper: str, grey: bool) -> list[Figure]:
    """The two pages of the manager's brief; meant for a worker thread.

    Args:
        path: the project.
        scenario: its name; None for the only one.
        paper: "letter" or "a4".
        grey: in greys only.

    Raises:
        UsageError: no such scenario, or several and none was named.
    """
    from telecom_audit.tasks.report import ReportOrder, report

    with open_project(path) as project:
        return list(report(project, ReportOrder(scenario, paper, grey)).pages)


def table_pages(path: Path, table: TablePage, paper: str) -> list[Figure]:
    """A table of a project on as many pages as it needs; meant for a worker thread.

    It has no colours, so that it looks the same in greys.

    Args:
        path: the project that the table is of.
        table: as it stands on the screen.
        paper: "letter" or "a4".

    Raises:
        RefusedError: it would take more than 200 pages.
    """
    from telecom_audit.drawing.style import drawing_style
    from telecom_audit.report import table_pages as of_table
    from telecom_audit.tasks.charts import last_known_date, sheet_of

    with open_project(path) as project:
        sheet = sheet_of(project, paper, last_known_date(project))
        if not table.period:
            with project.read() as connection:
                table = replace(table, period=bill_period(connection))
    with drawing_style():
        return of_table.table_pages(sheet, table)
