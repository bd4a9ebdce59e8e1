"""The records of a batch that may be stored, and those that are ignored or not accepted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from telecom_audit.readers.cells import BadCell
from telecom_audit.readers.layout import plain
from telecom_audit.readers.no_data import is_no_data
from telecom_audit.readers.recognition import Recognised
from telecom_audit.readers.records import Batch, Record
from telecom_audit.readers.table import BLANK, REPEATED_HEADER
from telecom_audit.tasks.imports_rows import Rows


@dataclass(frozen=True)
class Screened:
    """A batch with what is known of its records so far.

    Attributes:
        good: indexes of the records that may be stored; `rows` are these.
        bad: index -> why a record is not accepted.
        ignored: how many records are blank, repeated headers or totals.
    """

    batch: Batch
    recognised: Recognised
    good: Sequence[int]
    bad: Mapping[int, BadCell]
    ignored: int
    rows: Rows

    def without(self, refused: Mapping[int, BadCell]) -> Screened:
        """The same without some of its rows, by their index among `rows`."""
        bad = dict(self.bad)
        ignored = self.ignored
        for place, why in refused.items():
            index = self.good[place]
            if self._is_no_data(self.batch.records[index]):
                ignored += 1
            else:
                bad[index] = why
        good = [index for place, index in enumerate(self.good) if place not in refused]
        rows = _rows(self.batch, self.recognised, good)
        return replace(self, good=good, bad=bad, ignored=ignored, rows=rows)

    def cells(self, index: int) -> dict[str, str]:
        """The cells of a record by layout column, as far as it has them."""
        record = self.batch.records[index]
        return {
            column: record[place]
            for column, place in self.recognised.positions.items()
            if place < len(record)
        }

    def _is_no_data(self, record: Record) -> bool:
        return is_no_data(record, self.recognised)


def screened(batch: Batch, recognised: Recognised, currency: str) -> Screened:
    """A sifted batch without the rows that name another currency than the project's."""
    screen = sifted(batch, recognised)
    foreign = _foreign(screen, currency)
    return screen.without(foreign) if foreign else screen


def sifted(batch: Batch, recognised: Recognised) -> Screened:
    """A batch without the records that are no data and those that break the table."""
    bad: dict[int, BadCell] = {}
    ignored = 0
    for index, fault in batch.faults.items():
        if fault in (BLANK, REPEATED_HEADER) or is_no_data(batch.records[index], recognised):
            ignored += 1
        else:
            bad[index] = BadCell("", fault)
    all_indexes: Sequence[int] = range(len(batch.records))
    good = [i for i in all_indexes if i not in batch.faults] if batch.faults else all_indexes
    return Screened(batch, recognised, good, bad, ignored, _rows(batch, recognised, good))


def _rows(batch: Batch, recognised: Recognised, good: Sequence[int]) -> Rows:
    nothing = ("",) * len(good)
    if len(good) == len(batch.records):
        numbers: Sequence[int] = range(batch.first, batch.first + len(good))
        columns = batch.columns or _columns(batch.records, recognised)
    else:
        numbers = [batch.first + index for index in good]
        columns = _columns([batch.records[index] for index in good], recognised)
    places = recognised.positions
    taken = set(places.values())
    return Rows(
        numbers=numbers,
        columns={
            column.name: columns[places[column.name]] if column.name in places else nothing
            for column in recognised.layout.columns
        },
        extra={
            caption: columns[place]
            for place, caption in _extras(recognised).items()
            if place not in taken
        },
    )


def _columns(records: Sequence[Record], recognised: Recognised) -> Sequence[Sequence[str]]:
    if not records:
        return [()] * len(recognised.header.captions)
    return list(zip(*records, strict=False))  # some may go on under cells without a caption


def _extras(recognised: Recognised) -> dict[int, str]:
    return extra_captions(recognised.header.captions, set(recognised.positions.values()))


def extra_captions(captions: Sequence[str], taken: Collection[int]) -> dict[int, str]:
    """The captions of the columns that a layout does not know, by position, each once.

    Args:
        captions: all of a header.
        taken: the positions of those that the layout knows.
    """
    found: dict[int, str] = {}
    for place, caption in enumerate(captions):
        if place not in taken:
            name = caption.strip() or f"column {place + 1}"
            found[place] = f"{name} (column {place + 1})" if name in found.values() else name
    return found


def _foreign(screen: Screened, currency: str) -> dict[int, BadCell]:
    """The rows of which a column captioned `currency` names another currency."""
    found: dict[int, BadCell] = {}
    captions = screen.recognised.header.captions
    for place, name in _extras(screen.recognised).items():
        if plain(captions[place]) == "currency":
            texts = screen.rows.extra[name]
            wrong = {text for text in set(texts) if plain(text) not in ("", plain(currency))}
            for index, text in enumerate(texts if wrong else ()):
                if text in wrong:
                    reason = f"{text.strip()!r} is not the project's currency, {currency}"
                    found[index] = BadCell("currency", reason)
    return found
