"""`end-account`: the last month that an account bills."""

from __future__ import annotations

from pathlib import Path

import click

from telecom_audit.cli.answers import answer, json_option, project_argument
from telecom_audit.cli.month_option import MONTH
from telecom_audit.months import month_text


@click.command()
@project_argument
@click.argument("vendor")
@click.argument("account")
@click.argument("month", type=MONTH)
@click.option("--by", required=True, help="Who says so.")
@json_option
def command(project: Path, vendor: str, account: str, month: int, by: str, as_json: bool) -> None:
    """Record the last month that an account bills, so that `measure` expects no later bill.

    Example: telecom-audit end-account city.telaudit "Acme Telephone" 4471-02 2025-09 --by "J. Ruiz"
    """
    from telecom_audit.store.project import open_project
    from telecom_audit.tasks.ended_accounts import end_account

    with open_project(project) as opened:
        end_account(opened, (vendor, account), month, by)
    last = month_text(month)
    answer(
        {"vendor": vendor, "account": account, "last_month": last, "recorded_by": by},
        [f"{vendor} {account} bills through {last}."],
        as_json,
    )
