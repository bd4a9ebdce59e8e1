"""A table on paper, as it stands on the screen: its filters, its order, its columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from telecom_audit.errors import RefusedError
from telecom_audit.store.browse_columns import NUMBERS
from telecom_audit.tasks.browse import Rows, all_values
from ui.numbers import count_text
from ui.tables.cells import cell_text, head_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 20_000


@dataclass(frozen=True)
class PaperTable:
    """What of a table is printed.

    Attributes:
        path: the project.
        rows: in the order of the screen.
        places: the positions of the columns, in the order of the screen.
        filter: what is in and what is out, in words.
        currency: for the heads.
    """

    path: Path
    rows: Rows
    places: tuple[int, ...]
    filter: str
    currency: str

    def pages(self, paper: str, grey: bool) -> list[Figure]:
        """The pages, which have no colours; called in a job.

        Raises:
            RefusedError: they would be too many.
        """
        from telecom_audit.report.table_page import TablePage
        from telecom_audit.tasks.printed_pages import table_pages

        del grey
        table = self.rows.table
        if len(self.rows.keys) > MOST_ROWS:
            raise RefusedError(
                f"{table.caption} has {count_text(len(self.rows.keys))} rows, more than paper"
                " is good for",
                f"Filter it first, to at most {count_text(MOST_ROWS)} rows, or export it.",
            )
        columns = [table.columns[place] for place in self.places]
        kinds = [column.kind for column in columns]
        rows = tuple(
            tuple(
                cell_text(kind, row[place]) for kind, place in zip(kinds, self.places, strict=True)
            )
            for row in all_values(self.path, self.rows)
        )
        page = TablePage(
            table.caption,
            self.filter,
            tuple(head_text(column, self.currency) for column in columns),
            rows,
            tuple(place for place, kind in enumerate(kinds) if kind in NUMBERS),
        )
        return table_pages(self.path, page, paper)
