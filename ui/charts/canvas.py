"""A drawn chart as pixels, on which a pointer or the arrow keys find the figures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from telecom_audit.tasks.chart_pictures import ChartPicture, Region
from ui import theme

_OUTLINE = 2.0
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Canvas(QWidget):
    """Shows a picture in its own size, or stretched while a new one is being drawn.

    Signals:
        pointed: the figure under the pointer or chosen by keys, or None.
        activated: the figure that was clicked, or on which Enter was pressed.
        stretched: the place or its colours changed; a new picture is due.
    """

    pointed = Signal(object)
    activated = Signal(object)
    stretched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture: ChartPicture | None = None
        self._image = QImage()
        self._size = QSize()  # of the picture, in logical pixels
        self._walked: list[Region] = []
        self._region: Region | None = None

    @property
    def image(self) -> QImage:
        """The picture in physical pixels; a null image before the first is drawn."""
        return self._image

    @property
    def region(self) -> Region | None:
        """The figure that is pointed at."""
        return self._region

    def sizeHint(self) -> QSize:
        """What reads well."""
        return QSize(90 * theme.GRID, 40 * theme.GRID)

    def minimumSizeHint(self) -> QSize:
        """The smallest chart that can be read."""
        return QSize(46 * theme.GRID, 28 * theme.GRID)

    def show_picture(self, picture: ChartPicture | None, ratio: float) -> None:
        """Show a picture; None shows nothing.

        Args:
            picture: what was drawn.
            ratio: physical pixels for each logical one, as it was drawn for.
        """
        known = self._region
        self._picture = picture
        self._region = None
        self._walked = []
        self._image = QImage()
        if picture is not None:
            stride = 4 * picture.width
            format_ = QImage.Format.Format_RGBA8888
            # the bytes live as long as the picture, which this widget keeps
            self._image = QImage(picture.rgba, picture.width, picture.height, stride, format_)
            self._size = QSize(round(picture.width / ratio), round(picture.height / ratio))
            self._walked = _bars(picture.regions)
            if known is not None:
                self._region = self.region_of(known.month, known.series)
        self.update()

    def region_of(self, month: int | None, series: str) -> Region | None:
        """The bar of a month and series, if it is drawn."""
        of_month = (one for one in self._walked if (one.month, one.series) == (month, series))
        return next(of_month, None)

    def place_of(self, region: Region) -> QRectF:
        """Where a figure stands now, in the widget's own pixels."""
        across, up = self._stretch()
        return QRectF(
            region.left * across,
            region.top * up,
            (region.right - region.left) * across,
            (region.bottom - region.top) * up,
        )

    def _stretch(self) -> tuple[float, float]:
        if self._size.isEmpty():
            return 1.0, 1.0
        return self.width() / self._size.width(), self.height() / self._size.height()

    def _at(self, point: QPointF) -> Region | None:
        if self._picture is None:
            return None
        hit = (one for one in self._picture.regions if self.place_of(one).contains(point))
        return next(hit, None)

    def point_at(self, region: Region | None) -> None:
        """Outline a figure and tell it."""
        if region == self._region:
            return
        self._region = region
        self.update()
        self.pointed.emit(region)
        changed = QAccessible.Event.DescriptionChanged
        QAccessible.updateAccessibility(QAccessibleEvent(self, changed))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and outline the figure that is pointed at."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().brush(QPalette.ColorRole.Base))
        if self._image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        if self._region is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), _OUTLINE))
            painter.drawRect(self.place_of(self._region))
        if self.hasFocus():
            pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the figure under the pointer."""
        region = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if region else Qt.CursorShape.ArrowCursor)
        if region is not None and region != self._region:
            QToolTip.showText(event.globalPosition().toPoint(), region.text, self)
        elif region is None:
            QToolTip.hideText()
        self.point_at(region)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Begin to follow the pointer."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at when the pointer is gone."""
        self.point_at(None)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what lies behind the figure that was clicked."""
        region = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and region is not None:
            self.activated.emit(region)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the bars with the arrow keys, Home and End; Enter opens, Escape lets go."""
        key = Qt.Key(event.key())
        if key in _ENTER and self._region is not None:
            self.activated.emit(self._region)
        elif key == Qt.Key.Key_Escape and self._region is not None:
            self.point_at(None)
        elif self._walked and key in {*_STEPS, Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._walk(key)
        else:
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> None:
        last = len(self._walked) - 1
        known = [(one.month, one.series) for one in self._walked]
        here = None
        if self._region is not None and (self._region.month, self._region.series) in known:
            here = known.index((self._region.month, self._region.series))
        if key == Qt.Key.Key_Home or (here is None and key == Qt.Key.Key_Right):
            place = 0
        elif key == Qt.Key.Key_End or here is None:
            place = last
        else:
            place = min(last, max(0, here + _STEPS[key]))
        self.point_at(self._walked[place])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new size."""
        super().resizeEvent(event)
        self.stretched.emit()

    def event(self, event: QEvent) -> bool:
        """Ask for a new picture when the colours or the screen changed."""
        if theme.is_palette_change(event) or event.type() == QEvent.Type.DevicePixelRatioChange:
            self.stretched.emit()
        return super().event(event)


def _bars(regions: tuple[Region, ...]) -> list[Region]:
    """One region a month and series, from left to right and upwards."""
    first: dict[tuple[int | None, str], Region] = {}
    for region in regions:
        first.setdefault((region.month, region.series), region)
    return sorted(first.values(), key=lambda one: (one.left, -one.bottom))
