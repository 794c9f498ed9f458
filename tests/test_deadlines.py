"""What must be held within a time from starting is due until the last day, then overdue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small import SAID, ask, course, job, level, load, rows
from tna.model import Board
from tna.reports import as_csv


def board(folder: Path, within: dict[str, int] | None, **more: Any) -> Board:
    terms = [{"competencies": ["a"], "within": within, **more, **SAID}] if within else []
    return load(folder, levels=[level(1, ["a", "b"]), level(2, ["a"])], competencies=["a", "b"],
                courses=[course("one", ["a"])], terms=terms)  # fmt: skip


@pytest.mark.parametrize(
    ("within", "started", "deadline", "state"),
    [
        ({"days": 7}, "2016-01-24", "2016-01-31", "due"),
        ({"days": 7}, "2016-01-23", "2016-01-30", "overdue"),
        ({"weeks": 6}, "2015-12-20", "2016-01-31", "due"),
        ({"months": 3}, "2015-10-30", "2016-01-30", "overdue"),
        ({"months": 6}, "2015-08-31", "2016-02-29", "due"),
    ],
)
def test_a_deadline_counts_from_the_first_day(
    tmp_path: Path, within: dict[str, int], started: str, deadline: str, state: str
) -> None:
    analysis = ask(board(tmp_path, within), tmp_path, [job("p", start_date=started)])
    assert rows(analysis, "deadlines", "competency", "deadline::VARCHAR", "state") == [("a", deadline, state)]


def test_without_a_first_day_the_deadline_is_not_known(tmp_path: Path) -> None:
    analysis = ask(board(tmp_path, {"days": 7}), tmp_path, [job("p")])
    [(state, because)] = rows(analysis, "deadlines", "state", "because")
    assert state == "not-known"
    assert because.endswith("no register says when the job started")


def test_what_is_held_has_no_deadline(tmp_path: Path) -> None:
    records = [{"person_id": "p", "course": "one", "completed": "2016-01-20"}]
    analysis = ask(board(tmp_path, {"days": 7}), tmp_path, [job("p", start_date="2015-01-01")], records)
    assert rows(analysis, "deadlines", "competency") == []


def test_what_lapsed_was_in_time_once_and_has_no_deadline_any_more(tmp_path: Path) -> None:
    found = board(tmp_path, {"days": 7}, months=12)
    records = [{"person_id": "p", "course": "one", "completed": "2014-01-03"}]
    analysis = ask(found, tmp_path, [job("p", start_date="2014-01-01")], records)
    assert ("a", "lapsed") in rows(analysis, "gaps", "competency", "status")
    assert rows(analysis, "deadlines", "competency") == []


def test_a_deadline_of_one_level_binds_its_people_alone(tmp_path: Path) -> None:
    found = board(tmp_path, {"days": 7}, levels=["level-2"])
    people = [job("p", start_date="2015-01-01"), job("q", level="2", start_date="2015-01-01")]
    assert rows(ask(found, tmp_path, people), "deadlines", "person_id") == [("q",)]


def test_the_file_is_written_for_boards_that_state_deadlines(tmp_path: Path) -> None:
    for name, within in (("with", {"days": 7}), ("without", None)):
        folder = tmp_path / name
        folder.mkdir()
        as_csv.write(
            ask(board(folder / "board", within), folder, [job("p", start_date="2016-01-30")]), folder
        )
        assert (folder / "deadlines.csv").exists() == (within is not None)
    assert (tmp_path / "with" / "deadlines.csv").read_text("utf-8").splitlines() == [
        "person_id,agency,role,level,competency,started,deadline,state,because",
        'p,A,Worker,level-1,a,2016-01-30,2016-02-06,due,"within 7 days of starting (leaflet, p. 1; stated); '
        'started 2016-01-30, so by 2016-02-06"',
    ]
