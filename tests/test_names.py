"""A level is known by every way of writing its number that can mean nothing else."""

from __future__ import annotations

import pytest

import tna
from tna.names import level_names, other_numerals, plain


def known(board: str, written: str) -> str | None:
    return level_names(tna.load(board).pack.framework.levels).get(plain(written))


@pytest.mark.parametrize(
    "written", ["2", "2.0", "Two", "two", "Level 2", "LEVEL TWO", "Level 2.0", "level2", "level-2"]
)
def test_a_level_the_board_numbers_is_known_however_it_is_written(written: str) -> None:
    assert known("knowsley", written) == "level-2"
    assert known("rotherham", written.lower().replace("level", "group")) == "group-2"


@pytest.mark.parametrize(
    ("board", "level", "other"), [("knowsley", "level-2", "g2"), ("rotherham", "group-2", "l2")]
)
def test_a_level_is_known_by_its_first_letter_and_number(board: str, level: str, other: str) -> None:
    letter = level[0]
    assert (
        known(board, f"{letter}2")
        == known(board, f"{letter.upper()}2")
        == known(board, f"{letter} 2")
        == level
    )
    assert known(board, other) is None
    assert known("north-yorkshire", "L2") is known("north-yorkshire", "L 2") is None


@pytest.mark.parametrize("written", ["3", "3.0", "Three", "Level Three", "Level 3", "level3", "Level 3.0"])
def test_a_roman_level_is_only_roman(written: str) -> None:
    assert known("north-yorkshire", written) is None
    assert known("north-yorkshire", "Level III") == known("north-yorkshire", "iii") == "level-iii"


@pytest.mark.parametrize("written", ["2.5", "Twenty", "22", "Level", "0", "9", "Level nine", "2/3"])
def test_what_is_no_level_of_the_board_stays_unknown(written: str) -> None:
    assert known("knowsley", written) is None


@pytest.mark.parametrize(
    ("board", "written", "level"),
    [
        ("knowsley", "III", "level-3"),
        ("knowsley", "level iii", "level-3"),
        ("rotherham", "Group III", "group-3"),
        ("north-yorkshire", "3", "level-iii"),
        ("north-yorkshire", "Level Three", "level-iii"),
        ("north-yorkshire", "L3", "level-iii"),
    ],
)
def test_a_level_in_other_numerals_is_suggested_and_not_taken(board: str, written: str, level: str) -> None:
    assert known(board, written) is None
    assert other_numerals(tna.load(board).pack.framework.levels)[plain(written)] == level


def test_no_level_is_suggested_for_a_number_that_the_board_does_not_reach() -> None:
    assert "xii" not in other_numerals(tna.load("knowsley").pack.framework.levels)
