"""A look at a workbook's bytes before any reader sees it: bombs, declarations, huge sheets."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from telecom_audit.errors import RefusedError
from telecom_audit.progress import SILENT, Progress

_MOST_ENTRIES = 5000
_MOST_BYTES = 2 << 30
_MOST_RATIO = 200
_BIG = 10 << 20
_MOST_EMPTY_AREA = 20_000_000
_EMPTY_SHARE = 50
_CHUNK = 1 << 20
_OVERLAP = 512
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?>")
_ROW_NUMBER = re.compile(rb'\br="([0-9]+)"')
_ERROR = re.compile(rb'<(?:\w+:)?c\s[^>]*?\bt="e"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_TAG = re.compile(r"<(?:\w+:)?(sheet|Relationship)\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


@dataclass(frozen=True)
class SheetScan:
    """What the scan counted in one sheet.

    Attributes:
        hidden_rows: rows that nobody sees.
        errors: cells that hold an error ("#REF!") in place of a value.
        rows, columns: how far its cells reach.
    """

    hidden_rows: int
    errors: int
    rows: int
    columns: int
    cells: int


def scan(path: Path, progress: Progress = SILENT) -> dict[str, SheetScan]:
    """The sheets of a workbook by name, counted without building anything in memory.

    Raises:
        RefusedError: it is broken, no workbook, locked by a password, or made to do harm.
        CancelledError: the person asked to stop.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_entries(archive, path.name)
            names = _sheet_files(archive)
            counted = {
                entry.filename: _scan_entry(archive, entry, path.name, progress)
                for entry in archive.infolist()
                if entry.filename.endswith((".xml", ".rels", ".vml"))
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        raise RefusedError(
            f"{path.name} is a broken workbook ({error})",
            "Open it in the spreadsheet program and save it anew, or save it as CSV.",
        ) from error
    return {name: counted[file] for name, file in names.items() if file in counted}


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise RefusedError(f"{name} is an archive, not a workbook", "Unpack it first.")
    if "xl/workbook.bin" in names:
        raise RefusedError(f"{name} is a binary workbook (XLSB)", "Save it as XLSX or CSV.")
    harm = ""
    if len(entries) > _MOST_ENTRIES:
        harm = f"has {len(entries)} entries"
    elif len(set(names)) != len(names):
        harm = "has two entries of one name"
    elif any(entry.flag_bits & 1 for entry in entries):
        harm = "is locked by a password"
    elif any(n.startswith(("/", "\\")) or ".." in Path(n).parts for n in names):
        harm = "has an entry that points outside"
    elif sum(entry.file_size for entry in entries) > _MOST_BYTES:
        harm = "unpacks to more than 2 GiB"
    elif any(
        entry.file_size > _BIG and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    ):
        harm = f"has an entry packed more than {_MOST_RATIO} times"
    if harm:
        raise RefusedError(f"{name} {harm}", "Save the sheet as CSV, or ask for it anew.")


def _sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet by the sheet's name."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in _tags(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    found = {}
    for attributes in _tags(archive, "xl/workbook.xml", "sheet"):
        relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        target = targets.get(relation, "")
        file = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[attributes.get("name", "")] = file
    return found


def _tags(archive: zipfile.ZipFile, file: str, tag: str) -> Iterator[dict[str, str]]:
    if archive.getinfo(file).file_size > _BIG:
        raise ValueError(f"{file} is too long")
    text = archive.read(file).decode("utf-8", "replace")
    for match in _TAG.finditer(text):
        if match[1] == tag:
            pairs = _ATTRIBUTE.findall(match[2])
            yield {key: html.unescape(value) for key, value in pairs}


def _scan_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, progress: Progress
) -> SheetScan:
    is_sheet = entry.filename.startswith("xl/worksheets/sheet") or "/sheet" in entry.filename
    hidden = errors = rows = columns = cells = unpacked = 0
    tail = b""
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            progress.check()
            unpacked += len(chunk)
            if unpacked > entry.file_size or unpacked > _MOST_BYTES:
                raise RefusedError(f"{name} lies about its size", "Ask for the file anew.")
            text = tail + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise RefusedError(
                    f"{name} declares entities, which no spreadsheet program does",
                    "Save the sheet as CSV, or ask for it anew.",
                )
            if is_sheet:
                end = text.rfind(b"<")
                for column, row in _CELL.findall(text, 0, end):
                    cells += 1
                    columns = max(columns, _column_number(column))
                    rows = max(rows, int(row))
                errors += len(_ERROR.findall(text, 0, end))
                for found in _ROW.findall(text, 0, end):
                    number = _ROW_NUMBER.search(found)
                    rows = max(rows, int(number[1]) if number else 0)
                    hidden += bool(_HIDDEN.search(found))
                tail = text[end:][-_CHUNK:]
            else:
                tail = text[-_OVERLAP:]
    area = rows * columns
    if area > _MOST_EMPTY_AREA and area > _EMPTY_SHARE * max(cells, 1):
        raise RefusedError(
            f"{name} has a cell far outside its table (row {rows}, column {columns})",
            "Delete the empty rows and columns around the table, or save it as CSV.",
        )
    return SheetScan(hidden, errors, rows, columns, cells)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
