"""Which menus there are, and which of their actions are there for the project that is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from ui.actions import Command, add_choice, add_command
from ui.acts import choose_scenario, freeze_baseline, import_files, run_audit
from ui.projects import choose_project, choose_review, new_project, open_sample

if TYPE_CHECKING:
    from ui.window import Window

_KEYS = QKeySequence.StandardKey
_THEMES = {"system": "As the &system", "light": "&Light", "dark": "&Dark"}


class Menus:
    """The menu bar of a window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._desk = window.desk
        self._editing: list[QAction] = []
        self._reading: list[QAction] = []
        self._add_project()
        self._add_edit()
        self._add_view()
        self._add_help()
        self.show_project()

    def _add_project(self) -> None:
        desk, menu = self._desk, self._window.menuBar().addMenu("&Project")
        add_command(
            menu, Command("&New…", "Make a new project", partial(new_project, desk), _KEYS.New)
        )
        add_command(
            menu,
            Command("&Open…", "Open a project file", partial(choose_project, desk), _KEYS.Open),
        )
        add_command(
            menu,
            Command(
                "Open for revie&w…",
                "Look at a private copy of a project; the file is never touched",
                partial(choose_review, desk),
                "Ctrl+Shift+O",
            ),
        )
        self.recent = menu.addMenu("Open &recent")
        self.recent.aboutToShow.connect(self._fill_recent)
        add_command(
            menu,
            Command(
                "Open the &sample city", "Build and open a made-up city", partial(open_sample, desk)
            ),
        )
        menu.addSeparator()
        self._editing += [
            add_command(
                menu,
                Command(
                    "&Import…",
                    "Bring bills, inventories, contracts, sites or payments in",
                    partial(import_files, desk),
                    "Ctrl+I",
                ),
            ),
            add_command(
                menu,
                Command("Run the &audit", "Check the bills again", partial(run_audit, desk), "F5"),
            ),
            add_command(
                menu,
                Command(
                    "&Freeze the baseline…",
                    "Keep what the bills came to before the change",
                    partial(freeze_baseline, desk),
                ),
            ),
            add_command(
                menu,
                Command(
                    "Add a sc&enario…",
                    "Choose a migration scenario, a TOML file",
                    partial(choose_scenario, desk),
                ),
            ),
        ]
        menu.addSeparator()
        self._reading += [
            add_command(
                menu,
                Command(
                    "&Print…", "Preview and print this page", self._window.print_page, _KEYS.Print
                ),
            ),
            add_command(
                menu,
                Command(
                    "Print the repor&t…",
                    "Preview and print the two-page brief for managers",
                    self._window.print_report,
                    "Ctrl+Shift+P",
                ),
            ),
            add_command(
                menu,
                Command(
                    "Sa&ve",
                    "Every change is saved at once; this says so",
                    self._window.tell_saved,
                    _KEYS.Save,
                ),
            ),
            add_command(
                menu, Command("&Close project", "Let the project go", desk.close_project, "Ctrl+W")
            ),
        ]
        menu.addSeparator()
        add_command(menu, Command("E&xit", "End the program", self._window.close, _KEYS.Quit))

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self._desk.preferences.recent:
            name = str(path).replace("&", "&&")  # or it would be a mnemonic
            opening = partial(self._desk.open_project, path)
            action = add_command(self.recent, Command(name, "Open this project", opening))
            action.setEnabled(path.exists())
        if self.recent.isEmpty():
            self.recent.addAction("No project was opened yet").setEnabled(False)

    def _add_edit(self) -> None:
        menu = self._window.menuBar().addMenu("&Edit")
        undo = self._desk.undo.createUndoAction(menu, "&Undo")
        undo.setShortcut(QKeySequence(_KEYS.Undo))
        undo.setToolTip("Take the last change back")
        redo = self._desk.undo.createRedoAction(menu, "&Redo")
        redo.setShortcut(QKeySequence(_KEYS.Redo))
        redo.setToolTip("Make the change again")
        menu.addActions([undo, redo])
        self._editing.append(menu.menuAction())

    def _add_view(self) -> None:
        menu = self._window.menuBar().addMenu("&View")
        self._themes = add_choice(self._window, menu, _THEMES, self._window.choose_theme)
        self._themes[self._desk.preferences.theme].setChecked(True)
        menu.addSeparator()
        go = self._window.go_to_part
        add_command(
            menu,
            Command("&Next part", "Go on to the next part of the window", partial(go, 1), "F6"),
        )
        add_command(
            menu,
            Command("&Previous part", "Go back to the part before", partial(go, -1), "Shift+F6"),
        )

    def _add_help(self) -> None:
        menu = self._window.menuBar().addMenu("&Help")
        add_command(
            menu,
            Command(
                "&Help on this page",
                "What the page shows and how to use it",
                self._window.show_help,
                _KEYS.HelpContents,
            ),
        )
        add_command(
            menu,
            Command("&About Telecom Audit", "Version and licences", self._window.show_about),
        )
        add_command(menu, Command("About &Qt", "The licence of Qt", QApplication.aboutQt))

    def show_project(self) -> None:
        """Offer what can be done with the project that is open, and nothing else."""
        for action in self._editing:
            action.setVisible(self._desk.can_edit)
            action.setEnabled(self._desk.can_edit)
        for action in self._reading:
            action.setVisible(self._desk.session is not None)
            action.setEnabled(self._desk.session is not None)
