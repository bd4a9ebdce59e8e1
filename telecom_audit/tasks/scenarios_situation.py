"""The project as a scenario finds it: inventory, baseline, contracts and the audit's claims."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from telecom_audit.migration.contracts import ContractRow
from telecom_audit.migration.resolve import Edition, KnownService, Situation
from telecom_audit.money import money_text
from telecom_audit.savings.editions import Baseline, BaselineService
from telecom_audit.savings.service_costs import MonthlyCost
from telecom_audit.store.project import Project
from telecom_audit.store.raw_rows import raw_records
from telecom_audit.store.scenarios import contract_rows, inventory_headers, inventory_rows
from telecom_audit.tasks.baseline import held_baseline, plan_costs
from telecom_audit.tasks.findings import claimed_parts

_CAPTIONS = (
    "service", "service_type", "status", "site", "department", "user", "use", "vendor", "account",
    "contract", "system", "channels", "bandwidth_mbps", "monthly_cost", "install_date",
    "disconnect_date", "disconnect_order", "last_verified",
)  # fmt: skip
_COST = "monthly_cost"

Key = tuple[str, str]


def situation(project: Project, *, less_audit: bool) -> Situation:
    """The project as it stands now.

    Args:
        project: the open project.
        less_audit: c(i) is less what the audit claims.
    """
    connection = project.connection
    baseline = held_baseline(project)
    columns = _columns(connection)
    extras = frozenset(key for keys in columns.values() for key in keys) - {*_CAPTIONS, ""}
    rows = _one_a_service(inventory_rows(connection))
    costs = _Costs.of(project, baseline, less_audit=less_audit)
    active = [row for row in rows if row["status"].strip().casefold() == "active"]
    written = _written(connection, active, columns)
    services = [
        replace(costs.in_inventory(row, _cells(row, extras)), written=cells)
        for row, cells in zip(active, written, strict=True)
    ]
    present = {_key(row) for row in active}
    uses = {_key(row): row["use"] for row in rows}
    if baseline:
        services += [
            costs.as_billed(service, uses.get(key, ""))
            for key, service in sorted(baseline.by_key.items())
            if key not in present
        ]
    return Situation(
        tuple(services),
        tuple(_contract(row) for row in contract_rows(connection)),
        frozenset(_CAPTIONS) | extras,
        Edition(baseline.edition, baseline.through, baseline.escalator) if baseline else None,
    )


@dataclass(frozen=True)
class _Costs:
    """What services cost: by the baseline, or by the inventory when there is none."""

    baseline: Baseline | None
    unclaimed: Mapping[Key, MonthlyCost]
    less_audit: bool

    @classmethod
    def of(cls, project: Project, baseline: Baseline | None, *, less_audit: bool) -> _Costs:
        """The costs of the baseline that holds, with and without the audit's claims."""
        unclaimed = plan_costs(project, baseline, claimed_parts(project)) if baseline else {}
        return cls(baseline, unclaimed, less_audit)

    def in_inventory(self, row: sqlite3.Row, cells: Mapping[str, str]) -> KnownService:
        """An active row; outside the baseline it costs nothing."""
        key = _key(row)
        billed = self.baseline.by_key.get(key) if self.baseline else None
        parts, full, unclaimed = (0, 0, 0), 0, 0
        if billed:
            parts, full, unclaimed = self._billed(key, billed)
        elif self.baseline is None:
            full = unclaimed = row["monthly_cost_micros"] or 0
            parts = (full, 0, 0)
        return KnownService(
            row["owner"] or "", row["service"], row["service_key"], cells, in_inventory=True,
            use=row["use"], contract=row["contract"].strip(), costs=parts, full_cost=full,
            unclaimed_cost=unclaimed, mrc_accounts=billed.mrc_accounts if billed else (),
        )  # fmt: skip

    def as_billed(self, service: BaselineService, use: str) -> KnownService:
        """A service of the baseline that is no active row of the inventory."""
        cells = {
            "vendor": service.vendor,
            "account": service.account,
            "service": service.service,
            "service_type": service.service_type,
            "site": service.site,
        }
        parts, full, unclaimed = self._billed((service.vendor, service.service_key), service)
        return KnownService(
            service.vendor, service.service, service.service_key, cells, in_inventory=False,
            use=use, contract="", costs=parts, full_cost=full,
            unclaimed_cost=unclaimed, mrc_accounts=service.mrc_accounts,
        )  # fmt: skip

    def _billed(self, key: Key, service: BaselineService) -> tuple[tuple[int, int, int], int, int]:
        less = self.unclaimed[key]
        full = (service.mrc_micros, service.tax_micros, service.usage_micros)
        unclaimed = (less.mrc, less.tax, less.usage)
        return unclaimed if self.less_audit else full, sum(full), sum(unclaimed)


def _key(row: sqlite3.Row) -> Key:
    return row["owner"] or "", row["service_key"]


def _one_a_service(rows: Iterable[sqlite3.Row]) -> list[sqlite3.Row]:
    """A row that names its vendor stands before one without a vendor for the same service."""
    named = {_key(row) for row in rows if row["vendor"].strip()}
    return [row for row in rows if row["vendor"].strip() or _key(row) not in named]


def _columns(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """Import id -> what `when` calls each column of that inventory file, by position."""
    found = {}
    for row in inventory_headers(connection):
        known = {place: column for column, place in json.loads(row["columns"]).items()}
        found[int(row["id"])] = [
            known.get(place, caption.strip().casefold())
            for place, caption in enumerate(json.loads(row["header"]))
        ]
    return found


def _written(
    connection: sqlite3.Connection,
    rows: Iterable[sqlite3.Row],
    columns: Mapping[int, list[str]],
) -> list[dict[str, tuple[str, ...]]]:
    """The cells of each row as they stood in its file, by column."""
    places = [(row["import_id"], row["record"]) for row in rows]
    raw = raw_records(connection, places)
    answer = []
    for place in places:
        cells: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for key, cell in zip(columns[place[0]], raw[place].cells, strict=False):
            cells[key] += (cell,)
        answer.append(dict(cells))
    return answer


def _cells(row: sqlite3.Row, extras: frozenset[str]) -> dict[str, str]:
    cells = dict.fromkeys(extras, "")
    extra: dict[str, str] = json.loads(row["extra"] or "{}")
    cells |= {caption.strip().casefold(): cell for caption, cell in extra.items()}
    cells |= {caption: _text(row[caption]) for caption in _CAPTIONS if caption != _COST}
    cost = row["monthly_cost_micros"]
    return cells | {_COST: "" if cost is None else money_text(cost)}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _contract(row: sqlite3.Row) -> ContractRow:
    return ContractRow(
        row["contract"],
        row["effective_to_day"],
        row["early_termination"],
        row["annual_commitment_micros"],
    )
