"""Frames, contexts and drawn charts that the tests of charts share."""

from __future__ import annotations

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from telecom_audit.charts.chart import ChartContext
from telecom_audit.charts.registry import chart
from telecom_audit.charts.style import Style, paper_style
from telecom_audit.drawing.sheet import Heading, Paper, Sheet, new_page
from telecom_audit.drawing.style import drawing_style
from telecom_audit.months import month_number

START = month_number("2025-01")
DOLLARS = 1_000_000
LONG = "The Extraordinarily Long Named Metropolitan Telephone and Telegraph Company " * 4


def context(style: Style | None = None) -> ChartContext:
    return ChartContext(
        currency="USD",
        source="imported bills",
        today="2026-11-25",
        style=style or paper_style(grey=False),
    )


def sheet(paper: Paper = Paper.LETTER, organization: str = "City of Test") -> Sheet:
    return Sheet(
        paper=paper,
        organization=organization,
        project="city.telaudit",
        as_of="2025-12-31",
        printed="2026-11-25",
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


FRAMES = {
    "one month": ("savings", savings([100], [90])),
    "a year": ("savings", savings([100] * 24, [90] * 12, late=3)),
    "losses": ("savings", savings([-100] * 12, [-9_000_000] * 12)),
    "no plan": ("savings", savings([], [5, 0, -5])),
    "five years": ("savings", savings([10**9] * 60, [10**9 + 7] * 60)),
    "one bar": ("spend", spend({"A": [100]})),
    "credits": ("spend", spend({"A": [100, 90] * 6, "B": [-30, 20] * 6})),
    "twelve vendors": ("spend", spend({f"{LONG}{place}": [9, 8] * 12 for place in range(12)})),
    "nothing": ("spend", spend({"A": [0, 0]})),
}


def drawn(name: str, paper: Paper = Paper.LETTER, *, grey: bool = False) -> Figure:
    """One of the frames on a page whose heading and footer are too long to fit."""
    key, frame = FRAMES[name]
    kind, looks = chart(key), context(paper_style(grey=grey))
    with drawing_style():
        words = kind.words(frame, looks)
        heading = Heading(f"{words.title} {LONG}", f"{words.subtitle} {LONG}", words.period, LONG)
        place = new_page(sheet(paper, LONG), heading)
        kind.draw(frame, looks, place)
    return place.figure


def shown_words(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Each text that is drawn, with its rectangle in dots; call it inside `drawing_style`."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    seen = {}
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and not _beyond(text):
            seen[id(text)] = (text, text.get_window_extent(renderer))
    return list(seen.values())


def _beyond(text: Text) -> bool:
    """Ticks outside the limits of their axis, or without labels, are not drawn."""
    axes = text.axes
    if axes is None:
        return False
    for axis, limits, side in (
        (axes.xaxis, axes.get_xlim(), "labelbottom"),
        (axes.yaxis, axes.get_ylim(), "labelleft"),
    ):
        for tick in axis.get_major_ticks():
            if text is tick.label1:
                within = limits[0] <= tick.get_loc() <= limits[1]
                return not (axis.get_tick_params()[side] and within)
            if text is tick.label2:
                return True
    return False


def overlaps(words: list[tuple[Text, Bbox]]) -> list[tuple[str, str]]:
    """The pairs of texts of which one covers the other."""
    return [
        (first.get_text(), second.get_text())
        for place, (first, one) in enumerate(words)
        for second, other in words[place + 1 :]
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5
    ]
