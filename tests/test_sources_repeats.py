"""Rows of one job agree when the board reads their levels alike, however each writes it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import tna
from tests.hostile import written
from tna.model import Analysis

HEAD = "person_id,agency,role,level,contact\n"


def analysed(folder: Path, *levels: str, board: str = "knowsley") -> Analysis:
    """An analysis of one job that stands in a row for each of these levels."""
    rows = "".join(f"S1,Oak School,School nurse,{level},\n" for level in levels)
    people = written(folder, "people.csv", HEAD + rows)
    return tna.analyse(tna.load(board), [people], [], as_of=date(2016, 1, 31))


@pytest.mark.parametrize("other", ["Level Two", "level 2", "L2", "2.0", "LEVEL-2", "two"])
def test_a_level_written_in_two_ways_is_one_statement(tmp_path: Path, other: str) -> None:
    found = analysed(tmp_path, "2", other).connection
    assert found.execute("select level, conflict from people").fetchall() == [("2", "")]
    assert found.execute("select level, how from placements").fetchall() == [("level-2", "stated")]
    outcomes = found.execute(
        "select split_part(reason, ':', 1), outcome from ledger where outcome <> 'accepted'"
    ).fetchall()
    assert outcomes == [("duplicate", "changed")]


def test_levels_that_the_board_reads_otherwise_still_differ(tmp_path: Path) -> None:
    found = analysed(tmp_path, "2", "Level Three", "level 2").connection
    [(level, conflict)] = found.execute("select level, conflict from people").fetchall()
    assert level == ""
    assert "level ('2' or 'Level Three' or 'level 2')" in conflict


def test_a_level_that_the_board_does_not_have_differs_from_one_it_has(tmp_path: Path) -> None:
    found = analysed(tmp_path, "2", "II").connection
    [(conflict,)] = found.execute("select conflict from people").fetchall()
    assert "level ('2' or 'II')" in conflict


def test_rows_that_add_to_each_other_keep_the_level_as_first_written(tmp_path: Path) -> None:
    people = written(
        tmp_path,
        "people.csv",
        HEAD
        + "S1,Oak School,School nurse,Level Two,\nS1,Oak School,School nurse,,regular\nS1,Oak School,School nurse,2,\n",
    )
    found = tna.analyse(tna.load("knowsley"), [people], [], as_of=date(2016, 1, 31)).connection
    assert found.execute("select level, contact, conflict from people").fetchall() == [
        ("Level Two", "regular", "")
    ]
