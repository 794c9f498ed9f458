"""Prints a table of times and ratios: `python -m tests.benchmarks [--people N ...]`."""

from __future__ import annotations

import argparse
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.benchmarks import peers
from tests.generated import AS_OF, fill_registers, write_pack
from tna import boards, counting, duck
from tna.gaps import Dates

SIZES = (10_000, 100_000, 1_000_000)
DATES = Dates(AS_OF, 90)
LOOP_UP_TO = 100_000


def registers(folder: Path, people: int) -> duckdb.DuckDBPyConnection:
    """Registers of so many people as Parquet files, seen through views."""
    maker = duck.connect()
    fill_registers(maker, people, together=0.6)
    for table in ("people", "records"):
        maker.execute(f"copy {table} to '{folder / table}-{people}.parquet'")
    maker.close()
    connection = duck.connect()
    for table in ("people", "records"):
        connection.execute(f"create view {table} as from '{folder / table}-{people}.parquet'")
    connection.execute("create table agencies (agency VARCHAR, agency_type VARCHAR)")
    return connection


def timed(work: Callable[[], object], runs: int = 5) -> list[float]:
    """Seconds of each run, after one that is not counted."""
    work()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def measure(folder: Path, people: int) -> tuple[float, float]:
    """Print one size's line; returns the floor's and our median in seconds."""
    board = boards.load(write_pack(folder / "pack"))
    connection = registers(folder, people)
    floor, ours = [], []
    for _ in range(3):  # interleaved, since machines drift
        floor += timed(lambda: peers.floor(connection), 2)
        ours += timed(lambda: counting.count(connection, board, DATES), 2)
    counted = counting.count(connection, board, DATES)
    row = connection.execute("select count(*) from case_people").fetchone()
    cases = row[0] if row else 0
    joined = timed(lambda: peers.anti_join(connection, board, counted, DATES), 1)
    low, mid, join = (statistics.median(found) for found in (floor, ours, joined))
    line = f"{people:>10,}  {low:7.2f} s  {mid:7.2f} s  {mid / low:5.1f} x  {join / mid:5.1f} x  {cases:>9,}"
    if people <= LOOP_UP_TO:
        (loop,) = timed(lambda: peers.python_loop(connection, board, counted, DATES), 1)
        line += f"  {loop / mid:6.1f} x"
    print(line, flush=True)
    return low, mid


def main() -> None:
    """Measure each size in a process of its own, so that memory is that size's."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, action="append")
    parser.add_argument("--one", type=int, help="measure one size, in this process")
    asked = parser.parse_args()
    if asked.one:
        with tempfile.TemporaryDirectory() as folder:
            _, mid = measure(Path(folder), asked.one)
        print(
            f"{'':>10}  peak memory of all of this {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB; seconds {mid:.3f}",
            flush=True,
        )
        return
    print(
        "Compute to cases and coverage, from Parquet. Sample registers: 60% train with their agency, 40% alone."
    )
    print(
        f"{'people':>10}  {'floor':>9}  {'tna':>9}  {'/floor':>7}  {'a-join/':>7}  {'cases':>9}  {'loop/':>8}",
        flush=True,
    )
    seconds = {size: _apart(size) for size in asked.people or SIZES}
    if len(seconds) > 1:
        first, last = min(seconds), max(seconds)
        growth = math.log(seconds[last] / seconds[first]) / math.log(last / first)
        print(f"growth from {first:,} to {last:,}: exponent {growth:.2f}")


def _apart(size: int) -> float:
    found = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--one", str(size)],
        capture_output=True,
        text=True,
        check=True,
    )
    print(found.stdout, end="", flush=True)
    return float(found.stdout.rsplit(" ", 1)[1])


main()
