"""Small projects in each state that the Savings page knows."""

from __future__ import annotations

from pathlib import Path

from tests.savings.projects import BillLine, TestProject, new_project

_MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
SCENARIO = """[scenario]
name = "{name}"
start = "2025-01"
months = 24
discount_rate = 0.06

[[disposition]]
when = {{ service_type = "pri" }}
action = "migrate"

[[disposition]]
when = {{ service_type = "pots" }}
action = "retain"

[[wave]]
name = "All"
when = {{ service_type = "pri" }}
cutover = "2025-03"

[[recurring]]
name = "New lines"
quantity = 1
price = "{price}"

[[one_time]]
name = "Install"
quantity = 1
price = "500.00"
month = "{month}"
"""


def billed(folder: Path, months: int = 24, late: int = 0) -> TestProject:
    """Two accounts of two vendors, billed each month; the second lacks its last bills.

    Args:
        folder: for the project and its files.
        months: how many, from 2024-01 on.
        late: how many of the second account's last bills are missing.
    """
    project = new_project(folder)
    lines = [
        BillLine(f"{month}-10", "MRC", "900.00" if month < "2025-04" else "40.10", "C-1")
        for month in _MONTHS[:months]
    ]
    lines += [
        BillLine(f"{month}-12", "MRC", "70.00", "C-2", "77", "Bell")
        for month in _MONTHS[: months - late]
    ]
    project.bring_bills(lines)
    project.bring(
        "inventory.csv",
        "service,service_type,status,vendor,account\n"
        "C-1,pri,active,Acme,100\nC-2,pots,active,Bell,77\n",
    )
    return project


def freeze(project: TestProject) -> None:
    """Freeze the year 2024."""
    project.done("baseline", "freeze", "--through", "2024-12", "--by", "Test")


def plan(project: TestProject, name: str, price: str = "100.00", month: str = "2025-02") -> None:
    """Add a scenario that replaces C-1."""
    file = project.path.parent / f"{name}.toml"
    file.write_text(SCENARIO.format(name=name, price=price, month=month), encoding="utf-8")
    project.done("scenario", "add", str(file))


def paid(folder: Path) -> TestProject:
    """Payments alone, to two vendors by two payers."""
    project = new_project(folder)
    rows = [
        f"{vendor},{month}-20,{amount + number}.50,{payer}"
        for number, month in enumerate(_MONTHS)
        for vendor, amount, payer in (
            ("Acme", 900, "Fire"),
            ("Acme", 300, "Water"),
            ("Bell", 70, "Fire"),
        )
    ]
    project.bring("payments.csv", "vendor,payment_date,amount,payer\n" + "\n".join(rows) + "\n")
    return project
