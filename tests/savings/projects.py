"""Projects made by the real import from files written by hand."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telecom_audit.cli.program import run

_HEADER = (
    "vendor,account,invoice,bill_date,service,charge_code,description,class,amount,from,thru,site"
)


@dataclass(frozen=True)
class BillLine:
    """A line of a standard bill; the invoice is its account and date."""

    date: str
    kind: str
    amount: str
    service: str = ""
    account: str = "100"
    vendor: str = "Acme"
    period: tuple[str, str] = ("", "")
    site: str = ""

    @property
    def text(self) -> str:
        """The line as CSV."""
        return ",".join(
            (
                self.vendor,
                self.account,
                f"{self.account}-{self.date}",
                self.date,
                self.service,
                self.kind,
                f"{self.kind} line",
                self.kind,
                self.amount,
                *self.period,
                self.site,
            )
        )


@dataclass(frozen=True)
class TestProject:
    """A project file and its commands."""

    __test__ = False
    path: Path

    def ask(self, command: str, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Exit code and JSON answer of a command."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            code = run([command, str(self.path), *arguments, "--json"])
        answer: dict[str, Any] = json.loads(out.getvalue())
        return code, answer

    def done(self, command: str, *arguments: str) -> dict[str, Any]:
        """The JSON answer of a command that must end well."""
        code, answer = self.ask(command, *arguments)
        assert code == 0, answer
        return answer

    def bring(self, name: str, text: str) -> int:
        """Import a file with this text; the answer is the import id."""
        file = self.path.parent / name
        file.write_text(text, encoding="utf-8")
        (entry,) = self.done("import", str(file))["files"]
        assert entry["outcome"] == "imported", entry
        return int(entry["import_id"])

    def bring_bills(self, lines: Iterable[BillLine], name: str = "bill.csv") -> int:
        """Import a standard bill."""
        return self.bring(name, "\n".join([_HEADER, *(line.text for line in lines), ""]))

    def freeze(self, through: str, *more: str) -> dict[str, Any]:
        """Freeze a baseline."""
        return self.done("baseline", "freeze", "--through", through, "--by", "J. Ruiz", *more)


def new_project(folder: Path) -> TestProject:
    """An empty project."""
    project = TestProject(folder / "city.telaudit")
    project.done("new")
    return project
