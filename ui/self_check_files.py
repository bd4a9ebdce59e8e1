"""The steps of the self-check that need no window: the sample, its figures, the shipped files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import resources
from telecom_audit.store.project import ProjectSettings, create_project, open_project
from telecom_audit.tasks.measure import MeasureOrder
from ui.self_check_start import Check, expect

_SOURCE = ("file", "sheet")
_LIST = "inventory-2024-12.csv"  # the shipped file that is read as a workbook too


def build_sample(check: Check) -> str:
    """Import, audit, freeze, model, measure and draw the sample city."""
    from telecom_audit.tasks.demo import build_demo

    answer = build_demo(check.project.parent, lambda _: None)
    expect(answer["truth"]["equal"], f"not the planted errors: {answer['truth']}")
    for confidence, totals in answer["found"].items():
        for column, amount in totals.items():
            check.figures[f"found.{confidence}.{column}"] = str(amount)
    for part in ("planned", "realized"):
        for name, amount in answer[part].items():
            check.figures[f"{part}.{name}"] = str(amount)
    check.figures["scenario"] = answer["scenario"]
    drawn = [check.project.with_name(name) for name in answer["files"]]
    for path in drawn:
        expect(path.stat().st_size > 5000, f"{path.name} is empty")
    return f"{answer['truth']['planted']} planted errors found; {', '.join(answer['files'])}"


def compare_figures(check: Check) -> str:
    """Take the figures from the project anew and hold them to the truth that ships."""
    from telecom_audit.tasks.baseline import shown_baseline
    from telecom_audit.tasks.findings import finding_list
    from telecom_audit.tasks.forecast import forecast
    from telecom_audit.tasks.measure import measure

    scenario = check.figures["scenario"]
    with open_project(check.project) as project:
        findings = finding_list(project)
        projected = forecast(project, scenario).document
        measured = measure(project, MeasureOrder(scenario=scenario))
        check.figures["baseline.digest"] = str(shown_baseline(project)["digest"])
    for name, value in projected["metrics"].items():
        check.figures[f"forecast.{name}"] = _text(value)
    check.figures["findings.sha256"] = _digest(findings["findings"])
    check.figures["forecast.sha256"] = _digest(projected["months"])
    check.figures["measure.sha256"] = _digest(measured)
    truth = json.loads(resources.read_text("sample/truth.json"))
    expect(
        findings["totals"] == truth["totals"],
        f"totals {findings['totals']}, the truth is {truth['totals']}",
    )
    return f"totals equal the truth; baseline {check.figures['baseline.digest'][:12]}"


def _text(value: Any) -> str:
    """A metric; ratios to the billionth, as far as processors agree."""
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return f"{value:.9f}" if isinstance(value, float) else str(value)


def _digest(document: Any) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_workbook(check: Check) -> str:
    """Read one list as CSV and as a workbook, which goes through a child process."""
    from xlsxwriter import Workbook

    rows = list(csv.reader(io.StringIO(resources.read_text(f"sample/{_LIST}"))))
    path = check.folder / "inventory.xlsx"
    with Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Inventory")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    of_text = _imported(check.folder / "text.telaudit", resources.location(f"sample/{_LIST}"))
    of_workbook = _imported(check.folder / "workbook.telaudit", path)
    expect(of_text == of_workbook, f"as CSV {of_text}, as a workbook {of_workbook}")
    return f"{len(of_workbook)} rows, the same as from CSV"


def _imported(project_path: Path, file: Path) -> list[dict[str, str]]:
    """The rows of the list that a file gave, without the names of file and sheet."""
    from telecom_audit.tasks.export import export_table
    from telecom_audit.tasks.imports import import_files
    from telecom_audit.tasks.imports_options import ImportOptions

    create_project(project_path, ProjectSettings(organization="Self-check"))
    for error in import_files(project_path, [file], ImportOptions()).errors:
        raise error
    written = project_path.with_suffix(".csv")
    with open_project(project_path) as project:
        export_table(project, "inventory", written)
    with written.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [{name: row[name] for name in row if name not in _SOURCE} for row in rows]


def load_shipped_files(check: Check) -> str:
    """Load every layout, rule, chart and help page."""
    from telecom_audit.audit.rule import all_rules
    from telecom_audit.charts.registry import charts
    from telecom_audit.readers.layout import known_layouts

    del check
    found = {
        "layouts": len(known_layouts()),
        "rules": len(all_rules()),
        "charts": len(charts()),
        "help pages": len([_help(name) for name in resources.names("help", ".md")]),
        "icons": len(list(resources.names("icons", ".svg"))),
    }
    for name, count in found.items():
        expect(count, f"no {name} were found")
    return ", ".join(f"{count} {name}" for name, count in found.items())


def _help(name: str) -> str:
    text = resources.read_text(f"help/{name}")
    expect(text.startswith("# "), f"help/{name} has no title")
    return text


def load_commands(check: Check) -> str:
    """Load every command of the command line."""
    from telecom_audit.cli.program import program

    del check
    import click

    context = click.Context(program)
    names = program.list_commands(context)
    for name in names:
        command = program.get_command(context, name)
        expect(command is not None and command.help, f"the command {name} does not load")
    expect(len(names) > 15, f"only these commands were found: {names}")
    return f"{len(names)} commands"
