"""An import's control totals as equations: what was read is what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from telecom_audit.store.browse import Value
from ui import theme
from ui.labels import plain_label
from ui.numbers import amount_text, count_text


class ControlTotals(QWidget):
    """The equations of the import that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QLabel("Control totals")
        head.setFont(theme.head_font())
        self._rows = _equation()
        self._money = _equation()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for label in (head, self._rows, self._money):
            layout.addWidget(label)

    def show_import(self, values: Mapping[str, Value] | None) -> None:
        """Show the equations of an import by the columns of its table; None: none is chosen."""
        rows, money = equations(values) if values else ("Choose an import.", "")
        self._rows.setText(rows)
        self._money.setText(money)
        self._money.setVisible(bool(money))

    @property
    def words(self) -> tuple[str, str]:
        """Both equations."""
        return self._rows.text(), self._money.text()


def equations(values: Mapping[str, Value]) -> tuple[str, str]:
    """The equation of the rows, and that of the money; empty for a kind without money."""

    def number(key: str) -> int:
        value = values[key]
        return value if isinstance(value, int) else 0

    rows = (
        f"read {count_text(number('rows_read'))} = stored {count_text(number('rows_stored'))}"
        f" + quarantined {count_text(number('rows_quarantined'))}"
        f" + ignored {count_text(number('rows_ignored'))}"
    )
    if values["stored_micros"] is None:
        return rows, ""
    stored = f"stored {amount_text(number('stored_micros'))}"
    if values["stated_micros"] is None:
        return rows, f"{stored}; the file states no total"
    covered = number("compared_micros")
    if covered != number("stored_micros"):
        stored += f", of which the totals cover {amount_text(covered)}"
    difference = number("stated_micros") - covered
    stated = f"bill {amount_text(number('stated_micros'))}"
    if not difference:
        return rows, f"{stated} = {stored}"
    return rows, f"{stated} ≠ {stored}: {amount_text(difference)} is not explained by lines"


def _equation() -> QLabel:
    label = plain_label()
    label.setFont(theme.tabular(theme.body_font()))
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
