"""Frames and contexts that the tests of charts share."""

from __future__ import annotations

import pandas as pd

from telecom_audit.charts.chart import ChartContext, Paper
from telecom_audit.months import month_number

START = month_number("2025-01")
DOLLARS = 1_000_000


def context(*, paper: Paper = Paper.LETTER, grey: bool = False, name: str = "") -> ChartContext:
    return ChartContext(
        organization=name or "City of Test",
        project="city.telaudit",
        currency="USD",
        source="imported bills",
        filter=name or "all vendors and sites",
        as_of="2025-12-31",
        printed="2026-11-25",
        paper=paper,
        grey=grey,
    )


def savings(plan: list[int | None], real: list[int | None], late: int = 0) -> pd.DataFrame:
    """Monthly dollars planned and realized from 2025-01 on; the last `late` are provisional."""
    months = max(len(plan), len(real))
    known = sum(amount is not None for amount in real)
    micros = [
        pd.array(
            [
                None if amount is None else amount * DOLLARS
                for amount in column + [None] * (months - len(column))
            ],
            dtype="Int64",
        )
        for column in (plan, real)
    ]
    return pd.DataFrame(
        {
            "month": [START + place for place in range(months)],
            "projected_micros": micros[0],
            "realized_micros": micros[1],
            "recurring_micros": micros[1],
            "provisional": [known - late <= place < known for place in range(months)],
            "cutover": ["Downtown" if place == 1 else "" for place in range(months)],
        }
    )


def spend(vendors: dict[str, list[int]], kind: str = "bills") -> pd.DataFrame:
    """Monthly dollars of each vendor from 2025-01 on."""
    return pd.DataFrame(
        [
            {
                "month": START + place,
                "vendor": vendor,
                "amount_micros": amount * DOLLARS,
                "kind": kind,
            }
            for vendor, amounts in vendors.items()
            for place, amount in enumerate(amounts)
        ]
    )
