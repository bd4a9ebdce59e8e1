"""A long command at the terminal: how far it is, and Ctrl+C that stops it cleanly."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from telecom_audit.progress import Progress, Step

_TELL_EVERY = 0.2  # seconds
_SETTLED = 2.0  # seconds, before which the time left is a mere guess
_CLEAR = "\r\x1b[K"


@contextmanager
def watched(*, is_shown: bool) -> Iterator[Progress]:
    """The progress of a command.

    It stands on one line of stderr, when that is a terminal. The first Ctrl+C asks the command to
    stop, which then raises a `CancelledError`; a second one ends it as Python does.

    Args:
        is_shown: whether to show it at all; not beside --json.
    """
    stop = threading.Event()
    line = _Line() if is_shown and sys.stderr.isatty() else None
    found = signal.getsignal(signal.SIGINT)
    before = signal.default_int_handler if found is None else found

    def on_interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()
        signal.signal(signal.SIGINT, before)

    is_main = threading.current_thread() is threading.main_thread()
    if is_main:
        signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield Progress(line.show, stop.is_set) if line else Progress(is_cancelled=stop.is_set)
    finally:
        if is_main:
            signal.signal(signal.SIGINT, before)
        if line:
            line.clear()


class _Line:
    """The line at the terminal."""

    def __init__(self) -> None:
        self._began = self._shown = time.monotonic()

    def show(self, step: Step) -> None:
        """Show a step, unless another one stands there since a moment ago."""
        now = time.monotonic()
        if now - self._shown >= _TELL_EVERY:
            self._shown = now
            print(_CLEAR + _words(step, now - self._began), end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Leave no line behind."""
        print(_CLEAR, end="", file=sys.stderr, flush=True)


def _words(step: Step, seconds: float) -> str:
    """A step as a person reads it, after so many seconds of the command."""
    parts = [step.name]
    if step.whole and step.done:
        parts.append(f"{100 * step.done // step.whole} %")
    if step.rows:
        parts.append(f"{step.rows:,} rows")
    if step.whole and step.done and seconds > _SETTLED:
        left = round(seconds * (step.whole - step.done) / step.done)
        parts.append(f"{left // 60}:{left % 60:02d} left")
    return " · ".join(parts)
