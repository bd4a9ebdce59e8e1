"""The sample city from its bills to a report, as a user would do it step by step."""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import resources
from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.months import month_number
from telecom_audit.store.project import Project, ProjectSettings, create_project, open_project
from telecom_audit.tasks.audit import run_audit
from telecom_audit.tasks.audit_parameters import AuditOrder
from telecom_audit.tasks.baseline_answer import freeze_order
from telecom_audit.tasks.baseline_freeze import freeze
from telecom_audit.tasks.chart_order import ChartOrder
from telecom_audit.tasks.charts import draw_chart
from telecom_audit.tasks.demo_headline import headline
from telecom_audit.tasks.demo_truth import compared
from telecom_audit.tasks.findings import finding_list
from telecom_audit.tasks.forecast import forecast
from telecom_audit.tasks.imports import import_files
from telecom_audit.tasks.imports_options import ImportOptions
from telecom_audit.tasks.measure import MeasureOrder, measure
from telecom_audit.tasks.report import ReportOrder, write_report
from telecom_audit.tasks.scenarios import add_scenario, kept_scenarios

PROJECT = "city.telaudit"
_SAMPLE = "sample"
_CHARTS = (("savings", "savings.pdf"), ("savings", "savings.png"), ("spend", "spend.pdf"))
_REPORT = "report.pdf"
_WRITTEN = (_REPORT, *(name for _, name in _CHARTS))


def build_demo(folder: Path, note: Callable[[str], None]) -> dict[str, Any]:
    """Build the project, its charts and its report in a folder; all of it appears, or nothing.

    Args:
        folder: made when it does not exist.
        note: told what is being done, a sentence at a time.

    Raises:
        RefusedError: the folder holds a city.telaudit already.
        UsageError: the folder's parent does not exist.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", "Name a folder.")
    if not folder.parent.is_dir():
        raise UsageError(f"there is no folder {folder.parent}", "Make the folder first.")
    if (folder / PROJECT).exists():
        raise RefusedError(
            f"{folder} already holds {PROJECT}",
            f"Name another folder, or delete {folder / PROJECT} first.",
        )
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.tmp-", dir=folder.parent))
    try:
        document = _built(unfinished, note)
        _take_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    files = [PROJECT, *_WRITTEN]
    return {"folder": str(folder), "project": str(folder / PROJECT), "files": files} | document


def _take_place(unfinished: Path, folder: Path) -> None:
    """Move what was built to its folder, the project last: its name says that all is there."""
    folder.mkdir(exist_ok=True)
    for name in (*_WRITTEN, PROJECT):
        os.replace(unfinished / name, folder / name)  # noqa: PTH105 (over an older chart)


def _built(folder: Path, note: Callable[[str], None]) -> dict[str, Any]:
    order = tomllib.loads(resources.read_text(f"{_SAMPLE}/order.toml"))
    path = folder / PROJECT
    create_project(path, ProjectSettings(**order["project"]))
    for step in order["step"]:
        _do(path, step, note)
    with open_project(path) as project:
        note("Measuring and drawing")
        answer = _answered(project)
        for key, name in _CHARTS:
            draw_chart(project, ChartOrder(key, answer["scenario"]), folder / name)
        write_report(project, ReportOrder(answer["scenario"]), folder / _REPORT)
    return answer


def _answered(project: Project) -> dict[str, Any]:
    scenario = kept_scenarios(project)[0].plan.name
    findings = finding_list(project)
    measured = measure(project, MeasureOrder(scenario=scenario))
    projected = forecast(project, scenario).document
    truth = compared(resources.read_text(f"{_SAMPLE}/truth.json"), findings["findings"])
    return {
        "organization": project.settings.organization,
        "scenario": scenario,
        **headline(findings, projected, measured),
        "truth": truth.document,
    }


def _do(path: Path, step: Mapping[str, Any], note: Callable[[str], None]) -> None:
    if "import" in step:
        files = [resources.location(f"{_SAMPLE}/{name}") for name in step["import"]]
        note(f"Importing {len(files)} files")
        for error in import_files(path, files, ImportOptions()).errors:
            raise error
        return
    with open_project(path) as project:
        if "audit" in step:
            note("Auditing")
            run_audit(project, AuditOrder(**step["audit"]))
        elif "freeze" in step:
            note("Freezing the baseline")
            terms = step["freeze"]
            through, rise = month_number(terms["through"]), str(terms["escalator"])
            freeze(project, freeze_order(through, terms["by"], terms["months"], rise))
        else:
            note("Adding the scenario")
            add_scenario(project, resources.read_text(f"{_SAMPLE}/{step['scenario']}"))
