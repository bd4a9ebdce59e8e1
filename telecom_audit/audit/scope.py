"""Which contract row holds for a charge, and whether its window for disputes has passed.

Source: the contract, section 6, "Scope of a contract". The SELECT of contract-rate-variance says
the same for the lines it tests; here it is asked for any claimed line, whatever its class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telecom_audit.audit.claims import Line
from telecom_audit.months import months_after

_FAR = 1 << 60


@dataclass(frozen=True)
class ContractRow:
    """A row of a contract; `last_day` is None when it is open or renews itself."""

    contract_id: int
    contract: str
    vendor_id: int
    charge_code: str
    site: str
    rate_micros: int
    first_day: int
    last_day: int | None
    dispute_window_days: int | None


@dataclass(frozen=True)
class Placed:
    """What the inventory says of a service: its contract and site, and its sole MRC code."""

    contract: str
    site: str
    sole_code: str | None


class Scope:
    """The contracts, asked charge by charge."""

    def __init__(self, rows: Iterable[ContractRow], services: Mapping[int, Placed]) -> None:
        """Take the rows that hold, and the inventory's word on each service by its id."""
        self._rows = list(rows)
        self._services = services

    @property
    def has_windows(self) -> bool:
        """Whether any row limits the time for disputes."""
        return any(row.dispute_window_days is not None for row in self._rows)

    def row_for(self, line: Line) -> ContractRow | None:
        """The row in force for a line, the nearest first; None when no contract covers it."""
        placed = self._services.get(line.service_id or 0, Placed("", "", None))
        site = placed.site or line.site
        day = months_after(line.bill_day, -1)
        if line.period_months is not None and line.from_day is not None:
            day = line.from_day
        best: tuple[int, int, int, int] | None = None
        found = None
        for row in self._rows:
            tier = _tier(row, line, placed, site)
            if tier is None or not row.first_day <= day <= _end(row):
                continue
            rank = (-tier, row.first_day, row.rate_micros, row.contract_id)
            if best is None or rank > best:
                best, found = rank, row
        return found

    def is_expired(self, line: Line, as_of_day: int) -> bool:
        """Whether the time to dispute the line had passed on a day."""
        row = self.row_for(line)
        if row is None or row.dispute_window_days is None:
            return False
        return line.bill_day + row.dispute_window_days < as_of_day


def _end(row: ContractRow) -> int:
    return _FAR if row.last_day is None else row.last_day


def _tier(row: ContractRow, line: Line, placed: Placed, site: str) -> int | None:
    """How near a row stands to a line, 1 the nearest; None when it is not about it."""
    is_here = row.site in ("", site)
    if placed.contract and row.contract == placed.contract and (is_here or not site):
        if row.charge_code == line.charge_code and row.charge_code:
            return 1 if row.vendor_id == line.vendor_id else 2
        if not row.charge_code and placed.sole_code == line.charge_code:
            return 3
    if row.charge_code and row.charge_code == line.charge_code and is_here:
        return (4 if row.site else 5) if row.vendor_id == line.vendor_id else None
    return None
