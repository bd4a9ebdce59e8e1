"""The window turns while it works: judged at a tenth of the size and ten times the goal."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = 100_000
MOST_MS = 1000

pytestmark = pytest.mark.speed


def test_the_window_never_stands_still_for_a_second():
    command = [sys.executable, "-m", "benchmarks.event_loop", str(ROWS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)
    assert done.returncode == 0
    worst = {
        name.strip(): float(ms)
        for name, ms in re.findall(r"^  (\D+?) +[0-9.]+ s +worst +([0-9.]+) ms", done.stdout, re.M)
    }
    assert {"import", "audit", "chart of savings", "table sorted"} <= worst.keys()
    assert max(worst.values()) <= MOST_MS, worst
