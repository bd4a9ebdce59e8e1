"""Labels: texts that are no markup, figures with their doors, and how a widget is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.figures import FigureLabel

if TYPE_CHECKING:
    from telecom_audit.tasks.figures import Figure
    from ui.desk import Desk


def plain_label(text: str = "") -> QLabel:
    """A text that is shown as it is, whatever markup it bears."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def figure_label(desk: Desk, figure: Figure, *, is_headline: bool = False) -> FigureLabel:
    """A figure whose door the desk opens."""
    label = FigureLabel(figure, is_headline=is_headline)
    label.opened.connect(desk.open_door)
    return label


def let_go(widget: QWidget) -> None:
    """Take a widget off its page; it is deleted when nobody works in it any more."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
