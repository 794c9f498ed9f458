"""The sample to follow up is at least the share of every stratum, and anyone can draw it again."""

from __future__ import annotations

import calendar
import random
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import YEAR, Rows, named, told, year_tables
from tna.review.followup import Asked, write_followup
from tna.review.year import Year

MAY = date(2015, 5, 1)
DUE = date(2015, 8, 1)
QUARTER = (Asked("a", 25),)


def drawn(
    people: Rows,
    placements: Rows = (),
    followups: Rows = (),
    asked: Any = QUARTER,
    seed: str = "x",
    year: Year = YEAR,
) -> duckdb.DuckDBPyConnection:
    connection = year_tables(records=people, placements=placements, followups=followups)
    write_followup(connection, year, asked, seed)
    return connection


def trained(person: str = "p", completed: date | None = MAY, **row: Any) -> dict[str, Any]:
    return {"person_id": person, "course": "a", "completed": completed, "counts": "dated", **row}


def job(person: str, agency: str, level: str = "level-1") -> dict[str, Any]:
    return {"person_id": person, "agency": agency, "level": level}


def met(followed_up: date | None, manager: bool | None = True, **row: Any) -> dict[str, Any]:
    return {"person_id": "p", "course": "a", "followed_up": followed_up, "line_manager": manager, **row}


def state(*followups: Any, completed: date = MAY, asked: Any = QUARTER) -> tuple[str, date | None]:
    [(found, on)] = told(drawn([trained(completed=completed)], (), followups, asked), "followup_sample", "state", "followed_up")  # fmt: skip
    return found, on


@pytest.mark.parametrize(
    ("completed", "due"),
    [
        (date(2014, 11, 30), date(2015, 2, 28)), (date(2015, 11, 30), date(2016, 2, 29)),
        (date(2015, 11, 29), date(2016, 2, 29)), (date(2015, 10, 31), date(2016, 1, 31)), (MAY, DUE),
    ],
)  # fmt: skip
def test_it_is_due_on_the_same_day_three_calendar_months_later_or_that_months_last(
    completed: date, due: date
) -> None:
    year = Year(date(2014, 4, 1), date(2016, 3, 31), date(2016, 3, 31))
    assert told(drawn([trained(completed=completed)], year=year), "followup_sample", "due") == [(due,)]


@settings(max_examples=30, deadline=None)
@given(completed=st.dates(date(2000, 1, 1), date(2030, 12, 31)), months=st.integers(0, 30))
def test_the_due_day_agrees_with_a_calendar_on_the_wall(completed: date, months: int) -> None:
    year = Year(completed, completed, completed)
    [(due,)] = told(drawn([trained(completed=completed)], asked=[Asked("a", 25, months)], year=year), "followup_sample", "due")  # fmt: skip
    first = completed.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    assert due == first.replace(day=min(completed.day, calendar.monthrange(first.year, first.month)[1]))


def test_before_it_is_due_it_is_to_come_and_from_that_day_it_is_due() -> None:
    assert state(completed=date(2015, 10, 31)) == ("due", None)
    assert state(completed=date(2015, 11, 1)) == ("to-come", None)


@pytest.mark.parametrize(
    ("followups", "found"),
    [
        ([met(DUE)], ("followed-up", DUE)),
        ([met(DUE - timedelta(days=1))], ("too-early", DUE - timedelta(days=1))),
        ([met(DUE, False)], ("without-manager", DUE)),
        ([met(DUE, None)], ("manager-not-stated", DUE)),
        ([met(DUE, False), met(DUE + timedelta(days=9))], ("followed-up", DUE + timedelta(days=9))),
        ([met(DUE + timedelta(days=9)), met(DUE)], ("followed-up", DUE)),
        ([met(MAY), met(DUE, False)], ("without-manager", DUE)),
        ([met(None)], ("due", None)),
        ([met(YEAR.as_of + timedelta(days=1))], ("due", None)),
        ([met(DUE, course="b")], ("due", None)),
        ([met(DUE, completed=MAY)], ("followed-up", DUE)),
        ([met(DUE, completed=date(2014, 5, 1))], ("due", None)),
    ],
)
def test_only_a_follow_up_when_due_and_with_the_line_manager_is_done(followups: Any, found: Any) -> None:
    assert state(*followups) == found


def test_where_no_line_manager_is_asked_for_none_is_missed() -> None:
    assert state(met(DUE, False), asked=[Asked("a", 25, with_manager=False)]) == ("followed-up", DUE)


