"""The frozen console program: the command line, the self-check, and the children of both."""

from __future__ import annotations

import importlib
import sys
import traceback
from pathlib import Path

from telecom_audit.readers.child import CHILD_ARGUMENT, CHILDREN

SELF_CHECK = "--self-check"


def main(arguments: list[str]) -> None:
    """Do what the first argument says."""
    first = arguments[0] if arguments else ""
    if first == CHILD_ARGUMENT and len(arguments) > 1 and arguments[1] in CHILDREN:
        _be_child(arguments[1], arguments[2:])
    elif first == SELF_CHECK and len(arguments) == 2:
        from ui.self_check import run

        sys.exit(run(Path(arguments[1])))
    else:
        from telecom_audit.cli import main as command_line

        command_line(arguments)


def _be_child(module: str, arguments: list[str]) -> None:
    """Run a child; the last line of its stderr says what went wrong, as without freezing."""
    try:
        importlib.import_module(module).main(arguments)
    except Exception:  # noqa: BLE001 - told to the parent, which reports it
        traceback.print_exc()
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
