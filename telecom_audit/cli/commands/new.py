"""`new`: an empty project."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.store.project import ProjectSettings, create_project


@click.command()
@project_argument
@click.option("--organization", default="", help="Whose bills these are.")
@click.option("--currency", default="USD", show_default=True, help="ISO code of the currency.")
@click.option(
    "--fiscal-year-start",
    type=click.IntRange(1, 12),
    default=7,
    show_default=True,
    help="First month of the fiscal year.",
)
@click.option("--tax-exempt", is_flag=True, help="The customer is exempt from taxes.")
@click.option("--late-charge-exempt", is_flag=True, help="... and from late charges.")
@json_option
def command(
    project: Path,
    organization: str,
    currency: str,
    fiscal_year_start: int,
    tax_exempt: bool,
    late_charge_exempt: bool,
    as_json: bool,
) -> None:
    """Make an empty project; refuses to overwrite.

    Example: telecom-audit new city.telaudit --organization "City of Marlow" --tax-exempt
    """
    settings = ProjectSettings(
        organization, currency.upper(), fiscal_year_start, tax_exempt, late_charge_exempt
    )
    create_project(project, settings)
    answer({"project": str(project)}, [f"Made {project}."], as_json)
