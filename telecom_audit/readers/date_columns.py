"""How the columns of days, months and moments are spelled, decided on all values of a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from telecom_audit.errors import RefusedError
from telecom_audit.progress import SILENT, Progress
from telecom_audit.readers.clocks import date_of_moment
from telecom_audit.readers.dates import (
    ISO,
    ISO_SPELLINGS,
    MONTH_NUMBERS,
    MONTH_SPELLINGS,
    SPELLINGS,
    fitting,
)
from telecom_audit.readers.layout import Column
from telecom_audit.readers.no_data import is_no_data, required_places
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.recognition import Recognised
from telecom_audit.readers.records import Batch, Record
from telecom_audit.readers.table import Table

_DATED = ("day", "month", "moment")
_TIME_OF_FORMAT = re.compile(r"[ T]*%H.*")


class OtherSpellingError(Exception):
    """A date that is not ISO but fits another spelling: the whole column must decide."""


def settled_formats(table: Table, options: ReadOptions) -> dict[str, tuple[str, ...]]:
    """The spellings of the dated columns that the layout or the user settles."""
    columns = _dated_columns(table)
    if options.date_formats:
        return {column.name: _with_given(column, options.date_formats) for column in columns}
    return {column.name: column.formats for column in columns if column.formats}


def _with_given(column: Column, given: Iterable[str]) -> tuple[str, ...]:
    """What a column admits, and what the user adds; the time of a moment needs no spelling."""
    if column.type == "moment":
        given = [_TIME_OF_FORMAT.sub("", form) for form in given]
    return tuple(dict.fromkeys((*iso_formats(column), *given)))


def decided_formats(
    table: Table, options: ReadOptions, progress: Progress = SILENT
) -> dict[str, tuple[str, ...]]:
    """The spelling of each dated column that all its values admit; reads the whole file.

    Raises:
        RefusedError: the values of a column admit no one spelling, or several.
        CancelledError: the person asked to stop.
    """
    settled = settled_formats(table, options)
    open_columns = [column for column in _dated_columns(table) if column.name not in settled]
    texts = _distinct(table, open_columns)
    name = table.file_name
    decided = {
        column.name: _decided(column, texts[column.name], name, progress) for column in open_columns
    }
    return settled | decided


def iso_formats(column: Column) -> tuple[str, ...]:
    """What a dated column admits without a word from anybody; of a moment, its date."""
    if column.type == "moment":
        return (ISO,)
    if column.type == "month":
        return ("%Y-%m", "%B %Y", *ISO_SPELLINGS)
    months = MONTH_SPELLINGS if column.name == "payment_date" else ()
    return (*ISO_SPELLINGS, *months)


def is_spelled_otherwise(column: Column, text: str) -> bool:
    """Whether the cell of a dated column has a spelling that the whole column may decide on."""
    return bool(fitting([_date_of(column, text.strip())], _spellings(column)))


def _spellings(column: Column) -> tuple[str, ...]:
    return (*SPELLINGS, *MONTH_NUMBERS) if column.type == "month" else SPELLINGS


def _date_of(column: Column, text: str) -> str:
    return date_of_moment(text) if column.type == "moment" else text


def _decided(
    column: Column, texts: Collection[str], name: str, progress: Progress
) -> tuple[str, ...]:
    plain, known = iso_formats(column), _spellings(column)
    others = [text for text in progress.each(texts) if not fitting([text], plain)]
    if not any(fitting([text], known) for text in progress.each(others)):
        return plain
    formats = fitting(
        (text for text in progress.each(texts) if not fitting([text], MONTH_SPELLINGS)), known
    )
    if len(formats) == 1:
        return (formats[0], *(form for form in plain if form not in ISO_SPELLINGS))
    example = min(others)
    if formats:
        raise RefusedError(
            f"{name}: the dates of column {column.name} may be "
            f"{' or '.join(formats)}, such as {example!r}",
            f"Say which: `--set date_format={formats[0]}`.",
        )
    likely = next(iter(fitting([example], known)), "%d/%m/%Y")
    raise RefusedError(
        f"{name}: the dates of column {column.name} are spelled in several ways, such as "
        f"{example!r}",
        f"Correct them, or say which spelling holds: `--set date_format={likely}`; rows with "
        f"another are then quarantined.",
    )


def _distinct(table: Table, columns: Collection[Column]) -> dict[str, set[str]]:
    positions: Mapping[str, int] = table.recognised.positions
    present = [column for column in columns if column.name in positions]
    found: dict[str, set[str]] = {column.name: set() for column in columns}
    for batch in table.batches():
        good = list(_data(batch, table.recognised))
        for column in present:
            place = positions[column.name]
            texts = {record[place] for record in good}
            found[column.name].update(_date_of(column, text.strip()) for text in texts)
    header = table.recognised.header.captions
    for column in present:
        found[column.name] -= {"", header[positions[column.name]].strip()}
    return found


def _data(batch: Batch, recognised: Recognised) -> Iterator[Record]:
    """The records of a batch that have a say; most are known by their filled required cells."""
    required = required_places(recognised)
    for index, record in enumerate(batch.records):
        if index not in batch.faults and (
            all(record[place] for place in required) or not is_no_data(record, recognised)
        ):
            yield record


def _dated_columns(table: Table) -> list[Column]:
    return [column for column in table.recognised.layout.columns if column.type in _DATED]
