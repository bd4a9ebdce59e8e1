"""Workbooks: the sheet that fits is found, and its rows come as text from a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.readers import recognition, workbook_scan
from telecom_audit.readers.layout import Layout
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.records import Header, Record
from telecom_audit.readers.text_records import RowsAndRecords
from telecom_audit.readers.workbook_scan import SheetScan

_SECONDS = 900.0
_LOOKED_AT = 400


@dataclass(frozen=True)
class Sheet:
    """The sheet of a workbook that fits a layout; reading it may add to the warnings."""

    name: str
    header: Header
    claiming: list[Layout]
    warnings: list[str]
    all_records: Callable[[], Iterator[RowsAndRecords]]


def fitting_sheet(path: Path, options: ReadOptions) -> Sheet:
    """The one sheet of a workbook that has a known header.

    Raises:
        UsageError: there is no sheet of the wanted name.
        RefusedError: the workbook cannot be read, or no sheet fits, or several do.
    """
    scanned = workbook_scan.scan(path)
    if options.sheet and options.sheet not in scanned:
        names = ", ".join(scanned)
        raise UsageError(f"{path.name} has no sheet {options.sheet!r}", f"Its sheets: {names}.")
    looks = list(_looks(path, options.sheet))
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
    warnings = _warnings(name, scanned.get(name), is_hidden=is_hidden)
    reader = _SheetReader(path, name, warnings)
    return Sheet(name, header, claiming, warnings, reader.all_records)


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


def _looks(path: Path, sheet: str) -> Iterator[tuple[str, bool, list[Record]]]:
    """The first rows of each sheet."""
    name, is_hidden = "", False
    records: list[Record] = []
    for line in _child_lines(path, _LOOKED_AT, sheet):
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

    def all_records(self) -> Iterator[RowsAndRecords]:
        row = 1
        for line in _child_lines(self.path, 0, self.name):
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


def _child_lines(path: Path, count: int, sheet: str) -> Iterator[Any]:
    """What the child says, line by line; its death is a refusal like any other."""
    command = [sys.executable, "-m", "telecom_audit.readers.sheet_child", str(path), str(count)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        child = subprocess.Popen(  # noqa: S603 - our own module, the path is an argument
            [*command, sheet] if sheet else command,
            stdout=subprocess.PIPE,
            stderr=said,
            stdin=subprocess.DEVNULL,
            env=environment,
            text=True,
            encoding="ascii",
        )
        alarm = threading.Timer(_SECONDS, child.kill)
        alarm.start()
        try:
            for line in child.stdout or ():
                yield json.loads(line)
            code = child.wait()
        finally:
            alarm.cancel()
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()
        if code:
            said.seek(0)
            last = (said.read().strip().splitlines() or [f"exit {code}"])[-1]
            raise RefusedError(
                f"{path.name} is a broken workbook ({last[:200]})",
                "Open it in the spreadsheet program and save it anew, or save it as CSV.",
            )
