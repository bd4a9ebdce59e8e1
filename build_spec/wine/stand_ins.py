# ruff: noqa: S603 - it runs the compiler on our own sources
"""Compile the libraries that Wine lacks into a folder: python stand_ins.py FOLDER.

A library of which Wine has the most exports our functions, and hands every other on to a copy of
Wine's own under another name, in which the mark is blotted out by which Wine tells its own files.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINE = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")
GCC = "x86_64-w64-mingw32-gcc"
OBJDUMP = "x86_64-w64-mingw32-objdump"
OF_WINE = b"Wine builtin DLL"
MENDED = {"ucrtbase": "complex_math.c", "mscms": "colour_profile.c"}
NEW = {"bcryptprimitives": "random_bytes.c", "icuuc": "converters.c"}


def main(folder: Path) -> None:
    """Write the libraries into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in MENDED.items():
        mend(folder, name, HERE / source)
    for name, source in NEW.items():
        compile_library(folder / f"{name}.dll", [HERE / source])


def mend(folder: Path, name: str, source: Path) -> None:
    """Write NAME.dll, with the functions of a source, and NAME-wine.dll, with all the others."""
    original = WINE / f"{name}.dll"
    content = original.read_bytes()
    if content.count(OF_WINE) != 1:
        sys.exit(f"{original} is not marked as Wine's own; this Wine is not known here")
    (folder / f"{name}-wine.dll").write_bytes(content.replace(OF_WINE, bytes(len(OF_WINE))))
    compiled = folder / f"{name}.o"
    subprocess.run([GCC, "-O1", "-fno-builtin", "-c", source, "-o", compiled], check=True)
    ours = functions(compiled)
    lines = [
        f'"{export}" = "own_{export}"' if export in ours else f'"{export}" = "{name}-wine.{export}"'
        for export in exports(original)
    ]
    definition = folder / f"{name}.def"
    definition.write_text("\n".join([f'LIBRARY "{name}.dll"', "EXPORTS", *lines, ""]))
    compile_library(folder / f"{name}.dll", [compiled, definition])


def compile_library(target: Path, sources: list[Path]) -> None:
    """Link a library that needs no other file of the compiler."""
    command = [GCC, "-O1", "-fno-builtin", "-shared", "-static-libgcc", "-o", target]
    subprocess.run([*command, *sources, "-ladvapi32"], check=True)


def exports(library: Path) -> list[str]:
    """The names that a library exports."""
    text = told([OBJDUMP, "-p", library]).split("[Ordinal/Name Pointer] Table", 1)[1]
    return re.findall(r"^\s+\[ *\d+\] (\S+)$", text, re.MULTILINE)


def functions(compiled: Path) -> set[str]:
    """The functions of an object file that stand in for others."""
    return set(re.findall(r"\bown_(\w+)$", told([OBJDUMP, "-t", compiled]), re.MULTILINE))


def told(command: list[str | Path]) -> str:
    """What a program writes."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
