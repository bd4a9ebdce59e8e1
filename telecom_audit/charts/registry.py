"""The charts that exist: each module of `kinds` is one."""

from __future__ import annotations

import importlib
import pkgutil

from telecom_audit.charts import kinds
from telecom_audit.charts.chart import Chart
from telecom_audit.errors import UsageError


def charts() -> tuple[Chart, ...]:
    """All charts, by key."""
    names = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__))
    return tuple(_load(name) for name in names)


def chart(key: str) -> Chart:
    """The chart of a key.

    Raises:
        UsageError: there is none.
    """
    for known in charts():
        if known.key == key:
            return known
    keys = ", ".join(known.key for known in charts())
    raise UsageError(f"there is no chart {key!r}", f"Choose one of these: {keys}.")


def _load(name: str) -> Chart:
    found: Chart = importlib.import_module(f"{kinds.__name__}.{name}").CHART
    return found
