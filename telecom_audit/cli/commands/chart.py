"""`chart`: one chart as a page for paper."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import FILE, answer, json_option, project_argument, table


@click.command()
@project_argument
@click.argument("key")
@click.option("--scenario", help="The scenario to compare with; else the only one.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True)
@click.option("--grey", is_flag=True, help="Draw in greys, for a printer without colours.")
@click.option("-o", "--output", type=FILE, help="FILE.pdf, FILE.svg or FILE.png.")
@json_option
def command(
    project: Path,
    key: str,
    scenario: str | None,
    paper: str,
    grey: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Draw the chart KEY in landscape; `list` names the charts that there are.

    Example: telecom-audit chart city.telaudit savings --paper a4 -o savings.pdf
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.chart_order import ChartOrder
    from telecom_audit.tasks.charts import chart_list, draw_chart

    with open_project(project) as opened:
        if key == "list":
            listed = chart_list()
            rows = [(one["chart"], one["question"]) for one in listed["charts"]]
            answer(listed, table(("chart", "what it answers"), rows), as_json)
            return
        if output is None:
            raise click.UsageError("Missing option '-o'.")
        document = draw_chart(opened, ChartOrder(key, scenario, paper, grey), output)
    answer(document, [document["title"], f"Wrote {output}."], as_json)
