"""Where the keyboard goes: Tab walks as the eye does, also over what was added later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QWidget,
)

_OTHER = Qt.FocusReason.OtherFocusReason
_WHOLE = (QAbstractSpinBox, QComboBox, QAbstractItemView)  # what is inside is theirs


def order_tabs(*roots: QWidget) -> None:
    """Let Tab walk the widgets of some places in the order of their layouts."""
    walked = [widget for root in roots for widget in in_order(root)]
    for one, following in pairwise(walked):
        QWidget.setTabOrder(one, following)


def in_order(root: QWidget) -> Iterator[QWidget]:
    """What Tab can reach in a place, as it stands there; the filters of a table before its rows."""
    if root.isHidden() or not root.isEnabled():
        return
    if isinstance(root, QTableView):
        yield from root.horizontalHeader().findChildren(QLineEdit)
    if root.focusPolicy() & Qt.FocusPolicy.TabFocus and root.focusProxy() is None:
        yield root
    if not isinstance(root, _WHOLE):
        for part in _parts(root):
            yield from in_order(part)


def _parts(root: QWidget) -> Sequence[QWidget]:
    if isinstance(root, QStackedWidget):
        return _known(root.currentWidget())
    if isinstance(root, QTabWidget):
        return _known(root.tabBar(), root.currentWidget())
    if isinstance(root, QScrollArea):
        return _known(root.widget())
    if isinstance(root, QSplitter):
        return _known(*(root.widget(place) for place in range(root.count())))
    layout = root.layout()
    return [] if layout is None else list(_laid_out(layout))


def _known(*widgets: QWidget | None) -> list[QWidget]:
    return [widget for widget in widgets if widget is not None]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        positions = {place: _row_and_column(layout, place) for place in places}
        places.sort(key=positions.__getitem__)
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _laid_out(inner)
        elif widget is not None:
            yield widget


def _row_and_column(layout: QGridLayout, place: int) -> tuple[int, int]:
    found: Any = layout.getItemPosition(place)  # four numbers; the stubs say: an object
    return found[0], found[1]


def go_to_next(parts: Sequence[QWidget], steps: int) -> None:
    """Move the focus to the next or previous part of a window in which something takes it.

    Args:
        parts: bars, tables, panels, in their order; of a table its rows take the focus.
        steps: 1 or -1.
    """
    targets = [target for target in map(_target, parts) if target is not None]
    if not targets:
        return
    now = QApplication.focusWidget()
    inside = [part for part in parts if now is not None and _is_in(now, part)]
    here = next((n for n, one in enumerate(targets) if any(_is_in(one, p) for p in inside)), None)
    there = (0 if steps > 0 else -1) if here is None else here + steps
    targets[there % len(targets)].setFocus(_OTHER)


def _is_in(widget: QWidget, part: QWidget) -> bool:
    return widget is part or part.isAncestorOf(widget)


def _target(part: QWidget) -> QWidget | None:
    if isinstance(part, QAbstractItemView):
        return part if part.isVisible() else None
    return next(in_order(part), None) if part.isVisible() else None
