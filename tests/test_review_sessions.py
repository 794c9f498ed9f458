"""A session is told of once, with its state, its numbers, and whether they add up."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import YEAR, Rows, named, told, year_tables
from tna.review.sessions import COUNTS, PARTS, write_sessions
from tna.review.year import Year

MAY, JUNE, TODAY, TOMORROW = date(2015, 5, 1), date(2015, 6, 1), date(2016, 1, 31), date(2016, 2, 1)


def sessions(sessions: Rows = (), bookings: Rows = ()) -> list[dict[str, Any]]:
    connection = year_tables(sessions=sessions, bookings=bookings)
    write_sessions(connection, YEAR)
    return named(connection, "held_sessions")


def session(**row: Any) -> dict[str, Any]:
    return {"course": "a", "date": MAY, **row}


def test_the_first_and_the_last_day_are_of_the_year() -> None:
    year = Year(date(2015, 4, 1), date(2016, 3, 31), TODAY)
    days = [date(2015, 3, 31), date(2015, 4, 1), date(2016, 3, 31), date(2016, 4, 1)]
    assert [year.within(one) for one in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"status": "held"}, "held"), ({"attended": 3}, "held"), ({"status": "planned", "attended": 3}, "held"),
        ({}, "not-known"), ({"status": "planned"}, "not-known"), ({"attended": 0}, "not-known"),
        ({"status": "cancelled"}, "cancelled"), ({"status": "cancelled", "attended": 3}, "cancelled"),
        ({"date": TODAY}, "to-come"), ({"date": TODAY, "attended": 3}, "held"), ({"date": TODAY, "status": "held"}, "held"),
        ({"date": TOMORROW}, "to-come"), ({"date": TOMORROW, "status": "held", "attended": 3}, "to-come"),
        ({"date": TOMORROW, "status": "cancelled"}, "cancelled"), ({"date": date(1999, 1, 1), "attended": 1}, "held"),
    ],
)  # fmt: skip
def test_whether_it_was_held_follows_from_what_is_said_and_from_the_day(row: Any, state: str) -> None:
    assert [one["state"] for one in sessions([session(**row)])] == [state]


def test_a_session_known_from_bookings_alone_was_held_when_somebody_came() -> None:
    rows = [session(agency="A", booked=3, attended=2), session(agency="B", booked=1), session(date=JUNE, agency="A", booked=4)]  # fmt: skip
    may, june = sessions(bookings=rows)
    assert (may["state"], may["booked"], may["attended"], may["agencies"]) == ("held", 4, None, 2)
    assert "attended: stated in 1 of 2 rows of bookings, so not added up" in may["because"]
    assert (june["state"], june["booked"]) == ("not-known", 4)


def test_the_sessions_own_row_counts_and_both_are_shown() -> None:
    [found] = sessions(
        [session(booked=20, attended=15)], [session(agency=one, booked=6, attended=5) for one in "ABC"]
    )
    assert (found["booked"], found["attended"]) == (20, 15)
    assert "booked: 20 in the session's own row, which counts, and 18 in its bookings" in found["because"]
    assert "attended:" not in found["because"]


def test_bookings_fill_in_what_the_session_does_not_state() -> None:
    [found] = sessions([session(places=20)], [session(agency=one, booked=6, attended=5) for one in "ABC"])
    assert [found[one] for one in COUNTS] == [20, 18, None, None, None, 15]


def test_places_repeated_with_every_booking_are_the_sessions_and_others_add_up() -> None:
    [repeated] = sessions(bookings=[session(agency=one, places=20) for one in "ABC"])
    assert repeated["places"] == 20
    assert "places: 20 in each of 3 rows of bookings, taken as the session's" in repeated["because"]
    [shared] = sessions(bookings=[session(agency="A", places=12), session(agency="B", places=8)])
    assert shared["places"] == 20


def test_a_row_written_twice_counts_once_and_rows_that_complete_each_other_are_one_session() -> None:
    [twice] = sessions([session(attended=9), session(attended=9)])
    assert twice["attended"] == 9 and "the same row is written 2 times and counts once" in twice["because"]
    [whole] = sessions([session(places=20), session(attended=9)])
    assert (whole["places"], whole["attended"]) == (20, 9)


def test_rows_that_contradict_each_other_leave_the_number_not_known() -> None:
    [found] = sessions([session(places=20, attended=9), session(places=20, attended=12)])
    assert (found["state"], found["places"], found["attended"]) == ("held", 20, None)
    assert "attended: rows of this session say 9 and 12, so it is not known" in found["because"]
    [found] = sessions([session(attended=9), session(attended=12)], [session(agency="A", attended=10)])
    assert found["attended"] == 10
    assert "attended: rows of this session say 9 and 12, so its bookings count, 10" in found["because"]


def test_rows_of_different_agencies_are_added_up() -> None:
    [found] = sessions([session(agency="A", attended=9, booked=9), session(agency="B", attended=9)])
    assert (found["attended"], found["booked"]) == (18, None)
    assert "the rows of its agencies added up" in found["because"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"status": "cancelled", "attended": 2}, "called cancelled, and somebody attended"),
        ({"date": TOMORROW, "attended": 2}, "to come, and somebody is said to have attended"),
        ({"date": TOMORROW, "status": "held"}, "to come, and called held"),
        ({}, "past, and nothing says that anybody attended"),
    ],
)
def test_what_does_not_fit_the_state_is_said(row: Any, words: str) -> None:
    [found] = sessions([session(**row)])
    assert words in found["because"]


def test_a_session_called_both_held_and_cancelled_goes_by_who_came() -> None:
    [nobody] = sessions([session(status="held"), session(status="cancelled")])
    assert nobody["state"] == "not-known" and "called both cancelled and held" in nobody["because"]
    [some] = sessions([session(status="held", attended=1), session(status="cancelled")])
    assert some["state"] == "held"


def test_the_parts_of_a_session_balance_or_are_said_not_to() -> None:
    parts = {"booked": 20, "cancelled": 2, "no_show": 3, "unscheduled": 1}
    [fits] = sessions([session(**parts, attended=16)])
    assert (fits["balance"], fits["because"]) == ("adds-up", "")
    [misfits] = sessions([session(**parts, attended=15)])
    assert misfits["balance"] == "does-not"
    assert misfits["because"] == "20 booked − 2 cancelled − 3 no-show + 1 unscheduled = 16, and 15 attended"
    [partly] = sessions([session(booked=20, attended=15, cancelled=0)])
    assert (partly["balance"], partly["because"]) == ("not-stated", "not stated: no-show, unscheduled")
    assert sessions([session(**parts, attended=15, status="cancelled")])[0]["balance"] == ""


NUMBER = st.one_of(st.none(), st.integers(0, 4))
ROW = st.fixed_dictionaries(
    {"course": st.sampled_from("ab"), "date": st.sampled_from([MAY, JUNE, TODAY, TOMORROW]),
     **dict.fromkeys(COUNTS, NUMBER)},
)  # fmt: skip
STATUS = st.sampled_from(["", "held", "cancelled", "planned"])
SESSIONS = st.lists(
    st.tuples(ROW, STATUS).map(lambda one: {**one[0], "status": one[1]}),
    max_size=5, unique_by=lambda one: (one["course"], one["date"]),
)  # fmt: skip
BOOKINGS = st.lists(
    st.tuples(ROW, st.sampled_from(["", "A", "B"])).map(lambda one: {**one[0], "agency": one[1]}), max_size=6
)


def one_number(own: Any, bookings: list[dict[str, Any]], count: str) -> int | None:
    """By hand: the session's own number, else its bookings added up if all state it."""
    given = [one[count] for one in bookings]
    if own and own[count] is not None:
        return int(own[count])
    if not given or None in given:
        return None
    return int(given[0]) if count == "places" and len(set(given)) == 1 else sum(given)


