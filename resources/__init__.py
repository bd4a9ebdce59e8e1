"""The one door to the files that ship with the program."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = ["as_file", "folder", "names", "read_bytes", "read_text"]


def folder(name: str) -> Traversable:
    """A shipped folder: "layouts", "sample" ..."""
    return files(__name__).joinpath(name)


def names(name: str, ending: str) -> Iterator[str]:
    """The names of the files of a shipped folder with an ending, in order."""
    return iter(sorted(f.name for f in folder(name).iterdir() if f.name.endswith(ending)))


def read_text(path: str) -> str:
    """The text of a shipped file ("layouts/standard-bill.toml")."""
    return files(__name__).joinpath(path).read_text(encoding="utf-8")


def read_bytes(path: str) -> bytes:
    """The bytes of a shipped file."""
    return files(__name__).joinpath(path).read_bytes()


def location(path: str) -> Path:
    """Where a shipped file lies on the disk; the program is never run from an archive."""
    return Path(str(files(__name__).joinpath(path)))
