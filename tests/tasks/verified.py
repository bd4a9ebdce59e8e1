"""A small project with everything that `verify` compares, made by the real commands."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from telecom_audit.tasks.verify import Verification, verify
from tests.savings.projects import BillLine, TestProject, new_project

INVENTORY = """service,service_type,status,site,use,vendor,account,contract,monthly_cost
555-0101,pots,active,HALL,user,Acme,100,K1,40.00
555-0102,pots,active,HALL,fax,Acme,100,,20.00
"""
CONTRACTS = """contract,vendor,charge_code,rate,effective_from,effective_to
K1,Acme,MRC,38.00,2023-01-01,2027-12-31
"""
PAYMENTS = """vendor,payment_date,amount,account
Acme,2024-03-15,70.00,100
Acme,2024-09-15,71.00,100
Acme,2025-03-15,65.00,100
"""
SCENARIO = """[scenario]
name = "Hosted"
start = "2025-01"
months = 12
discount_rate = 0.03
[[disposition]]
when = { use = "fax" }
action = "retain"
[[disposition]]
when = { service_type = "pots" }
action = "migrate"
[[wave]]
name = "All"
when = { service = "*" }
cutover = "2025-02"
[[recurring]]
name = "Seat"
price = "5.00"
per = "migrated-service"
"""
TOTAL = ",".join(
    ("vendor", "account", "invoice", "bill_date", "service", "class", "amount", "invoice_total")
)


def month_of(year: int, month: int, amount: str = "40.00") -> list[BillLine]:
    """The bill of a month."""
    date = f"{year}-{month:02d}-10"
    return [
        BillLine(date, "MRC", amount, "555-0101"),
        BillLine(date, "MRC", "20.00", "555-0102"),
        BillLine(date, "TAX", "3.00"),
        BillLine(date, "USG", "2.40", "555-0102"),
    ]


def small_city(folder: Path) -> TestProject:
    """Bills of two years, a baseline of the first, a scenario, and an audit."""
    project = new_project(folder)
    project.bring("inventory.csv", INVENTORY)
    project.bring("contracts.csv", CONTRACTS)
    project.bring("payments.csv", PAYMENTS)
    for month in range(1, 13):
        project.bring_bills(month_of(2024, month), f"2024-{month:02d}.csv")
    total = "Acme,200,T1,2024-06-20,555-0200,NRC,12.00,12.00"
    project.bring("total.csv", f"{TOTAL}\n{total}\n")
    project.done("audit")
    project.freeze("2024-12", "--escalator", "0.02")
    plan = folder / "plan.toml"
    plan.write_text(SCENARIO, encoding="utf-8")
    project.done("scenario", "add", str(plan))
    for month in range(1, 7):
        project.bring_bills(month_of(2025, month, "30.00"), f"2025-{month:02d}.csv")
    project.done("audit")
    return project


def with_shell(path: Path, statement: str) -> None:
    """Change a project with the `sqlite3` program, as a stranger would."""
    subprocess.run(["sqlite3", str(path), statement], check=True, capture_output=True)


def change(path: Path, table: str, setting: str, row: str) -> None:
    """Change one row of a table that is never changed: its trigger goes first."""
    with_shell(
        path,
        f"DROP TRIGGER {table}_keeps_rows_on_update; UPDATE {table} SET {setting} WHERE id = {row}",
    )


def failed(found: Verification) -> dict[str, str]:
    """The checks that found a mismatch: name -> detail."""
    return {check.name: check.detail for check in found.checks if not check.ok}


def replayed(path: Path) -> Verification:
    """What verify --replay finds."""
    return verify(path, replay=True)


def one(path: Path, query: str) -> Any:
    """One value of a project, by the `sqlite3` program."""
    answer = subprocess.run(
        ["sqlite3", str(path), query], check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()
