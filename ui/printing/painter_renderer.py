"""Matplotlib figures as marks for Qt: a stroke stays a stroke, a word a word, none a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor
from typing import Any, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainterPath, QPen, QPolygonF

from telecom_audit.drawing.style import drawing_style
from ui.printing.marks import POINTS, Clip, Mark, PaintedPage, Picture, Shape, Words

_IMAGE_DOTS = 300.0  # an inch, of a figure that holds an image
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


def painted_page(figure: Figure) -> PaintedPage:
    """A figure as marks, in whatever thread; one inch of it becomes one inch of paper."""
    dots = figure.dpi
    with drawing_style():
        figure.dpi = POINTS
        try:
            width, height = figure.get_size_inches() * POINTS
            renderer = PainterRenderer(float(width), float(height))
            figure.draw(renderer)
        finally:
            figure.dpi = dots
    return PaintedPage(float(width), float(height), tuple(renderer.marks))


class PainterRenderer(RendererBase):
    """What matplotlib draws with: its unit is the point, its lower left corner that of the page.

    Attributes:
        marks: what was drawn, each with the clip of its artist.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.marks: list[tuple[Clip, Mark]] = []
        self._size = (width, height)
        self._down = Affine2D().scale(1, -1).translate(0, height)

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
        hatch = gc.get_hatch()
        shape = self._shape(gc, path, transform, is_line=rgbFace is None and hatch is None)
        if shape.isEmpty():
            return
        mark = Shape(
            shape,
            fill=None if rgbFace is None else _colour(rgbFace, gc),
            hatch=None if hatch is None else _hatch(gc, shape),
            pen=_pen(gc) if gc.get_linewidth() > 0 else None,
        )
        self.marks.append((self._clip(gc), mark))

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
        font = (str(findfont(prop)), float(prop.get_size_in_points()))
        colour = _colour(gc.get_rgb(), gc)
        mark = Words(s, QPointF(float(x), float(y)), float(angle), font, colour)
        self.marks.append((self._clip(gc), mark))

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
        content = np.ascontiguousarray(im[::-1]).tobytes()  # the lowest row comes first
        # the copy owns its dots, where the first only borrows them
        image = QImage(content, columns, rows, columns * 4, QImage.Format.Format_RGBA8888).copy()
        width, height = (size * POINTS / _IMAGE_DOTS for size in (columns, rows))
        box = QRectF(x, self._size[1] - y - height, width, height)
        self.marks.append((self._clip(gc), Picture(image, box, gc.get_alpha())))

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

    def _clip(self, gc: GraphicsContextBase) -> Clip:
        bounds = gc.get_clip_rectangle()
        box = None
        if bounds is not None:
            x, y, width, height = bounds.bounds
            box = QRectF(x, self._size[1] - y - height, width, height)
        path, transform = cast("tuple[Path | None, Transform]", gc.get_clip_path())
        if path is None:
            return Clip(box)
        cleaned = path.cleaned(transform + self._down, simplify=False, curves=True)
        return Clip(box, _painter_path(cleaned))


def _hatch(gc: GraphicsContextBase, shape: QPainterPath) -> tuple[QPainterPath, QPen]:
    """The lines of a hatch over a shape, and what draws them."""
    pen = QPen(QBrush(_colour(gc.get_hatch_color(), gc)), gc.get_hatch_linewidth())
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # the pieces of a line meet, none over another
    return _tiled(_hatch_cell(str(gc.get_hatch())), shape.boundingRect()), pen


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
