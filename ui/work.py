"""All that takes time: one queue of jobs and one thread that works it off.

A job is a plain function of a `Progress`; it opens its own connection, returns values and knows no
widget. Its answer is handed over in the window's thread.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from telecom_audit.errors import TelecomAuditError
from telecom_audit.memory import cycles_unsought
from telecom_audit.progress import CancelledError, Progress, Step

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

_TELL_EVERY = 0.1  # seconds
_HAND_OVER_AFTER = 0.001  # seconds


class Job:
    """One piece of work, from the moment it is queued until its answer was handed over.

    Attributes:
        name: what the status bar calls it; empty for what a page reads.
        step: how far it is; None before it began.
        began_at: `time.monotonic()` when its first step began; None before.
    """

    def __init__(
        self,
        run: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        name: str,
    ) -> None:
        self.name = name
        self.step: Step | None = None
        self.began_at: float | None = None
        self.run = run
        self.done = done
        self.failed = failed
        self._cancelled = Event()

    def let_go(self) -> None:
        """Forget what it worked on; whoever still holds the job keeps nothing else alive."""
        self.run = self.done = self.failed = _nothing

    def cancel(self) -> None:
        """Ask the job to stop; it leaves nothing behind and answers with a `CancelledError`."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancelled.is_set()


class _Worker(QThread):
    """The thread; its signals are received in the thread of the window."""

    began = Signal(object)
    moved = Signal(object, object)
    finished_job = Signal(object, object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Job | None] = SimpleQueue()

    def put(self, job: Job | None) -> None:
        """Queue a job; None ends the thread."""
        self._queue.put(job)

    def run(self) -> None:
        """Work the queue off until None comes."""
        while (job := self._queue.get()) is not None:
            self.began.emit(job)
            answer, error = self._outcome(job)
            self.finished_job.emit(job, answer, error)
            del job, answer, error  # or the last answer would live on while the thread waits

    def _outcome(self, job: Job) -> tuple[object, Exception | None]:
        progress = Progress(partial(self._tell, job, [0.0]), lambda: job.is_cancelled)
        try:
            progress.check()
            with cycles_unsought():
                return job.run(progress), None
        except Exception as error:  # noqa: BLE001 - handed over whole and shown in one place
            return None, error

    def _tell(self, job: Job, last: list[float], step: Step) -> None:
        now = time.monotonic()
        if now - last[0] >= _TELL_EVERY or step.done == step.whole:
            last[0] = now
            self.moved.emit(job, step)


class Work(QObject):
    """The queue as the window sees it.

    Signals: `began`, `moved` and `ended`, each with the job.
    """

    began = Signal(object)
    moved = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The window asks for the interpreter's lock with each cell that Qt wants to know: at
        # Python's usual 5 ms a table of a hundred cells would stand still for half a second.
        sys.setswitchinterval(_HAND_OVER_AFTER)
        self._waiting: list[Job] = []
        self._worker = _Worker(self)
        self._worker.began.connect(self._note_begin)
        self._worker.moved.connect(self._note_step)
        self._worker.finished_job.connect(self._hand_over)

    def start(
        self,
        run: Callable[[Progress], Answer],
        done: Callable[[Answer], None],
        *,
        failed: Callable[[Exception], None],
        name: str = "",
    ) -> Job:
        """Queue a job.

        Args:
            run: works in the other thread.
            done: is handed the answer, in this thread.
            failed: is handed the error instead; a `CancelledError` when the job was stopped.
            name: for the status bar; empty for what a page reads.
        """
        job = Job(run, done, failed, name)
        self._waiting.append(job)
        if not self._worker.isRunning():
            self._worker.start()
        self._worker.put(job)
        return job

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that are queued or at work, the oldest first."""
        return tuple(self._waiting)

    def stop(self) -> None:
        """Ask all jobs to stop and wait for the thread's end; without it Qt would abort."""
        for job in self._waiting:
            job.cancel()
        if self._worker.isRunning():
            self._worker.put(None)
            self._worker.wait()

    @Slot(object)
    def _note_begin(self, job: Job) -> None:
        job.began_at = time.monotonic()
        self.began.emit(job)

    @Slot(object, object)
    def _note_step(self, job: Job, step: Step) -> None:
        job.step = step
        self.moved.emit(job)

    @Slot(object, object, object)
    def _hand_over(self, job: Job, answer: object, error: Exception | None) -> None:
        self._waiting.remove(job)
        self.ended.emit(job)
        done, failed = job.done, job.failed
        job.let_go()
        if error is None:
            done(answer)
            return
        if not isinstance(error, TelecomAuditError):
            log.error("the job %r failed", job.name or "page", exc_info=error)
        failed(error)


def _nothing(_: object) -> None:
    """What a job does that was handed over."""


def was_cancelled(error: Exception) -> bool:
    """Whether a job ended because somebody stopped it, which is nothing to report."""
    return isinstance(error, CancelledError)
