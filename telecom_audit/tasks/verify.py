"""Whether a project is whole: checks on a private copy, each with what it saw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from telecom_audit.errors import DamagedError
from telecom_audit.money import money_text
from telecom_audit.progress import SILENT, Progress, Step
from telecom_audit.readers.recognition import SEARCHED
from telecom_audit.store import checks
from telecom_audit.store.checks import ImportCounts
from telecom_audit.store.connection import translated
from telecom_audit.store.private_copy import PrivateCopy, private_copy
from telecom_audit.store.project import Project, open_project
from telecom_audit.tasks import invoice_states
from telecom_audit.tasks.verify_found import Check, listed
from telecom_audit.tasks.verify_rebuilt import replay_checks

_MISMATCH_EXIT = 1


@dataclass
class Verification:
    """The checks of a project in their order."""

    checks: list[Check] = field(default_factory=list)
    is_damaged: bool = False

    @property
    def ok(self) -> bool:
        """Whether every check found what it should."""
        return all(check.ok for check in self.checks)

    @property
    def exit_code(self) -> int:
        """0 all is well, 1 a check found a mismatch, 4 the file is damaged."""
        if self.is_damaged:
            return DamagedError.exit_code
        return 0 if self.ok else _MISMATCH_EXIT

    @property
    def document(self) -> dict[str, object]:
        """What `verify --json` answers."""
        shown = [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in self.checks]
        return {"ok": self.ok, "checks": shown}


def verify(path: Path, *, replay: bool = False, progress: Progress = SILENT) -> Verification:
    """Check a project on a private copy; nothing of the original changes.

    Args:
        path: the project.
        replay: do again all that was done, from the raw cells on, and compare every result.
        progress: told what is checked.

    Raises:
        UsageError: there is no such file.
        RefusedError: it is no project of ours, or cannot be copied.
        CancelledError: the person stopped it.
    """
    found = Verification()
    name = "file"
    try:
        with (
            private_copy(path, progress) as copy,
            translated(path),
            open_project(copy.path) as project,
        ):
            for name, check in _checks(copy, project, replay, progress):
                progress.at(Step(f"Check {name}", len(found.checks), unit="checks"))
                found.checks += check()
                if name == "file" and not found.ok:
                    found.is_damaged = True
                    break
    except DamagedError as error:
        found.checks.append(Check(name, ok=False, detail=error.message))
        found.is_damaged = True
    return found


def _checks(
    copy: PrivateCopy, project: Project, replay: bool, progress: Progress
) -> Iterator[tuple[str, Callable[[], list[Check]]]]:
    """The checks with their names; what needs the tables comes only when these are ours."""
    yield "file", lambda: [_file(copy, project)]
    faults = _schema_faults(project)
    yield "schema", lambda: [_schema(faults)]
    if any(kind in ("table", "view") for kind, _ in faults):
        rest = "replay" if replay else "contents"
        detail = "not checked, because the tables or views are not those of the program"
        yield rest, lambda: [Check(rest, ok=False, detail=detail)]
        return
    yield "foreign keys", lambda: [_foreign_keys(project)]
    yield "imports", lambda: [_imports(project)]
    yield "invoice states", lambda: [_invoice_states(project)]
    if replay:
        yield "replay", lambda: replay_checks(project, progress)


def _file(copy: PrivateCopy, project: Project) -> Check:
    faults = checks.integrity_faults(project.connection)
    if faults:
        return Check("file", ok=False, detail=f"SQLite finds: {listed(faults)}")
    words = "header and structure are sound (SQLite's integrity check)"
    if copy.has_journal:
        words += "; its writer did not finish, and what is checked is the last state that was whole"
    return Check("file", ok=True, detail=words)


def _schema_faults(project: Project) -> dict[checks.SchemaPart, str]:
    """Type and name of what is missing, strange or changed -> which of these it is."""
    ours, wanted = checks.schema_of(project.connection), checks.fresh_schema()
    return {
        part: "is missing" if part not in ours else "is changed" if part in wanted else "is strange"
        for part in sorted(ours.keys() | wanted.keys())
        if ours.get(part) != wanted.get(part)
    }


def _schema(faults: dict[checks.SchemaPart, str]) -> Check:
    if faults:
        words = [f"{kind} {name} {what}" for (kind, name), what in faults.items()]
        return Check("schema", ok=False, detail=listed(words))
    return Check("schema", ok=True, detail="tables, indices, triggers and views are the program's")


def _foreign_keys(project: Project) -> Check:
    faults = checks.foreign_key_faults(project.connection)
    if faults:
        return Check("foreign keys", ok=False, detail=listed(faults))
    return Check("foreign keys", ok=True, detail="every row points to a row that is there")


def _imports(project: Project) -> Check:
    counts = checks.import_counts(project.connection)
    faults = [f"import {one.import_id} ({one.file}): {f}" for one in counts for f in _faults(one)]
    if faults:
        return Check("imports", ok=False, detail=listed(faults))
    rows = sum(one.said["rows stored"] for one in counts)
    detail = f"{len(counts)} imports with {rows:,} rows are there as they were counted"
    return Check("imports", ok=True, detail=detail)


def _faults(one: ImportCounts) -> Iterator[str]:
    for what, present in one.present.items():
        said = one.said[what]
        if said != present:
            is_money = what == "amount"
            texts = [money_text(n) if is_money else str(n) for n in (said, present)]
            yield f"{what} {texts[0]} at the import, {texts[1]} now"
    # a header stands among the first records, and each of these fills at least one row
    if not 0 <= one.before < min(SEARCHED, max(one.first_row - 1, 1)):
        yield f"{one.said['rows read']} rows read, {one.raw_records} raw records now"
    if not one.has_all_records:
        yield "raw records are missing between others"


def _invoice_states(project: Project) -> Check:
    with project.read() as connection:  # which takes back what is derived
        stored = checks.invoice_states(connection)
        invoice_states.refresh(connection)
        derived = checks.invoice_states(connection)
    faults = [
        f"invoice {number}: stored {stored.get(number)}, derived {derived.get(number)}"
        for number in sorted(stored.keys() | derived.keys())
        if stored.get(number) != derived.get(number)
    ]
    if faults:
        return Check("invoice states", ok=False, detail=listed(faults))
    detail = f"the states of {len(stored):,} invoices follow from their imports"
    return Check("invoice states", ok=True, detail=detail)
