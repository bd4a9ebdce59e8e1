"""The bar at the left: the program's name and its pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon
from ui.pages import PLACES, Place, place_named


class Bar(QFrame):
    """Names the pages; those that need a project are absent until one is open."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        name = QLabel("Telecom Audit")
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setFont(theme.head_font())
        name.setContentsMargins(theme.GRID, 0, 0, theme.GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.MARGIN, theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for number, place in enumerate(PLACES, start=1):
            button = self._button(place, number)
            self._buttons[place.key] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.setFixedWidth(name.sizeHint().width() + 2 * theme.MARGIN + theme.GRID)
        self.show_project(is_open=False)

    def _button(self, place: Place, number: int) -> QToolButton:
        button = QToolButton()
        button.setText(place.title)
        button.setToolTip(f"{place.title} (Ctrl+{number})")
        button.setShortcut(f"Ctrl+{number}")
        button.setAccessibleName(place.title)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(button.fontMetrics().height() + 2 * theme.GRID)
        policy = button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        button.setSizePolicy(policy)
        button.clicked.connect(lambda: self.chosen.emit(place.key))
        self._group.addButton(button)
        return button

    def mark(self, key: str) -> None:
        """Show which page is seen."""
        self._buttons[key].setChecked(True)

    def show_project(self, *, is_open: bool) -> None:
        """Offer the pages of a project, or only those that need none."""
        for place in PLACES:
            self._buttons[place.key].setVisible(is_open or not place.needs_project)
        self._tint()

    def show_count(self, key: str, count: int) -> None:
        """Write a count beside a page's name; none for 0."""
        title = place_named(key).title
        self._buttons[key].setText(f"{title}  {count:,}" if count else title)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of a new palette."""
        super().changeEvent(event)
        if theme.is_palette_change(event):
            self._tint()

    def _tint(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        for key, button in getattr(self, "_buttons", {}).items():
            if button.isVisibleTo(self):
                button.setIcon(icon(key, colour))
