"""Records of a delimited text file, as text, with the physical rows on which they begin."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from telecom_audit.errors import RefusedError
from telecom_audit.readers.encodings import Encoding
from telecom_audit.readers.intake import TakenFile
from telecom_audit.readers.records import Record

BATCH = 1000
DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 4_000_000
_LINES_AT_ONCE = 2048
_MOST_LINE_BREAKS = 5
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_BAD_BYTE = re.compile("[\udc80-\udcff]")
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)

RowsAndRecords = tuple[Sequence[int], list[Record], dict[int, str]]


def separator_of(line: str) -> str:
    """The delimiter that a hint line for spreadsheets ("sep=;") names; "" for any other line."""
    match = _SEPARATOR_LINE.fullmatch(line.rstrip("\r\n"))
    return match[1] if match else ""


def first_lines(taken: TakenFile, encoding: Encoding, count: int) -> list[str]:
    """The first lines of a file with their line ends."""
    with _opened(taken, encoding) as lines:
        return list(islice(lines, count))


def records_of(lines: Sequence[str], delimiter: str) -> list[Record]:
    """The records in some lines of text, read leniently: for looking, not for keeping."""
    with _long_cells():
        try:
            return list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return []


class _Lines:
    """The lines of a file, of which the last few thousand are remembered."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._old: list[str] = []
        self._now: list[str] = []
        self._read = 0

    def __iter__(self) -> Iterator[str]:
        while chunk := list(islice(self._lines, _LINES_AT_ONCE)):
            self._old, self._now = self._now, chunk
            self._read += len(chunk)
            yield from chunk

    def text(self, first: int, last: int) -> str:
        """The text of the physical lines from one to another, as far as it is remembered."""
        kept = [*self._old, *self._now]
        offset = self._read - len(kept)
        return "".join(kept[max(first - 1 - offset, 0) : last - offset])


def batches(taken: TakenFile, encoding: Encoding, delimiter: str) -> Iterator[RowsAndRecords]:
    """All records: (physical rows, records, faults by index) of some hundreds at a time.

    Raises:
        RefusedError: a quote that is never closed, bytes that are no text in the encoding, or a
            packed file that breaks off.
    """
    with _long_cells(), _opened(taken, encoding) as stream:
        lines = _Lines(stream)
        reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
        row = 1
        while True:
            records: list[Record] = []
            fault = ""
            try:
                records.extend(islice(reader, BATCH))
            except csv.Error as error:
                fault = str(error)
            after = reader.line_num + 1
            rows, faults = _rows(records, row, after, bool(fault))
            if fault:
                start = rows[-1] + _height(records[-1]) if records else row
                _check_closed(taken, fault, start)
                rows = [*rows, start]
                faults[len(records)] = "a quote inside the cell breaks the record"
                records.append([lines.text(start, reader.line_num).rstrip("\r\n")])
            if not records:
                return
            if encoding.keeps_bad_bytes or taken.nul_bytes:
                _mark_bad_characters(records, faults)
            row = after
            yield rows, records, faults


def _rows(
    records: list[Record], row: int, after: int, is_cut: bool
) -> tuple[Sequence[int], dict[int, str]]:
    if after - row == len(records) and not is_cut:
        return range(row, after), {}
    rows = []
    faults = {}
    for index, record in enumerate(records):
        rows.append(row)
        row += _height(record)
        if any(len(_LINE_BREAK.findall(cell)) > _MOST_LINE_BREAKS for cell in record):
            faults[index] = "a cell spans more than 6 lines: a quote is probably not closed"
    return rows, faults


def _mark_bad_characters(records: list[Record], faults: dict[int, str]) -> None:
    """Mark records with NUL and with bytes that are no text, and make these visible."""
    for index, record in enumerate(records):
        text = "".join(record)
        if "\0" in text:
            faults[index] = "a NUL character"
        if not text.isascii() and _BAD_BYTE.search(text):
            faults[index] = "a byte that is no text in the encoding of the file"
            records[index] = [
                _BAD_BYTE.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", cell)
                for cell in record
            ]


def _height(record: Record) -> int:
    return 1 + sum(len(_LINE_BREAK.findall(cell)) for cell in record)


def _check_closed(taken: TakenFile, fault: str, row: int) -> None:
    if "end of data" in fault or "field limit" in fault:
        raise RefusedError(
            f"{taken.path.name}: a quote opened in row {row} is never closed",
            "Correct that row, or ask for the file again.",
        )


@contextmanager
def _opened(taken: TakenFile, encoding: Encoding) -> Iterator[Iterator[str]]:
    with taken.open() as raw:
        text = io.TextIOWrapper(raw, encoding=encoding.name, errors=encoding.errors, newline="")
        try:
            yield text
        except UnicodeError as error:
            raise RefusedError(
                f"{taken.path.name} is not text in {encoding.name} ({error})",
                "Say which encoding it has, for example `--set encoding=cp1252`.",
            ) from error


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
