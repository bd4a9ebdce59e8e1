"""Records that are no data: blank ones, the header again, and total rows."""

from __future__ import annotations

from collections.abc import Sequence

from telecom_audit.readers.layout import plain
from telecom_audit.readers.recognition import Recognised
from telecom_audit.readers.records import Record

_TOTALS = frozenset({"total", "totals", "subtotal", "sub total", "sub-total", "grand total"})


def is_no_data(record: Record, recognised: Recognised) -> bool:
    """Whether a record is blank, the header again, or a total row."""
    cells = [plain(cell) for cell in record]
    if not any(cells) or cells == [plain(caption) for caption in recognised.header.captions]:
        return True
    if not _TOTALS.intersection(cell.rstrip(":") for cell in cells):
        return False
    return any(place >= len(cells) or not cells[place] for place in required_places(recognised))


def required_places(recognised: Recognised) -> Sequence[int]:
    """Where the required columns stand that the file has."""
    places = recognised.positions
    return [
        places[column.name]
        for column in recognised.layout.columns
        if column.required and column.name in places
    ]
