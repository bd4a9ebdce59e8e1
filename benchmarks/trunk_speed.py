"""Seconds of `trunks` beside a sweep over a heap in plain Python, on the same file of calls.

Run: python benchmarks/trunk_speed.py [CALLS ...]    (default 300000)

The sweep is what one would write with the standard library: csv, datetime and heapq. It knows the
one spelling of its file and checks nothing. Both run one after the other in processes of their own.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_DAYS = 90
_MEAN_SECONDS = 180
_GOAL = 1.0
_RUNS = 3
_TIMED = """
import resource, sys, time
start = time.perf_counter()
{body}
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, *found)
"""
_OURS = """
from fractions import Fraction
from pathlib import Path
from telecom_audit.tasks.imports_options import ImportOptions
from telecom_audit.tasks.trunks import trunks_of_file
answer = trunks_of_file(Path(sys.argv[1]), ImportOptions(), Fraction(1, 100))
found = answer["calls"], answer["peak_concurrent"], round(answer["erlang_b"]["load"] * 3600)
"""
_SWEEP = """
import csv, heapq
from collections import Counter
from datetime import datetime
epoch = datetime(1970, 1, 1)
calls, held, freed, peak = [], Counter(), [], 0
with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        begin = int((datetime.fromisoformat(row["start"]) - epoch).total_seconds())
        calls.append((begin, begin + int(row["duration_seconds"])))
calls.sort()
for begin, end in calls:
    while freed and freed[0] <= begin:
        heapq.heappop(freed)
    if begin < end:
        heapq.heappush(freed, end)
    peak = max(peak, len(freed))
    while begin < end:
        border = min(end, (begin // 3600 + 1) * 3600)
        held[begin // 3600] += border - begin
        begin = border
found = len(calls), peak, held.most_common(1)[0][1]
"""


@dataclass(frozen=True)
class Measured:
    """Seconds and peak memory in MB of a run, and what it found: calls, peak, busiest seconds."""

    seconds: float
    peak_mb: float
    found: tuple[int, ...]


def write_calls(path: Path, calls: int, seed: int = 1) -> None:
    """Write so many calls at random times of 90 days in the standard layout."""
    chance = random.Random(seed)
    first = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    seconds = sorted(chance.randrange(_DAYS * 86_400) for _ in range(calls))
    with path.open("w", encoding="utf-8") as file:
        file.write("start,duration_seconds,direction,from,to,answered,trunk_group,service\n")
        file.writelines(
            f"{first + timedelta(seconds=second)},{int(chance.expovariate(1 / _MEAN_SECONDS))},in,"
            f"504555{chance.randrange(10_000):04d},5045550100,yes,T{second % 4},5045550100\n"
            for second in seconds
        )


def timed(body: str, path: Path) -> Measured:
    """A run of a body in a process of its own."""
    command = [sys.executable, "-c", _TIMED.format(body=body), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak, *found = done.stdout.split()
    return Measured(float(seconds), float(peak), tuple(map(int, found)))


def compare(calls: int) -> float:
    """Print three paired runs for so many calls; the answer is the median ratio of the times."""
    ratios = []
    print(f"{calls} calls of {_DAYS} days")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "calls.csv"
        write_calls(path, calls)
        for _ in range(_RUNS):
            sweep, ours = timed(_SWEEP, path), timed(_OURS, path)
            if sweep.found != ours.found:
                raise SystemExit(f"the sweep found {sweep.found}, trunks {ours.found}")
            ratios.append(ours.seconds / sweep.seconds)
            print(
                f"  heap sweep {sweep.seconds:6.2f} s, {sweep.peak_mb:.0f} MB   trunks "
                f"{ours.seconds:6.2f} s, peak {ours.peak_mb:.0f} MB   ratio {ratios[-1]:.2f}"
            )
    ratio = statistics.median(ratios)
    print(f"  ratio {ratio:.2f}, the median of {_RUNS} (goal {_GOAL})")
    return ratio


if __name__ == "__main__":
    for given in sys.argv[1:] or ["300000"]:
        compare(int(given))
