"""Writes the sample city anew, or compares it with what is shipped."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.sample_city.city import build
from benchmarks.sample_city.write import contents, digest, write

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "sample"


def main() -> int:
    """Write, or with --check compare; 1 when a file differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sample_city", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    parser.add_argument("--folder", type=Path, default=SHIPPED, help="where the files are")
    chosen = parser.parse_args()
    files = contents(build())
    if not chosen.check:
        write(files, chosen.folder)
        print(f"{len(files)} files written")
        return 0
    return _compare(files, chosen.folder)


def _compare(files: dict[str, str], folder: Path) -> int:
    differing = 0
    with tempfile.TemporaryDirectory() as fresh:
        write(files, Path(fresh))
        for name in sorted(files):
            made = digest(Path(fresh) / name)
            shipped = digest(folder / name) if (folder / name).exists() else "missing"
            differing += made != shipped
            print(f"{made[:16]}  {'equal' if made == shipped else 'DIFFERS'}  {name}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
