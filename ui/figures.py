"""A number on a page: right-aligned, tabular, and a door to what lies behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from ui import theme

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Figure


class FigureLabel(QAbstractButton):
    """Shows one figure; click or Enter opens the door behind it.

    Args:
        figure: what is shown.
        is_headline: twice the body's size.
        parent: the page.
    """

    opened = Signal(object)

    def __init__(
        self, figure: Figure, *, is_headline: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.headline_font() if is_headline else theme.tabular(theme.body_font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.alignment = Qt.AlignmentFlag.AlignRight
        self.show_figure(figure)
        self.clicked.connect(self._open)

    def show_figure(self, figure: Figure) -> None:
        """Show another number in the same place."""
        self.figure = figure
        self.setText(figure.text)
        has_door = figure.door is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if has_door else Qt.CursorShape.ArrowCursor
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_door else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{figure.caption}: {figure.text}")
        self.setToolTip("Show what lies behind this number" if has_door else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the text and its underline."""
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self.text()) + theme.GRID // 2,
            metrics.height() + theme.GRID // 2,
        )

    def minimumSizeHint(self) -> QSize:
        """The text is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, underlined under the pointer or the focus."""
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(self.figure.door is not None and (self.underMouse() or self.hasFocus()))
        painter.setFont(font)
        role = QPalette.ColorRole.Link if font.underline() else QPalette.ColorRole.WindowText
        painter.setPen(QPen(self.palette().color(role)))
        room = self.rect().adjusted(theme.GRID // 4, 0, -theme.GRID // 4, 0)
        painter.drawText(room, self.alignment | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(
                QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self
            )

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be opened."""
        self.update()
        super().enterEvent(event)

    def _open(self) -> None:
        if self.figure.door is not None:
            self.opened.emit(self.figure)
