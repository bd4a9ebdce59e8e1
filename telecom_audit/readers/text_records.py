"""Records of a delimited text file, as text, with the physical rows on which they begin."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TextIO

from telecom_audit.errors import RefusedError
from telecom_audit.readers.encodings import Encoding
from telecom_audit.readers.intake import TakenFile
from telecom_audit.readers.records import PlainRecords, Record

DELIMITERS = (",", ";", "\t", "|")
_BATCH = 1000
_PIECE = 1 << 17
_LONGEST_CELL = 4_000_000
_LONGEST_LINE = 64_000_000
_MOST_LINE_BREAKS = 5
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_BAD_BYTE = re.compile("[\udc80-\udcff]")
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)

RowsAndRecords = tuple[Sequence[int], Sequence[Record], dict[int, str]]


def separator_of(line: str) -> str:
    """The delimiter that a hint line for spreadsheets ("sep=;") names; "" for any other line."""
    match = _SEPARATOR_LINE.fullmatch(line.rstrip("\r\n"))
    return match[1] if match else ""


def first_lines(taken: TakenFile, encoding: Encoding, count: int) -> list[str]:
    """The first lines of a file with their line ends."""
    with _opened(taken, encoding) as text:
        return list(islice(text, count))


def records_of(lines: Sequence[str], delimiter: str) -> list[Record]:
    """The records in some lines of text, read leniently: for looking, not for keeping."""
    records: list[Record] = []
    with _long_cells(), suppress(csv.Error):
        records.extend(csv.reader(lines, delimiter=delimiter))
    return records


def batches(taken: TakenFile, encoding: Encoding, delimiter: str) -> Iterator[RowsAndRecords]:
    """All records: (physical rows, records, faults by index), at most a thousand at a time.

    Raises:
        RefusedError: a quote that is never closed, or bytes that are no text in the encoding.
    """
    may_be_bad = encoding.keeps_bad_bytes or bool(taken.nul_bytes)
    with _long_cells(), _opened(taken, encoding) as stream:
        row = 1
        pending = ""
        for piece, is_last in _pieces(stream, taken.path.name):
            text = pending + piece
            parsed = _parsed(text, delimiter, row)
            pending = text if parsed.open_row else ""
            if parsed.open_row:
                if is_last or len(text) > _LONGEST_CELL:
                    raise RefusedError(
                        f"{taken.path.name}: a quote opened in row {parsed.open_row} is never "
                        f"closed",
                        "Correct that row, or ask for the file again.",
                    )
                continue
            row = parsed.after
            if may_be_bad:
                parsed = _with_bad_characters_marked(parsed)
            yield from parsed.batches()


@dataclass(frozen=True)
class _Parsed:
    """The records of some lines; `after` is the physical row after them.

    `open_row` is not 0 when the last record, which begins there, goes on beyond these lines.
    """

    rows: Sequence[int]
    records: Sequence[Record]
    faults: dict[int, str]
    after: int
    open_row: int = 0

    def batches(self) -> Iterator[RowsAndRecords]:
        for start in range(0, len(self.records), _BATCH):
            end = start + _BATCH
            faults = {i - start: why for i, why in self.faults.items() if start <= i < end}
            yield self.rows[start:end], self.records[start:end], faults


def _parsed(text: str, delimiter: str, row: int) -> _Parsed:
    if '"' not in text:
        ended = text.replace("\r\n", "\n")
        if "\r" not in ended:
            return _split(ended, delimiter, row)
    return _quoted(list(io.StringIO(text, newline="")), delimiter, row)


def _split(text: str, delimiter: str, row: int) -> _Parsed:
    """The records of lines without quotes, which need no reader of CSV."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    after = row + len(lines)
    return _Parsed(range(row, after), PlainRecords(lines, delimiter), {}, after)


def _quoted(lines: list[str], delimiter: str, row: int) -> _Parsed:
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    records: list[Record] = []
    rows: list[int] = []
    faults: dict[int, str] = {}
    after = row
    while True:
        fault = ""
        try:
            records.extend(reader)
        except csv.Error as error:
            fault = str(error)
        for record in records[len(rows) :]:
            rows.append(after)
            breaks = [len(_LINE_BREAK.findall(cell)) for cell in record]
            if any(breaks) and _swallows(record, max(breaks), delimiter):
                faults[len(rows) - 1] = "a cell swallows whole lines: a quote is not closed"
            after += 1 + sum(breaks)
        if not fault:
            return _Parsed(rows, records, faults, after)
        if "end of data" in fault or "field limit" in fault:
            return _Parsed(rows, records, faults, after, open_row=after)
        rows.append(after)
        faults[len(records)] = "a quote inside a quoted cell breaks the record"
        records.append(["".join(lines[after - row : reader.line_num]).rstrip("\r\n")])
        after = row + reader.line_num


def _swallows(record: Record, most_breaks: int, delimiter: str) -> bool:
    """Whether a cell spans more lines than one would write, or a line of it is a whole record."""
    if most_breaks > _MOST_LINE_BREAKS:
        return True
    between = max(len(record) - 1, 2)
    return any(
        line.count(delimiter) >= between
        for cell in record
        for line in _LINE_BREAK.split(cell)[1:-1]
    )


def _pieces(stream: TextIO, name: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces that end with a line, and whether each is the last."""
    rest = ""
    while read := stream.read(_PIECE):
        text = rest + read
        end = text.rfind("\n") + 1 or text.rfind("\r", 0, len(text) - 1) + 1
        rest = text[end:]
        if len(rest) > _LONGEST_LINE:
            raise RefusedError(f"{name} has a line of endless length", "Ask for it as CSV.")
        if end:
            yield text[:end], False
    yield rest, True


def _with_bad_characters_marked(parsed: _Parsed) -> _Parsed:
    """Mark records with NUL and with bytes that are no text, and make these visible."""
    records, faults = list(parsed.records), dict(parsed.faults)
    for index, record in enumerate(records):
        text = "".join(record)
        if "\0" in text:
            faults[index] = "a NUL character"
        if not text.isascii() and _BAD_BYTE.search(text):
            faults[index] = "a byte that is no text in the encoding of the file"
            records[index] = [_BAD_BYTE.sub(_visible, cell) for cell in record]
    return replace(parsed, records=records, faults=faults)


def _visible(match: re.Match[str]) -> str:
    return f"\\x{ord(match[0]) - 0xDC00:02x}"


@contextmanager
def _opened(taken: TakenFile, encoding: Encoding) -> Iterator[TextIO]:
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
