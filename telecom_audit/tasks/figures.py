"""A number that a page shows, and the door to what lies behind it."""

from __future__ import annotations

from dataclasses import dataclass

from telecom_audit.tasks.lines_order import LinesOrder


@dataclass(frozen=True)
class LinesDoor:
    """Behind the number stand bill lines (or payments) that add up to it."""

    order: LinesOrder


@dataclass(frozen=True)
class FindingsDoor:
    """Behind the number stand findings that add up to it: their column, and which of them.

    Attributes:
        column: an amount of `findings --json`, as "monthly", "annual" or "recoverable"; "count"
            counts them.
        confidence: only those ("proven", "check", "lead"); empty: all.
        rule: only those of a rule; empty: all.
        is_open: only those that wait for a decision.
        is_new: only those that no audit found before the newest.
        finding: only the one of this id; 0: all.
    """

    column: str
    confidence: str = ""
    rule: str = ""
    is_open: bool = False
    is_new: bool = False
    finding: int = 0


@dataclass(frozen=True)
class ForecastDoor:
    """A modelled figure: the key in the metrics, or in a month, of `forecast --json`."""

    scenario: str
    key: str
    month: str = ""


@dataclass(frozen=True)
class MeasureDoor:
    """A measured figure: the key at the top, or in a month, of `measure --json`."""

    scenario: str | None
    key: str
    month: str = ""


@dataclass(frozen=True)
class TableDoor:
    """Behind a count stand the rows of a table of the Data page."""

    table: str


Door = LinesDoor | FindingsDoor | ForecastDoor | MeasureDoor | TableDoor


@dataclass(frozen=True)
class Figure:
    """A number on a page.

    Attributes:
        key: its name on its page, unique there ("found-annual-proven").
        caption: what it says, with unit and period ("Found, proven, a year").
        text: as shown ("389,112.00"); says why when there is no number.
        micros: the exact amount; None for a count and for what does not exist.
        door: what lies behind it; None only where there is no number.
    """

    key: str
    caption: str
    text: str
    micros: int | None
    door: Door | None
