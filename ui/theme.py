"""Colours and type: the palettes light and dark, the accent, and three sizes of one font."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

GRID = 8
MARGIN = 24

_HEADLINE = 2.0
_HEAD_POINTS = 2.0


@dataclass(frozen=True)
class _Colours:
    window: str
    base: str
    alternate: str
    text: str
    soft_text: str
    line: str
    button: str
    accent: str
    on_accent: str
    banner: str
    on_banner: str


_LIGHT = _Colours(
    window="#F5F6F8",
    base="#FFFFFF",
    alternate="#F7F9FB",
    text="#1A1D21",
    soft_text="#565C66",
    line="#D5D9DF",
    button="#FFFFFF",
    accent="#0062A3",
    on_accent="#FFFFFF",
    banner="#FFF1CC",
    on_banner="#4A3600",
)
_DARK = _Colours(
    window="#1D2024",
    base="#15171A",
    alternate="#1A1D21",
    text="#E8EAED",
    soft_text="#A9B0BA",
    line="#3A4048",
    button="#2A2E34",
    accent="#6CB6EE",
    on_accent="#0B1620",
    banner="#4A3A0C",
    on_banner="#FFE9B0",
)
_CHOICES = {"light": _LIGHT, "dark": _DARK}


def palette(name: str) -> QPalette:
    """The palette "light" or "dark"; its roles are all that widgets may ask for colours."""
    colours = _CHOICES[name]
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.base),
        (role.AlternateBase, colours.alternate),
        (role.Text, colours.text),
        (role.Button, colours.button),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.on_accent),
        (role.ToolTipBase, colours.base),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.soft_text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Accent, colours.accent),
        (role.Mid, colours.line),
        (role.Midlight, colours.line),
        (role.Light, colours.base),
        (role.Dark, colours.line),
        (role.Shadow, colours.line),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.soft_text))
    return made


def apply(name: str) -> None:
    """Give the program the palette "light", "dark" or the system's choice of the two."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setStyle("Fusion")
        application.setPalette(palette(_chosen(name)))


def _chosen(name: str) -> str:
    if name in _CHOICES:
        return name
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def is_dark(widget: QWidget) -> bool:
    """Whether a widget is drawn light on dark."""
    return widget.palette().color(QPalette.ColorRole.Window).lightness() < 128


def soft(widget: QWidget) -> None:
    """Write a widget's text in the softer ink, for captions and remarks."""
    widget.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def banner_palette(dark: bool) -> QPalette:
    """The palette of a strip that must not be overlooked."""
    colours = _DARK if dark else _LIGHT
    made = palette("dark" if dark else "light")
    made.setColor(QPalette.ColorRole.Window, QColor(colours.banner))
    made.setColor(QPalette.ColorRole.WindowText, QColor(colours.on_banner))
    return made


def body_font() -> QFont:
    """The system's font."""
    return QFont(QGuiApplication.font())


def head_font() -> QFont:
    """The font of group heads: body + 2, bold."""
    font = body_font()
    font.setPointSizeF(font.pointSizeF() + _HEAD_POINTS)
    font.setBold(True)
    return font


def headline_font() -> QFont:
    """The font of headline figures: twice body, tabular."""
    font = tabular(body_font())
    font.setPointSizeF(font.pointSizeF() * _HEADLINE)
    return font


def tabular(font: QFont) -> QFont:
    """The font with figures of equal width, for columns of numbers."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


class FollowSystem(QObject):
    """Changes the palette with the system while the user's choice is "system"."""

    def __init__(self, choice: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, name: str) -> None:
        """Take the user's choice."""
        self.choice = name
        apply(name)

    def _follow(self) -> None:
        if self.choice == "system":
            apply("system")


def is_palette_change(event: QEvent) -> bool:
    """Whether an event says that colours changed, so that what was painted must be anew."""
    return event.type() == QEvent.Type.PaletteChange
