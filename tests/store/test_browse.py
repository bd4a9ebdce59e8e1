"""Keys, pages and sums of a table against Python's own sort, filter and sum."""

import sqlite3
from array import array
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_audit.progress import CancelledError, Progress
from telecom_audit.store.browse import (
    COUNTS,
    Compare,
    Condition,
    Query,
    Within,
    dense_range,
    keys,
    row_count,
    rows_with_keys,
    sums,
)
from telecom_audit.store.browse_columns import BrowsedTable, Column, Kind

TABLE = BrowsedTable(
    "lines",
    "Lines",
    "line",
    "id",
    (
        Column("name", "Name"),
        Column("amount", "Amount", Kind.MONEY, adds=True),
        Column("day", "Day", Kind.DATE),
    ),
    dense="line",
    is_imported=False,
)

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=6)
AMOUNTS = st.none() | st.integers(-(10**12), 10**12)
DAYS = st.none() | st.dates().map(str)
ROWS = st.lists(st.tuples(NAMES, AMOUNTS, DAYS), max_size=30)


def filled(rows):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute(
        "CREATE TABLE line (id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount INTEGER, day TEXT)"
    )
    connection.executemany("INSERT INTO line (name, amount, day) VALUES (?, ?, ?)", rows)
    return closing(connection)


def small(text):
    """Only the letters of ASCII lose their case, as in SQLite."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def found(connection, *conditions, order="", down=False, within=None):
    return list(keys(connection, TABLE, Query(conditions, order, down, within)))


@given(ROWS, st.booleans())
def test_an_order_is_that_of_python_with_blanks_last(rows, down):
    numbered = list(enumerate(rows, start=1))
    with filled(rows) as connection:
        for place, column, key in ((0, "name", small), (1, "amount", int), (2, "day", str)):
            full = [
                (number, row[place]) for number, row in numbered if row[place] not in (None, "")
            ]
            blank = [number for number, row in numbered if row[place] in (None, "")]
            full.sort(key=lambda pair: key(pair[1]), reverse=down)
            if down:  # ties stay in the order of keys
                full.sort(key=lambda pair: pair[0])
                full.sort(key=lambda pair: key(pair[1]), reverse=True)
            wanted = [number for number, _ in full] + blank
            assert found(connection, order=column, down=down) == wanted


@given(ROWS, NAMES)
def test_a_text_is_found_wherever_it_stands_in_any_case(rows, part):
    fold = small if part.isascii() else str.casefold
    wanted = [n for n, row in enumerate(rows, start=1) if fold(part) in fold(row[0])]
    with filled(rows) as connection:
        assert found(connection, Condition("name", Compare.CONTAINS, part)) == wanted


@given(ROWS, st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_numbers_are_compared_exactly_and_blanks_never_pass(rows, low, high):
    between = (Condition("amount", Compare.FROM, low), Condition("amount", Compare.BELOW, high))
    wanted = [
        n for n, row in enumerate(rows, start=1) if row[1] is not None and low <= row[1] < high
    ]
    with filled(rows) as connection:
        assert found(connection, *between) == wanted


@given(ROWS)
def test_pages_and_sums_are_those_of_the_rows(rows):
    with filled(rows) as connection:
        every = dense_range(connection, TABLE)
        assert len(every) == row_count(connection, TABLE) == len(rows)
        if rows:
            assert list(rows_with_keys(connection, TABLE, every).values()) == rows
        some = array("q", [n for n in every if n % 2])
        assert rows_with_keys(connection, TABLE, some) == {n: rows[n - 1] for n in some}
        wanted = sum(row[1] or 0 for row in rows[::2])
        assert sums(connection, TABLE, some, ["amount"]) == [wanted]


@given(ROWS, st.data())
def test_within_some_rows_their_counts_order_and_filter(rows, data):
    chosen = [n for n in range(1, len(rows) + 1) if data.draw(st.booleans())]
    counts = [data.draw(st.integers(-1000, 1000)) for _ in chosen]
    within = Within(array("q", chosen), array("q", counts))
    with filled(rows) as connection:
        assert found(connection, within=within) == chosen
        by_count = [n for _, n in sorted(zip(counts, chosen, strict=True))]
        assert found(connection, order=COUNTS, within=within) == by_count
        large = Condition(COUNTS, Compare.ABOVE, 0)
        wanted = [n for n, count in zip(chosen, counts, strict=True) if count > 0]
        assert found(connection, large, within=within) == wanted


def test_signs_of_a_pattern_are_ordinary_characters():
    with filled([("5%", 1, None), ("50", 1, None), ("a_b", 1, None), ("axb", 1, None)]) as lines:
        assert found(lines, Condition("name", Compare.CONTAINS, "5%")) == [1]
        assert found(lines, Condition("name", Compare.CONTAINS, "A_B")) == [3]


def test_a_whole_cell_is_matched_in_any_case_of_any_script():
    with filled([("Größe", 1, None), ("GRÖSSE", 1, None), ("x", 1, None), ("", 1, None)]) as lines:
        assert found(lines, Condition("name", Compare.IS, "grösse")) == [1, 2]
        assert found(lines, Condition("name", Compare.IS, "")) == [4]


def test_a_table_with_taken_back_rows_is_not_dense():
    table = BrowsedTable("l", "L", "line", "id", TABLE.columns, dense="line", dense_unless="gone")
    with filled([("a", 1, None)]) as connection:
        connection.execute("CREATE TABLE gone (id INTEGER PRIMARY KEY)")
        assert dense_range(connection, table) == range(1, 2)
        connection.execute("INSERT INTO gone VALUES (1)")
        assert dense_range(connection, table) is None


def test_a_sort_is_stopped_before_its_first_row_when_somebody_asks():
    with filled([(str(n), n, None) for n in range(20_000)]) as connection:
        stopped = Progress(is_cancelled=lambda: True)
        with pytest.raises(CancelledError):
            keys(connection, TABLE, Query(order="name"), stopped)
        assert len(found(connection)) == 20_000  # and the connection goes on
