"""The status bar: what is saved, what runs and how long it will, and what is selected."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from ui import theme
from ui.numbers import count_text
from ui.work import Job, Work

_SHOWN_AFTER = 300  # milliseconds
_GUESSED_AFTER = 3.0  # seconds until a time left is worth telling
_PARTS = 1000  # a progress bar counts in C ints, so its scale is ours


def time_left(job: Job, now: float) -> str:
    """How long a job will still take, in words; empty while nobody can know."""
    step = job.step
    if step is None or not step.whole or not step.done or job.began_at is None:
        return ""
    spent = now - job.began_at
    if spent < _GUESSED_AFTER:
        return ""
    left = spent * (step.whole - step.done) / step.done
    if left < 60:
        return f"about {max(1, round(left))} s left"
    return f"about {round(left / 60)} min left"


def progress_text(job: Job, now: float) -> str:
    """What the status bar says of a job."""
    step = job.step
    parts = [step.name if step and step.name else job.name]
    if step is not None:
        if step.rows is not None:
            parts.append(f"{count_text(step.rows)} rows")
        elif step.unit == "rows" and step.done:
            parts.append(f"{count_text(step.done)} rows")
        elif step.whole and step.unit != "bytes":
            parts.append(f"{count_text(step.done)} of {count_text(step.whole)} {step.unit}")
    if job.is_cancelled:
        parts.append("stopping")
    elif left := time_left(job, now):
        parts.append(left)
    return "  ·  ".join(parts)


class Status(QStatusBar):
    """Shows named jobs that take longer than 300 ms, with a way to stop them."""

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self._job: Job | None = None
        self._saved = _label()
        self._text = _label()
        self._selection = _label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(18 * theme.GRID)
        self._bar.setAccessibleName("Progress")
        self._cancel = QPushButton("Cancel")
        self._cancel.setToolTip("Stop this job; nothing of it is kept")
        self._cancel.clicked.connect(self._stop)
        self._running = QWidget()
        row = QHBoxLayout(self._running)
        row.setContentsMargins(theme.GRID, 0, 0, 0)
        for widget in (self._text, self._bar, self._cancel):
            row.addWidget(widget)
        self._running.hide()
        self.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        self.addWidget(self._saved)
        self.addWidget(self._running)
        self.addPermanentWidget(self._selection)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SHOWN_AFTER)
        self._later.timeout.connect(self._appear)
        work.began.connect(self._begin)
        work.moved.connect(self._move)
        work.ended.connect(self._end)

    def tell_saved(self, text: str) -> None:
        """Say at the left how the project is kept; empty while none is open."""
        self._saved.setText(text)

    def tell_selection(self, text: str) -> None:
        """Say at the right what is selected."""
        self._selection.setText(text)

    def _begin(self, job: Job) -> None:
        if job.name:
            self._job = job
            self._later.start()

    def _appear(self) -> None:
        if self._job is not None:
            self._running.show()
            self._move(self._job)

    def _move(self, job: Job) -> None:
        if job is not self._job or not self._running.isVisible():
            return
        self._text.setText(progress_text(job, time.monotonic()))
        step = job.step
        if step is not None and step.whole:
            self._bar.setRange(0, _PARTS)
            self._bar.setValue(min(_PARTS, step.done * _PARTS // step.whole))
        else:
            self._bar.setRange(0, 0)
        self._cancel.setEnabled(not job.is_cancelled)

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._later.stop()
            self._running.hide()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._move(self._job)


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.tabular(theme.body_font()))
    return label
