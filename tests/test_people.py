"""From cases back to people: a lapse is not something missing, due soon is held now and not then, jobs are united."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.small import SAID, ask, course, job, level, load, rows, statuses
from tna.model import Advice, Analysis, Board
from tna.plugins import hooks


def one_course(folder: Path, months: int | None = 12, horizon: str = "90", **more: Any) -> Board:
    return load(folder, {"due-soon.days": horizon}, levels=[level(1, ["k"]), level(2, ["k"])], competencies=["k"],
                **{"courses": [course("c", ["k"], months)], **more})  # fmt: skip


def record(completed: str, person: str = "p", name: str = "c", **more: str) -> dict[str, str]:
    return {"person_id": person, "course": name, "completed": completed, **more}


def answer(
    board: Board, folder: Path, *records: dict[str, str], as_of: str = "2016-01-31"
) -> tuple[str, str]:
    """The status of the one need and the day until which, or since when."""
    found = ask(board, folder, [job()], records, as_of=date.fromisoformat(as_of))
    gaps, due = rows(found, "gaps", "status", "since::VARCHAR"), rows(found, "due", "'due'", "until::VARCHAR")
    assert len(gaps) + len(due) <= 1
    return next(((status, day or "") for status, day in (*gaps, *due)), ("held", ""))


@pytest.mark.parametrize(
    ("completed", "as_of", "status"),
    [
        ("2015-01-31", "2016-01-31", ("due", "2016-01-31")), ("2015-01-30", "2016-01-31", ("lapsed", "2016-01-31")),
        ("2015-04-30", "2016-01-31", ("held", "")), ("2015-04-29", "2016-01-31", ("due", "2016-04-29")),
        ("2016-01-31", "2016-01-31", ("held", "")), ("2016-02-01", "2016-01-31", ("missing", "")),
        ("2015-02-28", "2016-02-28", ("due", "2016-02-28")), ("2015-02-28", "2016-02-29", ("lapsed", "2016-02-29")),
        ("", "2016-01-31", ("undated", "")),
    ],
)  # fmt: skip
def test_training_holds_until_its_day_and_that_day_counts(
    tmp_path: Path, completed: str, as_of: str, status: tuple[str, str]
) -> None:
    assert answer(one_course(tmp_path), tmp_path, record(completed), as_of=as_of) == status


@pytest.mark.parametrize(
    ("completed", "months", "status"),
    [
        ("2016-01-31", 1, ("due", "2016-02-29")),
        ("2015-12-31", 1, ("due", "2016-01-31")),
        ("2012-02-29", 48, ("due", "2016-02-29")),
    ],
)
def test_months_end_where_the_calendar_says(
    tmp_path: Path, completed: str, months: int, status: tuple[str, str]
) -> None:
    assert answer(one_course(tmp_path, months), tmp_path, record(completed)) == status


@pytest.mark.parametrize(
    ("horizon", "status"), [("0", "held"), ("29", "held"), ("30", "due"), ("3650", "due")]
)
def test_due_soon_is_held_now_and_no_more_at_the_horizon(tmp_path: Path, horizon: str, status: str) -> None:
    board = one_course(tmp_path, horizon=horizon)
    assert answer(board, tmp_path, record("2015-02-28"), as_of="2016-01-30")[0] == status


def test_a_lapsed_record_is_not_a_missing_one_and_an_undated_one_is_neither(tmp_path: Path) -> None:
    board = one_course(tmp_path)
    assert answer(board, tmp_path, record("2010-01-01"), record(""))[0] == "lapsed"
    assert answer(board, tmp_path, record(""))[0] == "undated"
    assert answer(board, tmp_path)[0] == "missing"


def test_the_latest_training_is_what_counts(tmp_path: Path) -> None:
    board = one_course(tmp_path)
    assert answer(board, tmp_path, record("2010-01-01"), record("2015-12-01"), record("2012-01-01")) == (
        "held",
        "",
    )
    assert answer(board, tmp_path, record("2010-01-01"), record("2012-01-01")) == ("lapsed", "2013-01-02")


@pytest.mark.parametrize("status", ["booked", "cancelled", "did-not-attend", "no show"])
def test_what_was_not_attended_is_no_evidence(tmp_path: Path, status: str) -> None:
    assert answer(one_course(tmp_path), tmp_path, record("2015-12-01", status=status))[0] == "missing"


def test_what_is_due_names_the_course_whatever_order_the_rows_come_in(tmp_path: Path) -> None:
    courses = [course(name, ["k"], 12) for name in ("zeta", "alpha", "mid")]
    board = one_course(tmp_path, courses=courses)
    taken = [record("2015-03-01", name=name) for name in ("zeta", "alpha", "mid")]
    named = {
        rows(ask(board, tmp_path, [job()], order), "due", "course")[0]
        for order in (taken, taken[::-1], taken[1:] + taken[:1])
    }
    assert len(named) == 1


def two_jobs(folder: Path) -> Analysis:
    board = load(folder, levels=[level(1, ["a", "b"]), level(2, ["b", "c"])], competencies=["a", "b", "c"])
    people = [job(), job(agency="B", level="2"), job(role="Clerk", level="1")]
    return ask(board, folder, people, members={"adviser": Adviser()})


class Adviser:
    @hooks.hookimpl
    def tna_recommend(self, cases: Any) -> list[Advice]:
        return [Advice(case.id, 1, "", tuple(sorted(case.gap)), f"of {case.people}") for case in cases]


def test_jobs_at_one_level_are_one_line_with_both_roles(tmp_path: Path) -> None:
    got = rows(two_jobs(tmp_path), "gaps", "agency", "level", "competency", "role")
    assert got == [
        ("A", "level-1", "a", "Clerk|Worker"), ("A", "level-1", "b", "Clerk|Worker"),
        ("B", "level-2", "b", "Worker"), ("B", "level-2", "c", "Worker"),
    ]  # fmt: skip


def test_a_person_has_one_programme_over_all_jobs(tmp_path: Path) -> None:
    assert rows(two_jobs(tmp_path), "recommendations", "person_id", "plugin", "closes") == [
        ("p", "adviser", "a|b|c")
    ]


def test_a_level_that_asks_for_more_makes_the_gap_even_when_the_other_job_is_satisfied(
    tmp_path: Path,
) -> None:
    board = one_course(tmp_path, None, terms=[{"levels": ["level-2"], "months": 6, **SAID}])
    found = ask(board, tmp_path, [job(), job(agency="B", level="2")], [record("2015-01-01")])
    assert rows(found, "gaps", "agency", "status", "since::VARCHAR") == [("B", "lapsed", "2015-07-02")]


def test_each_gap_says_why(tmp_path: Path) -> None:
    assert rows(ask(one_course(tmp_path), tmp_path, [job()]), "gaps", "because") == [
        ("Level 1 requires k (leaflet, p. 1; stated)",)
    ]


ODD = (
    "*",
    "O'Neil",
    'a"b',
    "Ünï-漢",
    "=1+1",
    "a|b",
    "-5",
    "007",
    "7",
    "p",
    "P",
    "x" * 500,
    "; drop table people",
)


def test_any_staff_number_will_do(tmp_path: Path) -> None:
    records = [record("2010-01-01", person) for person in ODD]
    found = ask(one_course(tmp_path), tmp_path, [job(person) for person in ODD], records)
    assert sorted(rows(found, "gaps", "person_id", "status")) == sorted((person, "lapsed") for person in ODD)


def test_nothing_that_is_held_is_a_gap(tmp_path: Path) -> None:
    assert statuses(ask(one_course(tmp_path), tmp_path, [job()], [record("2015-12-01")])) == {}
