"""Seconds of the eight rules in the project file beside the same checks in vectorised pandas.

Run: python benchmarks/rule_speed.py [ROWS]    (default 300000)

A synthetic bill of so many rows with its inventory, contracts, sites and payments is imported.
Then the rules' SELECTs and the checks in pandas, its loading by pandas.read_sql from the same
project file included, run alternately, each in a process of its own; both count what they claim.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from telecom_audit.money import MICROS, money_text
from telecom_audit.months import day_text, first_day, last_day, month_number
from telecom_audit.store.project import ProjectSettings, create_project
from telecom_audit.tasks.imports import ImportOptions, import_files

_MONTHS = 24
_FIRST_MONTH = month_number("2024-01")
_LINES_A_MONTH = 5
_VENDORS = ("Acme", "Bell", "Cable", "Delta")
_SERVICES_AN_ACCOUNT = 100
_GOAL = 0.5
_ROUNDS = 3
_BILL_HEADER = (
    "vendor,account,invoice,bill_date,due_date,invoice_total,service,service_type,charge_code,"
    "description,class,quantity,rate,amount,from,thru,site,jurisdiction"
)
_BILL = _BILL_HEADER.split(",")


def _lines(service: int, month: int) -> Iterator[tuple[str, str, str, int]]:
    """Code, text, class and micros of what a service is billed in a month, errors planted."""
    line = 45 * MICROS if service % 997 else 52 * MICROS
    yield ("1FB", "Business line flat rate", "MRC", line)
    if service % 499 == 0 and month % 7 == 0:
        yield ("1FB", "Business line flat rate", "MRC", line)
    yield ("VM", "Voice mail", "MRC", 6 * MICROS + 500_000)
    yield ("EUCL", "Subscriber line charge", "SUR", 9 * MICROS + 200_000)
    if service % 1009 == 0:
        yield ("STX", "State sales tax", "TAX", 3 * MICROS)
    yield ("911", "911 fee", "SUR", MICROS)
    yield ("LD", "Long distance usage", "USG", MICROS + 10_000 * ((service * 7 + month) % 90))


def _bill_rows(vendor: int, services: range) -> Iterator[list[str]]:
    name = _VENDORS[vendor]
    for step in range(_MONTHS):
        month = _FIRST_MONTH + step
        start, end = day_text(first_day(month)), day_text(last_day(month))
        due = day_text(first_day(month) + 25)
        for first in range(services.start, services.stop, _SERVICES_AN_ACCOUNT):
            account = f"{name[0]}{first:06d}"
            own = range(first, min(first + _SERVICES_AN_ACCOUNT, services.stop))
            billed = [(service, each) for service in own for each in _lines(service, step)]
            if first % 1700 == 0:
                billed.append((-1, ("LPC", "Late payment charge", "LPC", 5 * MICROS)))
            total = sum(each[3] for _, each in billed) + (MICROS if first % 3100 == 0 else 0)
            invoice = [name, account, f"{account}-{step:02d}", start, due, money_text(total)]
            for service, (code, text, kind, amount) in billed:
                number = f"312{service:07d}"
                yield [
                    *invoice,
                    number if service >= 0 else "",
                    "pots" if service >= 0 else "",
                    code,
                    text,
                    kind,
                    "1" if kind == "MRC" else "",
                    "",
                    money_text(amount),
                    start if kind == "MRC" else "",
                    end if kind == "MRC" else "",
                    f"S{service % 300:03d}" if service >= 0 else "",
                    "",
                ]


def _inventory_rows(services: int) -> Iterator[list[str]]:
    for service in range(services):
        if service % 701 == 0:
            continue
        gone = service % 601 == 0
        yield [
            f"312{service:07d}",
            "pots",
            "disconnected" if gone else "active",
            f"S{service % 300:03d}",
            _VENDORS[service * len(_VENDORS) // services],
            "",
            "2025-03-15" if gone else "",
            f"D{service}" if gone else "",
        ]


def _write(path: Path, heads: list[str], rows: Iterator[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)
    return path


def make_project(folder: Path, rows: int) -> Path:
    """Import a synthetic city of so many bill rows; the answer is its project file."""
    services = rows // (_MONTHS * _LINES_A_MONTH)
    edges = [services * number // len(_VENDORS) for number in range(len(_VENDORS) + 1)]
    files = [
        _write(folder / f"{name}.csv", _BILL, _bill_rows(number, range(*edges[number:][:2])))
        for number, name in enumerate(_VENDORS)
    ]
    columns = "service,service_type,status,site,vendor,contract,disconnect_date,disconnect_order"
    files.append(_write(folder / "inventory.csv", columns.split(","), _inventory_rows(services)))
    contracts = iter([[f"C-{name}", name, "1FB", "45.00", "2023-01-01"] for name in _VENDORS])
    heads = ["contract", "vendor", "charge_code", "rate", "effective_from"]
    files.append(_write(folder / "contracts.csv", heads, contracts))
    sites = iter([[f"S{n:03d}", f"Site {n}", "closed" if n == 7 else "open"] for n in range(300)])
    files.append(_write(folder / "sites.csv", ["site", "name", "status"], sites))
    project = folder / "speed.telaudit"
    create_project(project, ProjectSettings(tax_exempt=True))
    import_files(project, files, ImportOptions())
    return project


def _run(side: str, project: Path) -> tuple[float, dict[str, int]]:
    """Seconds of one side in a process of its own, and how many lines each rule claims."""
    command = [sys.executable, str(Path(__file__).with_name(f"rule_speed_{side}.py")), str(project)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    *counts, seconds = out.split("\n")[:-1]
    pairs = (line.split() for line in counts)
    return float(seconds), {key: int(count) for key, count in pairs}


def main() -> int:
    """Measure, print, and fail when the goal is missed or the two sides disagree."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), rows)
        ours, theirs = [], []
        for _ in range(_ROUNDS):
            seconds, claimed = _run("sql", project)
            ours.append(seconds)
            seconds, expected = _run("pandas", project)
            theirs.append(seconds)
    ratio = sorted(mine / other for mine, other in zip(ours, theirs, strict=True))[_ROUNDS // 2]
    for key, count in sorted(claimed.items()):
        print(f"{key}: {count} claims, pandas {expected[key]}")
    print(f"{rows} rows: rules {min(ours):.2f} s, pandas {min(theirs):.2f} s")
    print(f"ratio {ratio:.2f} (median of {_ROUNDS}; goal at most {_GOAL})")
    return 0 if ratio <= _GOAL and claimed == expected else 1


if __name__ == "__main__":
    sys.exit(main())
