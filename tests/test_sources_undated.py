"""Days of training that stand under a heading of another kind are asked about, and never passed over in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import hostile
from tests.hostile import workbook, written
from tests.test_returns_check import check, table

CODE = "registers.days-not-read"
PEOPLE = "person_id,agency,role\na1,Oak School,Teacher\n"


def codes(folder: Path, records: str) -> set[str]:
    people, given = written(folder, "people.csv", PEOPLE), written(folder, "records.csv", records)
    return hostile.read(people=[people], records=[given]).codes()


@pytest.mark.parametrize(
    "cell", ["2015-03-20", "20/03/2015", "4/5/15", "20 March 2015", "2015-03-20 10:30:00"]
)
def test_a_column_of_dates_is_asked_about_however_they_are_written(tmp_path: Path, cell: str) -> None:
    assert CODE in codes(tmp_path, f"person_id,course,When\na1,c8,{cell}\n")


def test_so_it_is_where_the_column_for_the_day_is_left_empty(tmp_path: Path) -> None:
    assert CODE in codes(tmp_path, "person_id,course,completed,When\na1,c8,,2015-03-20\n")


@pytest.mark.parametrize(
    "records",
    [
        "person_id,course,completed,When\na1,c8,2015-03-20,2015-03-20\n",
        "person_id,course,Room\na1,c8,Hall 2\n",
        "person_id,course,Invoice\na1,c8,42083\n",
        "person_id,course,Date of birth\na1,c8,1980-03-20\n",
        "person_id,course,When\na1,c8,\n",
    ],
)
def test_nothing_is_asked_where_there_are_dates_or_none(tmp_path: Path, records: str) -> None:
    assert CODE not in codes(tmp_path, records)


def test_an_agency_must_say_which_column_has_the_day(tmp_path: Path) -> None:
    path = workbook(tmp_path, "return.xlsx", {
        "People": [("Staff number", "Agency", "Job title"), ("S1", "Oak School", "Teacher")],
        "Training": [("Staff number", "Course", "When"), ("S1", "Family CAF Workshop", date(2015, 5, 1))],
    })  # fmt: skip
    check(path, "--board", "rotherham", "--out", tmp_path / "out")
    [row] = [row for row in table(tmp_path / "out") if row["sheet"] == "Training"]  # no row is asked about
    assert (row["sheet"], row["cells"], row["urgency"]) == ("Training", "C1", "must-fix")
    assert "is it the date completed?" in row["error"]
