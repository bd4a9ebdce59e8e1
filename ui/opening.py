"""Opening a project for the window: a job that answers what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from telecom_audit.progress import Progress
from ui.session import Session


@dataclass(frozen=True)
class Opened:
    """An open project, and how to let it go."""

    session: Session
    close: Callable[[], None]


def open_session(path: Path, is_review: bool, progress: Progress) -> Opened:
    """Open a project to work on, or a private copy of it to look at.

    Raises:
        TelecomAuditError: it cannot be opened; its file is as it was.
    """
    progress.check()
    if not is_review:
        return Opened(_session(path, path, is_review=False), _nothing)
    from telecom_audit.tasks.review import open_for_review

    review = open_for_review(path)
    try:
        return Opened(_session(review.path, path, is_review=True), review.close)
    except BaseException:
        review.close()
        raise


def _session(path: Path, shown: Path, *, is_review: bool) -> Session:
    from telecom_audit.store.project import open_project  # not before the first window

    with open_project(path) as project:
        return Session(path, shown, is_review, project.settings)


def _nothing() -> None:
    return None
