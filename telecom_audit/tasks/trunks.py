"""`trunks`: how many trunks calls need, from a file of calls or from a load."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.migration.erlang import channels_needed
from telecom_audit.months import day_text
from telecom_audit.progress import SILENT, Progress, Step
from telecom_audit.readers.call_times import CallTimes, Span
from telecom_audit.readers.cells import BadCell
from telecom_audit.readers.conversion import Reading, Remarks, converters, read_with_dates
from telecom_audit.readers.date_columns import settled_formats
from telecom_audit.readers.intake import take
from telecom_audit.readers.layout import layout_of
from telecom_audit.readers.table import Table, open_table
from telecom_audit.tasks.imports_options import ImportOptions, read_options
from telecom_audit.tasks.imports_screen import sifted

if TYPE_CHECKING:
    from telecom_audit.migration.trunks import BusyHour

_KIND = "call"
_MOST_ERLANGS = 1_000_000
_NAMED = 3
_NO_CALL = "no call can be used, so there is no busy hour and no load"


def trunks_of_load(erlangs: Fraction, blocking: Fraction) -> dict[str, Any]:
    """What `trunks --erlangs --json` answers: the channels for a load.

    Args:
        erlangs: the offered load.
        blocking: the share of calls that may be blocked.

    Raises:
        UsageError: the load is below 0 or above a million, or blocking is not between 0 and 1.
    """
    _check_blocking(blocking)
    if not 0 <= erlangs <= _MOST_ERLANGS:
        raise UsageError(
            f"{float(erlangs):g} Erlangs cannot be", f"Give a load from 0 to {_MOST_ERLANGS}."
        )
    return {"erlang_b": _erlang_b(erlangs, blocking)}


def trunks_of_file(
    path: Path, options: ImportOptions, blocking: Fraction, progress: Progress = SILENT
) -> dict[str, Any]:
    """What `trunks --json` answers for a file of calls (the contract, sections 1 and 2).

    Args:
        path: a file of any layout of calls; no project is needed.
        options: its layout, mapping and settings, as for `import`.
        blocking: the share of calls that may be blocked.
        progress: is told of the rows.

    Raises:
        UsageError: no such file or layout, or blocking is not between 0 and 1.
        RefusedError: the file is not of calls, or has no data records.
        CancelledError: the person asked to stop.
    """
    from telecom_audit.migration.trunks import trunk_load  # numpy, which a load alone spares

    _check_blocking(blocking)
    calls = read_calls(path, options, progress)
    answer: dict[str, Any] = {"calls": len(calls.starts), "unusable": calls.unusable}
    if not calls.starts:
        nothing = ("busy_hour", "time_consistent_busy_hour", "peak_concurrent", "erlang_b")
        answer |= dict.fromkeys((*nothing, "recommended"))
        return answer | {"notes": [_NO_CALL, *calls.notes]}
    load = trunk_load(*calls.times())
    erlang_b = _erlang_b(load.busiest.erlangs, blocking)
    day, hour = divmod(load.busiest.hour, 24)
    return answer | {
        "busy_hour": _hour(f"{day_text(day)}T{hour:02d}:00", load.busiest),
        "time_consistent_busy_hour": {
            **_hour(f"{load.consistent.hour:02d}:00", load.consistent),
            "days": load.days,
        },
        "peak_concurrent": load.peak,
        "erlang_b": erlang_b,
        "recommended": max(int(erlang_b["channels"]), load.peak),
        "notes": calls.notes,
    }


def _check_blocking(blocking: Fraction) -> None:
    if not 0 < blocking < 1:
        raise UsageError(
            f"a blocking of {float(blocking):g} cannot be", "Give a share such as 0.01 for 1 %."
        )


def _erlang_b(load: Fraction, blocking: Fraction) -> dict[str, float]:
    channels = channels_needed(load, blocking)
    return {"blocking": float(blocking), "channels": channels, "load": float(load)}


def _hour(start: str, busy: BusyHour) -> dict[str, Any]:
    return {"start": start, "erlangs": float(busy.erlangs), "calls": busy.calls}


@dataclass
class Calls:
    """The times of the usable calls of a file, in micros of a second since 1970-01-01.

    Attributes:
        unusable: records without a readable time, or whose end lies before their start.
        notes: what the reader should know, and why the first unusable ones are so.
    """

    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    unusable: int = 0
    notes: list[str] = field(default_factory=list)

    def times(self) -> Any:
        """Starts and ends as arrays of numpy, which share their memory."""
        import numpy as np

        return np.frombuffer(self.starts, np.int64), np.frombuffer(self.ends, np.int64)


def read_calls(path: Path, options: ImportOptions, progress: Progress = SILENT) -> Calls:
    """The calls of a file; only their times are read, whatever else their rows say.

    Raises:
        UsageError, RefusedError, CancelledError: as `trunks_of_file`.
    """
    if options.layout and layout_of(options.layout).kind != _KIND:
        raise UsageError(
            f"the layout {options.layout} is not one of calls",
            "`layouts` lists those of kind call.",
        )
    wanted, _ = read_options(options)
    table = open_table(take(path, progress), wanted)
    layout = table.recognised.layout
    if layout.kind != _KIND:
        raise RefusedError(
            f"{path.name} is of kind {layout.kind} ({layout.key}), not a file of calls",
            "Name a file of calls, or say what it is with `--layout` or `--mapping`.",
        )
    reading = Reading(layout, wanted, "", settled_formats(table, wanted), Remarks())
    return read_with_dates(
        table, reading, lambda one: _read(table, one, progress), lambda: progress
    )


def _read(table: Table, reading: Reading, progress: Progress) -> Calls:
    times = CallTimes(reading.layout, converters(reading))
    calls = Calls(notes=list(table.warnings))
    for batch in table.batches():
        screen = sifted(batch, table.recognised)
        spans = times.spans(screen.rows.columns)
        good: list[Span] = [span for span in spans if not isinstance(span, BadCell)]
        if len(good) < len(spans):
            bad = {index: why for index, why in enumerate(spans) if isinstance(why, BadCell)}
            screen = screen.without(bad)
        if good:
            starts, ends = zip(*good, strict=True)
            calls.starts.extend(starts)
            calls.ends.extend(ends)
        for index, why in screen.bad.items():
            calls.unusable += 1
            if calls.unusable <= _NAMED:
                column = f"{why.column}: " if why.column else ""
                calls.notes.append(f"row {batch.rows[index]} is unusable: {column}{why.reason}")
        progress.at(Step("Read calls", batch.rows[-1], table.rows or None, rows=len(calls.starts)))
    if not len(calls.starts) + calls.unusable:
        raise RefusedError(
            f"{table.file_name} has no data records under its header", "Ask for the file again."
        )
    calls.notes += reading.remarks.warnings()
    return calls
