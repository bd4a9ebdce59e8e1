"""How a child process is started, from the sources and from a frozen program."""

import subprocess
import sys

import pytest

from telecom_audit.readers.child import (
    MOST_MEMORY,
    SHEET_CHILD,
    child_command,
    child_environment,
    child_flags,
)


def test_from_the_sources_the_module_is_run():
    assert child_command(SHEET_CHILD, ["a.xlsx"]) == [sys.executable, "-m", SHEET_CHILD, "a.xlsx"]


@pytest.mark.parametrize("running", ["telecom-audit", "telecom-audit-window"])
@pytest.mark.parametrize("ending", ["", ".exe"])
def test_frozen_the_console_program_beside_it_is_called(monkeypatch, tmp_path, running, ending):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / f"{running}{ending}"))
    console = str(tmp_path / f"telecom-audit{ending}")
    assert child_command(SHEET_CHILD, ["a", "0"]) == [console, "--child", SHEET_CHILD, "a", "0"]


@pytest.mark.skipif(sys.platform == "win32", reason="there the parent bounds its child")
def test_a_child_bounds_its_own_memory():
    code = (
        "from telecom_audit.readers.child import limit_own_memory; import resource; "
        "limit_own_memory(); print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=child_environment(),
        creationflags=child_flags(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(answer.stdout) == MOST_MEMORY
