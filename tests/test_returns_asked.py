"""What a return leaves open is asked with what it may mean, and nothing of it is left out in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.hostile import workbook
from tests.test_returns_check import check, table


def test_people_without_an_agency_are_not_left_out_beside_training_that_can_be_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, "return.xlsx", {
        "People": [("Staff number", "Job title", "Group"), ("001", "Teacher", "Group 3")],
        "Training": [("Staff number", "Course", "Date completed"), ("001", "Family CAF Workshop", date(2015, 3, 4))],
    })  # fmt: skip
    done = check(path, "--board", "rotherham", "--out", tmp_path / "out")
    [row] = table(tmp_path / "out")
    assert done.exit_code == 2
    assert (row["sheet"], row["urgency"]) == ("People", "must-fix")
    assert "No column for 'agency'" in row["error"]


@pytest.mark.parametrize(
    ("board", "written", "meant"),
    [
        ("knowsley", "III", "Level 3"),
        ("rotherham", "group ii", "Group 2"),
        ("north-yorkshire", "3", "Level III"),
    ],
)
def test_a_level_in_other_numerals_is_to_be_looked_at_and_says_which_it_may_be(
    tmp_path: Path, board: str, written: str, meant: str
) -> None:
    rows = [("Staff number", "Agency", "Job title", "Level"), ("S1", "Oak School", "Teacher", written)]
    check(workbook(tmp_path, "return.xlsx", {"People": rows}), "--board", board, "--out", tmp_path / "out")
    [row] = table(tmp_path / "out")
    assert (row["cells"], row["written"], row["urgency"]) == ("D2", written, "please-check")
    assert f"it may be {meant}, or a " in row["error"]
    assert f"Write {meant} if that is meant" in row["what_to_do"]
