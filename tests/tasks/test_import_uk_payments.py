from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from tests.tasks.importing import entry, project, rows_of

PAYMENTS = (
    Path(__file__).parents[2].parent / "shared/data/public/uk_public_bodies_telecom_payments.csv.gz"
)


@pytest.mark.skipif(not PAYMENTS.exists(), reason="the public payments lie beside the repository")
def test_all_payments_of_public_bodies_are_taken_to_the_penny(tmp_path: Path) -> None:
    expected: dict[str, Decimal] = defaultdict(Decimal)
    unreadable = []
    with gzip.open(PAYMENTS, "rt", encoding="utf-8", newline="") as file:
        for record in list(csv.reader(file))[1:]:
            try:
                expected[record[0]] += Decimal(record[4])
            except InvalidOperation:
                unreadable.append(record)
    target = project(tmp_path, "GBP")
    answered = entry(target, PAYMENTS)
    assert answered["rows"] == {"read": 272_147, "stored": 272_144, "quarantined": 3, "ignored": 0}
    found = rows_of(target, "SELECT payer, sum(amount_micros) FROM payments GROUP BY payer")
    assert {payer: Decimal(micros) / 1_000_000 for payer, micros in found} == dict(expected)
    import json

    raws = [json.loads(raw) for (raw,) in rows_of(target, "SELECT raw FROM quarantined_row")]
    assert raws == unreadable
