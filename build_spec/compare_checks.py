# ruff: noqa: T201 - it is a program of the build, and says what it found
"""Compare the reports of two self-checks: python compare_checks.py FIRST SECOND.

Both must be well, and the figures equal to the micro; else the exit code is 1.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Print what was compared and what differs."""
    first, second = (json.loads(Path(name).read_text(encoding="utf-8")) for name in names)
    for report in (first, second):
        print(f"{report['platform']}: Qt {report['qt']}, SQLite {report['sqlite']}")
        for step in report["steps"]:
            word = "ok" if step["ok"] else "FAILED"
            print(f"  {word:6} {step['seconds']:7.2f} s  {step['name']}: {step['detail']}")
    figures = [report["figures"] for report in (first, second)]
    differing = [
        f"{name}: {figures[0].get(name)} and {figures[1].get(name)}"
        for name in sorted(figures[0].keys() | figures[1].keys())
        if figures[0].get(name) != figures[1].get(name)
    ]
    print("\n".join(["these figures differ:", *differing] if differing else ["figures are equal"]))
    return 0 if first["ok"] and second["ok"] and figures[0] and not differing else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
