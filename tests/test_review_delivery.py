"""What was run: sessions, attendances and places each in their own column, and no rate without its parts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import YEAR, Rows, named, told, year_tables
from tna.review.delivery import write_agencies, write_delivery
from tna.review.sessions import COUNTS, write_sessions

MAY, JUNE, JULY, LATER = date(2015, 5, 1), date(2015, 6, 1), date(2015, 7, 1), date(2016, 3, 1)


def delivered(sessions: Rows = (), bookings: Rows = (), **planned: int) -> duckdb.DuckDBPyConnection:
    connection = year_tables(sessions=sessions, bookings=bookings)
    write_sessions(connection, YEAR)
    write_delivery(connection, YEAR, planned)
    write_agencies(connection, YEAR)
    return connection


def session(day: date = MAY, course: str = "a", **row: Any) -> dict[str, Any]:
    return {"course": course, "date": day, **row}


FULL: dict[str, Any] = {
    "places": 20,
    "booked": 18,
    "cancelled": 2,
    "no_show": 3,
    "unscheduled": 1,
    "attended": 14,
}


def test_sessions_are_counted_by_what_became_of_them() -> None:
    rows = [session(MAY, attended=5), session(JUNE), session(JULY, status="cancelled"), session(LATER),
            session(date(2015, 3, 31), attended=5), session(date(2016, 4, 1))]  # fmt: skip
    connection = delivered(rows, a=4)
    columns = [f"sessions_{one}" for one in ("planned", "held", "cancelled", "not_known", "to_come")]
    assert told(connection, "delivery", *columns) == [(4, 1, 1, 1, 1)]


def test_a_course_that_is_planned_and_of_which_nothing_was_sent_is_not_said_to_have_had_no_session() -> None:
    [row] = named(delivered([session(date(2014, 5, 1), attended=9)], a=4), "delivery")
    assert (row["sessions_planned"], row["sessions_held"], row["attended"]) == (4, None, None)
    assert row["because"] == "nothing was sent of this course"


def test_a_course_without_a_plan_states_none() -> None:
    [row] = named(delivered([session(attended=5)]), "delivery")
    assert (row["sessions_planned"], row["sessions_held"]) == (None, 1)


def test_take_up_of_places_and_attendance_of_bookings_are_two_rates_with_their_parts() -> None:
    [row] = named(delivered([session(**FULL)]), "delivery")
    assert (row["take_up_attended"], row["take_up_places"], row["take_up"]) == (14, 20, 14 / 20)
    assert (row["attendance_of"], row["attendance_booked"], row["attendance"]) == (13, 16, 13 / 16)
    assert row["because"] == ""


def test_where_the_unscheduled_are_not_stated_those_who_came_of_the_booked_are_all_who_neither_cancelled_nor_stayed_away() -> None:  # fmt: skip
    [row] = named(delivered([session(**{**FULL, "unscheduled": None})]), "delivery")
    assert (row["attendance_of"], row["attendance_booked"]) == (13, 16)


def test_a_session_that_lacks_a_part_enters_no_rate_and_the_sums_say_what_they_leave_out() -> None:
    rows = [session(MAY, **FULL), session(JUNE, attended=9), session(JULY, places=30, status="held")]
    [row] = named(delivered(rows), "delivery")
    assert (row["take_up_attended"], row["take_up_places"]) == (14, 20)
    assert (row["places"], row["attended"], row["booked"]) == (50, 23, 18)
    assert row["because"] == (
        "of 3 sessions held, stated for fewer: places (2), booked (1), cancelled (1), no-show (1), unscheduled (1), attended (2)"
    )


def test_a_session_whose_attendances_exceed_its_bookings_enters_no_rate_of_bookings() -> None:
    wrong: dict[str, Any] = {"booked": 5, "cancelled": 0, "no_show": 0, "unscheduled": 0, "attended": 9}
    [row] = named(delivered([session(MAY, **FULL), session(JUNE, **wrong)]), "delivery")
    assert (row["attendance_of"], row["attendance_booked"]) == (13, 16)
    assert (
        "attendance of bookings leaves out 1 session whose attendances do not fit its bookings"
        in row["because"]
    )


def test_what_was_booked_for_a_session_that_was_not_held_is_not_counted_with_the_others() -> None:
    rows = [
        session(MAY, **FULL),
        session(JUNE, booked=50, places=60, status="cancelled"),
        session(LATER, booked=7),
    ]
    [row] = named(delivered(rows), "delivery")
    assert (row["booked"], row["places"]) == (18, 20)


def test_no_places_are_no_rate() -> None:
    [row] = named(delivered([session(places=0, attended=0, status="held")]), "delivery")
    assert (row["take_up"], row["take_up_places"]) == (None, 0)


def test_the_mix_of_agencies_at_a_session_is_known_from_bookings() -> None:
    rows = [session(agency="B", booked=3, no_show=1, attended=2), session(agency="A", booked=1, no_show=0, attended=1),
            session(agency="B", booked=2, attended=2), session(date(2014, 5, 1), agency="A", booked=9)]  # fmt: skip
    assert told(delivered(bookings=rows), "agency_mix") == [
        ("a", MAY, "A", 1, 0, 1),
        ("a", MAY, "B", 5, None, 4),
    ]


def test_no_shows_are_of_bookings_not_cancelled() -> None:
    rows = [session(MAY, agency="A", booked=10, cancelled=2, no_show=3, attended=5),
            session(JUNE, agency="A", booked=4, cancelled=0, no_show=1, attended=3),
            session(JUNE, agency="B", booked=4, no_show=1, attended=3),
            session(LATER, agency="A", booked=9, cancelled=0, no_show=0)]  # fmt: skip
    a, b = named(delivered(bookings=rows), "no_shows")
    assert a == {"agency": "A", "booked": 14, "cancelled": 2, "no_show": 4, "attended": 8, "rate": 4 / 12,
                 "rate_no_show": 4, "rate_kept": 12, "because": ""}  # fmt: skip
    assert (b["cancelled"], b["rate"], b["rate_kept"]) == (None, None, None)


def test_a_session_to_which_everybody_booked_and_nobody_came_is_not_forgotten() -> None:
    rows = [session(agency="A", booked=4, cancelled=0, no_show=4, attended=0)]
    assert told(delivered(bookings=rows), "no_shows", "no_show", "rate") == [(4, 1.0)]


def test_rows_that_state_no_part_are_left_out_of_the_rate_and_the_sum_says_so() -> None:
    rows = [session(agency="A", booked=4, cancelled=0, no_show=1, attended=3), session(JUNE, agency="A", booked=6, attended=6)]  # fmt: skip
    [row] = named(delivered(bookings=rows), "no_shows")
    assert (row["booked"], row["rate_no_show"], row["rate_kept"]) == (10, 1, 4)
    assert row["because"] == "of 2 rows, stated in fewer: cancelled (1), no-show (1)"


NUMBER = st.one_of(st.none(), st.integers(0, 30))
SESSIONS = st.lists(
    st.fixed_dictionaries(
        {"course": st.sampled_from("ab"), "status": st.sampled_from(["", "held", "cancelled"]),
         "date": st.dates(date(2015, 3, 25), date(2016, 4, 5)), **dict.fromkeys(COUNTS, NUMBER)}),
    max_size=8, unique_by=lambda one: (one["course"], one["date"]),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rows=SESSIONS)
def test_delivery_adds_up_the_sessions_and_its_rates_are_their_parts(rows: Any) -> None:
    connection = delivered(rows, a=1)
    every = [one for one in named(connection, "held_sessions") if YEAR.within(one["date"])]
    found = named(connection, "delivery")
    assert [one["course"] for one in found] == sorted({"a", *(one["course"] for one in every)})
    for row in found:
        told_of = [one for one in every if one["course"] == row["course"]]
        held = [one for one in told_of if one["state"] == "held"]
        states = [row[f"sessions_{one}"] for one in ("held", "cancelled", "not_known", "to_come")]
        assert sum(states) == len(told_of) if told_of else states == [None] * 4
        for count in COUNTS:
            given = [one[count] for one in held if one[count] is not None]
            assert row[count] == (sum(given) if given else None)
        parts = [
            (one["attended"], one["places"]) for one in held if None not in (one["attended"], one["places"])
        ]
        check(row, ("take_up", "take_up_attended", "take_up_places"), parts)
        check(
            row,
            ("attendance", "attendance_of", "attendance_booked"),
            list(filter(None, map(of_bookings, held))),
        )


def of_bookings(one: dict[str, Any]) -> tuple[int, int] | None:
    """By hand: who came of the booked, and the bookings not cancelled; None when not stated or impossible."""
    booked, cancelled, no_show, walked_in, attended = (one[part] for part in COUNTS[1:])
    if None in (booked, cancelled):
        return None
    came = None
    if None not in (attended, walked_in):
        came = attended - walked_in
    elif no_show is not None:
        came = booked - cancelled - no_show
    return (came, booked - cancelled) if came is not None and 0 <= came <= booked - cancelled else None


def check(row: dict[str, Any], names: tuple[str, str, str], parts: list[tuple[int, int]]) -> None:
    part, whole = (sum(one[n] for one in parts) if parts else None for n in (0, 1))
    rate = float(Fraction(part, whole)) if part is not None and whole else None
    assert [row[one] for one in names] == [rate, part, whole]
