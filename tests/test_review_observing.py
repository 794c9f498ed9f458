"""What an observer does not mention was not stated, and what nobody looked at is shown with none."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import YEAR, Rows, named, told, year_tables
from tna.review.observing import ANSWERS, write_observed

MAY, JUNE = date(2015, 5, 1), date(2015, 6, 1)
CHECKLIST = {"k-2": "Course content", "k-10": "Trainer delivery", "k-1": "Local referral pathway"}


def observed(observations: Rows, lists: dict[str, str] | None = None) -> duckdb.DuckDBPyConnection:
    connection = year_tables(observations=observations)
    write_observed(connection, YEAR, CHECKLIST, lists)
    return connection


def saw(item: str = "k-2", seen: str = "yes", day: date | None = MAY, **row: Any) -> dict[str, Any]:
    return {"course": "a", "date": day, "item": item, "seen": seen, **row}


def test_every_observation_is_set_against_every_line_in_the_plans_order() -> None:
    rows = told(observed([saw(), saw("k-1", "no")]), "observed", "item", "says", "seen")
    assert rows == [
        ("k-2", "Course content", "yes"),
        ("k-10", "Trainer delivery", "not-stated"),
        ("k-1", "Local referral pathway", "no"),
    ]


def test_a_line_that_nobody_looked_at_is_listed_with_none() -> None:
    rows = told(observed([]), "observed_summary", "item", "observations", *ANSWERS)
    assert rows == [(item, 0, 0, 0, 0, 0, 0) for item in CHECKLIST]


def test_two_observers_of_one_session_are_two_observations() -> None:
    connection = observed(
        [saw(observer_post="Trainer"), saw(seen="no", observer_post="Manager"), saw(day=JUNE)]
    )
    assert told(connection, "observed_summary", "observations", "seen", "not_seen", "conflicting")[0] == (
        3,
        2,
        1,
        0,
    )


def test_one_observer_who_says_both_is_conflicting_and_who_says_it_twice_is_not() -> None:
    connection = observed([saw(), saw(seen="no"), saw("k-1"), saw("k-1")])
    assert told(connection, "observed", "item", "seen") == [("k-2", "conflicting"), ("k-10", "not-stated"), ("k-1", "yes")]  # fmt: skip


def test_what_does_not_apply_was_neither_seen_nor_unseen() -> None:
    row = named(observed([saw(seen="not-applicable")]), "observed_summary")[0]
    assert (row["seen"], row["not_seen"], row["not_applicable"], row["not_stated"]) == (0, 0, 1, 0)


def test_what_is_not_on_the_checklist_follows_in_its_own_words() -> None:
    connection = observed([saw("", item_written="The tea was hot"), saw()])
    assert told(connection, "observed", "item", "says", "seen")[3:] == [("", "The tea was hot", "yes")]
    assert told(connection, "observed_summary", "observations") == [(1,)] * 3


def test_observations_of_other_years_are_left_out_and_those_without_a_day_are_not() -> None:
    rows = told(observed([saw(day=date(2015, 3, 31)), saw(day=None)]), "observed", "date")
    assert rows == [(None,)] * 3


def test_a_line_says_which_list_it_is_part_of() -> None:
    rows = told(observed([], {"k-2": "things to look at"}), "observed_summary", "says", "checklist")
    assert rows == [
        ("Course content", "things to look at"),
        ("Trainer delivery", ""),
        ("Local referral pathway", ""),
    ]


SEEN = st.fixed_dictionaries(
    {"course": st.sampled_from("ab"), "date": st.sampled_from([MAY, JUNE, None]), "observer_post": st.sampled_from(["", "x"]),
     "item": st.sampled_from([*CHECKLIST, ""]), "item_written": st.sampled_from(["", "tea"]),
     "seen": st.sampled_from(["yes", "no", "not-applicable"])},
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(SEEN, max_size=10), seed=st.integers(0, 99))
def test_every_observation_gives_every_line_one_answer_whatever_the_order_of_rows(
    rows: Any, seed: int
) -> None:
    one, other = observed(rows), observed(random.Random(seed).sample(rows, len(rows)))
    every = len({(row["course"], row["date"], row["observer_post"]) for row in rows})
    for line in named(one, "observed_summary"):
        assert line["observations"] == every == sum(line[answer] for answer in ANSWERS)
    for table in ("observed", "observed_summary"):
        assert told(one, table) == told(other, table)
