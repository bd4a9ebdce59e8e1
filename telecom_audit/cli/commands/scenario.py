"""`scenario`: migration scenarios are added, listed, shown, removed, and told what really moved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from telecom_audit.cli.answers import FILE, answer, json_option, project_argument, table
from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.store.project import open_project
from telecom_audit.tasks.scenarios import (
    add_scenario,
    drop_scenario,
    kept_scenario,
    kept_scenarios,
    record_cutover,
)
from telecom_audit.tasks.scenarios_answer import added_document, listed_document, shown_document


class ProjectFirst(click.Group):
    """A group whose PROJECT stands before the name of what to do with it."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of use."""
        formatter.write_usage(ctx.command_path, "PROJECT add|list|show|remove|cutover …")


@click.group(cls=ProjectFirst)
@project_argument
@click.pass_context
def command(ctx: click.Context, project: Path) -> None:
    """Migration scenarios of PROJECT.

    Example: telecom-audit scenario city.telaudit add hosted.toml
    """
    ctx.obj = project


@command.command()
@click.argument("file", type=FILE)
@json_option
@click.pass_obj
def add(project: Path, file: Path, as_json: bool) -> None:
    """Resolve FILE.toml against the project and store both; a known name is renewed.

    Example: telecom-audit scenario city.telaudit add hosted.toml
    """
    text = _text(file)
    with open_project(project) as opened:
        plan = add_scenario(opened, text)
    document = added_document(plan)
    lines = [f"Added {plan.name}.", *_warnings(document)]
    answer(document, lines, as_json)


@command.command("list")
@json_option
@click.pass_obj
def list_(project: Path, as_json: bool) -> None:
    """List the scenarios.

    Example: telecom-audit scenario city.telaudit list
    """
    with open_project(project) as opened:
        document = listed_document(kept_scenarios(opened))
    rows = [
        (one["name"], one["start"], str(one["months"]), one["not_measurable"] or "yes")
        for one in document["scenarios"]
    ]
    answer(document, table(("name", "start", "months", "measurable"), rows, "2"), as_json)


@command.command()
@click.argument("name")
@json_option
@click.pass_obj
def show(project: Path, name: str, as_json: bool) -> None:
    """Show the plan that is stored for a scenario.

    Example: telecom-audit scenario city.telaudit show "Hosted UC, two waves"
    """
    with open_project(project) as opened:
        document = shown_document(kept_scenario(opened, name))
    rows = [
        (one["vendor"], one["service"], one["action"], one["wave"] or "", one["monthly"])
        for one in document["services"]
    ]
    waves = [(one["name"], one["cutover"], one["moved"] or "") for one in document["waves"]]
    lines = [
        f"{document['name']}, from {document['start']}, {document['months']} months",
        *table(("wave", "cutover", "really moved"), waves),
        "",
        *table(("vendor", "service", "action", "wave", "monthly"), rows, "4"),
        *_warnings(document),
    ]
    answer(document, lines, as_json)


@command.command()
@click.argument("name")
@json_option
@click.pass_obj
def remove(project: Path, name: str, as_json: bool) -> None:
    """Remove a scenario.

    Example: telecom-audit scenario city.telaudit remove "Hosted UC, two waves"
    """
    with open_project(project) as opened:
        drop_scenario(opened, name)
    answer({"removed": name}, [f"Removed {name}."], as_json)


@command.command()
@click.argument("name")
@click.argument("wave")
@click.argument("month")
@json_option
@click.pass_obj
def cutover(project: Path, name: str, wave: str, month: str, as_json: bool) -> None:
    """Record the MONTH in which WAVE of scenario NAME really moved.

    Example: telecom-audit scenario city.telaudit cutover "Hosted UC, two waves" Downtown 2026-05
    """
    with open_project(project) as opened:
        record_cutover(opened, name, wave, month)
    document = {"scenario": name, "wave": wave, "month": month}
    answer(document, [f"{wave} of {name} moved in {month}."], as_json)


def _warnings(document: Mapping[str, Any]) -> list[str]:
    return [f"warning: {warning}" for warning in document["warnings"]]


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read: {error.strerror}", "Name a scenario file."
        ) from error
    except UnicodeDecodeError as error:
        raise RefusedError(f"{file} is not UTF-8 text", "Save the scenario as UTF-8.") from error
