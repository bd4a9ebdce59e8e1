"""Raw records: kept in compressed blocks as the reader emitted them, and found again."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from telecom_audit.errors import DamagedError

CELL = "\x1f"
RECORD = "\x1e"
_WAITING = 4
_FAST = 1


@dataclass(frozen=True)
class RawRecord:
    """A record as it stood in its file; `row` is its physical row."""

    file: str
    sha256: str
    sheet: str
    row: int
    cells: tuple[str, ...]


def raw_records(
    connection: sqlite3.Connection, wanted: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], RawRecord]:
    """The raw records of many (import id, record) pairs; each block is unpacked once.

    A record is the position among the import's records, from 0; a pair that does not exist is
    left out.
    """
    found: dict[tuple[int, int], RawRecord] = {}
    by_import: dict[int, list[int]] = defaultdict(list)
    for import_id, record in set(wanted):
        by_import[import_id].append(record)
    for import_id, records in sorted(by_import.items()):
        for raw, record in _of_import(connection, import_id, sorted(records)):
            found[import_id, record] = raw
    return found


def _of_import(
    connection: sqlite3.Connection, import_id: int, records: list[int]
) -> Iterable[tuple[RawRecord, int]]:
    file = connection.execute(
        "SELECT file, sha256, sheet FROM import_file WHERE id = ?", (import_id,)
    ).fetchone()
    block: _Block | None = None
    for record in records:
        if block is None or not block.has(record):
            block = _block(connection, import_id, record)
        if file is None or block is None or not block.has(record):
            continue
        row, cells = block.record(record)
        yield RawRecord(file["file"], file["sha256"], file["sheet"], row, cells), record


def all_raw_records(
    connection: sqlite3.Connection, import_id: int
) -> Iterator[tuple[list[int], list[str] | list[list[str]]]]:
    """The physical rows and the contents of an import's raw records, block by block.

    A block's records are lists of cells, or texts whose cells are joined by CELL.

    Raises:
        DamagedError: a block cannot be unpacked.
    """
    found = connection.execute(
        "SELECT first_record, first_row, rows, format, content FROM raw_block "
        "WHERE import_id = ? ORDER BY first_record",
        (import_id,),
    )
    for row in found:
        try:
            block = _Block(row)
        except (zlib.error, ValueError) as error:
            raise DamagedError(
                f"the raw records of import {import_id} cannot be read ({error})",
                "Take the copy from your backup.",
            ) from error
        yield block.all()


class _Block:
    def __init__(self, row: sqlite3.Row) -> None:
        self._first: int = row["first_record"]
        self._first_row: int = row["first_row"]
        self._rows: list[int] | None = json.loads(row["rows"]) if row["rows"] else None
        text = zlib.decompress(row["content"]).decode()
        self._is_json = row["format"] == "json"
        self._records = json.loads(text) if self._is_json else text.split(RECORD)

    def has(self, record: int) -> bool:
        return self._first <= record < self._first + len(self._records)

    def all(self) -> tuple[list[int], list[str] | list[list[str]]]:
        rows = self._rows or range(self._first_row, self._first_row + len(self._records))
        return list(rows), self._records

    def record(self, record: int) -> tuple[int, tuple[str, ...]]:
        index = record - self._first
        cells = self._records[index]
        row = self._rows[index] if self._rows else self._first_row + index
        return row, tuple(cells if self._is_json else cells.split(CELL))


def _block(connection: sqlite3.Connection, import_id: int, record: int) -> _Block | None:
    row = connection.execute(
        "SELECT first_record, first_row, rows, format, content FROM raw_block "
        "WHERE import_id = ? AND first_record <= ? ORDER BY first_record DESC LIMIT 1",
        (import_id, record),
    ).fetchone()
    return _Block(row) if row else None


class RawBlocks:
    """Writes the records of one import in blocks; a second thread compresses them."""

    def __init__(self, connection: sqlite3.Connection, import_id: int) -> None:
        self._connection = connection
        self._import_id = import_id
        self._pool = ThreadPoolExecutor(1)
        self._waiting: deque[tuple[tuple[object, ...], Future[tuple[str, bytes]]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=kind is not None)

    def add(
        self,
        first: int,
        rows: Sequence[int],
        records: Sequence[list[str]],
        joined: tuple[str, int] | None = None,
    ) -> None:
        """Keep consecutive records, of which the first has the number `first`.

        Args:
            first: its number.
            rows: the physical row of each.
            records: the cells of each.
            joined: the same joined by RECORD and CELL, and how many cells each has, when the
                reader has them at hand.
        """
        are_one_by_one = rows[-1] - rows[0] + 1 == len(rows)
        where = (
            self._import_id,
            first,
            len(records),
            rows[0],
            None if are_one_by_one else json.dumps(list(rows)),
        )
        self._waiting.append((where, self._pool.submit(_packed, records, joined)))
        if len(self._waiting) > _WAITING:
            self._write_one()

    def finish(self) -> None:
        """Write what is still being compressed."""
        while self._waiting:
            self._write_one()

    def _write_one(self) -> None:
        where, packed = self._waiting.popleft()
        self._connection.execute(
            "INSERT INTO raw_block "
            "(import_id, first_record, records, first_row, rows, format, content) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*where, *packed.result()),
        )


def _packed(records: Sequence[list[str]], joined: tuple[str, int] | None) -> tuple[str, bytes]:
    if joined:
        text, cells, is_plain = joined[0], joined[1] * len(records), True
    else:
        text, cells = RECORD.join(map(CELL.join, records)), sum(map(len, records))
        is_plain = all(records)
    is_plain = (
        is_plain
        and text.count(RECORD) == len(records) - 1
        and text.count(CELL) == cells - len(records)
    )
    if is_plain:
        return "separated", zlib.compress(text.encode(), _FAST)
    return "json", zlib.compress(json.dumps(list(records), ensure_ascii=False).encode(), _FAST)
