"""Errors that a person can put right: what happened, and what to do now."""

from __future__ import annotations

from typing import ClassVar


class TelecomAuditError(Exception):
    """An error with a message (what happened, to which file or row) and a remedy (what to do)."""

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(TelecomAuditError):
    """The command was called wrongly: a missing file, a bad option value, an unknown key."""

    kind = "usage"
    exit_code = 2


class RefusedError(TelecomAuditError):
    """An input or a state cannot be accepted; the refused item changed nothing."""

    kind = "refused"
    exit_code = 3


class DamagedError(TelecomAuditError):
    """The project file is damaged."""

    kind = "damaged"
    exit_code = 4
