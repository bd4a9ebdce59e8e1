"""Comparing a project with what its raw cells and its log come to when all is done again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from telecom_audit.money import money_text
from telecom_audit.progress import Progress
from telecom_audit.store import checks, row_differences
from telecom_audit.store.browse import file_name
from telecom_audit.store.project import Project
from telecom_audit.store.raw_rows import raw_records
from telecom_audit.store.row_differences import Difference
from telecom_audit.store.scenarios import stored_scenarios
from telecom_audit.tasks.verify_found import MOST_SHOWN, REFUTED, Check, listed, why_not
from telecom_audit.tasks.verify_replay import RowFaults, replayed, replayed_with
from telecom_audit.tasks.verify_results import (
    Figures,
    baseline_figures,
    changed,
    forecast_figures,
    measurement_figures,
)

_FINDINGS = ("finding", "finding_result", "claim", "finding_evidence")
# what people did and what follows from other rows; a fault in these is told, not calculated with
_NO_SOURCE = ("audit", "ended_account", "finding_status", "invoice_state", "retirement", "setting")
_STORED_AND_AGAIN = ("stored", "done again")
_STORED_AND_ROWS = ("stored", "from the rows as they stand")
_ROWS_AND_RAW = ("from the rows as they stand", "from the raw cells")
_MOST_ROWS = 10_000


def replay_checks(project: Project, progress: Progress) -> list[Check]:
    """Do all again beside a project (a private copy) and compare rows and results.

    Raises:
        DamagedError: raw cells or log cannot be read.
        CancelledError: the person stopped it.
    """
    replay = replayed(project, project.path.with_name("done-again.telaudit"), progress)
    with closing(replay.rebuilt):
        rows = _rows(project, replay.rebuilt)
        faults = _results(project, replay.rebuilt)
    found = [_history(replay.notes), *rows.checks(project)]
    if rows.of_sources:
        for name, more in _from_rows(project, rows.of_sources, progress).items():
            faults[name] += more
    return found + [_result(name, words) for name, words in faults.items()]


def _history(notes: list[str]) -> Check:
    if notes:
        return Check("history", ok=False, detail=listed(notes))
    return Check("history", ok=True, detail="every action of the log was done again")


@dataclass
class _Rows:
    """The rows that are not what their raw cells and the log say, by table."""

    told: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    added_or_missing: dict[str, list[str]] = field(default_factory=dict)

    @property
    def of_sources(self) -> RowFaults | None:
        """Those from which other results follow; None when there are none."""
        changed, others = (
            {table: keys for table, keys in found.items() if table not in _NO_SOURCE and keys}
            for found in (self.changed, self.added_or_missing)
        )
        if changed or others or "setting" in self.told:
            return RowFaults(changed, others)
        return None

    def checks(self, project: Project) -> list[Check]:
        """A check for each table with such rows, or one for all."""
        if self.told:
            return [
                Check(f"table {table}", ok=False, detail=listed(words))
                for table, words in self.told.items()
            ]
        count = sum(one.raw_records for one in checks.import_counts(project.connection))
        return [Check("rows", ok=True, detail=f"they are what {count:,} raw records come to")]


def _rows(project: Project, rebuilt: Project) -> _Rows:
    found = _Rows()
    connection = project.connection
    with row_differences.compared_with(connection, rebuilt.path):
        for table in row_differences.compared_tables(connection):
            if table in _FINDINGS:
                continue
            faults = list(islice(row_differences.differences(connection, table), _MOST_ROWS))
            if faults:
                found.told[table] = [
                    *(_told(project, fault) for fault in faults[:MOST_SHOWN]),
                    *(fault.key for fault in faults[MOST_SHOWN:]),  # only counted
                ]
                cells = [fault.key for fault in faults if fault.column]
                found.changed[table] = list(dict.fromkeys(cells))
                found.added_or_missing[table] = [f.key for f in faults if not f.column]
    return found


def _told(project: Project, fault: Difference) -> str:
    row = f"{fault.table} {fault.key}"
    if not fault.column:
        return f"{row} {'was added' if fault.beside is None else 'is missing'}"
    stored, rebuilt = (_value(fault.column, value) for value in (fault.mine, fault.beside))
    return f"{row} {fault.column}: stored {stored}, by {_source(project, fault)} {rebuilt}"


def _source(project: Project, fault: Difference) -> str:
    connection = project.connection
    if fault.table not in ("charge", *checks.tables_of_rows(connection)):
        return "its import"
    place = row_differences.source_of(connection, fault.table, fault.key)
    raw = raw_records(connection, [place]) if place else {}
    if place is None or place not in raw:
        return "its import"
    return f"row {raw[place].row} of {file_name(raw[place].file)}"


def _value(column: str, value: object) -> str:
    if value is None:
        return "nothing"
    return money_text(value) if column.endswith("_micros") and type(value) is int else str(value)


def _results(project: Project, rebuilt: Project) -> dict[str, list[str]]:
    """Findings, baseline, forecast and measurement: in which figures they differ."""
    measured = _differing(project, rebuilt, measurement_figures, _ROWS_AND_RAW)
    return _stored_results(project, rebuilt, _STORED_AND_AGAIN) | {"measurement": measured}


def _stored_results(
    project: Project, rebuilt: Project, words: tuple[str, str]
) -> dict[str, list[str]]:
    return {
        "findings": _finding_faults(project, rebuilt, words),
        "baseline": _differing(project, rebuilt, lambda one, _: baseline_figures(one), words),
        "forecast": _differing(project, rebuilt, forecast_figures, words),
    }


def _differing(
    project: Project,
    rebuilt: Project,
    figures: Callable[[Project, list[str]], Figures],
    words: tuple[str, str],
) -> list[str]:
    both = (project, rebuilt)
    names = sorted({one.name for each in both for one in stored_scenarios(each.connection)})
    try:
        return changed(figures(project, names), figures(rebuilt, names), words)
    except REFUTED as error:
        return [f"what is stored cannot be read ({why_not(error)})"]


def _from_rows(project: Project, faults: RowFaults, progress: Progress) -> dict[str, list[str]]:
    """In what the stored results differ from those that the rows as they stand come to."""
    beside = project.path.with_name("from-rows.telaudit")
    replay = replayed_with(project, beside, faults, progress)
    with closing(replay.rebuilt):
        return _stored_results(project, replay.rebuilt, _STORED_AND_ROWS)


def _result(name: str, faults: list[str]) -> Check:
    faults = list(dict.fromkeys(faults))
    detail = listed(faults) if faults else "the same when it is done again"
    return Check(name, ok=not faults, detail=detail)


def _finding_faults(project: Project, rebuilt: Project, words: tuple[str, str]) -> list[str]:
    connection = project.connection
    with row_differences.compared_with(connection, rebuilt.path):
        return [
            _finding_told(fault, words)
            for table in _FINDINGS
            for fault in islice(row_differences.differences(connection, table), _MOST_ROWS)
        ]


def _finding_told(fault: Difference, words: tuple[str, str]) -> str:
    row = f"{'claim' if fault.table == 'claim' else 'finding'} {fault.key}"
    what = fault.column.removesuffix("_micros") or fault.table.replace("_", " ")
    mine, beside = (_value(fault.column, value) for value in (fault.mine, fault.beside))
    return f"{row} {what}: {words[0]} {mine}, {words[1]} {beside}"
