"""Python's search for cyclic garbage, and how work on many rows does without it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cycles_unsought() -> Iterator[None]:
    """Spare the search for cyclic garbage, which records are not.

    It takes a quarter of the time of an import, and stops all threads, the window's too, for half
    a second when a million objects are alive.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
