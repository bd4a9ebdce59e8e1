"""Child processes: how one is started, and how much memory it may have.

A frozen program knows no -m; its console program takes `CHILD_ARGUMENT` instead, and so does the
windowed one, by calling the console program that stands beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SHEET_CHILD = "telecom_audit.readers.sheet_child"
CHILD_ARGUMENT = "--child"  # what the frozen console program takes for -m; shown in no help
CONSOLE_PROGRAM = "telecom-audit"
CHILDREN = frozenset({SHEET_CHILD})
MOST_MEMORY = 6 << 30


def child_command(module: str, arguments: Sequence[str]) -> list[str]:
    """The command that runs one of `CHILDREN` in a process of its own.

    Args:
        module: its full name.
        arguments: handed to its `main`.
    """
    if getattr(sys, "frozen", False):
        return [str(_console_program()), CHILD_ARGUMENT, module, *arguments]
    return [sys.executable, "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment of a child: it finds the modules that this process finds."""
    environment: Mapping[str, str] = os.environ
    if getattr(sys, "frozen", False):
        return dict(environment)
    return {**environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def child_flags() -> int:
    """The flags of `subprocess.Popen`: on Windows no console window may flash up."""
    flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return flags


def limit_own_memory() -> None:
    """Bound this process; on Windows its parent does it (`limit_child_memory`)."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def limit_child_memory(child: subprocess.Popen[str]) -> None:
    """Bound a child on Windows; elsewhere it has done so itself (`limit_own_memory`)."""
    if sys.platform == "win32":
        from telecom_audit.readers.windows_job import limit_memory

        limit_memory(child, MOST_MEMORY)


def _console_program() -> Path:
    """The console program stands beside whichever of the two programs runs."""
    running = Path(sys.executable)
    return running.with_name(CONSOLE_PROGRAM + running.suffix)
