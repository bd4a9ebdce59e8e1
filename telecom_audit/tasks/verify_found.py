"""What a check of a project found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from telecom_audit.errors import RefusedError, TelecomAuditError, UsageError

MOST_SHOWN = 12
# what stored contents come to that nobody could have stored with this program
REFUTED = (
    RefusedError,
    UsageError,
    ValueError,
    TypeError,
    LookupError,
    AssertionError,
    sqlite3.OperationalError,
    sqlite3.IntegrityError,
)


@dataclass(frozen=True)
class Check:
    """A check: what was looked at, whether all is as it should be, and what was seen."""

    name: str
    ok: bool
    detail: str


def listed(faults: Iterable[str]) -> str:
    """The first faults as one text, with the number of the others."""
    rest = iter(faults)
    shown = list(islice(rest, MOST_SHOWN))
    more = sum(1 for _ in rest)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def why_not(error: Exception) -> str:
    """Why stored contents cannot be followed; what is no fault of theirs is raised again.

    Raises:
        RefusedError, sqlite3.OperationalError: the disk or a lock stopped it.
    """
    cause = error.__cause__ if isinstance(error, TelecomAuditError) else error
    # what Python's module says itself has no code
    code = getattr(cause, "sqlite_errorname", "SQLITE_ERROR")
    if isinstance(cause, sqlite3.OperationalError) and code != "SQLITE_ERROR":
        raise error
    return error.message if isinstance(error, TelecomAuditError) else repr(error)
