"""Answers before and after a course are compared within one form only, and late forms are counted apart."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import YEAR, Rows, named, told, year_tables
from tna.review.evaluation import PAIRS, denominator, write_evaluated, write_evaluation
from tna.review.sessions import write_sessions

MAY, NEXT_WEEK, JUNE = date(2015, 5, 1), date(2015, 5, 8), date(2015, 6, 1)


def evaluated(evaluations: Rows, sessions: Rows = ()) -> duckdb.DuckDBPyConnection:
    connection = year_tables(evaluations=evaluations, sessions=sessions)
    write_sessions(connection, YEAR)
    write_evaluation(connection, YEAR)
    write_evaluated(connection, YEAR)
    return connection


def form(name: str = "1", question: str = "q", day: date | None = MAY, **row: Any) -> dict[str, Any]:
    return {"form": name, "course": "a", "question": question, "date": day, **row}


def person(name: str = "p", **row: Any) -> dict[str, Any]:
    return {**form(name), "person_id": name, **row}


def pairs(evaluations: Rows, sessions: Rows = ()) -> list[tuple[int, ...]]:
    return told(evaluated(evaluations, sessions), "evaluation", "forms", *PAIRS)


def days(evaluations: Rows, sessions: Rows = ()) -> list[tuple[int, ...]]:
    columns = ("late", "on_day", "early", "day_not_known")
    return told(evaluated(evaluations, sessions), "evaluation", *columns)


HELD = ({"course": "a", "date": MAY, "attended": 10}, {"course": "a", "date": JUNE, "attended": 10})


def test_a_form_pairs_in_one_row_or_in_two() -> None:
    assert pairs([form(pre=1, post=3)]) == [(1, 1, 0, 0, 0)]
    assert pairs([form(pre=1), form(post=3)]) == [(1, 1, 0, 0, 0)]
    assert pairs([form("1", pre=1), form("2", post=3)]) == [(2, 0, 1, 1, 0)]


def test_two_different_answers_to_one_question_are_conflicting_and_the_same_one_twice_is_not() -> None:
    assert pairs([form(pre=1, post=3), form(pre=2)]) == [(1, 0, 0, 0, 1)]
    assert pairs([form(post=3), form(post=4)]) == [(1, 0, 0, 0, 1)]
    assert pairs([form(pre=1, post=3), form(pre=1)]) == [(1, 1, 0, 0, 0)]


def test_a_person_at_two_sessions_has_two_forms() -> None:
    assert pairs([person(pre=1), person(date=JUNE, post=3)]) == [(2, 0, 1, 1, 0)]
    assert pairs([person(pre=1, session=MAY), person(date=NEXT_WEEK, post=3, session=MAY)]) == [
        (1, 1, 0, 0, 0)
    ]


def test_a_persons_late_answer_pairs_when_the_session_is_known_from_the_sessions_held() -> None:
    rows = [person(pre=1), person(date=NEXT_WEEK, post=3)]
    assert pairs(rows) == [(2, 0, 1, 1, 0)]
    assert pairs(rows, HELD) == [(1, 1, 0, 0, 0)]
    assert days(rows, HELD) == [(1, 0, 0, 0)]


def test_a_form_number_used_again_at_another_session_is_another_form() -> None:
    rows = [form(session=MAY, pre=1, post=3), form(session=JUNE, pre=4, post=5, day=JUNE)]
    assert pairs(rows) == [(2, 2, 0, 0, 0)]


def test_a_form_of_which_one_row_states_the_session_is_about_that_session() -> None:
    rows = [form(pre=1, session=MAY), form(post=3, day=NEXT_WEEK)]
    assert (pairs(rows), days(rows)) == ([(1, 1, 0, 0, 0)], [(1, 0, 0, 0)])


def test_forms_of_people_and_numbered_forms_never_pair() -> None:
    assert pairs([person("7", pre=1), form("7", post=3)]) == [(2, 0, 1, 1, 0)]


@pytest.mark.parametrize(
    ("rows", "late", "on_day", "early", "not_known"),
    [
        ([form(pre=1, post=2, session=MAY)], 0, 1, 0, 0),
        ([form(pre=1, post=2, session=MAY, day=NEXT_WEEK)], 1, 0, 0, 0),
        ([form(pre=1, session=NEXT_WEEK), form(post=2, session=NEXT_WEEK, day=NEXT_WEEK)], 0, 0, 1, 0),
        ([form(pre=1, session=NEXT_WEEK), form(post=2, session=NEXT_WEEK, day=JUNE)], 1, 0, 0, 0),
        ([form(pre=1, post=2)], 0, 0, 0, 1),
        ([form(pre=1, post=2, day=None, session=MAY)], 0, 0, 0, 1),
        ([form(pre=1, post=2, day=None)], 0, 0, 0, 1),
    ],
)
def test_a_form_is_late_on_the_day_early_or_of_no_known_day(
    rows: Any, late: int, on_day: int, early: int, not_known: int
) -> None:
    assert days(rows) == [(late, on_day, early, not_known)]


def test_without_a_session_of_its_own_a_form_is_about_the_latest_one_held_before_it() -> None:
    later = [{"course": "a", "date": date(2015, 5, 20), "status": "cancelled"}, {"course": "b", "date": JUNE, "attended": 1}]  # fmt: skip
    rows = [form("1", pre=1), form("2", pre=1, day=NEXT_WEEK), form("3", pre=1, day=date(2015, 5, 25)),
            form("4", pre=1, day=JUNE), form("5", pre=1, day=date(2015, 4, 20))]  # fmt: skip
    assert days(rows, [*HELD, *later]) == [(2, 2, 0, 1)]


def test_the_change_is_counted_by_how_much_over_paired_forms_alone() -> None:
    rows = [form("1", pre=1, post=3), form("2", pre=2, post=4), form("3", pre=3, post=3), form("4", pre=4, post=3),
            form("5", pre=1), form("6", pre=1.1, post=1.3), form("7", pre=2.1, post=2.3)]  # fmt: skip
    connection = evaluated(rows)
    assert told(connection, "evaluation", "improved", "same", "worse") == [(4, 1, 1)]
    assert told(connection, "evaluation_change", "change", "forms") == [(-1, 1), (0, 1), (0.2, 2), (2, 2)]


def test_forms_of_other_years_are_left_out_and_those_without_a_day_are_not() -> None:
    rows = [form("1", pre=1, day=date(2014, 5, 1)), form("2", pre=1, day=NEXT_WEEK, session=date(2015, 3, 31)),
            form("3", pre=1, day=date(2016, 4, 2), session=date(2016, 3, 31)), form("4", pre=1, day=None)]  # fmt: skip
    assert pairs(rows) == [(2, 0, 2, 0, 0)]


def shown(evaluations: Rows, sessions: Rows = HELD) -> list[dict[str, Any]]:
    return named(evaluated(evaluations, sessions), "evaluated")


def test_a_form_counts_towards_the_hundred_per_cent_with_every_question_answered_twice_on_the_day() -> None:
    rows = [form("1", "q", pre=1, post=2), form("1", "r", pre=1, post=2),
            form("2", "q", pre=1, post=2), form("2", "r", pre=1),
            form("3", "q", pre=1, post=2), form("3", "r", pre=1), form("3", "r", post=2, day=NEXT_WEEK),
            form("4", "q", pre=1, post=2),
            form("5", "q", pre=1, post=2), form("5", "q", pre=2), form("5", "r", pre=1, post=2),
            form("6", "q", pre=1, post=2, day=JUNE)]  # fmt: skip
    assert shown(rows) == [{"course": "a", "attended": 20, "both_on_day": 2, "elsewhere": 0,
                            "denominator": "attendances at 2 sessions held in the year"}]  # fmt: skip


def test_a_question_that_is_only_asked_afterwards_keeps_no_form_from_being_whole() -> None:
    rows = [form("1", "q", pre=1, post=2), form("1", "useful", post=5), form("2", "q", pre=1, post=2)]
    assert [row["both_on_day"] for row in shown(rows)] == [2]


def test_where_nothing_is_asked_before_no_form_is_whole() -> None:
    assert [row["both_on_day"] for row in shown([form(post=5)])] == [0]


def test_only_forms_of_the_sessions_that_are_counted_are_set_against_their_attendances() -> None:
    sessions = [HELD[0], {"course": "a", "date": JUNE, "status": "held"}]
    rows = [form("1", pre=1, post=2), form("2", pre=1, post=2, day=JUNE), form("3", pre=1, post=2, day=NEXT_WEEK, session=NEXT_WEEK)]  # fmt: skip
    [row] = shown(rows, sessions)
    assert (row["attended"], row["both_on_day"], row["elsewhere"]) == (10, 1, 2)
    assert row["denominator"] == (
        "attendances at 1 session held in the year; 1 session held left out, as it is not stated how many attended"
    )


def test_without_an_attendance_stated_there_is_no_denominator() -> None:
    [row] = shown([form(pre=1, post=2)], ())
    assert (row["attended"], row["both_on_day"]) == (None, 0)
    assert (
        row["denominator"]
        == denominator(0, 0)
        == "not known: no session held in the year states how many attended"
    )


def test_a_course_that_was_held_and_not_evaluated_is_shown_with_none() -> None:
    assert [(row["attended"], row["both_on_day"]) for row in shown([])] == [(20, 0)]


SCORE = st.one_of(st.none(), st.integers(1, 3))
FORMS = st.lists(
    st.fixed_dictionaries(
        {"form": st.sampled_from("12"), "person_id": st.sampled_from(["", "1", "2"]), "course": st.sampled_from("ab"),
         "question": st.sampled_from("qr"), "date": st.sampled_from([None, MAY, NEXT_WEEK, JUNE]),
         "session": st.sampled_from([None, MAY, JUNE]), "pre": SCORE, "post": SCORE}),
    max_size=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rows=FORMS, ran=st.booleans())
def test_every_form_is_paired_half_or_conflicting_and_every_pair_has_a_change(rows: Any, ran: bool) -> None:
    connection = evaluated(rows, HELD if ran else ())
    found = named(connection, "evaluation")
    for one in found:
        assert one["forms"] == sum(one[name] for name in PAIRS) > 0
        assert one["forms"] == one["late"] + one["on_day"] + one["early"] + one["day_not_known"]
        assert one["paired"] == one["improved"] + one["same"] + one["worse"]
    spread: Counter[tuple[str, str]] = Counter()
    for course, question, _, forms in told(connection, "evaluation_change"):
        spread[course, question] += forms
    assert spread == {(one["course"], one["question"]): one["paired"] for one in found if one["paired"]}


@settings(max_examples=40, deadline=None)
@given(rows=FORMS)
def test_pairs_are_those_one_would_find_with_the_forms_on_a_table(rows: Any) -> None:
    stated = [{**one, "session": one["session"] or MAY, "date": one["date"] or MAY} for one in rows]
    heaps: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for one in stated:
        heaps[
            one["course"], one["question"], one["form"], one["form"] == one["person_id"], one["session"]
        ].append(one)
    expected: Counter[tuple[str, str, str]] = Counter()
    for key, heap in heaps.items():
        before, after = ({one[side] for one in heap} - {None} for side in ("pre", "post"))
        if len(before) > 1 or len(after) > 1:
            expected[(*key[:2], "conflicting")] += 1
        elif before or after:
            expected[(*key[:2], "paired" if before and after else "pre_only" if before else "post_only")] += 1
    found = named(evaluated(stated), "evaluation")
    assert {(one["course"], one["question"], name): one[name] for one in found for name in PAIRS if one[name]} == expected  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(rows=FORMS, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(rows: Any, seed: int) -> None:
    one, other = evaluated(rows, HELD), evaluated(random.Random(seed).sample(rows, len(rows)), HELD[::-1])
    for table in ("evaluation", "evaluation_change", "evaluated"):
        assert told(one, table) == told(other, table)


@settings(max_examples=30, deadline=None)
@given(rows=FORMS)
def test_forms_counted_on_the_day_are_those_one_would_find_with_the_forms_on_a_table(rows: Any) -> None:
    stated = [{**one, "session": one["session"] or MAY} for one in rows]
    heaps: dict[Any, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for one in stated:
        form = (one["course"], one["form"], one["form"] == one["person_id"], one["session"])
        heaps[form][one["question"]].append(one)
    twice = {
        (one["course"], one["session"], one["question"])
        for one in stated
        if all(any(other[side] is not None for other in alike(one, stated)) for side in ("pre", "post"))
    }
    complete = [
        key for key, questions in heaps.items()
        if (asked := [question for *where, question in twice if where == [key[0], key[3]]])
        and all(whole(questions.get(question, [])) for question in asked)
    ]  # fmt: skip
    found = named(evaluated(stated, HELD), "evaluated")
    assert {(one["course"], one["both_on_day"], one["elsewhere"]) for one in found} == {
        ("a", sum(key[0] == "a" for key in complete), 0),
        *(("b", 0, sum(key[0] == "b" for key in complete)) for one in stated if one["course"] == "b"),
    }


def alike(one: dict[str, Any], every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All answers to the same question at the same session."""
    names = ("course", "session", "question")
    return [other for other in every if [other[name] for name in names] == [one[name] for name in names]]


def whole(answers: list[dict[str, Any]]) -> bool:
    """Whether the rows of one question on one form give one answer before and one after, all on the session's day."""
    before, after = ({one[side] for one in answers} - {None} for side in ("pre", "post"))
    return len(before) == len(after) == 1 and all(one["date"] == one["session"] for one in answers)
