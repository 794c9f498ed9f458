"""Counts are read as people write them, and a heading may say what it counts and for whom."""

from __future__ import annotations

import pytest

from tna.sources.headers import read_headings
from tna.sources.numbers import read_count, read_percent


@pytest.mark.parametrize(
    ("text", "number", "low", "high", "estimated"),
    [("12", 12, None, None, False), ("1,234", 1234, None, None, False), ("1 234", 1234, None, None, False),
     ("12.0", 12, None, None, False), ("0", 0, None, None, False), ("approx 40", 40, None, None, True),
     ("c. 40", 40, None, None, True), ("~40", 40, None, None, True), ("40*", 40, None, None, True),
     ("About 1,000", 1000, None, None, True), ("40 (est)", 40, None, None, True), ("40-50", None, 40, 50, True),
     ("40 to 50", None, 40, 50, True)],
)  # fmt: skip
def test_a_count_is_read_as_people_write_it(
    text: str, number: int | None, low: int | None, high: int | None, estimated: bool
) -> None:
    assert read_count(text) == ({"n": number, "low": low, "high": high, "estimated": estimated}, "")


@pytest.mark.parametrize("text", ["", " ", "-", "–", "n/a", "N/A ", "not known", "tbc", "?", "..", "NaN", "Not recorded"])  # fmt: skip
def test_a_count_that_says_nothing_is_not_stated(text: str) -> None:
    assert read_count(text) == (None, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [("12.5", "not-whole"), ("-3", "below-nought"), ("5%", "percent-for-count"), ("5 per cent", "percent-for-count"),
     ("many", "unreadable-count"), ("none", "unreadable-count"), ("1,23", "unreadable-count"),
     ("50-40", "unreadable-count"), ("(5)", "unreadable-count"), ("99999999999", "unreadable-count"),
     ("1e3", "unreadable-count"), ("#N/A", "error-value"), ("*", "hidden-count")],
)  # fmt: skip
def test_a_count_that_is_none_says_why(text: str, why: str) -> None:
    assert read_count(text) == (None, why)


@pytest.mark.parametrize(
    ("text", "high"), [("<5", 4), ("< 5", 4), ("≤5", 5), ("<=5", 5), ("fewer than 10", 9), ("up to 3", 3)]
)
def test_a_hidden_count_keeps_its_bounds(text: str, high: int) -> None:
    assert read_count(text) == ({"n": None, "low": 0, "high": high, "estimated": False}, "hidden-count")


@pytest.mark.parametrize(
    ("text", "percent"), [("85%", 85.0), ("85", 85.0), ("84.6 %", 84.6), ("85 per cent", 85.0)]
)
def test_a_percentage_is_read_as_printed(text: str, percent: float) -> None:
    assert read_percent(text) == (percent, "")


@pytest.mark.parametrize(
    ("heading", "counts", "of"),
    [("Level 1 headcount", "headcount", "Level 1"), ("Group 3 trained", "trained", "Group 3"),
     ("level_2_in_date", "in_date", "level 2"), ("Trained (Level 1)", "trained", "Level 1"),
     ("Trained: Level 1", "trained", "Level 1"), ("CSE: an introduction - number trained", "trained", "CSE: an introduction"),
     ("Level 1 % trained", "percent", "Level 1"), ("Level 1 trained (%)", "percent", "Level 1")],
)  # fmt: skip
def test_a_heading_may_name_what_it_counts_and_for_whom(heading: str, counts: str, of: str) -> None:
    assert read_headings("returns", 1, ["agency", heading]).repeated == {1: (counts, of)}


@pytest.mark.parametrize(
    "heading", ["Trained", "% trained", "Trained (%)", "Level required", "Training level", "Notes"]
)
def test_a_heading_of_one_thing_names_no_other(heading: str) -> None:
    assert read_headings("returns", 1, ["agency", heading]).repeated == {}
