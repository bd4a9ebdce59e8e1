"""What a long task tells while it runs, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from telecom_audit.errors import TelecomAuditError

Item = TypeVar("Item")

_CHECK_EVERY = 100


class CancelledError(TelecomAuditError):
    """The person who started a task stopped it; nothing of it was kept."""

    kind: ClassVar[str] = "cancelled"
    exit_code: ClassVar[int] = 130

    def __init__(
        self,
        message: str = "stopped before it was done",
        remedy: str = "Nothing was changed; start it again.",
    ) -> None:
        super().__init__(message, remedy)


@dataclass(frozen=True)
class Step:
    """How far a task is.

    Attributes:
        name: what is being done ("Import bills.csv").
        done: units finished so far.
        whole: all units, as far as they can be known; None when they cannot.
        unit: what is counted, in the plural ("rows", "rules", "bytes").
        rows: the rows read so far, when the units are not rows.
    """

    name: str
    done: int = 0
    whole: int | None = None
    unit: str = "rows"
    rows: int | None = None


def _nobody(step: Step) -> None:
    del step


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Progress:
    """A task's ear and mouth; a plain value, so that the core knows no window.

    Attributes:
        tell: called with each step, from the thread that works.
        is_cancelled: asked between rows and statements.
    """

    tell: Callable[[Step], None] = _nobody
    is_cancelled: Callable[[], bool] = _never

    def check(self) -> None:
        """Go on, unless the person asked to stop.

        Raises:
            CancelledError: the task must leave nothing behind.
        """
        if self.is_cancelled():
            raise CancelledError

    def each(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, unless the person asks to stop meanwhile.

        Raises:
            CancelledError: as `check`.
        """
        for number, item in enumerate(items):
            if number % _CHECK_EVERY == 0:
                self.check()
            yield item

    def at(self, step: Step) -> None:
        """Tell a step, and go on unless the person asked to stop.

        Raises:
            CancelledError: as `check`.
        """
        self.check()
        self.tell(step)


SILENT = Progress()
