"""Prints what a year of a large board takes: `python -m tests.benchmarks.yearly`; 300 agencies and 100,000 people."""

from __future__ import annotations

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb

AGENCIES, PEOPLE, RECORDS, FORMS = 300, 100_000, 400_000, 50_000
COURSES = ("k4-2", "k4-3", "k4-4", "k4-5")
DAYS = [date(2015, 4, 1) + timedelta(days=7 * week) for week in range(40)]
KINDS = ("sessions", "bookings", "evaluations", "returns")


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One register."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def make(folder: Path) -> None:
    """Everything that a board of this size would be sent in a year; the same every time."""
    chance = random.Random(1)
    agencies = [f"Agency {number:03d}" for number in range(AGENCIES)]
    jobs = ("Social worker", "Teacher")
    write(folder / "people.csv", ("person_id", "agency", "role", "level"),
          ((f"P{n:06d}", agencies[n % AGENCIES], jobs[n % 2], f"Level {1 + n % 5}") for n in range(PEOPLE)))  # fmt: skip
    write(folder / "records.csv", ("person_id", "course", "completed"),
          ((f"P{chance.randrange(PEOPLE):06d}", chance.choice(COURSES), chance.choice(DAYS)) for _ in range(RECORDS)))  # fmt: skip
    write(
        folder / "sessions.csv",
        ("course", "date", "places"),
        ((course, day, 3000) for day in DAYS for course in COURSES),
    )
    came = (
        (course, day, agency, chance.randint(0, 8), chance.randint(0, 2))
        for day in DAYS
        for course in COURSES
        for agency in agencies
    )
    write(folder / "bookings.csv", ("course", "date", "agency", "booked", "attended", "cancelled", "no_show", "unscheduled"),
          ((course, day, agency, there + absent, there, 0, absent, 0) for course, day, agency, there, absent in came))  # fmt: skip
    write(folder / "evaluations.csv", ("form_id", "course", "date", "question", "pre", "post"),
          ((f"F{n}", "k4-4", DAYS[n % len(DAYS)], question, chance.randint(1, 5), chance.randint(1, 5))
           for n in range(FORMS) for question in ("signs", "whom to tell")))  # fmt: skip
    write(folder / "returns.csv", ("agency", "level", "headcount", "required", "trained", "in_date"),
          ((agency, f"Level {level}", count, count, trained, trained) for agency in agencies[:200] for level in range(1, 6)
           for count in [chance.randint(1, 90)] for trained in [chance.randint(0, count)]))  # fmt: skip


def floor(folder: Path) -> float:
    """Seconds that DuckDB takes to read every file and count its rows by the first column."""
    start = time.perf_counter()
    for path in sorted(folder.glob("*.csv")):
        duckdb.sql(
            f"select count(*) from (select #1, count(*) from read_csv('{path}', all_varchar = true) group by 1)"
        ).fetchall()
    return time.perf_counter() - start


def run(*words: str | Path) -> float:
    """Seconds that a command takes, start and end included."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tna", *map(str, words)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main() -> None:
    """A line a command: seconds, and how many times the floor."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make(folder)
        least = min(floor(folder) for _ in range(3))
        files = [word for kind in KINDS for word in (f"--{kind}", folder / f"{kind}.csv")]
        commands: dict[str, tuple[str | Path, ...]] = {
            "analyse": ("analyse", "knowsley", "--people", folder / "people.csv", "--records", folder / "records.csv",
                        "--as-of", "2016-01-31", "--out", folder / "analysis"),
            "review": ("review", "knowsley", "--year", "2015-16", "--as-of", "2016-01-31", "--analysis", folder / "analysis",
                       *files, "--out", folder / "review"),
            "report, 300 agencies": ("report", folder / "analysis", "--for", "agency", "--out", folder / "agencies"),
            "report, board": ("report", folder / "analysis", "--review", folder / "review", "--out", folder / "papers"),
            "forecast": ("forecast", folder / "analysis", "--months", "12", "--assume", "refresh=36", "--out", folder / "forecast"),
        }  # fmt: skip
        print(f"reading the files alone: {least:.2f} s")
        for name, words in commands.items():
            seconds = run(*words)
            print(f"{name:<22} {seconds:6.1f} s  {seconds / least:6.1f} x", flush=True)
        print(f"largest memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20:.2f} GB")


if __name__ == "__main__":
    main()
