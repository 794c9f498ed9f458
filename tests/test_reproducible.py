"""The same question has the same answer, byte for byte, whatever the machine's threads, hash seed or clock."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

import tna
from tests.small import SAID, course, level, write_pack
from tna import boards, samples
from tna.model import Board

AS_OF = date(2016, 1, 31)
RUN = """
import sys
from datetime import date
from pathlib import Path
import tna
from tna import duck
from tna.cli.running import run

duck.CLOSED["threads"] = int(sys.argv[1])
run("pack", [Path("people.csv")], [Path("records.csv")], [Path("agencies.csv")], date(2016, 1, 31), Path(sys.argv[2]), False,
    {"due-soon.days": "365", "coverage.target": "90", "coverage.floor": "50"}, quiet=True)
"""


def ties(folder: Path) -> Board:
    """A board on which much is equal: courses that give the same for as long, needs from several places."""
    names = [f"k{n}" for n in range(70)]
    courses = [
        course(f"c{n}", names[n : n + 8], 24, open_to=[{"levels": ["level-1", "level-2"]}]) for n in range(60)
    ]
    twins = [{**one, "id": f"twin-{one['id']}", "title": f"Twin of {one['title']}"} for one in courses]
    drivers = {"id": "drivers", "label": "Drivers", "requires": [{"competencies": names[40:50]}], **SAID}
    parts = [level(1, names[:20]), level(2, names[20:60], includes=[{"levels": ["level-1"]}])]
    return boards.load(
        write_pack(folder, levels=parts, competencies=names, courses=[*courses, *twins], cohorts=[drivers])
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("twice")
    found = samples.write(ties(folder / "pack"), folder, AS_OF, people=1500, records=140_000)
    for path, name in ((found.people, "people"), (found.records, "records"), (found.agencies, "agencies")):
        path.rename(folder / f"{name}.csv")
    for seed, threads in (("0", "1"), ("7", "4")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{threads}", "PYTHONPATH": str(Path.cwd())}
        words = [sys.executable, "-c", RUN, threads, f"run-{seed}"]
        done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return folder / "run-0", folder / "run-7"


@pytest.mark.parametrize("name", ["placements.csv", "gaps.csv", "due.csv", "recommendations.csv", "coverage.csv", "flags.csv", "ledger.csv",
                                  "analysis.json", "report.html"])  # fmt: skip
def test_every_file_has_the_same_bytes(runs: tuple[Path, Path], name: str) -> None:
    first, second = ((run / name).read_bytes() for run in runs)
    assert len(first.splitlines()) > 1
    assert first == second


def test_the_database_has_the_same_rows_in_the_same_order(runs: tuple[Path, Path]) -> None:
    first, second = (duckdb.connect(str(run / "analysis.duckdb"), read_only=True) for run in runs)
    tables = [row[0] for row in first.execute("show tables").fetchall()]
    assert tables == [row[0] for row in second.execute("show tables").fetchall()]
    for table in tables:
        one, other = (run.execute(f'select * from "{table}"').fetchall() for run in (first, second))
        assert one == other, table


def test_there_was_something_to_get_wrong(runs: tuple[Path, Path]) -> None:
    found = duckdb.connect(str(runs[0] / "analysis.duckdb"), read_only=True)
    for table in ("gaps", "due", "recommendations", "flags"):
        assert found.execute(f"select count(*) from {table}").fetchall()[0][0] > 10, table
    assert (
        found.execute("select count(*) from due where course like 'c%' or course like 'twin%'").fetchall()[0][
            0
        ]
        > 10
    )


@pytest.mark.parametrize("name", ["knowsley", "rotherham", "north-yorkshire"])
def test_sample_registers_are_the_same_every_time(tmp_path: Path, name: str) -> None:
    board = tna.load(name)
    for folder in ("one", "two"):
        samples.write(board, tmp_path / folder, AS_OF, people=60, records=200)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
