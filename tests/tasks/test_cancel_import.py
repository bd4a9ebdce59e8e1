"""An import that is stopped leaves the project as it was."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import xlsxwriter

from telecom_audit.progress import CancelledError, Progress
from telecom_audit.store.interruption import interruptible
from telecom_audit.tasks.imports import ImportOptions, import_files
from tests.tasks.cancelling import Person, dump, files_beside, was_stopped
from tests.tasks.importing import bill, counts, entry, file, project

ROWS = [
    f"Acme,{n % 7},I{n % 7}-{n % 3},2025-0{n % 3 + 1}-01,{n % 90}.25,555-{n:04d},line {n}"
    for n in range(1600)
]
HEADER = "vendor,account,invoice,bill_date,amount,service,description"


def american(folder: Path) -> Path:
    """A bill whose dates must be decided on all of its rows, in Windows Western."""
    rows = [
        f"Café,{n % 7},J{n % 7},0{n % 7 + 1}/2{n % 7}/2025,{n % 90}.25,555-{n:04d},é{n}"
        for n in range(1100)
    ]
    return file(folder, "american.csv", "\n".join([HEADER, *rows]).encode("cp1252"))


def packed(folder: Path) -> Path:
    content = "\n".join([HEADER, *ROWS, "Acme,,,,no amount,,"]).encode()
    return file(folder, "packed.csv.gz", gzip.compress(content))


def payments(folder: Path) -> Path:
    rows = [f"Acme,2025-03-{n % 28 + 1:02d},{n}.10,R{n}" for n in range(1500)]
    return file(
        folder, "paid.csv", "\n".join(["vendor,payment_date,amount,reference", *rows]) + "\n"
    )


def inventory(folder: Path) -> Path:
    rows = [f"555-{n:04d},pots,Acme" for n in range(1500)]
    return file(folder, "inventory.csv", "\n".join(["service,service_type,vendor", *rows]) + "\n")


def workbook(folder: Path, rows: int = 40) -> Path:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("bill")
        sheet.write_row(0, 0, HEADER.split(","))
        for n in range(rows):
            sheet.write_row(n + 1, 0, ["Acme", "1", "I1", "2025-01-01", 5.25, f"555-{n}", f"l {n}"])
    return path


def points(most: int) -> list[int]:
    """Some of the questions of a task, the first ones all."""
    return sorted({*range(7), *range(7, most, max(1, most // 8)), most - 1})


@pytest.mark.parametrize("made", [american, packed, payments, inventory])
@pytest.mark.parametrize("has_rows", [False, True], ids=["empty", "filled"])
def test_an_import_stopped_at_any_question_changes_nothing(tmp_path, made, has_rows):
    target = project(tmp_path)
    if has_rows:
        entry(target, bill(tmp_path, "first.csv", ROWS[:1200], HEADER))
    path = made(tmp_path)
    before, beside = dump(target), files_beside(target)

    def imports(progress: Progress) -> object:
        return import_files(target, [path], ImportOptions(), progress)

    calm = Person(float("inf"))
    import_files(target, [path], ImportOptions(dry_run=True), calm.progress)
    assert calm.asked > 15
    for patience in points(calm.asked):
        assert was_stopped(imports, patience), f"question {patience} of {calm.asked}"
        assert dump(target) == before, patience
        assert files_beside(target) == beside
    answered = entry(target, path)
    assert answered["outcome"] == "imported"
    assert counts(answered)[1] >= 1100


def test_a_trial_stopped_at_any_question_changes_nothing(tmp_path):
    target = project(tmp_path)
    entry(target, bill(tmp_path, "first.csv", ROWS[:200], HEADER))
    path = american(tmp_path)
    before = dump(target)

    def tries(progress: Progress) -> object:
        return import_files(target, [path], ImportOptions(dry_run=True), progress)

    calm = Person(float("inf"))
    tries(calm.progress)
    assert all(was_stopped(tries, patience) for patience in points(calm.asked))
    assert dump(target) == before


@pytest.mark.parametrize("patience", [1, 4, 9])
def test_an_import_of_a_workbook_is_stopped_too(tmp_path, patience):
    target = project(tmp_path)
    path = workbook(tmp_path)
    before, beside = dump(target), files_beside(target)
    stopped = was_stopped(
        lambda progress: import_files(target, [path], ImportOptions(), progress), patience
    )
    assert stopped
    assert dump(target) == before
    assert files_beside(target) == beside
    assert counts(entry(target, path)) == (40, 40, 0, 0)


def children() -> list[str]:
    """The processes that this process started and that still run."""
    threads = Path("/proc/self/task")
    return [each for task in threads.iterdir() for each in (task / "children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no /proc to look for children")
def test_the_process_that_reads_a_workbook_ends_with_the_import(tmp_path):
    target = project(tmp_path)
    path = workbook(tmp_path, rows=8_000)
    before = dump(target)
    reached = threading.Event()
    progress = Progress(lambda step: reached.set() if step.rows else None, reached.is_set)
    with pytest.raises(CancelledError):
        import_files(target, [path], ImportOptions(), progress)
    assert children() == []
    begun = threading.Event()

    def has_begun() -> bool:
        if children():
            begun.set()
        return begun.is_set()

    with pytest.raises(CancelledError):  # here it has not said a word yet
        import_files(target, [path], ImportOptions(), Progress(is_cancelled=has_begun))
    assert children() == []
    assert dump(target) == before


def test_the_files_before_the_stopped_one_stay_and_the_error_says_so(tmp_path):
    target = project(tmp_path)
    first = bill(tmp_path, "first.csv", ROWS[:50], HEADER)
    second = bill(tmp_path, "second.csv", [row.replace("Acme", "Bell") for row in ROWS], HEADER)
    is_second = threading.Event()
    progress = Progress(
        lambda step: is_second.set() if "(2 of 3)" in step.name and step.rows else None,
        is_second.is_set,
    )
    with pytest.raises(CancelledError) as stopped:
        import_files(target, [first, second, tmp_path / "none.csv"], ImportOptions(), progress)
    assert stopped.value.message == (
        "stopped at second.csv, of which nothing was kept; first.csv was imported whole"
    )
    assert "stays" in stopped.value.remedy
    connection = sqlite3.connect(target)
    assert connection.execute("SELECT file, rows_stored FROM import_file").fetchall() == [
        (str(first), 50)
    ]
    assert connection.execute("SELECT count(*) FROM charge").fetchone() == (50,)
    connection.close()
    assert entry(target, second)["outcome"] == "imported"


def test_a_trial_of_several_files_says_that_nothing_was_changed(tmp_path):
    target = project(tmp_path)
    files = [bill(tmp_path, f"{n}.csv", ROWS[:50], HEADER) for n in range(2)]
    is_second = threading.Event()
    progress = Progress(
        lambda step: is_second.set() if "(2 of 2)" in step.name else None, is_second.is_set
    )
    before = dump(target)
    with pytest.raises(CancelledError, match="stopped before it was done") as stopped:
        import_files(target, files, ImportOptions(dry_run=True), progress)
    assert stopped.value.remedy.startswith("Nothing was changed")
    assert dump(target) == before


def test_an_import_tells_how_far_it_is(tmp_path):
    target = project(tmp_path)
    files = [bill(tmp_path, "one.csv", ROWS, HEADER), workbook(tmp_path)]
    calm = Person(float("inf"))
    import_files(target, files, ImportOptions(), calm.progress)
    whole = sum(path.stat().st_size for path in files)
    assert {step.whole for step in calm.steps} == {whole}
    assert {step.unit for step in calm.steps} == {"bytes"}
    done = [step.done for step in calm.steps]
    assert done == sorted(done)
    assert whole * 0.85 < done[-1] <= whole
    names = list(dict.fromkeys(step.name for step in calm.steps))
    assert names == [
        "Import one.csv (1 of 2)",
        "Complete one.csv (1 of 2)",
        "Import book.xlsx (2 of 2)",
        "Complete book.xlsx (2 of 2)",
    ]
    assert max(step.rows or 0 for step in calm.steps[:-2]) == len(ROWS)


def test_a_statement_that_never_ends_is_stopped(tmp_path):
    connection = sqlite3.connect(project(tmp_path), isolation_level=None)
    before = dump(tmp_path / "city.telaudit")
    endless = (
        "INSERT INTO setting WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT 'x' || i, i FROM n WHERE i < 0"
    )
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(CancelledError), interruptible(connection, Person(50).progress):
        connection.execute(endless)
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    assert connection.execute("SELECT 1").fetchone() == (1,)  # nobody is asked any more
    connection.close()
    assert dump(tmp_path / "city.telaudit") == before


@pytest.mark.skipif(os.name == "nt", reason="a signal for one process is a Unix matter")
def test_ctrl_c_ends_the_command_with_130_and_leaves_the_project_as_it_was(tmp_path):
    target = project(tmp_path)
    path = bill(tmp_path, "bill.csv", ROWS * 60, HEADER)
    before, beside = dump(target), files_beside(target)
    command = [sys.executable, "-m", "telecom_audit", "import", str(target), str(path), "--json"]
    journal = target.with_name(target.name + "-journal")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        while program.poll() is None and not journal.exists():
            time.sleep(0.005)
        program.send_signal(signal.SIGINT)
        answered, told = program.communicate()
    assert program.returncode == 130
    assert json.loads(answered)["error"]["kind"] == "cancelled"
    assert told.decode().startswith("error: stopped at bill.csv")
    assert dump(target) == before
    assert files_beside(target) == beside
