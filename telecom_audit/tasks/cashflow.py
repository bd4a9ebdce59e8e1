"""`cashflow`: the figures of flows that stand in a CSV file, for checking a published claim."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from telecom_audit.errors import RefusedError
from telecom_audit.migration.cash_flow import CashFlow, CashFlowFigures, Terms, cash_flow_figures
from telecom_audit.money import money_text
from telecom_audit.readers.cells import BadCellError
from telecom_audit.readers.numbers import NumberStyle, number_reader

_COLUMNS = ("flow", "benefit", "cost")
_DELIMITERS = ",;\t|"
_MOST_PERIODS = 1201  # a hundred years of months, and period 0
_HEADER_REMEDY = "Give the first line the caption flow, or the captions benefit and cost."


def cashflow(content: bytes, terms: Terms) -> tuple[CashFlowFigures, dict[str, Any]]:
    """The figures of a CSV file and what `cashflow --json` answers.

    Args:
        content: the file; its column `flow`, or `benefit` and `cost`, has period 0 first.
        terms: rates, periods and timing.

    Raises:
        RefusedError: no such columns, a cell that is empty or no number, a row with more cells
            than the header, or no row.
    """
    figures = cash_flow_figures(read_cash_flow(content), terms)
    return figures, {
        "npv": money_text(figures.npv),
        "irr": figures.irr,
        "irr_roots": list(figures.irr_roots),
        "mirr": figures.mirr,
        "payback": figures.payback,
        "discounted_payback": figures.discounted_payback,
        "pi": figures.pi,
        "roi": figures.roi,
        "total": money_text(figures.total),
        "notes": list(figures.notes),
    }


def read_cash_flow(content: bytes) -> CashFlow:
    """Flows and costs of a CSV file, in micros; more than six decimals are rounded half up.

    Raises:
        RefusedError: as `cashflow`.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("the flows are not UTF-8 text", "Save the file as UTF-8 CSV.") from error
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), mark == ","))
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise RefusedError(f"the flows are not CSV: {error}", "Correct the file.") from error
    header = records[0] if records else []
    places = _places(header)
    rows = [
        {name: _micros(record, place, (name, number)) for name, place in places.items()}
        for number, record in enumerate(_no_wider(records[1:], len(header)), 2)
        if not _is_blank(record)
    ]
    if not rows:
        raise RefusedError("there is no flow under the header", "Add a row a period, 0 first.")
    if len(rows) > _MOST_PERIODS:
        raise RefusedError(
            f"there are {len(rows)} flows; at most {_MOST_PERIODS} are reckoned with",
            "Add the flows of longer periods together.",
        )
    flows = tuple(row["flow"] if "flow" in row else row["benefit"] - row["cost"] for row in rows)
    costs = tuple(row.get("cost", max(0, -flow)) for row, flow in zip(rows, flows, strict=True))
    return CashFlow(flows, costs)


def _is_blank(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _no_wider(records: Sequence[Sequence[str]], width: int) -> Iterator[Sequence[str]]:
    """The records; one with more cells than the header has captions is refused."""
    for number, record in enumerate(records, 2):
        if not _is_blank(record[width:]):
            raise RefusedError(
                f"row {number} has more cells than the header: is a comma part of a number?",
                "Put such a number in quotes, or write it without thousands separators.",
            )
        yield record


def _places(header: Sequence[str]) -> dict[str, int]:
    captions = [caption.strip().casefold() for caption in header]
    for name in _COLUMNS:
        if captions.count(name) > 1:
            raise RefusedError(f"the column {name} occurs twice", "Leave one of them out.")
    places = {name: captions.index(name) for name in _COLUMNS if name in captions}
    if "flow" in places and "benefit" in places:
        raise RefusedError("there are columns flow and benefit", "Leave one of them out.")
    if "flow" not in places and not {"benefit", "cost"} <= places.keys():
        raise RefusedError(
            f"no column flow, nor benefit and cost, among: {', '.join(header) or 'nothing'}",
            _HEADER_REMEDY,
        )
    return places


def _micros(record: Sequence[str], place: int, where: tuple[str, int]) -> int:
    name, number = where
    read = number_reader(NumberStyle(), lambda _text: None)
    try:
        micros = read(record[place] if place < len(record) else "")
    except BadCellError as error:
        raise RefusedError(
            f"row {number}, column {name}: {error}", "Write a number like -1200.50 there."
        ) from error
    if micros is None:
        raise RefusedError(
            f"row {number}, column {name}: the cell is empty", "Write 0 where nothing flows."
        )
    return micros
