"""The cases of the rules in `tests/cases`: one file a rule, read into real projects.

A file bears the column lines of its tables under `columns`, and cases under `case`: `name`, the
rows of its tables as CSV text, `new` and `audit` (more options of these commands), and `find`, all
findings of all rules with the values that were worked out by hand.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from telecom_audit.cli.program import run

FOLDER = Path(__file__).parent.parent / "cases"
KINDS = ("bill", "inventory", "contract", "site", "payment")


@dataclass(frozen=True)
class Case:
    """Some small tables, and what the audit must say of them."""

    rule: str
    name: str
    files: dict[str, str]
    new: tuple[str, ...]
    audit: tuple[str, ...]
    find: tuple[dict[str, object], ...]

    @property
    def id(self) -> str:
        return f"{self.rule}: {self.name}"

    def build(self, folder: Path) -> str:
        """A project with the case's tables imported, not yet audited; the answer is its path."""
        project = str(folder / "case.telaudit")
        names = []
        for kind, text in self.files.items():
            path = folder / f"{kind}.csv"
            path.write_text(text)
            names.append(str(path))
        assert run(["new", project, *self.new]) == 0
        assert run(["import", project, *names]) == 0
        return project


def cases_of(rule: str) -> list[Case]:
    """The cases of one rule's file."""
    document = tomllib.loads((FOLDER / f"{rule}.toml").read_text())
    columns = document["columns"]
    return [
        Case(
            rule=rule,
            name=case["name"],
            files={
                kind: case.get(f"{kind}_columns", columns.get(kind))
                + "\n"
                + case[kind].strip()
                + "\n"
                for kind in KINDS
                if kind in case
            },
            new=tuple(case.get("new", ())),
            audit=tuple(case.get("audit", ())),
            find=tuple({"rule": rule} | each for each in case["find"]),
        )
        for case in document["case"]
    ]


def all_cases() -> list[Case]:
    """The cases of all rules."""
    return [case for path in sorted(FOLDER.glob("*.toml")) for case in cases_of(path.stem)]


def parameter(case: Case) -> object:
    """The case as pytest wants it, under its name."""
    return pytest.param(case, id=case.id)
