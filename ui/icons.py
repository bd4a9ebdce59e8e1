"""Icons: our own lines on a grid of 24, tinted with the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

_SIZES = (20, 40)  # of the bar, and the same on a fine screen
_INK = "#000000"


def icon(name: str, colour: QColor) -> QIcon:
    """The icon `resources/icons/NAME.svg` in a colour of the palette."""
    drawing = resources.read_text(f"icons/{name}.svg").replace(_INK, colour.name())
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    made = QIcon()
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(picture)
    return made
