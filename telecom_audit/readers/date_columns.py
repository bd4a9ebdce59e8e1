"""How the day columns of a file are spelled, decided on all of its values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from telecom_audit.errors import RefusedError
from telecom_audit.progress import SILENT, Progress
from telecom_audit.readers.dates import ISO_SPELLINGS, MONTH_SPELLINGS, fitting
from telecom_audit.readers.layout import Column
from telecom_audit.readers.no_data import is_no_data, required_places
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.recognition import Recognised
from telecom_audit.readers.records import Batch, Record
from telecom_audit.readers.table import Table


class OtherSpellingError(Exception):
    """A date that is not ISO but fits another spelling: the whole column must decide."""


def settled_formats(table: Table, options: ReadOptions) -> dict[str, tuple[str, ...]]:
    """The spellings of the day columns that the layout or the user settles."""
    columns = _day_columns(table)
    if options.date_formats:
        return {
            column.name: tuple(dict.fromkeys((*iso_formats(column.name), *options.date_formats)))
            for column in columns
        }
    return {column.name: column.formats for column in columns if column.formats}


def decided_formats(
    table: Table, options: ReadOptions, progress: Progress = SILENT
) -> dict[str, tuple[str, ...]]:
    """The spelling of each day column that all its values admit; reads the whole file.

    Raises:
        RefusedError: the values of a column admit no one spelling, or several.
        CancelledError: the person asked to stop.
    """
    settled = settled_formats(table, options)
    open_columns = [column.name for column in _day_columns(table) if column.name not in settled]
    texts = _distinct(table, open_columns)
    name = table.file_name
    decided = {column: _decided(column, texts[column], name, progress) for column in open_columns}
    return settled | decided


def iso_formats(column: str) -> tuple[str, ...]:
    """What a day column admits without a word from anybody."""
    months = MONTH_SPELLINGS if column == "payment_date" else ()
    return (*ISO_SPELLINGS, *months)


def _decided(column: str, texts: Collection[str], name: str, progress: Progress) -> tuple[str, ...]:
    plain = iso_formats(column)
    others = [text for text in progress.each(texts) if not fitting([text], plain)]
    if not any(fitting([text]) for text in progress.each(others)):
        return plain
    formats = fitting(text for text in progress.each(texts) if not fitting([text], MONTH_SPELLINGS))
    if len(formats) == 1:
        return (formats[0], *(form for form in plain if form not in ISO_SPELLINGS))
    example = min(others)
    if formats:
        raise RefusedError(
            f"{name}: the dates of column {column} may be "
            f"{' or '.join(formats)}, such as {example!r}",
            f"Say which: `--set date_format={formats[0]}`.",
        )
    likely = fitting([example])[0] if fitting([example]) else "%d/%m/%Y"
    raise RefusedError(
        f"{name}: the dates of column {column} are spelled in several ways, such as {example!r}",
        f"Correct them, or say which spelling holds: `--set date_format={likely}`; rows with "
        f"another are then quarantined.",
    )


def _distinct(table: Table, columns: Iterable[str]) -> dict[str, set[str]]:
    positions: Mapping[str, int] = table.recognised.positions
    found: dict[str, set[str]] = {column: set() for column in columns}
    for batch in table.batches():
        good = list(_data(batch, table.recognised))
        for column, texts in found.items():
            if column in positions:
                place = positions[column]
                texts.update({record[place] for record in good})
    header = table.recognised.header.captions
    return {
        column: {text.strip() for text in texts} - {"", header[positions[column]].strip()}
        if column in positions
        else set()
        for column, texts in found.items()
    }


def _data(batch: Batch, recognised: Recognised) -> Iterator[Record]:
    """The records of a batch that have a say; most are known by their filled required cells."""
    required = required_places(recognised)
    for index, record in enumerate(batch.records):
        if index not in batch.faults and (
            all(record[place] for place in required) or not is_no_data(record, recognised)
        ):
            yield record


def _day_columns(table: Table) -> list[Column]:
    return [column for column in table.recognised.layout.columns if column.type == "day"]
