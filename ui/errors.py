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
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


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
        self.addButton(QMessageBox.StandardButton.Close)
        if self._details:
            copy = self.addButton("Copy details", QMessageBox.ButtonRole.ActionRole)
            copy.clicked.disconnect()  # copying does not close the box
            copy.clicked.connect(self._copy)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class Errors(QObject):
    """Shows errors, one box at a time, and remembers the last for who asks."""

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
        if not isinstance(error, CancelledError):
            ErrorBox(error, unchanged, self._window).open()

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
