"""The frozen windowed program. Windows gives it no stdout and no stderr."""

from __future__ import annotations

import os
import sys

for _name in ("stdout", "stderr"):
    if getattr(sys, _name) is None:
        # libraries write warnings there, and must not fail for it
        setattr(sys, _name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123

from ui.app import main  # noqa: E402 (after the streams)

if __name__ == "__main__":
    main()
