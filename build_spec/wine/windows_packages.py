"""The lines of a lock file that Windows needs: python windows_packages.py LOCK >REQUIREMENTS.

pip can fetch packages for another system, but judges by its own which of them are wanted. So the
conditions are judged here, and left out of what pip is given; the hashes stay.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pip._vendor.packaging.markers import Marker

WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
ENTRY = re.compile(
    r"^([^\s;]+==\S+)(?: ; ([^\\\n]+?))?( \\\n(?:    --hash=\S+(?: \\)?\n)+)", re.MULTILINE
)


def needed(lock: str) -> str:
    """The entries whose condition holds on Windows, each with its hashes."""
    return "".join(
        pinned + hashes
        for pinned, condition, hashes in ENTRY.findall(lock)
        if not condition or Marker(condition).evaluate(WINDOWS)
    )


if __name__ == "__main__":
    sys.stdout.write(needed(Path(sys.argv[1]).read_text(encoding="utf-8")))
