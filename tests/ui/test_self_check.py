"""The self-check does all that the program can do, writes it down, and fails when anything does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import resources
from ui.self_check import _outcome
from ui.self_check_start import Check, expect

ROOT = Path(__file__).parents[2]


def test_the_self_check_passes_without_stdout_and_reports_the_figures(tmp_path: Path):
    code = (
        "import sys; sys.stdout = sys.stderr = None; from ui.app import main; "
        f"main(['--self-check', {str(tmp_path / 'report.json')!r}])"
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = os.environ | {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [step for step in report["steps"] if not step["ok"]] == []
    assert (ended.returncode, report["ok"], report["frozen"]) == (0, True, False)
    truth = json.loads(resources.read_text("sample/truth.json"))["totals"]
    for confidence, totals in truth.items():
        for column, amount in totals.items():
            assert report["figures"][f"found.{confidence}.{column}"] == amount
    assert len(report["figures"]["baseline.digest"]) == 64
    assert {path.name for path in tmp_path.iterdir()} == {"report.json", "temporary"}
    assert list(temporary.glob("telecom-audit-*")) == []


def test_a_step_that_fails_is_reported_with_its_trace(tmp_path: Path):
    def weigh_pages(check: Check) -> str:
        expect(check.figures, "there are no figures")
        return "never"

    outcome = _outcome(weigh_pages, Check(tmp_path))
    assert (outcome.name, outcome.ok) == ("weigh pages", False)
    assert "ValueError: there are no figures" in outcome.detail
