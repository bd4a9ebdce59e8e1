"""Rows per second of `import` beside the sqlite3 shell's `.import` of the same bill.

Run: python benchmarks/import_speed.py [ROWS ...]    (default 300000)

The shell fills an untyped table. Both run one after the other in one process of their own each;
the digest of the file, which the shell does not make, is timed alone and taken off.
"""

from __future__ import annotations

import csv
import hashlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COLUMNS = (
    "vendor", "account", "invoice", "bill_date", "due_date", "previous_balance", "payments",
    "invoice_total", "service", "service_type", "charge_code", "description", "class", "quantity",
    "rate", "amount", "from", "thru", "site", "jurisdiction",
)  # fmt: skip
_CODES = (
    ("1FB", "Business line flat rate", "MRC", "pots"),
    ("EUCL", "Subscriber line charge", "SUR", "pots"),
    ("FUSF", "Federal universal service fund", "SUR", "pots"),
    ("STX", "State sales tax", "TAX", "pots"),
    ("LD", "Long distance usage", "USG", "pots"),
    ("PRI", "Primary rate interface", "MRC", "pri"),
)
_MONTHS = 24
_GOAL = 0.4
_RUNS = 3
_CHILD = """
import resource, sys, time
from pathlib import Path
from telecom_audit.tasks.imports import ImportOptions, import_files
start = time.perf_counter()
answer = import_files(Path(sys.argv[1]), [Path(sys.argv[2])], ImportOptions())
seconds = time.perf_counter() - start
rows = answer.files[0].document["rows"]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(seconds, rows["stored"], rows["read"], peak)
"""


@dataclass(frozen=True)
class Measured:
    """Seconds and rows stored of a run; peak memory in MB."""

    seconds: float
    rows: int
    peak_mb: float


def write_bill(path: Path, rows: int, seed: int = 1) -> None:
    """Write a synthetic bill of so many rows over 24 months and 4 carriers."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(rows, random.Random(seed)))


def _rows(rows: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    invoices = 4 * 10 * _MONTHS
    size = -(-rows // invoices)
    left = rows
    for month in range(_MONTHS):
        year, of_year = 2024 + month // 12, month % 12 + 1
        first, last = f"{year}-{of_year:02d}-01", f"{year}-{of_year:02d}-28"
        for account in range(40):
            number = f"INV-{month:02d}-{account:03d}"
            head = (f"Carrier {account % 4}", f"{account:08d}", number, first, last)
            for line in range(min(size, left)):
                code, text, charge_class, kind = _CODES[line % len(_CODES)]
                telephone = f"555-{200 + account}-{line // len(_CODES):04d}"
                amount = f"{chance.randint(1, 9999) / 100:.2f}"
                yield (
                    *head, "0.00", "0.00", "", telephone, kind, code, text, charge_class, "1",
                    amount, amount, first, last, f"SITE{account}", "interstate",
                )  # fmt: skip
            left -= min(size, left)


def shell_import(bill: Path, folder: Path) -> Measured:
    """The sqlite3 shell's `.import` into an untyped table."""
    database = folder / "shell.db"
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    start = time.perf_counter()
    subprocess.run(
        ["sqlite3", str(database)],
        input=f"CREATE TABLE bill ({columns});\n.mode csv\n.import --skip 1 {bill} bill\n",
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - start
    counted = subprocess.run(
        ["sqlite3", str(database), "SELECT count(*) FROM bill"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Measured(seconds, int(counted.stdout), 0.0)


def our_import(bill: Path, folder: Path) -> Measured:
    """The program's import into a new project, in a process of its own."""
    project = folder / "bench.telaudit"
    subprocess.run(
        [sys.executable, "-m", "telecom_audit", "new", str(project)],
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(project), str(bill)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, stored, _, peak = map(float, done.stdout.split())
    return Measured(seconds, int(stored), peak)


def digest_seconds(bill: Path) -> float:
    """How long the digest of the file takes alone."""
    start = time.perf_counter()
    with bill.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    return time.perf_counter() - start


def compare(rows: int) -> float:
    """Print three paired runs for so many rows; the answer is the median ratio of the speeds."""
    ratios = []
    print(f"{rows} rows of {len(COLUMNS)} columns")
    with tempfile.TemporaryDirectory() as name:
        bill = Path(name) / "bill.csv"
        write_bill(bill, rows)
        for run in range(_RUNS):
            folder = Path(name) / str(run)
            folder.mkdir()
            ratios.append(_pair(bill, folder, rows))
            shutil.rmtree(folder)
    ratio = statistics.median(ratios)
    print(f"  ratio {ratio:.2f}, the median of {_RUNS} (goal {_GOAL})")
    return ratio


def _pair(bill: Path, folder: Path, rows: int) -> float:
    shell = shell_import(bill, folder)
    ours = our_import(bill, folder)
    seconds = ours.seconds - digest_seconds(bill)
    if shell.rows != rows or ours.rows != rows:
        raise SystemExit(f"{rows} rows written, {shell.rows} and {ours.rows} stored")
    print(
        f"  sqlite3 .import {rows / shell.seconds:8.0f} rows/s   import {rows / seconds:8.0f} "
        f"rows/s, peak {ours.peak_mb:.0f} MB   ratio {shell.seconds / seconds:.2f}"
    )
    return shell.seconds / seconds


if __name__ == "__main__":
    if shutil.which("sqlite3") is None:
        raise SystemExit("the sqlite3 shell is not installed")
    for given in sys.argv[1:] or ["300000"]:
        compare(int(given))
