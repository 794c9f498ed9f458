"""What agencies state in headcounts is read as a range, and each reading is worked out by hand here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import year_tables
from tna.review.statements import Standing, Statement, beside, standings, statements

MARCH, JUNE = date(2015, 3, 31), date(2015, 6, 30)


def said(**facts: Any) -> Statement:
    """A row of a return about level 1 of an agency; what is left out is not stated."""
    nothing = dict.fromkeys(
        ("headcount", "required", "trained", "in_date", "overdue", "percent", "as_at", "low", "high")
    )
    words = {
        "agency": "A",
        "level": "level-1",
        "role": "",
        "course": "",
        "bounds_of": "",
        "file": "r.csv",
        "sheet": "",
        "row": 2,
    }
    return Statement(**{**nothing, **words, "estimated": False, "total": False, **facts})


def read(*rows: Statement, lapses: bool = True, margin: int | None = None) -> Standing:
    [found] = standings(rows, lapses, margin)
    return found


def range_of(*rows: Statement, **how: Any) -> tuple[int | None, int | None, int, int]:
    found = read(*rows, **how)
    return found.required, found.held, found.low, found.high


def test_in_date_as_stated_is_what_is_held_and_no_range() -> None:
    found = read(said(required=30, trained=25, in_date=21, as_at=MARCH))
    assert (found.required, found.held, found.low, found.high, found.basis) == (30, 21, 21, 21, "statement")
    assert found.because == "in date as stated, as at 31 March 2015"


def test_people_are_required_when_only_the_headcount_is_stated() -> None:
    assert range_of(said(headcount=40, in_date=21)) == (40, 21, 21, 21)
    assert range_of(said(headcount=40, required=30, in_date=21)) == (30, 21, 21, 21)


def test_trained_less_overdue_is_in_date_where_training_lapses() -> None:
    row = said(required=30, trained=25, overdue=6)
    assert range_of(row) == (30, 19, 19, 19)
    assert range_of(row, lapses=False) == (30, 25, 25, 25)


def test_trained_without_overdue_may_all_have_lapsed_where_the_board_declares_an_interval() -> None:
    row = said(required=30, trained=25)
    assert range_of(row, lapses=True) == (30, 25, 0, 25)
    assert range_of(row, lapses=False) == (30, 25, 25, 25)
    assert "how many of them are in date is not stated" in read(row).because
    assert "the board states no interval" in read(row, lapses=False).because


@pytest.mark.parametrize(
    ("percent", "required", "expected"),
    [
        (50.0, 40, (20, 20, 20)),  # 49.5% to 50.5% of 40 is 19.8 to 20.2
        (67.0, 300, (201, 200, 202)),  # 199.5 to 202.5
        (90.0, 1000, (900, 895, 905)),
        (0.0, 300, (0, 0, 1)),  # up to 0.5% of 300
        (100.0, 300, (300, 299, 300)),  # never above those required
    ],
)
def test_a_percentage_alone_is_as_wide_as_its_rounding(
    percent: float, required: int, expected: tuple[int, ...]
) -> None:
    found = read(said(required=required, percent=percent))
    assert (found.held, found.low, found.high) == expected
    assert found.basis == "estimate"


def test_a_percentage_without_people_is_only_a_percentage() -> None:
    assert range_of(said(percent=80.0)) == (None, None, 0, 0)


def test_an_estimate_with_the_agencys_own_bounds_keeps_them() -> None:
    found = read(said(required=60, in_date=40, estimated=True, low=35, high=48), margin=10)
    assert (found.held, found.low, found.high, found.basis) == (40, 35, 48, "estimate")


def test_an_estimate_without_bounds_is_off_by_what_the_board_declares() -> None:
    row = said(required=60, in_date=40, estimated=True)
    assert range_of(row, margin=10) == (60, 40, 34, 46)  # 10% of 60 either way
    assert range_of(row, margin=0) == (60, 40, 40, 40)
    assert range_of(said(required=60, in_date=58, estimated=True), margin=10) == (60, 58, 52, 60)


def test_an_estimate_without_either_may_be_anything() -> None:
    assert range_of(said(required=60, in_date=40, estimated=True)) == (60, 40, 0, 60)


def test_one_bound_of_the_agency_does_not_undo_the_other() -> None:
    assert range_of(said(required=60, in_date=40, estimated=True, low=38), margin=10) == (60, 40, 38, 46)


def test_bounds_alone_are_read_as_their_middle() -> None:
    assert range_of(said(required=60, low=30, high=41, bounds_of="in_date")) == (60, 35, 30, 41)
    assert range_of(said(required=60, low=30, high=41, bounds_of="headcount")) == (60, None, 0, 60)


def test_people_without_a_word_on_training_are_a_headcount_only() -> None:
    found = read(said(headcount=12))
    assert (found.required, found.held, found.low, found.high, found.basis) == (
        12,
        None,
        0,
        12,
        "headcount-only",
    )


def test_roles_of_a_level_are_added_up() -> None:
    rows = [
        said(role="Nurse", required=20, in_date=12, row=2),
        said(role="Midwife", required=10, in_date=9, row=3),
    ]
    assert range_of(*rows) == (30, 21, 21, 21)
    assert read(*rows).because == "2 rows added up: in date as stated, no date stated"


def test_a_total_row_beside_its_roles_is_the_whole_and_is_not_added() -> None:
    rows = [said(role="Nurse", required=20, in_date=12), said(role="Midwife", required=10, in_date=9)]
    total = said(role="Total", required=31, in_date=22, total=True)
    assert range_of(*rows, total) == (31, 22, 22, 22)
    assert range_of(*rows, said(required=31, in_date=22)) == (31, 22, 22, 22)


def test_a_role_without_a_number_leaves_the_level_unknown_and_its_people_counted() -> None:
    found = read(said(role="Nurse", required=20, in_date=12), said(role="Midwife", required=10))
    assert (found.required, found.held, found.basis) == (30, None, "headcount-only")
    assert (found.low, found.high) == (12, 22)


def test_one_estimate_among_the_roles_makes_the_level_an_estimate() -> None:
    rows = [
        said(role="Nurse", required=20, in_date=12),
        said(role="Midwife", required=10, in_date=9, estimated=True),
    ]
    found = read(*rows)
    assert (found.held, found.low, found.high, found.basis) == (21, 12, 22, "estimate")


def test_the_later_date_wins_and_no_date_is_older_than_any() -> None:
    march, june = said(required=30, in_date=10, as_at=MARCH), said(required=32, in_date=20, as_at=JUNE)
    connection = year_tables(returns=[
        {"agency": "A", "level": "level-1", "required": one.required, "in_date": one.in_date, "as_at": one.as_at, "estimated": False,
         "total": False} for one in (june, said(required=99, in_date=99), march)])  # fmt: skip
    [found] = standings(statements(connection), False, None)
    assert (found.required, found.held) == (32, 20)
    assert found.because.endswith("as at 30 June 2015")


def test_the_same_role_in_other_letters_is_one_role() -> None:
    rows = [
        said(role="School nurse", required=20, in_date=5, as_at=MARCH),
        said(role="SCHOOL NURSE", required=20, in_date=12, as_at=JUNE),
    ]
    assert range_of(*rows) == (20, 12, 12, 12)


def test_what_is_said_of_one_course_is_no_coverage_of_all_that_is_required() -> None:
    assert standings([said(course="c1", required=20, in_date=12)], True, None) == ()


def test_levels_and_agencies_are_kept_apart() -> None:
    rows = [said(in_date=1, required=2), said(level="level-2", in_date=3, required=4), said(level="", in_date=4, required=6),
            said(agency="B", in_date=5, required=8)]  # fmt: skip
    found = {(one.agency, one.level): (one.held, one.required) for one in standings(rows, False, None)}
    assert found == {
        ("A", "level-1"): (1, 2),
        ("A", "level-2"): (3, 4),
        ("A", "*"): (4, 6),
        ("B", "level-1"): (5, 8),
    }


def test_a_return_beside_a_register_says_only_what_differs() -> None:
    stated = read(said(required=30, in_date=21, row=7))
    assert beside((21, 30), stated) == ""
    assert beside((20, 30), stated) == "the return says 21 of 30 (r.csv, row 7)"
    assert beside((21, 28), stated) == "the return says 21 of 30 (r.csv, row 7)"
    assert beside((21, 30), read(said(headcount=30))) == ""


NUMBERS = st.integers(0, 500)


@settings(max_examples=400)
@given(
    required=NUMBERS, shares=st.lists(st.floats(0, 1), min_size=4, max_size=4), estimated=st.booleans(), lapses=st.booleans(),
    margin=st.one_of(st.none(), st.integers(0, 100)),
    given=st.sets(st.sampled_from(("trained", "in_date", "overdue", "percent", "low", "high"))),
)  # fmt: skip
def test_at_least_is_never_above_held_nor_held_above_at_most_nor_that_above_those_required(
    required: int, shares: list[float], estimated: bool, lapses: bool, margin: int | None, given: set[str]
) -> None:
    trained = int(required * shares[0])
    in_date = int(trained * shares[1])
    row = {"trained": trained, "in_date": in_date, "overdue": trained - in_date, "percent": in_date * 100 // max(1, required),
           "low": int(in_date * shares[2]), "high": in_date + int((required - in_date) * shares[3])}  # fmt: skip
    stated = {name: value for name, value in row.items() if name in given}
    found = read(said(required=required, estimated=estimated, **stated), lapses=lapses, margin=margin)
    assert 0 <= found.low <= found.high
    if found.held is not None:
        assert found.low <= found.held <= found.high <= required
