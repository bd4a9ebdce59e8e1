"""`export`: one documented view as a file."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import FILE, answer, json_option, project_argument


@click.command()
@project_argument
@click.argument("table")
@click.option("-o", "--output", type=FILE, required=True, help="FILE.csv or FILE.xlsx.")
@json_option
def command(project: Path, table: str, output: Path, as_json: bool) -> None:
    """Write a table: charges, invoices, payments, inventory, contracts, calls, findings, evidence.

    Also usage and people.

    Only rows that count: those of retired and superseded imports are left out. Each extra column
    of the imported files stands under its own caption, a repeated one with a number behind it.

    CSV is UTF-8 without a byte order mark, amounts as decimal text; a text that a spreadsheet
    might run as a formula (= + - @ ...) begins with an apostrophe. XLSX keeps every text as it is.

    Example: telecom-audit export city.telaudit payments -o payments.csv
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.export import export_table

    with open_project(project) as opened:
        document = export_table(opened, table, output)
    answer(document, [f"Wrote {document['rows']} rows to {output}."], as_json)
