"""An audit, a freeze and a measurement that are stopped leave the project as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from telecom_audit.months import month_number
from telecom_audit.progress import CancelledError, Progress
from telecom_audit.store.project import Project, open_project
from telecom_audit.tasks.audit import run_audit
from telecom_audit.tasks.audit_parameters import AuditOrder
from telecom_audit.tasks.baseline_answer import freeze_order
from telecom_audit.tasks.baseline_freeze import freeze
from telecom_audit.tasks.findings import finding_list
from telecom_audit.tasks.forecast import forecast
from telecom_audit.tasks.measure import MeasureOrder, measured
from tests.tasks.cancelling import Person, dump, files_beside, was_stopped
from tests.tasks.importing import bill, entry, file, project

HEADER = "vendor,account,invoice,bill_date,amount,service,charge_code,class,from,thru"


def city(folder: Path) -> Path:
    """A project with six months of bills, in which each line of a service stands twice."""
    target = project(folder)
    rows = [
        f"Acme,1,I{month},2025-0{month}-01,{5 + service}.00,555-{service:04d},1FB,MRC,"
        f"2025-0{month}-01,2025-0{month}-28"
        for month in range(1, 7)
        for service in range(150)
        for _ in range(2)
    ]
    entry(target, bill(folder, "bills.csv", rows, HEADER))
    units = "\n".join(["service,service_type,vendor", "555-0000,pots,Acme"]) + "\n"
    entry(target, file(folder, "inventory.csv", units))
    return target


def audits(target: Path) -> Callable[[Progress], None]:
    def run(progress: Progress) -> None:
        with open_project(target) as opened:
            run_audit(opened, AuditOrder(), progress)

    return run


def points(most: int) -> list[int]:
    return sorted({*range(10), *range(10, most, max(1, most // 12)), most - 1})


def found(target: Path) -> list[str]:
    with open_project(target) as opened:
        return [each["rule"] for each in finding_list(opened, ())["findings"]]


def test_a_stopped_audit_leaves_the_findings_of_the_one_before(tmp_path):
    target = city(tmp_path)
    audits(target)(Progress())
    rules = found(target)
    assert len(rules) > 200
    more = [f"Acme,2,L{n},2025-06-02,9.00,556-{n % 40:04d},1FB,MRC,," for n in range(80)]
    entry(target, bill(tmp_path, "more.csv", more, HEADER))
    before, beside = dump(target), files_beside(target)
    calm = Person(float("inf"))
    copy = tmp_path / "copy" / "city.telaudit"
    copy.parent.mkdir()
    copy.write_bytes(target.read_bytes())
    audits(copy)(calm.progress)
    assert calm.asked > 30
    for patience in points(calm.asked):
        assert was_stopped(audits(target), patience), f"question {patience} of {calm.asked}"
        assert dump(target) == before, patience
        assert files_beside(target) == beside | {"copy"}
    assert found(target) == rules
    audits(target)(Progress())
    assert found(target) == found(copy) != rules


def test_an_audit_tells_a_step_for_each_rule(tmp_path):
    target = city(tmp_path)
    calm = Person(float("inf"))
    audits(target)(calm.progress)
    rules = [step.name for step in calm.steps]
    assert rules[0] == "Audit: bill-does-not-add-up"
    assert rules[-1] == "Audit: claims"
    assert len(set(rules)) == len(rules) == 9
    assert [(step.done, step.whole) for step in calm.steps] == [(n, 9) for n in range(9)]


def freezes(opened: Project, progress: Progress) -> None:
    freeze(opened, freeze_order(month_number("2025-04"), "me"), progress)


def measures(opened: Project, progress: Progress) -> None:
    measured(opened, MeasureOrder(by="service"), progress)


@pytest.mark.parametrize("task", [freezes, measures])
def test_a_stopped_freeze_or_measurement_changes_nothing(tmp_path, task):
    target = city(tmp_path)
    if task is measures:
        with open_project(target) as opened:
            freezes(opened, Progress())
    before = dump(target)
    patience = 0

    def run(progress: Progress) -> None:
        with open_project(target) as opened:
            task(opened, progress)

    while was_stopped(run, patience):
        assert dump(target) == before, patience
        patience += 1
    assert patience >= 3
    assert (dump(target) != before) is (task is freezes)


def test_a_forecast_can_be_stopped(project_path):
    with open_project(project_path) as opened, pytest.raises(CancelledError):
        forecast(opened, "none", Person(0).progress)
