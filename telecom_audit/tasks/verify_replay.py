"""Doing again, in a project of its own, all that was done to a project, as its log tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from telecom_audit.audit.findings import SET_ASIDE
from telecom_audit.errors import DamagedError, RefusedError
from telecom_audit.months import month_number, month_text
from telecom_audit.progress import Progress, Step
from telecom_audit.store import checks, findings, history, row_differences
from telecom_audit.store.checks import ImportCounts
from telecom_audit.store.history import Action
from telecom_audit.store.imports import rows_in_any_order
from telecom_audit.store.project import Project, ProjectSettings, create_project, open_project
from telecom_audit.store.scenarios import add_cutover, recorded_cutovers, stored_scenarios
from telecom_audit.tasks import invoice_states
from telecom_audit.tasks.audit import run_again, run_audit
from telecom_audit.tasks.audit_parameters import AuditOrder
from telecom_audit.tasks.baseline_answer import freeze_order
from telecom_audit.tasks.baseline_freeze import freeze
from telecom_audit.tasks.ended_accounts import end_account
from telecom_audit.tasks.imports import retire
from telecom_audit.tasks.scenarios import add_scenario
from telecom_audit.tasks.verify_found import REFUTED, why_not
from telecom_audit.tasks.verify_import import again

_READS_FINDINGS = ("scenario add", "baseline freeze")
_CHANGES_NO_RESULT = ("new", "migrate", "scenario remove", "scenario cutover")


@dataclass(frozen=True)
class RowFaults:
    """Rows by table and key: those whose cells are changed, and those that are added or missing."""

    changed: Mapping[str, Sequence[str]]
    added_or_missing: Mapping[str, Sequence[str]]


@dataclass
class Replay:
    """A project that is made again from what another one keeps.

    Attributes:
        source: the project, open; only read.
        rebuilt: the one that is made, open.
        after_import: called when an import is made again, and whether it is the last.
        notes: what could not be done again, one sentence each.
    """

    source: Project
    rebuilt: Project
    after_import: Callable[[Project, bool], None]
    notes: list[str] = field(default_factory=list)
    _counts: Mapping[int, ImportCounts] = field(default_factory=dict, init=False)
    _texts: Mapping[str, str] = field(default_factory=dict, init=False)
    _last_add: Mapping[str, int] = field(default_factory=dict, init=False)
    _last_import: int = field(default=0, init=False)
    _matters: bool = field(default=True, init=False)
    _unresolved: bool = field(default=False, init=False)

    def run(self, progress: Progress) -> None:
        """Do all logged actions again, in their order."""
        connection = self.source.connection
        actions = history.logged_actions(connection)
        self._counts = {one.import_id: one for one in checks.import_counts(connection)}
        self._last_add = _last_adds(actions)
        self._last_import = max(
            (
                one.seq
                for one in actions
                if one.action == "import" and "import_id" in one.parameters
            ),
            default=0,
        )
        self._texts = {one.name: one.text for one in stored_scenarios(connection)}
        with self.rebuilt.write() as rebuilt:
            history.add_finding_keys(rebuilt, history.finding_keys(connection))
        matters = _matters(actions)
        for place, action in enumerate(actions):
            progress.at(Step("Do again", place, len(actions), "actions"))
            if action.action != "finding":
                self._resolve(is_needed=matters[place])
            self._matters = matters[place + 1]
            self._do(action, progress)
        self._resolve(is_needed=True)
        self._keep_cutovers()
        self.notes += _scenario_faults(self.source, actions)

    def _do(self, action: Action, progress: Progress) -> None:
        acts: Mapping[str, Callable[[Action], None]] = {
            "import": lambda one: self._import(one, progress),
            "retire": self._retire,
            "audit": self._audit,
            "finding": self._status,
            "baseline freeze": self._freeze,
            "end-account": self._end_account,
            "scenario add": self._scenario,
        }
        if action.action in _CHANGES_NO_RESULT:
            return
        try:
            if action.action not in acts:
                raise RefusedError(f"{action.action!r} is not an action that is known", "")
            acts[action.action](action)
        except REFUTED as error:
            self.notes.append(f"log entry {action.seq}, {action.action}: {why_not(error)}")

    def _import(self, action: Action, progress: Progress) -> None:
        import_id = action.parameters.get("import_id")
        if import_id is None:  # its content was there already
            return
        row = history.stored_import(self.source.connection, import_id)
        if row is None:
            raise RefusedError(f"import {import_id} is not there any more", "")
        for column, stored in (("file", row.file), ("sha256", row.sha256)):
            told = action.parameters.get(column, stored)
            if told != stored:
                said = f"{column} {told} by the log, {stored} stored"
                self.notes.append(f"log entry {action.seq}, import {import_id}: {said}")
        raw_records = self._counts[import_id].raw_records
        again(self.source.connection, row, raw_records).store_in(self.rebuilt, progress)
        self.after_import(self.rebuilt, action.seq == self._last_import)

    def _retire(self, action: Action) -> None:
        retire(self.rebuilt.path, action.parameters["import_id"], action.parameters["reason"])

    def _audit(self, action: Action) -> None:
        order = AuditOrder(action.parameters["as_of"], tuple(action.parameters["settings"]))
        if self._matters:
            run_audit(self.rebuilt, order)
            return
        with self.rebuilt.write() as connection:  # a later one replaces what it would find
            history.copy_audit(self.source.connection, connection)

    def _status(self, action: Action) -> None:
        given = action.parameters
        values = (action.at, action.user, given["status"], given["note"])
        with self.rebuilt.write() as connection:
            before, _ = findings.status_of(connection, given["id"])
            findings.add_status(connection, given["id"], values)
        if (before in SET_ASIDE) != (given["status"] in SET_ASIDE):
            self._unresolved = True

    def _freeze(self, action: Action) -> None:
        given = action.parameters
        through = month_number(given["through"])
        freeze(
            self.rebuilt, freeze_order(through, given["by"], given["months"], given["escalator"])
        )

    def _end_account(self, action: Action) -> None:
        given = action.parameters
        account = (given["vendor"], given["account"])
        end_account(self.rebuilt, account, month_number(given["month"]), given["by"])

    def _scenario(self, action: Action) -> None:
        name = action.parameters["scenario"]
        if self._last_add[name] == action.seq and name in self._texts:
            add_scenario(self.rebuilt, self._texts[name])

    def _resolve(self, *, is_needed: bool) -> None:
        """Resolve the claims, once for all findings that were set aside or taken back by now."""
        if self._unresolved and is_needed:
            with self.rebuilt.write() as connection:
                run_again(self.rebuilt, connection)
        self._unresolved = False

    def _keep_cutovers(self) -> None:
        """What was recorded of waves is a fact, from which nothing stored follows."""
        with self.rebuilt.write() as connection:
            for scenario in stored_scenarios(connection):
                moved = recorded_cutovers(self.source.connection, scenario.name)
                for wave, month in moved.items():
                    add_cutover(connection, scenario.name, wave, month)


def _last_adds(actions: Sequence[Action]) -> dict[str, int]:
    return {
        one.parameters.get("scenario", ""): one.seq
        for one in actions
        if one.action == "scenario add"
    }


def _scenario_faults(source: Project, actions: Sequence[Action]) -> list[str]:
    """Scenarios and cutovers that are not those that the log leaves."""
    logged: dict[str, dict[str, str]] = {}
    for one in actions:
        name = str(one.parameters.get("scenario", ""))
        if one.action == "scenario add":
            logged.setdefault(name, {})
        elif one.action == "scenario remove":
            logged.pop(name, None)
        elif one.action == "scenario cutover":
            moved = logged.setdefault(name, {})
            moved[str(one.parameters.get("wave", ""))] = str(one.parameters.get("month", ""))
    connection = source.connection
    stored = {
        each.name: {
            wave: month_text(month)
            for wave, month in recorded_cutovers(connection, each.name).items()
        }
        for each in stored_scenarios(connection)
    }
    return [
        *(f"the log leaves a scenario {n!r} that is not stored" for n in logged if n not in stored),
        *(f"scenario {n!r} is stored, but not in the log" for n in stored if n not in logged),
        *(
            f"scenario {n!r}: cutovers {_moves(stored[n])} are stored,"
            f" {_moves(logged[n])} by the log"
            for n in logged
            if n in stored and stored[n] != logged[n]
        ),
    ]


def _moves(moved: Mapping[str, str]) -> str:
    return ", ".join(f"{wave} {month}" for wave, month in sorted(moved.items())) or "none"


def _matters(actions: Sequence[Action]) -> list[bool]:
    """Whether anything reads the findings as they stand before each action, and at the end.

    What they are in between is of no use when the next audit replaces them first.
    """
    found = [True]
    for action in reversed(actions):
        found.append(
            False if action.action == "audit" else found[-1] or action.action in _READS_FINDINGS
        )
    return found[::-1]


def first_settings(project: Project) -> ProjectSettings:
    """The settings with which a project was made, as its log tells them.

    Raises:
        DamagedError: the log does not begin with them.
    """
    actions = history.logged_actions(project.connection)
    known: dict[str, Any] = {}
    if actions and actions[0].action == "new":
        names = {field.name for field in fields(ProjectSettings)}
        known = {name: value for name, value in actions[0].parameters.items() if name in names}
    if not known:
        raise DamagedError("the log does not begin with `new`", "Take the copy from your backup.")
    return ProjectSettings(**known)


def replayed(source: Project, path: Path, progress: Progress) -> Replay:
    """Make a project again at another path from what one keeps; the caller closes it.

    Raises:
        DamagedError: the log or the raw cells cannot be read.
        CancelledError: the person stopped it.
    """
    create_project(path, first_settings(source))
    return _run(Replay(source, open_project(path), _leave), progress)


def replayed_with(source: Project, path: Path, faults: RowFaults, progress: Progress) -> Replay:
    """Make a project again with some rows as they stand, not as their raw cells say.

    Args:
        source: the project, open.
        path: where it is made; the caller closes it.
        faults: the rows that are as they stand in the source.
        progress: told how far it is.

    Raises:
        DamagedError, CancelledError: as `replayed`.
    """
    create_project(path, source.settings)
    rebuilt = open_project(path)
    row_differences.drop_triggers(rebuilt.connection)

    def take_rows(project: Project, is_last: bool) -> None:
        connection = project.connection
        with (
            rows_in_any_order(connection),
            row_differences.compared_with(connection, source.path),
            project.write(),
        ):
            for table, keys in faults.changed.items():
                row_differences.take_changed_rows(connection, table, keys)
            for table, keys in faults.added_or_missing.items() if is_last else ():
                row_differences.take_added_and_missing_rows(connection, table, keys)
            invoice_states.refresh(connection)

    return _run(Replay(source, rebuilt, take_rows), progress)


def _leave(project: Project, is_last: bool) -> None:
    """Leave the rows as their raw cells say."""
    del project, is_last


def _run(replay: Replay, progress: Progress) -> Replay:
    try:
        replay.run(progress)
    except BaseException:
        replay.rebuilt.close()
        raise
    return replay
