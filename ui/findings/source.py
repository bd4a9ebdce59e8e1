"""Where a line came from: the file, the row, and the cells as they stood there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.charts.text_table import Cells, TextTable
from ui.labels import plain_label

_COMPACT_ROW = 22


class SourceBox(QWidget):
    """Shows one record of an imported file; hidden until one is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place_label = plain_label()
        self.place_label.setWordWrap(True)
        self.place_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.cells = TextTable("The cells of the line as they stood in the file")
        self.cells.set_row_height(_COMPACT_ROW)
        self.cells.show_whole()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.place_label)
        layout.addWidget(self.cells)
        self.hide()

    @property
    def place(self) -> str:
        """The file and the row that are shown; empty when nothing is."""
        return self.place_label.text()

    def show_source(
        self, source: Mapping[str, Any] | None, captions: Sequence[str], what: str
    ) -> None:
        """Show a record.

        Args:
            source: file, sheet, row and raw cells as `finding --json` answers them; None hides.
            captions: of the file's columns.
            what: what the record is, as "Line of 2024-03-01".
        """
        self.setVisible(source is not None)
        if source is None:
            self.place_label.setText("")
            return
        self.place_label.setText(f"{what}: {place_of(source)}")
        rows = zip_longest(captions, source["raw"], fillvalue="")
        self.cells.show_cells(Cells(("Column", "Cell"), tuple((str(a), str(b)) for a, b in rows)))


def place_of(source: Mapping[str, Any] | None) -> str:
    """A file, sheet and row in words."""
    if source is None:
        return "not stored"
    sheet = f", sheet {source['sheet']}" if source["sheet"] else ""
    return f"{source['file']}{sheet}, row {source['row']}"
