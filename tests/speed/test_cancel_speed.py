"""A cancel is answered at once, and what was begun is rolled back soon, in whatever phase."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.import_speed import write_bill
from telecom_audit.progress import CancelledError, Progress, Step
from telecom_audit.store.project import ProjectSettings, create_project, open_project
from telecom_audit.tasks.audit import run_audit
from telecom_audit.tasks.audit_parameters import AuditOrder
from telecom_audit.tasks.imports import ImportOptions, import_files

ROWS = 200_000
MOST_SECONDS = 2.0  # with the roll-back; half a second on a machine of one's own

pytestmark = pytest.mark.speed


class Stopper:
    """Asks a task to stop when a step is reached, and notes when."""

    def __init__(self, is_reached: Callable[[Step], bool]) -> None:
        self._is_reached = is_reached
        self.asked_at = 0.0
        self.progress = Progress(self._told, lambda: bool(self.asked_at))

    def _told(self, step: Step) -> None:
        if not self.asked_at and self._is_reached(step):
            self.asked_at = time.perf_counter()


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """A project with a bill in it, and another bill beside it."""
    folder = tmp_path_factory.mktemp("cancel")
    write_bill(folder / "bill.csv", ROWS)
    write_bill(folder / "later.csv", ROWS, seed=2)
    later = folder / "later.csv"
    later.write_text(later.read_text(encoding="utf-8").replace("INV-", "L-"), encoding="utf-8")
    project = folder / "city.telaudit"
    create_project(project, ProjectSettings())
    import_files(project, [folder / "bill.csv"], ImportOptions())
    return project


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.85, 0.9])
def test_an_import_is_stopped_at_once_in_each_phase(filled, share):
    stopper = Stopper(lambda step: step.done + 1 >= share * (step.whole or 1))
    with pytest.raises(CancelledError):
        import_files(filled, [filled.with_name("later.csv")], ImportOptions(), stopper.progress)
    seconds = time.perf_counter() - stopper.asked_at
    print(f"{share:.0%} {seconds:.3f} s")
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize("place", range(9))
def test_an_audit_is_stopped_at_once_in_each_rule(filled, place):
    stopper = Stopper(lambda step: step.done == place)
    with open_project(filled) as project, pytest.raises(CancelledError):
        run_audit(project, AuditOrder(), stopper.progress)
    seconds = time.perf_counter() - stopper.asked_at
    print(f"step {place} {seconds:.3f} s")
    assert seconds < MOST_SECONDS