def test_practitioners_are_people_with_a_dated_attendance_in_the_year_each_once_by_the_first() -> None:
    people = [trained("p"), trained("p", date(2015, 9, 1)), trained("q", date(2015, 3, 31)), trained("r", None, counts="undated"),
              trained("s", counts="no"), trained("t", course="b"), trained("u", date(2016, 2, 1))]  # fmt: skip
    connection = drawn(people)
    assert told(connection, "followup_sample", "person_id", "completed") == [("p", MAY)]
    assert told(connection, "followup", "trained", "sample", "needed") == [(1, 1, 1)]


def test_a_person_with_several_jobs_stands_in_the_first_stratum_by_name() -> None:
    jobs = [job("p", "B", "level-1"), job("p", "A", "level-3"), job("p", "A", "level-2")]
    assert told(drawn([trained()], jobs), "followup_sample", "agency", "level") == [("A", "level-2")]


def test_a_person_without_a_job_in_the_registers_has_a_stratum_too() -> None:
    assert told(drawn([trained()]), "followup_sample", "agency", "level") == [("", "")]


def test_the_summary_counts_all_who_were_trained_and_says_who_was_not_drawn() -> None:
    people = [trained(one) for one in "pqrstuvw"]
    followups = [{**met(DUE), "person_id": one} for one in "pqrstuvw"]
    extra = [{**met(DUE), "person_id": "nobody"}]
    [row] = named(drawn(people, (), [*followups, *extra]), "followup")
    assert row == {
        "course": "a", "trained": 8, "sample": 2, "share": 25, "needed": 2, "due": 2, "done": 8,
        "done_without_manager": 0, "too_early": 0, "manager_not_stated": 0, "done_not_drawn": 6, "not_matched": 1,
        "seed": "x",
    }  # fmt: skip


def test_a_course_to_which_nobody_came_is_shown_with_nobody() -> None:
    [row] = named(drawn([]), "followup")
    assert (row["trained"], row["sample"], row["done"]) == (0, 0, 0)


def test_where_nothing_is_asked_no_analysis_is_needed() -> None:
    connection = year_tables()
    connection.execute("drop table records; drop table placements")
    write_followup(connection, YEAR, ())
    assert told(connection, "followup") == told(connection, "followup_sample") == []


def test_another_seed_draws_others() -> None:
    people = [trained(f"p{number:03d}") for number in range(200)]
    one, same, other = (told(drawn(people, seed=seed), "followup_sample", "person_id") for seed in "xxy")
    assert one == same != other
    assert len(one) == len(other) == 50


def test_rounded_down_where_a_board_says_so() -> None:
    asked = [Asked("a", 25, rounding="down")]
    people = [trained(one) for one in "pqrstuv"]
    quarter = floor(Fraction(7 * 25, 100))
    assert (
        told(drawn(people, asked=asked), "followup", "sample", "needed") == [(quarter, quarter)] == [(1, 1)]
    )


PEOPLE = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from("AB"), st.sampled_from(["level-1", "level-2"])),
    max_size=25, unique_by=lambda one: one[0],
)  # fmt: skip


def chosen(found: Any, share: int) -> dict[str, tuple[str, str]]:
    people = [trained(f"p{number}") for number, *_ in found]
    jobs = [job(f"p{number}", agency, level) for number, agency, level in found]
    rows = told(
        drawn(people, jobs, asked=[Asked("a", share)]), "followup_sample", "person_id", "agency", "level"
    )
    return {person: (agency, level) for person, agency, level in rows}


@settings(max_examples=40, deadline=None)
@given(found=PEOPLE, share=st.integers(0, 100))
def test_the_sample_is_the_least_that_is_the_share_of_every_stratum(found: Any, share: int) -> None:
    strata = Counter((agency, level) for _, agency, level in found)
    sample = chosen(found, share)
    sizes = Counter(sample.values())
    assert sizes == {one: size for one in strata if (size := ceil(Fraction(strata[one] * share, 100)))}
    assert len(sample) * 100 >= share * len(found)


@settings(max_examples=30, deadline=None)
@given(
    found=PEOPLE,
    more=st.tuples(st.integers(41, 60), st.sampled_from("AB"), st.sampled_from(["level-1", "level-2"])),
)
def test_who_comes_later_reshuffles_nobody(found: Any, more: Any) -> None:
    before, after = chosen(found, 25), chosen([*found, more], 25)
    newcomer = f"p{more[0]}"
    assert len(set(before) - set(after)) <= (newcomer in after)
    assert len(set(after) - set(before) - {newcomer}) <= 1
    assert {one: home for one, home in before.items() if home != more[1:]} == {
        one: home for one, home in after.items() if home != more[1:]
    }


@settings(max_examples=20, deadline=None)
@given(found=PEOPLE, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_no_sample(found: Any, seed: int) -> None:
    assert chosen(found, 30) == chosen(random.Random(seed).sample(found, len(found)), 30)
