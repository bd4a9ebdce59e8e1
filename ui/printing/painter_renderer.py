"""Matplotlib figures painted by Qt: a stroke stays a stroke, a word a word, nothing a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor
from typing import Any, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import StyleFlags
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform
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
    QPolygonF,
)

POINTS = 72.0  # of an inch; the unit in which a renderer draws
_IMAGE_DOTS = 300.0  # an inch, of a figure that holds an image
_FONT_STEPS = 20  # fonts have whole sizes in Qt, so text is drawn in twentieths of a point
_HATCH_DENSITY = 6.0  # matplotlib's own
_HATCH_CELL = 72.0  # the side of the square in which matplotlib describes a hatch
_MITER_LIMIT = 10.0  # as in PDF
_VERTICES = {int(Path.CURVE3): 2, int(Path.CURVE4): 3}  # of a piece; one for all others
_LINE_CODES = (Path.MOVETO, Path.LINETO)
_CAPS = {
    "butt": Qt.PenCapStyle.FlatCap,
    "round": Qt.PenCapStyle.RoundCap,
    "projecting": Qt.PenCapStyle.SquareCap,
}
_JOINS = {
    "miter": Qt.PenJoinStyle.MiterJoin,
    "round": Qt.PenJoinStyle.RoundJoin,
    "bevel": Qt.PenJoinStyle.BevelJoin,
}


def paint_figure(figure: Figure, painter: QPainter) -> None:
    """Paint a figure in its true size, its upper left corner at the painter's origin.

    Call it in the thread of the window, inside `drawing_style` and the lock on drawing.

    Args:
        figure: a whole page; one inch of it becomes one inch of paper.
        painter: open, with points as its unit (see `POINTS`).
    """
    dots = figure.dpi
    figure.dpi = POINTS
    try:
        width, height = figure.get_size_inches() * POINTS
        figure.draw(PainterRenderer(painter, float(width), float(height)))
    finally:
        figure.dpi = dots


class PainterRenderer(RendererBase):
    """What matplotlib draws with: its unit is the point, its lower left corner that of the page."""

    def __init__(self, painter: QPainter, width: float, height: float) -> None:
        super().__init__()
        self._painter = painter
        self._size = (width, height)
        self._down = Affine2D().scale(1, -1).translate(0, height)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )

    def get_canvas_width_height(self) -> tuple[float, float]:
        """The size of the page, in points."""
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        """Our unit is the point."""
        return points

    def get_image_magnification(self) -> float:
        """Images come finer than a dot a point."""
        return _IMAGE_DOTS / POINTS

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 (matplotlib's name)
    ) -> None:
        """Fill, hatch and stroke a path inside the clip of its artist."""
        is_line = rgbFace is None and gc.get_hatch() is None
        shape = self._shape(gc, path, transform, is_line=is_line)
        if shape.isEmpty():
            return
        self._painter.save()
        self._clip(gc)
        if rgbFace is not None:
            self._painter.fillPath(shape, QBrush(_colour(rgbFace, gc)))
        if gc.get_hatch() is not None:
            self._hatch(gc, shape)
        if gc.get_linewidth() > 0:
            self._painter.strokePath(shape, _pen(gc))
        self._painter.restore()

    def draw_text(  # noqa: PLR0913, PLR0917 (the signature is matplotlib's)
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """Write a line of text from its base line's beginning, as text."""
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        self._painter.save()
        self._clip(gc)
        self._painter.translate(x, y)
        self._painter.rotate(-angle)
        self._painter.scale(1 / _FONT_STEPS, 1 / _FONT_STEPS)
        self._painter.setFont(_font(prop))
        self._painter.setPen(_colour(gc.get_rgb(), gc))
        self._painter.drawText(QPointF(0, 0), s)
        self._painter.restore()

    def draw_image(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        im: Any,
        transform: Any = None,
    ) -> None:
        """Draw what is an image in the figure itself; our charts have none."""
        del transform  # only given to renderers that scale images themselves
        rows, columns = im.shape[:2]
        if not rows or not columns:
            return
        # the lowest row comes first, and the bytes must outlive the QImage
        content = np.ascontiguousarray(im[::-1]).tobytes()
        image = QImage(content, columns, rows, columns * 4, QImage.Format.Format_RGBA8888)
        width, height = (size * POINTS / _IMAGE_DOTS for size in (columns, rows))
        self._painter.save()
        self._clip(gc)
        self._painter.setOpacity(gc.get_alpha())
        self._painter.drawImage(QRectF(x, self._size[1] - y - height, width, height), image)
        self._painter.restore()

    def _shape(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, *, is_line: bool
    ) -> QPainterPath:
        """A path in points from the upper left; of a line only what lies near the page."""
        width, height = self._size
        margin = 2 * gc.get_linewidth() + POINTS
        near = (-margin, -margin, width + margin, height + margin)
        cleaned = path.cleaned(
            transform + self._down,
            remove_nans=True,
            clip=near if is_line else None,
            simplify=False,
            curves=True,
            sketch=gc.get_sketch_params(),
        )
        return _painter_path(cleaned)

    def _clip(self, gc: GraphicsContextBase) -> None:
        box = gc.get_clip_rectangle()
        if box is not None:
            x, y, width, height = box.bounds
            self._painter.setClipRect(
                QRectF(x, self._size[1] - y - height, width, height),
                Qt.ClipOperation.IntersectClip,
            )
        path, transform = cast("tuple[Path | None, Transform]", gc.get_clip_path())
        if path is not None:
            cleaned = path.cleaned(transform + self._down, simplify=False, curves=True)
            self._painter.setClipPath(_painter_path(cleaned), Qt.ClipOperation.IntersectClip)

    def _hatch(self, gc: GraphicsContextBase, shape: QPainterPath) -> None:
        """Draw the hatch as lines, clipped to the shape."""
        lines = _tiled(_hatch_cell(str(gc.get_hatch())), shape.boundingRect())
        ink = QBrush(_colour(gc.get_hatch_color(), gc))
        self._painter.save()
        self._painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        self._painter.fillPath(lines, ink)
        pen = QPen(ink, gc.get_hatch_linewidth())
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # the pieces of a line meet, none over another
        self._painter.strokePath(lines, pen)
        self._painter.restore()


