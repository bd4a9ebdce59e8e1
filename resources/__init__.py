"""The one door to the files that ship with the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["folder", "location", "names", "read_bytes", "read_text"]

_HERE = Path(__file__).parent  # the program is never run from an archive


def folder(name: str) -> Path:
    """A shipped folder: "layouts", "sample" ..."""
    return _HERE / name


def names(name: str, ending: str) -> Iterator[str]:
    """The names of the files of a shipped folder with an ending, in order."""
    return iter(sorted(f.name for f in folder(name).iterdir() if f.name.endswith(ending)))


def read_text(path: str) -> str:
    """The text of a shipped file ("layouts/standard-bill.toml")."""
    return location(path).read_text(encoding="utf-8")


def read_bytes(path: str) -> bytes:
    """The bytes of a shipped file."""
    return location(path).read_bytes()


def location(path: str) -> Path:
    """Where a shipped file lies on the disk."""
    return _HERE / path
