"""The frozen console program: the command line, the self-check, and the children of both."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from telecom_audit.readers.child import CHILD_ARGUMENT, CHILDREN

SELF_CHECK = "--self-check"


def main(arguments: list[str]) -> None:
    """Do what the first argument says."""
    first = arguments[0] if arguments else ""
    if first == CHILD_ARGUMENT and len(arguments) > 1 and arguments[1] in CHILDREN:
        importlib.import_module(arguments[1]).main(arguments[2:])
    elif first == SELF_CHECK and len(arguments) == 2:
        from ui.self_check import run

        sys.exit(run(Path(arguments[1])))
    else:
        from telecom_audit.cli import main as command_line

        command_line(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
