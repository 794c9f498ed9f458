"""What boards print of levels and of how often a course runs is read where it is plain, and otherwise is not."""

from __future__ import annotations

import pytest

from tna.printed import above, begun, frequency, levels


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("Level 1-6", ["1", "2", "3", "4", "5", "6"]), ("Level 3/4", ["3", "4"]), ("NA", []), ("", []), ("2", ["2"]),
        ("Induction Course Level 1-4", ["1", "2", "3", "4"]), ("Two (single agency)", ["2"]), ("Groups 3 & 4", ["3", "4"]),
        ("Levels I to III", ["I", "II", "III"]), ("Group A, C", ["A", "C"]), ("Level 1, 3 and 5-6", ["1", "3", "5", "6"]),
        ("Level 2 only", ["2"]), ("- Level 1\n- Level 3", ["1", "3"]), ("Levels 1 to four", ["1", "2", "3", "4"]),
    ],
)  # fmt: skip
def test_levels_are_read_as_people_write_them(printed: str, numbers: list[str]) -> None:
    found = levels(printed)
    assert ([*found.numbers], found.unread, found.upward) == (numbers, "", False)


@pytest.mark.parametrize(
    "printed", ["All staff", "Level 1 plus", "See over", "Level 6-1", "Level 1-IV", "Level 1.5", "Level 2?", "(Level 2)"]
)  # fmt: skip
def test_what_cannot_be_read_as_a_level_is_not_guessed(printed: str) -> None:
    assert not levels(printed).numbers and levels(printed).unread


@pytest.mark.parametrize("printed", ["Level 2+", "2 and above", "Levels 2 or higher"])
def test_what_is_open_upward_names_what_is_above(printed: str) -> None:
    found = levels(printed)
    assert (found.numbers, found.upward, found.interpreted) == (("2",), True, True)
    assert above("2", ["1", "2", "4", "3", "A"]) == ["3", "4"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Level 1: Awareness", "Level|1|Level 1|Awareness"),
        ("Level 2 - Working together", "Level|2|Level 2|Working together"),
        ("Level 3 Specialist", "Level|3|Level 3|Specialist"),
        ("Course Level III", "Level|III|Course Level III|"),
        ("Group 7 & 8 Senior managers", "Group|7 8|Group 7 & 8|Senior managers"),
        ("Level 1, Level 2 and 4: both", "Level|1 2 4|Level 1, Level 2 and 4|both"),
        ("Groups 3 & 4\n3) Staff\n- all", "Group|3 4|Groups 3 & 4|3) Staff\n- all"),
        ("Group A-C", "Group|A B C|Group A-C|"),
        ("Group A - A new start", "Group|A|Group A|A new start"),
        ("Level 3 - One day", "Level|3|Level 3|One day"),
        ("Two (single agency)", "|2|Two|(single agency)"),
        ("A - Awareness", "|A|A|Awareness"),
        ("Stages 1 and others", "Stage|1|Stages 1|and others"),
    ],
)
def test_what_begins_with_a_level_is_read_with_the_words_after_it(printed: str, read: str) -> None:
    found = begun(printed)
    assert f"{found.word}|{' '.join(found.numbers)}|{found.name}|{found.rest}" == read


@pytest.mark.parametrize(
    "printed",
    [
        "", "Taxi drivers", "A manager", "I work here", "One stop shop", "Group members", "Group a staff member is of",
        "Group E-learning", "Level 2+", "Level 2 and above", "Level 6-1", "Level 1.5", "Level 1a",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_level_begins_with_none(printed: str) -> None:
    assert begun(printed).numbers == () and begun(printed).unread == printed


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("4 x per year:", {"sessions": 4, "per": "year"}), ("8 sessions", {"sessions": 8}), ("Annual", {"sessions": 1, "per": "year"}),
        ("When requested", {"on_request": True}), ("Unlimited access", {"unlimited": True}), ("(Commissioned training)", {}),
    ],
)  # fmt: skip
def test_how_often_is_read_only_as_far_as_it_is_said(printed: str, found: dict[str, object]) -> None:
    assert frequency(printed) == found
