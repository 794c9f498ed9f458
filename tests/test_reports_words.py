"""Numbers and ratings as words: rounded down, never without their whole, never contradicting the rating."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tna import wording
from tna.reports.shares import Share

WHOLES = st.integers(1, 2_000_000)


@given(WHOLES, st.data())
def test_a_percentage_says_100_only_when_nobody_is_missing(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    assert (wording.percent(part, whole) == "100%") == (part == whole)


@given(WHOLES, st.integers(0, 100), st.data())
def test_a_percentage_never_contradicts_the_rating(whole: int, target: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    assert (int(wording.percent(part, whole)[:-1]) >= target) == (part * 100 >= target * whole)


def test_nothing_asked_is_no_percentage() -> None:
    assert wording.percent(0, 0) == ""
    assert Share(0, 0).quarter == 0


@pytest.mark.parametrize(("count", "words"), [(0, "0 people"), (1, "1 person"), (1200, "1,200 people")])
def test_people_are_counted_in_english(count: int, words: str) -> None:
    assert wording.people_words(count) == words


def test_other_things_are_counted_in_english() -> None:
    assert wording.counted(1, "agency", "agencies") == "1 agency"
    assert wording.counted(2, "agency", "agencies") == "2 agencies"
    assert wording.counted(3, "job") == "3 jobs"


def test_lists_end_in_and_or_in_how_many_more() -> None:
    assert wording.listed([]) == ""
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"


def test_dates_are_written_out() -> None:
    assert wording.day(date(2016, 1, 31)) == "31 January 2016"


def test_every_mark_has_a_word_and_a_shape_of_its_own() -> None:
    marks = wording.MARKS.values()
    assert len({mark.word for mark in marks}) == len({mark.shape for mark in marks}) == len(marks)


def test_without_a_target_a_number_is_not_rated_and_a_silence_is_not_stated() -> None:
    assert wording.mark("not-stated", 5).word == "Not rated"
    assert wording.mark("not-stated", 0).word == "Not stated"
    assert wording.mark("", 0).word == "Nobody"


@given(WHOLES, st.data())
def test_a_share_lies_in_one_of_four_quarters(whole: int, data: st.DataObject) -> None:
    share = Share(data.draw(st.integers(0, whole)), whole)
    assert share.quarter * share.whole <= 4 * share.part
    assert share.quarter == 3 or 4 * share.part < (share.quarter + 1) * share.whole
    assert share.rest + share.part == share.whole
