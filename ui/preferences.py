"""What the program remembers of its user from one start to the next; never of a project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QSettings

_MOST_RECENT = 10
_LETTER_LANDS = frozenset(
    {
        QLocale.Country.UnitedStates,
        QLocale.Country.Canada,
        QLocale.Country.Mexico,
        QLocale.Country.Philippines,
        QLocale.Country.PuertoRico,
    }
)


class Preferences:
    """The settings file of the user: recent projects, theme, paper, and how windows stood."""

    def __init__(self) -> None:
        self._stored = QSettings(
            QSettings.Format.IniFormat,
            QSettings.Scope.UserScope,
            "Telecom Audit",
            "Telecom Audit",
        )

    @property
    def recent(self) -> list[Path]:
        """The projects opened last, the latest first."""
        stored = self._stored.value("recent", [])
        names = stored if isinstance(stored, list) else [stored]  # Qt unwraps a list of one
        return [Path(str(name)) for name in names if name]

    def remember(self, path: Path) -> None:
        """Put a project at the head of the recent ones."""
        known = [path, *(other for other in self.recent if other != path)]
        self._stored.setValue("recent", [str(each) for each in known[:_MOST_RECENT]])

    def forget(self, path: Path) -> None:
        """Take a project off the recent ones."""
        self._stored.setValue("recent", [str(each) for each in self.recent if each != path])

    @property
    def theme(self) -> str:
        """The choice of colours: "system", "light" or "dark"."""
        return str(self._stored.value("theme", "system"))

    @theme.setter
    def theme(self, name: str) -> None:
        self._stored.setValue("theme", name)

    @property
    def paper(self) -> str:
        """The paper, "letter" or "a4"; at first what the user's country prints on."""
        usual = "letter" if QLocale.system().territory() in _LETTER_LANDS else "a4"
        return str(self._stored.value("paper", usual))

    @paper.setter
    def paper(self, name: str) -> None:
        self._stored.setValue("paper", name)

    @property
    def is_grey(self) -> bool:
        """Whether pages are printed in greys."""
        return str(self._stored.value("grey", "no")) == "yes"

    @is_grey.setter
    def is_grey(self, wanted: bool) -> None:
        self._stored.setValue("grey", "yes" if wanted else "no")

    def state(self, name: str) -> QByteArray:
        """How a window, a splitter or a table's columns stood; empty when it is not known."""
        stored = self._stored.value(f"state/{name}")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Remember how something stood."""
        self._stored.setValue(f"state/{name}", state)
        self._stored.sync()  # a window is closing: nothing comes after it that would write
