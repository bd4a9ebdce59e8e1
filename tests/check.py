"""All checks in the order in which they fail soonest: `python -m tests.check [pytest options]`.

Format, lint, types and import contracts come first, then the speed ratios alone on the machine,
then the tests, whose summary comes last.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PYTEST = (sys.executable, "-m", "pytest")
CHECKS = (
    (sys.executable, "-m", "ruff", "format", "--check", "."),
    (sys.executable, "-m", "ruff", "check", "."),
    (sys.executable, "-m", "mypy"),
    (sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"),
    (*PYTEST, "-q", "-m", "speed"),
    (*PYTEST, "-q", "-m", "not speed", "-n", "2"),
)


def main(options: list[str]) -> int:
    """Run each check; the answer is the exit code of the first that fails."""
    root = Path(__file__).parent.parent
    environment = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ)
    for check in CHECKS:
        command = [*check, *options] if check == CHECKS[-1] else list(check)
        print("·", " ".join(command[1:]), flush=True)
        code = subprocess.run(command, cwd=root, env=environment, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
