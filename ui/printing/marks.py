"""A page as marks for Qt to paint: values that are made in any thread, and painted in no time.

The unit is the point, and the origin the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.font_manager import get_font
from matplotlib.ft2font import StyleFlags
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
)

POINTS = 72.0  # of an inch
_FONT_STEPS = 20  # fonts have whole sizes in Qt, so text is drawn in twentieths of a point
_HINTS = (
    QPainter.RenderHint.Antialiasing
    | QPainter.RenderHint.TextAntialiasing
    | QPainter.RenderHint.SmoothPixmapTransform
)
_WITHIN = Qt.ClipOperation.IntersectClip


@dataclass(frozen=True)
class Clip:
    """Where a mark may be seen: inside a box, and inside a path, where there are such."""

    box: QRectF | None = None
    path: QPainterPath | None = None

    def apply(self, painter: QPainter) -> None:
        """Narrow what the painter paints on."""
        if self.box is not None:
            painter.setClipRect(self.box, _WITHIN)
        if self.path is not None:
            painter.setClipPath(self.path, _WITHIN)


@dataclass(frozen=True)
class Shape:
    """A path: filled, hatched with lines that end at its edge, and stroked, in this order."""

    path: QPainterPath
    fill: QColor | None = None
    hatch: tuple[QPainterPath, QPen] | None = None
    pen: QPen | None = None

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        if self.fill is not None:
            painter.fillPath(self.path, QBrush(self.fill))
        if self.hatch is not None:
            lines, pen = self.hatch
            painter.save()
            painter.setClipPath(self.path, _WITHIN)
            painter.fillPath(lines, pen.brush())
            painter.strokePath(lines, pen)
            painter.restore()
        if self.pen is not None:
            painter.strokePath(self.path, self.pen)


@dataclass(frozen=True)
class Words:
    """A line of text from the beginning of its base line.

    Attributes:
        angle: in degrees, against the clock.
        font: the file, and the size in points.
    """

    text: str
    place: QPointF
    angle: float
    font: tuple[str, float]
    colour: QColor

    def paint(self, painter: QPainter) -> None:
        """Write it, as text."""
        painter.translate(self.place)
        painter.rotate(-self.angle)
        painter.scale(1 / _FONT_STEPS, 1 / _FONT_STEPS)
        painter.setFont(_font(*self.font))
        painter.setPen(self.colour)
        painter.drawText(QPointF(0, 0), self.text)


@dataclass(frozen=True)
class Picture:
    """What is an image in the figure itself; our charts have none."""

    image: QImage
    box: QRectF
    opacity: float

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        painter.setOpacity(self.opacity)
        painter.drawImage(self.box, self.image)


Mark = Shape | Words | Picture


@dataclass(frozen=True)
class PaintedPage:
    """A page: its size in points, and its marks, each with its clip, the lowest first."""

    width: float
    height: float
    marks: tuple[tuple[Clip, Mark], ...]

    def paint(self, painter: QPainter) -> None:
        """Paint the page in its true size; call it in the thread of the window.

        Args:
            painter: open, with points as its unit.
        """
        painter.setRenderHints(_HINTS)
        for clip, mark in self.marks:
            with _kept(painter):
                clip.apply(painter)
                mark.paint(painter)


@contextmanager
def _kept(painter: QPainter) -> Iterator[None]:
    painter.save()
    try:
        yield
    finally:
        painter.restore()


@lru_cache
def _font(file: str, size: float) -> QFont:
    """The very font file that matplotlib measured with, in twentieths of a point."""
    family, is_bold, is_italic = _family(file)
    font = QFont(family)
    font.setPixelSize(max(1, round(size * _FONT_STEPS)))
    font.setBold(is_bold)
    font.setItalic(is_italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache
def _family(file: str) -> tuple[str, bool, bool]:
    """A font file made known to Qt: its family, and whether it is bold and italic."""
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(file))
    opened = get_font(file)
    flags = opened.style_flags
    family = families[0] if families else opened.family_name
    return family, StyleFlags.BOLD in flags, StyleFlags.ITALIC in flags
