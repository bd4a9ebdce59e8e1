"""The command line: each command is one module of `commands`, thin over `tasks`."""

from telecom_audit.cli.program import main

__all__ = ["main"]
