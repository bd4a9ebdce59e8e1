"""The one place where an error is shown: what happened, what was not changed, what to do now."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from telecom_audit import __version__
from telecom_audit.errors import TelecomAuditError
from telecom_audit.progress import CancelledError

NOTHING_CHANGED = "Nothing was changed in the project."
_NAME_MARKS = frozenset("./\\_")  # of the first word of a message, when it is a file
_BUG = "Something in the program failed"
_BUG_REMEDY = (
    "What was saved before is safe. Try it once more; if it fails again, copy the details and send "
    "them to whoever looks after this program."
)


def shown(error: BaseException) -> tuple[str, str, str]:
    """An error in words: what happened, what to do, and the details for who mends a bug."""
    if isinstance(error, TelecomAuditError):
        return _sentence(error.message), error.remedy, ""
    import traceback  # not at start-up

    details = "".join(traceback.format_exception(error))
    return f"{_BUG}.", _BUG_REMEDY, f"Telecom Audit {__version__}\n{details}"


def _sentence(text: str) -> str:
    """A message as a sentence; the name of a file keeps its first letter."""
    is_name = not _NAME_MARKS.isdisjoint(text.partition(" ")[0])
    begun = text if is_name else text[:1].upper() + text[1:]
    return begun + ("" if text.endswith((".", "!", "?")) else ".")


class ErrorBox(QMessageBox):
    """A box over the window that does not hold the program up."""

    def __init__(self, error: BaseException, unchanged: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        what, remedy, self._details = shown(error)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Telecom Audit")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(what)
        self.setInformativeText("\n\n".join(part for part in (unchanged, remedy) if part))
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Close))
        if self._details:
            copy = self.addButton("Copy details", QMessageBox.ButtonRole.ActionRole)
            copy.clicked.disconnect()  # copying does not close the box
            copy.clicked.connect(self._copy)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def says(self, other: ErrorBox) -> bool:
        """Whether a box says what another one says, or less."""
        return self.text() == other.text() and self.informativeText().endswith(
            other.informativeText()
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class Errors(QObject):
    """Shows errors; what is on the screen already is not said again."""

    happened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent

    def show(self, error: BaseException, unchanged: str = "") -> None:
        """Show an error unless it only says that somebody stopped a job.

        Args:
            error: a `TelecomAuditError`, or anything else, which is a bug.
            unchanged: what was not changed, as a sentence.
        """
        self.happened.emit(error)
        if isinstance(error, CancelledError):
            return
        box = ErrorBox(error, unchanged, self._window)
        known = self._window.findChildren(ErrorBox)
        if any(one.isVisible() and one.says(box) for one in known if one is not box):
            box.deleteLater()  # several parts of a page fail for the same reason
            return
        box.open()

    def catch_bugs(self) -> None:
        """Show what no code expected, instead of writing it where no user looks."""
        sys.excepthook = self._bug

    def _bug(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        sys.__excepthook__(kind, error, trace)
        self.show(error)
