"""A file that we write appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from telecom_audit.errors import RefusedError, UsageError


def checked_ending(target: Path, endings: tuple[str, ...]) -> str:
    """The ending of a file to write, in lower case.

    Raises:
        UsageError: we do not write such files, or its folder does not exist.
    """
    ending = target.suffix.lower()
    if ending not in endings:
        raise UsageError(
            f"{target.name} ends in none of {', '.join(endings)}", "Choose one of these endings."
        )
    if target.is_dir():
        raise UsageError(f"{target} is a folder", "Name a file.")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {target.parent}", "Make the folder first.")
    return ending


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A name beside the target to write to; it takes the target's place at the end.

    Raises:
        RefusedError: the target cannot be replaced, open in another program perhaps.
    """
    unfinished = target.with_name(f".{target.name}.tmp-{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(target)
    except OSError as error:
        raise RefusedError(
            f"{target} cannot be written: {error.strerror or error}",
            "Close it where it is open, or choose another name; it was not changed.",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