def one_state(own: Any, bookings: list[dict[str, Any]], day: date) -> str:
    status = own["status"] if own else ""
    came = bool(own and own["attended"]) or any(one["attended"] for one in bookings)
    if status == "cancelled":
        return status
    if day > TODAY:
        return "to-come"
    if status == "held" or came:
        return "held"
    return "to-come" if day == TODAY else "not-known"


@settings(max_examples=40, deadline=None)
@given(own=SESSIONS, bookings=BOOKINGS)
def test_sessions_are_what_anybody_would_make_of_the_rows_by_hand(own: Any, bookings: Any) -> None:
    found = {(one["course"], one["date"]): one for one in sessions(own, bookings)}
    rows = {(one["course"], one["date"]): one for one in own}
    assert list(found) == sorted({*rows, *((one["course"], one["date"]) for one in bookings)})
    for key, one in found.items():
        booked = [row for row in bookings if (row["course"], row["date"]) == key]
        numbers = {count: one_number(rows.get(key), booked, count) for count in COUNTS}
        assert {count: one[count] for count in COUNTS} == numbers
        assert one["state"] == one_state(rows.get(key), booked, key[1])
        assert one["agencies"] == len({row["agency"] for row in booked} - {""})
        b, c, n, u, a = (numbers[part] for part in PARTS)
        if one["state"] in ("cancelled", "to-come"):
            assert one["balance"] == ""
        elif None in (b, c, n, u, a):
            assert one["balance"] == "not-stated"
        else:
            assert one["balance"] == ("adds-up" if b - c - n + u == a else "does-not")  # type: ignore[operator]


@settings(max_examples=20, deadline=None)
@given(own=st.lists(ROW, max_size=6), bookings=BOOKINGS, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_no_session(own: Any, bookings: Any, seed: int) -> None:
    chance = random.Random(seed)
    other = (chance.sample(own, len(own)), chance.sample(bookings, len(bookings)))
    assert sessions(own, bookings) == sessions(*other)


def test_no_sessions_are_no_rows() -> None:
    connection = year_tables()
    write_sessions(connection, YEAR)
    assert told(connection, "held_sessions") == []
