"""The window's menus: every action with its words, its shortcut and a tip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

_Key = QKeySequence.StandardKey | str | None


@dataclass(frozen=True)
class Command:
    """An action: its words with a mnemonic, its tip, its shortcut, and what it does."""

    text: str
    tip: str
    run: Callable[[], object]
    key: _Key = None


def add_command(menu: QMenu, command: Command) -> QAction:
    """Add a command to a menu."""
    action = QAction(command.text, menu)
    action.setToolTip(command.tip)
    action.setStatusTip(command.tip)
    if command.key is not None:
        action.setShortcut(QKeySequence(command.key))
    action.triggered.connect(lambda *_: command.run())
    menu.addAction(action)
    return action


def add_choice(
    window: QMainWindow, menu: QMenu, choices: dict[str, str], choose: Callable[[str], None]
) -> dict[str, QAction]:
    """Add a choice of one of several: key -> words; the answer is the actions by key."""
    group = QActionGroup(window)
    made = {}
    for key, words in choices.items():
        action = add_command(menu, Command(words, words.replace("&", ""), partial(choose, key)))
        action.setCheckable(True)
        group.addAction(action)
        made[key] = action
    return made
