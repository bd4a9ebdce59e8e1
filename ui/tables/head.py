"""A table's head: captions to sort by, and under each a field that filters its column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from telecom_audit.store.browse_columns import Column
from telecom_audit.tasks.browse_filters import filter_help
from ui import theme

_PAUSE_MS = 400
_GAP = theme.GRID // 4


class FilterHead(QHeaderView):
    """Captions with a row of filter fields.

    Signals:
        filters_changed: somebody has written, and paused or pressed Enter.
        left: Down or Enter in a field: go on in the rows.
    """

    filters_changed = Signal()
    left = Signal()

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.filters_changed)
        self._fields = [self._field(column) for column in columns]  # before Qt asks for the height
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setSortIndicatorShown(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionResized.connect(self.place)
        self.sectionMoved.connect(self.place)
        self.geometriesChanged.connect(self.place)

    def _field(self, column: Column) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText("Filter")
        field.setToolTip(filter_help(column.kind))
        field.setAccessibleName(f"Filter {column.caption}")
        field.setAccessibleDescription(filter_help(column.kind))
        field.setClearButtonEnabled(True)
        field.textEdited.connect(lambda _: self._pause.start())
        field.textChanged.connect(self._mend)
        field.installEventFilter(self)
        return field

    def _mend(self) -> None:
        """The clear button changes the text without editing it."""
        field = self.sender()
        if isinstance(field, QLineEdit) and not field.text() and field.hasFocus():
            self._pause.start()

    @property
    def fields(self) -> list[QLineEdit]:
        """The filter fields, in the order of the table's columns."""
        return self._fields

    def texts(self) -> list[str]:
        """What stands in the fields."""
        return [field.text() for field in self._fields]

    def set_texts(self, texts: Sequence[str]) -> None:
        """Write all fields; nobody is told."""
        self._pause.stop()
        for field, text in zip(self._fields, texts, strict=True):
            field.setText(text)
        self._pause.stop()

    def focus_field(self, column: int) -> None:
        """Put the cursor into a column's field."""
        field = self._fields[column if 0 <= column < len(self._fields) else 0]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def apply_now(self) -> None:
        """Do not wait for a pause."""
        self._pause.stop()
        self.filters_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter filters at once; Down goes on in the rows; Esc empties the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.apply_now()
                return True
            if key == Qt.Key.Key_Down:
                self.left.emit()
                return True
            if key == Qt.Key.Key_Escape and isinstance(watched, QLineEdit) and watched.text():
                watched.clear()
                self.apply_now()
                return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """Room for the captions and the fields under them."""
        size = super().sizeHint()
        return QSize(size.width(), size.height() + self._field_height() + 2 * _GAP)

    def updateGeometries(self) -> None:
        """Keep the captions off the fields' room."""
        self.setViewportMargins(0, 0, 0, self._field_height() + 2 * _GAP)
        super().updateGeometries()
        self.place()

    def _field_height(self) -> int:
        return self._fields[0].sizeHint().height() if self._fields else 0

    def place(self) -> None:
        """Put each field under its caption, as when the table was scrolled."""
        height = self._field_height()
        top = self.height() - height - _GAP
        for column, field in enumerate(self._fields):
            field.setVisible(not self.isSectionHidden(column))
            left = self.sectionViewportPosition(column)
            field.setGeometry(left + _GAP, top, max(self.sectionSize(column) - 2 * _GAP, 0), height)
