from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tasks.importing import entry, file, project, rows_of

HEADER = ["vendor", "account", "invoice", "bill_date", "amount", "description"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)
GOOD = st.tuples(
    st.just("Acme"), st.sampled_from(["1", "02"]), st.sampled_from(["A", "B"]),
    st.just("2025-01-05"), st.integers(-9999, 9999).map(lambda n: f"{n / 100:.2f}"), TEXTS,
)  # fmt: skip
BAD = st.tuples(
    st.just("Acme"), TEXTS, TEXTS, st.sampled_from(["2025-01-05", "", "31/31/2025"]),
    st.sampled_from(["", "x", "1,2", "12.5"]), TEXTS,
)  # fmt: skip
NO_DATA = st.sampled_from(
    [("",) * 6, ("Total", "", "", "", "1.00", ""), tuple(HEADER), ("",), ("sep",)]
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(GOOD, BAD, NO_DATA), min_size=1, max_size=30),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_rows_read_are_stored_quarantined_or_ignored_in_any_dialect(
    rows: list[tuple[str, ...]], delimiter: str, encoding: str, line_end: str, quoting: int
) -> None:
    if line_end == "\r":
        quoting = csv.QUOTE_ALL  # the writer quotes a line feed only when it ends lines
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(HEADER)
    writer.writerows(rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = project(folder)
        answered = entry(target, file(folder, "b.csv", text.getvalue().encode(encoding)))
        if answered["outcome"] == "refused":
            assert rows_of(target, "SELECT count(*) FROM import_file") == [(0,)]
            return
        counted = answered["rows"]
        assert counted["read"] == len(rows)
        assert counted["read"] == sum(counted[k] for k in ("stored", "quarantined", "ignored"))
        good = [row for row in rows if len(row) == 6 and _is_good(row)]
        stored = rows_of(
            target, "SELECT description, amount_micros FROM charges ORDER BY charge_id"
        )
        assert stored == [(row[5].strip(), round(float(row[4]) * 1_000_000)) for row in good]
        assert (
            counted["quarantined"] == rows_of(target, "SELECT count(*) FROM quarantined_row")[0][0]
        )


def _is_good(row: tuple[str, ...]) -> bool:
    amount = row[4]
    return (
        row[0] == "Acme"
        and all(cell.strip() and "\n" not in cell.strip() for cell in row[:5])
        and row[3] == "2025-01-05"
        and amount.replace("-", "").replace(".", "").isdigit()
        and all(cell.count("\n") <= 5 for cell in row)
    )


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_arbitrary_bytes_are_imported_or_refused_and_nothing_else(
    content: bytes, with_header: bool
) -> None:
    head = b"vendor,account,invoice,bill_date,amount\n" if with_header else b""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = project(folder)
        before = target.read_bytes()
        answered = entry(target, file(folder, "b.csv", head + content))
        counted = answered["rows"]
        assert counted["read"] == sum(counted[k] for k in ("stored", "quarantined", "ignored"))
        if answered["outcome"] == "refused":
            assert target.read_bytes() == before
            assert answered["error"]["remedy"]
