"""Workbooks: the sheet that fits is found, and its rows come as text from a child process."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.progress import SILENT, Progress
from telecom_audit.readers import recognition, workbook_scan
from telecom_audit.readers.child import (
    SHEET_CHILD,
    child_command,
    child_environment,
    child_flags,
    limit_child_memory,
)
from telecom_audit.readers.layout import Layout
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.records import Header, Record
from telecom_audit.readers.text_records import RowsAndRecords
from telecom_audit.readers.workbook_scan import SheetScan

_SECONDS = 900.0
_ASK_EVERY = 0.1  # seconds
_LOOKED_AT = 400


@dataclass(frozen=True)
class Sheet:
    """The sheet of a workbook that fits a layout; reading it may add to the warnings.

    Attributes:
        rows: how many it has, as far as is known.
    """

    name: str
    rows: int
    header: Header
    claiming: list[Layout]
    warnings: list[str]
    all_records: Callable[[], Iterator[RowsAndRecords]]


def fitting_sheet(path: Path, options: ReadOptions, progress: Progress = SILENT) -> Sheet:
    """The one sheet of a workbook that has a known header.

    Raises:
        UsageError: there is no sheet of the wanted name.
        RefusedError: the workbook cannot be read, or no sheet fits, or several do.
        CancelledError: the person asked to stop.
    """
    scanned = workbook_scan.scan(path, progress)
    if options.sheet and options.sheet not in scanned:
        names = ", ".join(scanned)
        raise UsageError(f"{path.name} has no sheet {options.sheet!r}", f"Its sheets: {names}.")
    looks = list(_looks(path, options.sheet, progress))
    fits = []
    for name, is_hidden, records in looks:
        try:
            fits.append((name, is_hidden, *recognition.find_header(records, options)))
        except LookupError:
            continue
    if not fits:
        longest = max((records for _, _, records in looks), key=len, default=[])
        raise recognition.unknown(longest, options, path.name)
    if len(fits) > 1:
        names = " and ".join(fit[0] for fit in fits)
        raise RefusedError(
            f"{path.name} has several sheets that fit: {names}",
            f"Say which: `--set sheet={fits[0][0]}`.",
        )
    name, is_hidden, header, claiming = fits[0]
    found = scanned.get(name)
    warnings = _warnings(name, found, is_hidden=is_hidden)
    reader = _SheetReader(path, name, warnings, progress)
    rows = found.rows if found else 0
    return Sheet(name, rows, header, claiming, warnings, reader.all_records)


def _warnings(name: str, scan: SheetScan | None, *, is_hidden: bool) -> list[str]:
    warnings = []
    if is_hidden:
        warnings.append(f"sheet {name} is hidden; it was imported")
    if scan and scan.hidden_rows:
        warnings.append(f"sheet {name} has {scan.hidden_rows} hidden rows; they were imported")
    if scan and scan.errors:
        warnings.append(
            f"sheet {name} has {scan.errors} cells with an error, such as #REF!; "
            f"they count as empty"
        )
    return warnings


def _looks(path: Path, sheet: str, progress: Progress) -> Iterator[tuple[str, bool, list[Record]]]:
    """The first rows of each sheet."""
    name, is_hidden = "", False
    records: list[Record] = []
    for line in _child_lines(path, (str(_LOOKED_AT), sheet), progress):
        if isinstance(line, list):
            records += line
        elif "sheet" in line:
            name, is_hidden, records = line["sheet"], line["is_hidden"], []
        else:
            yield name, is_hidden, records


@dataclass(frozen=True)
class _SheetReader:
    path: Path
    name: str
    warnings: list[str]
    progress: Progress

    def all_records(self) -> Iterator[RowsAndRecords]:
        row = 1
        for line in _child_lines(self.path, ("0", self.name), self.progress):
            if isinstance(line, list):
                yield range(row, row + len(line)), line, {}
                row += len(line)
            elif line.get("long_numbers"):
                self._warn(line["long_numbers"])

    def _warn(self, count: int) -> None:
        warning = (
            f"sheet {self.name}: {count} numbers have more than 15 digits, of which a spreadsheet "
            f"program keeps 15; check these identifiers"
        )
        if warning not in self.warnings:
            self.warnings.append(warning)


@contextmanager
def _watched(child: subprocess.Popen[str], progress: Progress) -> Iterator[None]:
    """End a child that takes too long, that nobody waits for any more, or that is done with."""
    is_over = threading.Event()
    last = time.monotonic() + _SECONDS

    def watch() -> None:
        while not is_over.wait(_ASK_EVERY):
            if progress.is_cancelled() or time.monotonic() > last:
                child.kill()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _child_lines(path: Path, wanted: tuple[str, str], progress: Progress) -> Iterator[Any]:
    """What the child says, line by line; its death is a refusal like any other.

    Args:
        path: the workbook.
        wanted: how many rows, "0" for all, and of which sheet, "" for all.
        progress: ends the child when the person asks to stop.
    """
    count, sheet = wanted
    arguments = [str(path), count, sheet] if sheet else [str(path), count]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        child = subprocess.Popen(  # noqa: S603 - our own module, the path is an argument
            child_command(SHEET_CHILD, arguments),
            stdout=subprocess.PIPE,
            stderr=said,
            stdin=subprocess.DEVNULL,
            env=child_environment(),
            creationflags=child_flags(),
            text=True,
            encoding="ascii",
        )
        limit_child_memory(child)
        with _watched(child, progress):
            for line in child.stdout or ():
                if not line.endswith("\n"):  # the child died, or was ended, while it spoke
                    break
                yield json.loads(line)
            code = child.wait()
        progress.check()
        if code:
            said.seek(0)
            last = (said.read().strip().splitlines() or [f"exit {code}"])[-1]
            raise RefusedError(
                f"{path.name} is a broken workbook ({last[:200]})",
                "Open it in the spreadsheet program and save it anew, or save it as CSV.",
            )
