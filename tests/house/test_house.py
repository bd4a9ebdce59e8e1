import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from telecom_audit.store.views import VIEWS

ROOT = Path(__file__).parents[2]
PACKAGES = ("telecom_audit", "ui", "resources", "tests", "benchmarks")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PROGRAM = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in PACKAGES[:3]]
MOST_LINES = 400
MOST_MEDIAN = 170


def test_no_file_is_longer_than_400_lines():
    long = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_the_median_file_of_the_program_is_short():
    lines = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in PROGRAM)
    assert lines[len(lines) // 2] <= MOST_MEDIAN


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "misc", "common"])
def test_no_module_is_named_after_nothing(word):
    assert [path for path in PROGRAM if path.stem == word] == []


def test_sql_stands_in_the_store_and_in_rules_only():
    asking = re.compile(r"\bSELECT\b.*\bFROM\s|\b(INSERT INTO|DELETE FROM)\s", re.DOTALL)
    homes = (
        "telecom_audit/store/",
        "telecom_audit/audit/rules/",
        "telecom_audit/audit/owned_services.py",  # what several rules begin with
    )
    strangers = [
        str(path.relative_to(ROOT))
        for path in PROGRAM
        if not path.relative_to(ROOT).as_posix().startswith(homes)
        and any(asking.search(text) for text in _strings(path))
    ]
    assert strangers == []


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_each_public_function_of_the_program_says_what_it_does():
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in PROGRAM
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and node.col_offset == 0
        and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("slow", ["pandas", "numpy", "matplotlib", "sqlite_utils", "scipy"])
def test_the_window_and_the_command_line_start_without_slow_libraries(slow):
    code = (
        "import sys, ui.app, telecom_audit.cli, telecom_audit.store.project; "
        f"sys.exit({slow!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_no_registry_and_no_path_of_a_machine_is_committed():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    named = re.compile(r"https?://[^ ]*/simple|files\.pythonhosted|--(extra-)?index-url")
    found = [
        name
        for name in tracked.stdout.split("\n")
        if name.endswith((".toml", ".lock", ".sh", ".md", ".txt", "run"))
        and named.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []


def test_ci_calls_the_test_command_of_the_readme():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").split("\n")
    command = lines[lines.index("<!-- the test command -->") + 2]
    assert command.startswith("python3.11 -m venv .venv && ")
    assert command.endswith("python -m tests.check")


def test_each_view_is_documented():
    documented = (ROOT / "docs" / "project-file.md").read_text(encoding="utf-8")
    assert [name for name in VIEWS if f"| `{name}` |" not in documented] == []
