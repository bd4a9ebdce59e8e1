from __future__ import annotations

import csv
from pathlib import Path

import pytest

from telecom_audit.readers.layout import known_layouts
from tests.tasks.importing import entry, project, rows_of

SAMPLES = Path(__file__).parent.parent / "samples"
VIEWS = {
    "bill": "charges JOIN (SELECT invoice_id, due_date, total_micros FROM invoices) "
    "USING (invoice_id)",
    "inventory": "inventory",
    "contract": "contracts",
    "site": "sites",
    "payment": "payments",
    "call": "calls",
    "usage": "usage",
    "person": "people",
}  # fmt: skip


def test_every_layout_has_a_sample() -> None:
    assert {layout.key for layout in known_layouts()} == {
        folder.name for folder in SAMPLES.iterdir()
    }


@pytest.mark.parametrize("layout", known_layouts(), ids=lambda layout: layout.key)
def test_the_sample_of_a_layout_is_recognised_and_stored_as_expected(
    layout: object, tmp_path: Path
) -> None:
    key, kind = layout.key, layout.kind  # type: ignore[attr-defined]
    folder = SAMPLES / key
    sample = next(path for path in folder.iterdir() if path.name != "expected.csv")
    target = project(tmp_path, "GBP" if key == "uk-spending" else "USD")
    answered = entry(target, sample)
    assert (answered["outcome"], answered["layout"], answered["kind"]) == ("imported", key, kind)
    with (folder / "expected.csv").open(newline="", encoding="utf-8") as file:
        header, *expected = csv.reader(file)
    found = rows_of(target, f"SELECT {', '.join(header)} FROM {VIEWS[kind]} ORDER BY record")
    assert [["" if cell is None else str(cell) for cell in row] for row in found] == expected
    assert answered["rows"]["stored"] == len(expected)
