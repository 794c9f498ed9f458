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
from tna import boards, counting, duck, kept
from tna.gaps import Dates

SIZES = (10_000, 100_000, 1_000_000)
DATES = Dates(AS_OF, 90)
TABLES = ("people", "records")  # as reading leaves them
LOOP_UP_TO = 100_000
HEADING = "    people      floor        tna   /floor  (cpu)    a-join/    loop/      cases   memory"


def make(folder: Path, people: int) -> None:
    """Registers of so many people as Parquet files."""
    connection = duck.connect()
    fill_registers(connection, people, together=0.6, agencies=max(10, people // 3000))
    for table in TABLES:
        connection.execute(f"copy {table} to '{folder / table}.parquet'")


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """The registers of a folder, seen through views."""
    connection = duck.connect()
    for table in TABLES:
        connection.execute(f"create view {table} as from '{folder / table}.parquet'")
    connection.execute("create table agencies (agency VARCHAR, agency_type VARCHAR)")
    return connection


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    return both_times(work)[0]


def both_times(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock that some work takes, and seconds of all processors, which neighbours disturb less."""
    start, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - busy


def measure(folder: Path, people: int) -> None:
    """Print one size's line; then our median in seconds, for the caller."""
    board = boards.load(write_pack(folder / "pack", level_terms=False, renewals=0))
    connection = opened(folder)
    floors, counts = [], []
    for _ in range(6):  # in turn, since machines drift; the first pair only warms up
        floors.append(both_times(lambda: peers.floor(connection)))
        counts.append(both_times(lambda: counting.count(connection, board, DATES)))
    floor, ours = (statistics.median(clock for clock, _ in runs[1:]) for runs in (floors, counts))
    ratio, busy = (
        statistics.median(
            mine[which] / least[which] for least, mine in list(zip(floors, counts, strict=True))[1:]
        )
        for which in (0, 1)
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    counted = counting.count(connection, board, DATES)
    kept._keep_needs(connection, board, counted)
    kept._keep_credits(connection, counted)
    joined = _peer(lambda: peers.anti_join(connection, DATES), ours)
    loop = ""
    if people <= LOOP_UP_TO:
        loop = _peer(lambda: peers.python_loop(connection, board, counted, DATES), ours)
    (cases,) = connection.execute("select count(*) from case_people").fetchall()[0]
    print(
        f"{people:>10,}  {floor:7.2f} s  {ours:7.2f} s  {ratio:5.2f} x {busy:5.2f} x  {joined:>7}  {loop:>8}"
        f"  {cases:>9,}  {memory:4.2f} GB",
        flush=True,
    )
    print(f"seconds {ours}", flush=True)


def _peer(work: Callable[[], object], ours: float) -> str:
    """How many times as long a peer takes; it may need more memory than there is."""
    try:
        return f"{timed(work) / ours:.1f} x"
    except duckdb.OutOfMemoryException:
        return "no room"


def main() -> None:
    """Make and measure each size in processes of their own, so that memory is that size's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, action="append", help="how many people; may be repeated")
    parser.add_argument("--step", choices=("make", "measure"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    sizes = asked.people or SIZES
    if asked.step:
        {"make": make, "measure": measure}[asked.step](asked.folder, sizes[0])
        return
    print("Compute to cases and coverage, from Parquet; medians of five runs in turn. Made-up registers:")
    print("60% of people train with their agency, 40% alone; 8.4 records a person; 60 competencies.")
    print(
        "floor: select person_id, max(completed) group by person_id, on the same files; tna also reads each"
    )
    print("record's course, mode and whether it counts, and the people. a-join, loop: times ours.\n")
    print(HEADING, flush=True)
    seconds = {size: _apart(size) for size in sizes}
    if len(seconds) > 1:
        first, last = min(seconds), max(seconds)
        growth = math.log(seconds[last] / seconds[first]) / math.log(last / first)
        print(f"growth from {first:,} to {last:,} people: exponent {growth:.2f}")


def _apart(size: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "tests.benchmarks", "--people", str(size), "--folder", folder]
        subprocess.run([*ours, "--step", "make"], check=True)
        found = subprocess.run([*ours, "--step", "measure"], stdout=subprocess.PIPE, text=True, check=True)
    shown, _, seconds = found.stdout.rpartition("seconds ")
    print(shown, end="", flush=True)
    return float(seconds)


main()
