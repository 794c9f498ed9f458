"""One workforce under two frameworks: side by side, never merged."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.small import course, level, register, write_pack
from tna.beside import lay
from tna.cli import main

PEOPLE = [
    {"person_id": "1", "agency": "Trust", "role": "Nurse", "level": "1", "Health level": "3"},
    {"person_id": "2", "agency": "Trust", "role": "Porter", "level": "", "Health level": "1"},
    {"person_id": "3", "agency": "School", "role": "Teacher", "level": "1", "Health level": ""},
]
RECORDS = [{"person_id": "1", "course": "board-day", "completed": "2015-06-01"}]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The board's framework, and health's, whose levels stand in a column of their own."""
    at = tmp_path_factory.mktemp("beside")
    write_pack(
        at / "board",
        levels=[level(1, ["a"])],
        competencies=["a"],
        courses=[course("board-day", ["a"])],
        id="board",
    )
    write_pack(at / "health", levels=[level(1, ["x"]), level(3, ["x", "y"])], competencies=["x", "y"],
               courses=[course("health-day", ["x", "y"])], id="health", level_column="health_level")  # fmt: skip
    people, records = register(at / "people.csv", PEOPLE)[0], register(at / "records.csv", RECORDS)[0]
    for name in ("board", "health"):
        run = ["analyse", str(at / name), "--people", str(people), "--records", str(records), "--as-of", "2016-01-31",
               "--out", str(at / f"out-{name}")]  # fmt: skip
        assert CliRunner().invoke(main, run).exit_code == 0
    return at / "out-board", at / "out-health"


def test_each_framework_reads_its_own_column_of_levels(folders: tuple[Path, Path]) -> None:
    connection, _ = lay(folders)
    found = connection.execute(
        "select person_id, level_board, level_health from beside order by all"
    ).fetchall()
    assert found == [("1", "level-1", "level-3"), ("2", "", "level-1"), ("3", "level-1", "")]


def test_gaps_stand_side_by_side_and_are_never_merged(folders: tuple[Path, Path]) -> None:
    connection, _ = lay(folders)
    found = connection.execute(
        "select person_id, gaps_board, gaps_health from beside order by all"
    ).fetchall()
    assert found == [("1", 0, 2), ("2", 0, 1), ("3", 1, 0)]


def test_each_person_counts_once_in_an_agency_and_over_all(folders: tuple[Path, Path]) -> None:
    connection, _ = lay(folders)
    found = connection.execute("from beside_agencies").fetchall()
    assert found == [("*", 3, 1, 2, 0, 0), ("School", 1, 1, 0, 0, 0), ("Trust", 2, 0, 2, 0, 0)]


def test_it_can_be_written_down(folders: tuple[Path, Path], tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["beside", *map(str, folders), "--out", str(tmp_path / "out")])
    assert "All agencies: of 3 with gaps 1 under A small board, 2 under A small board" in done.output
    with (tmp_path / "out" / "beside.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 3
