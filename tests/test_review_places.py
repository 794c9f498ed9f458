"""Places are people divided by the yield of places, and the yield says where it comes from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import YEAR, Rows, named, year_tables
from tna.review.places import NOT_KNOWN, Yield, write_places
from tna.review.sessions import write_sessions

MAY = date(2014, 5, 1)


def needed(sessions: Rows, declared: int | None = None, **people: int) -> list[dict[str, Any]]:
    connection = year_tables(sessions=sessions)
    write_sessions(connection, YEAR)
    write_places(connection, people, declared)
    return named(connection, "places_needed")


def session(course: str, places: int | None, attended: int | None, day: date = MAY) -> dict[str, Any]:
    return {"course": course, "date": day, "places": places, "attended": attended, "status": "held"}


def test_a_course_with_twenty_places_behind_it_has_a_yield_of_its_own_of_any_year() -> None:
    rows = [session("a", 12, 9), session("a", 8, 6, date(2015, 6, 1)), session("b", 100, 10)]
    [row] = needed(rows, a=30)
    assert (row["yield_attended"], row["yield_of"], row["yield"], row["places"]) == (15, 20, 0.75, 40)
    assert row["yield_from"] == (
        "this course's own sessions: 15 of 20 places attended at 2 sessions from 1 May 2014 to 1 June 2015"
    )


def test_a_course_with_fewer_places_takes_the_yield_of_all_courses() -> None:
    [row] = needed([session("a", 19, 1), session("b", 81, 49)], a=30)
    assert (row["yield_attended"], row["yield_of"], row["places"]) == (50, 100, 60)
    assert (
        row["yield_from"] == "sessions of all courses: 50 of 100 places attended at 2 sessions on 1 May 2014"
    )


def test_what_is_declared_counts_only_where_the_board_has_no_history() -> None:
    [row] = needed([], 80, a=30)
    assert (row["yield"], row["yield_from"], row["places"]) == (0.8, "declared: 80 of 100 places", 38)
    assert needed([session("b", 2, 1)], 80, a=30)[0]["places"] == 60


@pytest.mark.parametrize(
    "row",
    [session("a", 40, None), session("a", None, 9), session("a", 40, 0), {**session("a", 40, 9), "status": "cancelled"},
     session("a", 40, 9, date(2016, 2, 1))],
)  # fmt: skip
def test_without_a_yield_there_is_a_place_for_each_person_and_it_is_said(row: Any) -> None:
    [found] = needed([row], a=30)
    assert (found["yield"], found["places"], found["yield_from"]) == (None, 30, NOT_KNOWN)


def test_a_full_room_with_more_people_than_places_does_not_make_places_fewer_than_people() -> None:
    [row] = needed([session("a", 20, 25)], a=30)
    assert (row["yield"], row["places"]) == (1.25, 30)
    assert row["yield_from"].endswith("on 1 May 2014, and never fewer places than people")


def test_nobody_to_train_needs_no_place() -> None:
    assert [(row["course"], row["places"]) for row in needed([session("a", 20, 5)], b=0, a=0)] == [
        ("a", 0),
        ("b", 0),
    ]


@settings(max_examples=200)
@given(people=st.integers(0, 10**6), attended=st.integers(1, 10**6), of=st.integers(1, 10**6))
def test_places_are_the_fewest_that_train_everybody_at_the_yield(people: int, attended: int, of: int) -> None:
    places = Yield(attended, of, "").places(people)
    assert places == max(people, ceil(Fraction(people * of, attended)))
    assert places * attended >= people * of or places == people
