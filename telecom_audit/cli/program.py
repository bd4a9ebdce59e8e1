"""The program `telecom-audit`: finds commands, runs one, and shows every error in one place."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from telecom_audit import __version__
from telecom_audit.cli import commands
from telecom_audit.cli.answers import FILE
from telecom_audit.cli.window import open_window, write_self_check
from telecom_audit.errors import TelecomAuditError

_USAGE_EXIT = 2
_ABORT_EXIT = 130


class Commands(click.Group):
    """A group that imports a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the modules in `commands`."""
        modules = pkgutil.iter_modules(commands.__path__)
        return sorted(module.name.strip("_").replace("_", "-") for module in modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The attribute `command` of the module of that name; None for an unknown name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        stem = cmd_name.replace("-", "_")
        names = {module.name for module in pkgutil.iter_modules(commands.__path__)}
        module = importlib.import_module(
            f"{commands.__name__}.{stem if stem in names else stem + '_'}"
        )
        found: click.Command = module.command
        return found


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="telecom-audit")
@click.option("--self-check", type=FILE, metavar="FILE", help="Check all parts, write a report.")
@click.pass_context
def program(context: click.Context, self_check: Path | None) -> int | None:
    """Audit telecom bills, model a migration, and measure what it really saved.

    Without a command the window opens.

    Example: telecom-audit demo
    """
    if context.invoked_subcommand is not None:
        if self_check is not None:
            raise click.UsageError("--self-check stands alone.")
        return None
    return open_window(None) if self_check is None else write_self_check(self_check)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code: 0 done, 1 mismatch, 2 usage, 3 refused, 4 damaged."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run one command; the answer is its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    as_json = "--json" in arguments
    try:
        outcome = program.main(arguments, prog_name="telecom-audit", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except TelecomAuditError as error:
        _show(error.kind, error.message, error.remedy, as_json)
        return error.exit_code
    except click.ClickException as error:
        remedy = "See `telecom-audit --help`, or --help of the command."
        _show("usage", error.format_message(), remedy, as_json)
        return _USAGE_EXIT
    except click.Abort:
        _show("aborted", "stopped by the user", "Nothing was changed; run it again.", as_json)
        return _ABORT_EXIT


def _show(kind: str, message: str, remedy: str, as_json: bool) -> None:
    print(f"error: {message}\nremedy: {remedy}", file=sys.stderr)
    if as_json:
        error = {"kind": kind, "message": message, "remedy": remedy}
        print(json.dumps({"error": error}, ensure_ascii=False))