@lru_cache
def _hatch_cell(hatch: str) -> tuple[tuple[QPolygonF, QRectF], ...]:
    """The parts of a hatch in its cell, each with the box that holds it.

    Lines run on beyond the cell and are cut there, or they would be drawn twice in the next one.
    """
    path = Path.hatch(hatch, _HATCH_DENSITY)
    if path is None:
        return ()
    has_lines_only = path.codes is not None and bool(np.isin(path.codes, _LINE_CODES).all())
    cell = (0.0, -_HATCH_CELL, _HATCH_CELL, 0.0)
    scale = Affine2D().scale(_HATCH_CELL, -_HATCH_CELL)
    shape = _painter_path(path.cleaned(scale, clip=cell if has_lines_only else None))
    parts = shape.toSubpathPolygons()
    return tuple((part, part.boundingRect().adjusted(-0.1, -0.1, 0.1, 0.1)) for part in parts)


def _tiled(cell: tuple[tuple[QPolygonF, QRectF], ...], box: QRectF) -> QPainterPath:
    """The parts of a hatch that touch a box; its cells are counted from the page's upper left."""
    tiled = QPainterPath()
    tiled.setFillRule(Qt.FillRule.WindingFill)
    reach = box.adjusted(-1, -1, 1, 1)
    for column in range(floor(box.left() / _HATCH_CELL), ceil(box.right() / _HATCH_CELL)):
        for row in range(floor(box.top() / _HATCH_CELL), ceil(box.bottom() / _HATCH_CELL)):
            across, down = column * _HATCH_CELL, (row + 1) * _HATCH_CELL
            seen = reach.translated(-across, -down)
            for part, around in cell:
                if seen.intersects(around):
                    tiled.addPolygon(part.translated(across, down))
    return tiled


def _painter_path(path: Path) -> QPainterPath:
    """A cleaned path, its curves kept; a filled one counts its windings as matplotlib does."""
    shape = QPainterPath()
    shape.setFillRule(Qt.FillRule.WindingFill)
    codes = [] if path.codes is None else np.asarray(path.codes).tolist()
    vertices = np.asarray(path.vertices).tolist()
    place = 0
    while place < len(codes):
        code = codes[place]
        x, y = vertices[place]
        if code == Path.MOVETO:
            shape.moveTo(x, y)
        elif code == Path.LINETO:
            shape.lineTo(x, y)
        elif code == Path.CURVE3:
            shape.quadTo(x, y, *vertices[place + 1])
        elif code == Path.CURVE4:
            shape.cubicTo(x, y, *vertices[place + 1], *vertices[place + 2])
        elif code == Path.CLOSEPOLY:
            shape.closeSubpath()
        place += _VERTICES.get(code, 1)
    return shape


def _pen(gc: GraphicsContextBase) -> QPen:
    width = gc.get_linewidth()
    pen = QPen(QBrush(_colour(gc.get_rgb(), gc)), width)
    pen.setCapStyle(_CAPS[gc.get_capstyle()])
    pen.setJoinStyle(_JOINS[gc.get_joinstyle()])
    pen.setMiterLimit(_MITER_LIMIT)
    offset, dashes = cast("tuple[float | None, Sequence[float] | None]", gc.get_dashes())
    if dashes is not None and len(dashes):
        pen.setDashPattern([dash / width for dash in dashes])
        pen.setDashOffset((offset or 0) / width)
    return pen


def _colour(rgb: Any, gc: GraphicsContextBase) -> QColor:
    forced = gc.get_forced_alpha()
    alpha = gc.get_alpha() if forced or len(rgb) < 4 else rgb[3]
    return QColor.fromRgbF(float(rgb[0]), float(rgb[1]), float(rgb[2]), float(alpha))


def _font(prop: FontProperties) -> QFont:
    """The very font file that matplotlib measures with, in twentieths of a point."""
    family, is_bold, is_italic = _family(findfont(prop))
    font = QFont(family)
    font.setPixelSize(max(1, round(prop.get_size_in_points() * _FONT_STEPS)))
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
