"""A file opened as a table: its layout, and its data records in batches, screened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from telecom_audit.readers import recognition, text_records, workbook
from telecom_audit.readers.encodings import encoding_of
from telecom_audit.readers.intake import TakenFile
from telecom_audit.readers.layout import Layout, plain
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.recognition import Recognised
from telecom_audit.readers.records import Batch, Header, PlainRecords, Record
from telecom_audit.readers.text_records import RowsAndRecords

BLANK = "blank"
REPEATED_HEADER = "the header again"
_LOOKED_AT = 400
_TELLING = ("day", "month", "moment", "money")


@dataclass(frozen=True)
class Table:
    """A recognised table.

    Attributes:
        file_name: for messages.
        sheet: its name in a workbook, "" for text.
        encoding, delimiter: of text.
        rows: how many physical rows there are, as far as is known; else 0.
        warnings: what the reader has to tell; complete when all records were read.
    """

    file_name: str
    recognised: Recognised
    sheet: str
    encoding: str
    delimiter: str
    rows: int
    warnings: Sequence[str]
    all_records: Callable[[], Iterator[RowsAndRecords]]

    def batches(self) -> Iterator[Batch]:
        """The records after the header; blank and ragged ones and repeated headers are marked."""
        skipped = self.recognised.header.before + 1
        first = 0
        screen = _Screen(self.recognised)
        for read in self.all_records():
            start = min(skipped, len(read[1]))
            skipped -= start
            rows, records, faults = _from(start, read) if start else read
            if records:
                yield screen.batch(first, rows, records, faults)
            first += len(records)


def _from(start: int, read: RowsAndRecords) -> RowsAndRecords:
    rows, records, faults = read
    later = {index - start: why for index, why in faults.items() if index >= start}
    return rows[start:], records[start:], later


class _Screen:
    """Finds, without converting anything, the records that are no data or cannot be."""

    def __init__(self, recognised: Recognised) -> None:
        self._width = len(recognised.header.captions)
        self._widest = recognised.header.width
        self._captions = [plain(caption) for caption in recognised.header.captions]
        # in other layouts a repeated header fails as a date or an amount, and is looked at then
        self._may_pass_as_data = not any(
            column.required and column.type in _TELLING for column in recognised.layout.columns
        )

    def batch(
        self, first: int, rows: Sequence[int], read: Sequence[Record], faults: dict[int, str]
    ) -> Batch:
        width = self._width
        if isinstance(read, PlainRecords) and not faults and not self._may_pass_as_data:
            columns = read.columns(width)
            if columns is not None:
                return Batch(first, rows, read, faults, columns)
        records = list(read)
        if faults or set(map(len, records)) != {width}:
            for index, record in enumerate(records):
                if len(record) != width and index not in faults:
                    fault = self._fit(record)
                    if fault:
                        faults[index] = fault
        if self._may_pass_as_data:
            for index, record in enumerate(records):
                if [plain(cell) for cell in record] == self._captions:
                    faults[index] = REPEATED_HEADER
        return Batch(first, rows, records, faults)

    def _fit(self, record: Record) -> str:
        """Make a record as wide as the header when only empty cells differ; else say why not.

        Cells under the header's cells without a caption are no fault; they are kept raw.
        """
        width = self._width
        if not any(cell.strip() for cell in record):
            return BLANK
        while len(record) > width and not record[-1].strip():
            record.pop()
        if len(record) > self._widest:
            return f"{len(record)} cells, where the header has {width}"
        if len(record) < width:
            return f"only {len(record)} cells, where the header has {width}"
        return ""


def open_table(taken: TakenFile, options: ReadOptions) -> Table:
    """Recognise a file and open it as a table.

    Raises:
        UsageError: an unknown layout or encoding.
        RefusedError: the file does not say what it is, or says it in two ways.
    """
    return _sheet(taken, options) if taken.is_workbook else _text(taken, options)


def _sheet(taken: TakenFile, options: ReadOptions) -> Table:
    name = taken.path.name
    sheet = workbook.fitting_sheet(taken.path, options, taken.progress)
    fit = recognition.recognised(sheet.header, sheet.claiming, name)
    return Table(name, fit, sheet.name, "", "", sheet.rows, sheet.warnings, sheet.all_records)


def _text(taken: TakenFile, options: ReadOptions) -> Table:
    encoding = encoding_of(taken, options.encoding)
    lines = text_records.first_lines(taken, encoding, _LOOKED_AT)
    name = taken.path.name
    found = [
        (delimiter, *fit)
        for delimiter in _delimiters(lines, options)
        if (fit := _fit(lines, delimiter, options)) is not None
    ]
    if not found:
        raise recognition.unknown(_best_reading(lines, options), options, name)
    delimiter, header, claiming = found[0]
    warnings = (f"{name}: {encoding.warning}",) if encoding.warning else ()
    return Table(
        name,
        recognition.recognised(header, claiming, name),
        "",
        encoding.name,
        delimiter,
        taken.lines,
        warnings,
        lambda: text_records.batches(taken, encoding, delimiter),
    )


def _delimiters(lines: Sequence[str], options: ReadOptions) -> Sequence[str]:
    hint = text_records.separator_of(lines[0]) if lines else ""
    if options.delimiter or hint:
        return [options.delimiter or hint]
    return text_records.DELIMITERS


def _fit(
    lines: Sequence[str], delimiter: str, options: ReadOptions
) -> tuple[Header, list[Layout]] | None:
    try:
        return recognition.find_header(text_records.records_of(lines, delimiter), options)
    except LookupError:
        return None


def _best_reading(lines: Sequence[str], options: ReadOptions) -> list[Record]:
    readings = [text_records.records_of(lines, d) for d in _delimiters(lines, options)]
    return max(readings, key=lambda records: sum(map(len, records)))
