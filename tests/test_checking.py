"""Checking a pack says what does not hang together in it, and nothing about what does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tna
from tests.small import SAID, course, level, load, rule, write_pack
from tna.checking import check
from tna.checking.printed import levels_of

PLACE = rule("place.x", {"contact": "regular"}, {"place": "level-1"})


def codes(folder: Path, **parts: Any) -> list[tuple[str, str]]:
    usual: dict[str, Any] = {
        "levels": [level(1, ["k"])],
        "competencies": ["k"],
        "courses": [course("c", ["k"])],
        "rules": [PLACE],
    }
    return [(one.code, one.severity) for one in check(write_pack(folder, **{**usual, **parts}))]


def test_a_pack_that_hangs_together_is_passed_over_in_silence(tmp_path: Path) -> None:
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"rules": []}, "check.level-by-statement"),
        ({"courses": []}, "check.competency-not-given"),
        ({"courses": [course("c", ["k"], audience="public")]}, "check.competency-not-given"),
        ({"competencies": ["k", "lone"]}, "check.competency-alone"),
        ({"courses": [course("c", ["k"], open_to=[])]}, "check.course-open-to-nobody"),
        (
            {"rules": [{**PLACE, "examples": [{"given": {"contact": "regular"}, "expect": "nothing"}]}]},
            "rules.example-fails",
        ),
    ],
)
def test_what_does_not_hang_together_is_told(tmp_path: Path, parts: dict[str, Any], code: str) -> None:
    assert [found for found, _ in codes(tmp_path, **parts)] == [code]


def test_a_level_may_be_reached_by_example(tmp_path: Path) -> None:
    assert (
        codes(
            tmp_path, levels=[level(1, ["k"], examples=[{"printed": "Nurses", "roles": ["nurse"]}])], rules=[]
        )
        == []
    )


@pytest.mark.parametrize(
    "parts",
    [
        {
            "courses": [course("c")],
            "rules": [PLACE, rule("credit.x", {"course": "c"}, {"credit": {"competencies": ["k"]}})],
        },
        {
            "competencies": ["k", "x"],
            "courses": [course("c", ["x"])],
            "same": [{"competencies": ["k", "x"], "because": "so", **SAID}],
        },
    ],
)
def test_a_competency_may_be_given_by_rule_or_in_other_words(tmp_path: Path, parts: dict[str, Any]) -> None:
    assert "check.competency-not-given" not in [code for code, _ in codes(tmp_path, **parts)]


def test_a_competency_that_only_a_rule_needs_is_not_alone(tmp_path: Path) -> None:
    needs = rule("need.x", {"contact": "regular"}, {"need": {"competencies": ["x"]}})
    assert [code for code, _ in codes(tmp_path, competencies=["k", "x"], rules=[PLACE, needs])] == [
        "check.competency-not-given"
    ]


def test_what_stops_loading_is_all_that_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path, levels=[level(1, ["nope"])], rules=[]) == [
        ("framework.unknown-competency", "error")
    ]


@pytest.mark.parametrize("name", tna.boards_known())
def test_the_three_packs_have_nothing_to_put_right(name: str) -> None:
    assert [str(one) for one in check(Path(name)) if one.severity != "note"] == []


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Level 1-4", "1 2 3 4"), ("Level 1 – 3", "1 2 3"), ("Level 3/4", "3 4"), ("3 & 4", "3 4"), ("Levels 1, 2 and 4", "1 2 4"),
        ("Level 2", "2"), ("1 to 2", "1 2"), ("NA", ""), ("Level 9", ""), ("All levels", ""), ("", ""), ("Level 4-1", ""),
        ("Level Two only", "2"), ("Two to four", "2 3 4"), ("Level 3+", "3 4"), ("1 & 3 and above", "1 3 4"), ("Level 2 (new)", "2"),
    ],
)  # fmt: skip
def test_a_printed_level_is_read_where_it_is_plain(printed: str, read: str, tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(n) for n in range(1, 5)])
    found = levels_of(printed, board.pack.framework.levels)
    assert found == {f"level-{number}" for number in read.split()}


@pytest.mark.parametrize(
    ("duration", "frequency", "wrong"),
    [
        ({"printed": "60 Minute Briefing", "minutes": 60}, {"printed": "4 x per year:", "sessions": 4}, 0),
        ({"printed": "Two hours", "minutes": 120}, {"printed": "three conferences", "sessions": 3}, 0),
        ({"printed": "1 hour 30 minutes", "minutes": 90}, {"printed": "When requested"}, 0),
        ({"printed": "One day", "days": 1}, {"printed": "8 sessions"}, 0),
        ({"printed": "1.5 hours", "minutes": 60}, {"printed": "8 sessions", "sessions": 8}, 1),
        ({"printed": "Half a day, or 2 days", "days": 1}, {"printed": "twelve times", "sessions": 10}, 2),
        (
            {"printed": "2 hours or 3 hours", "minutes": 120},
            {"printed": "4 times, 5 times", "sessions": 9},
            0,
        ),
    ],
)
def test_a_printed_number_is_held_against_its_reading(
    duration: dict[str, Any], frequency: dict[str, Any], wrong: int, tmp_path: Path
) -> None:
    found = codes(tmp_path, courses=[course("c", ["k"], duration=duration, frequency=frequency)])
    assert found == [("check.printed-otherwise", "warning")] * wrong


@pytest.mark.parametrize(
    ("printed", "runs", "wrong"),
    [
        ("When requested", {"on_request": True}, 0), ("When requested", {"sessions": 5}, 1),
        ("When requested", {"sessions": 5, "on_request": True}, 1), ("When requested", {}, 0),
        ("Unlimited access", {"unlimited": True}, 0), ("Unlimited access", {"on_request": True}, 1),
        ("Annual", {"sessions": 1, "per": "year"}, 0), ("Annual", {"sessions": 2}, 1),
        ("8 sessions", {"sessions": 8}, 0), ("8 sessions", {"sessions": 5}, 1), ("8 sessions", {"unlimited": True}, 1),
        ("8 sessions, more when asked", {"sessions": 8, "on_request": True}, 0), ("(Commissioned training)", {"sessions": 3}, 0),
    ],
)  # fmt: skip
def test_how_often_is_held_against_its_reading_wherever_it_is_printed(
    printed: str, runs: dict[str, Any], wrong: int, tmp_path: Path
) -> None:
    for name, parts in (
        ("frequency", {"frequency": {"printed": printed, **runs}}),
        ("column", {"frequency": runs, "printed": {"frequency": printed}}),
        ("both", {"frequency": {"printed": printed, **runs}, "printed": {"frequency": printed}}),
    ):
        found = codes(tmp_path / name, courses=[course("c", ["k"], **parts)])
        assert found == [("check.printed-otherwise", "warning")] * wrong


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("Level Six", 1), ("Level 3", 1), ("Groups 3 & 4", 1), ("Level One", 0), ("One (single agency)", 0), ("Level I", 0),
        ("Groups 1 & 2", 0), ("Group 1 - everybody", 0), ("Everybody", 0), ("Induction", 0), ("", 0),
    ],
)  # fmt: skip
def test_a_level_has_the_number_that_its_printed_name_begins_with(
    printed: str, wrong: int, tmp_path: Path
) -> None:
    found = codes(tmp_path, levels=[level(1, ["k"], printed=printed)])
    assert found == [("check.printed-otherwise", "warning")] * wrong


@pytest.mark.parametrize(
    ("printed", "wrong"), [("NA", 1), ("n/a", 1), ("Level Two only", 1), ("Level One", 0), ("TBC", 0)]
)
def test_a_course_is_open_to_the_levels_that_are_printed(printed: str, wrong: int, tmp_path: Path) -> None:
    given = course("c", ["k"], printed={"level": printed}, open_to=[{"levels": ["level-1"]}])
    found = codes(tmp_path, levels=[level(1, ["k"]), level(2, ["k"])], courses=[given])
    told = [code for code, _ in found if code != "check.level-by-statement"]
    assert told == ["check.printed-levels"] * wrong


@pytest.mark.parametrize(
    ("numbers", "wrong"), [("123", 0), ("132", 1), ("I II III IV IX", 0), ("I III II", 1), ("A C B", 0), ("1 B 0", 0)]
)  # fmt: skip
def test_levels_are_in_the_order_of_their_numbers(numbers: str, wrong: int, tmp_path: Path) -> None:
    every = numbers.split() if " " in numbers else list(numbers)
    levels = [{**level(at, ["k"]), "number": number} for at, number in enumerate(every, 1)]
    found = [code for code, _ in codes(tmp_path, levels=levels) if code != "check.level-by-statement"]
    assert found == ["check.levels-out-of-order"] * wrong


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ({"competencies": ["k"], "months": 36}, []),
        ({"levels": ["level-1"], "within": {"weeks": 6}}, []),
        ({"courses": ["c"], "months": 12}, []),
        ({"competencies": ["k"], "choose": {"at_least": 1, "courses": ["c", "other"]}}, []),
        ({"competencies": ["spare"], "months": 36}, ["check.term-binds-nobody"]),
        ({"courses": ["talk"], "months": 36}, ["check.term-binds-nobody"]),
        ({"competencies": ["k"], "choose": {"at_least": 1, "courses": ["c", "talk"]}}, ["check.choice-gives-nothing"]),
        ({"competencies": ["k"], "hours": {"at_least": 8, "months": 36}}, []),
        ({"competencies": ["spare", "k"], "hours": {"at_least": 8, "months": 36}}, ["check.hours-without-length"]),
    ],
)  # fmt: skip
def test_a_term_does_what_it_says(term: dict[str, Any], found: list[str], tmp_path: Path) -> None:
    courses = [
        course("c", ["k"], duration={"minutes": 60}),
        course("other", ["k"]),
        course("talk", ["spare"]),
    ]
    told = codes(tmp_path, competencies=["k", "spare"], courses=courses, terms=[{**term, **SAID}])
    assert [code for code, _ in told] == found


def test_a_switch_is_used_where_a_statement_or_a_note_names_it(tmp_path: Path) -> None:
    policies = [
        {"id": name, "value": "on", "says": "So.", **SAID}
        for name in ("named", "noted", "spare", "refresh.highest-only")
    ]
    levels = [level(1, ["k"], note="Counted so (policy noted).", policy="named", basis="interpreted")]
    found = codes(tmp_path, levels=levels, policies=policies, rules=[PLACE])
    assert found == [("check.policy-unused", "warning")]


def test_a_review_is_passed_only_after_its_day(tmp_path: Path) -> None:
    review = {"by": "2026-03-31", **SAID}
    folder = write_pack(tmp_path, [level(1, ["k"])], ["k"], [course("c", ["k"])], [PLACE], review=review)
    assert not list(check(folder, as_of=date(2026, 3, 31)))
    assert [one.code for one in check(folder, as_of=date(2026, 4, 1))] == ["check.review-passed"]


@pytest.mark.parametrize("board", ["knowsley", "rotherham", "north-yorkshire"])
def test_the_shipped_packs_have_only_notes_and_these(board: str) -> None:
    told = {one.code for one in check(Path(board))}
    assert told <= {"check.level-by-statement", "check.course-open-to-nobody"}


def test_a_fact_like_none_that_is_known_may_be_a_column_of_a_register(tmp_path: Path) -> None:
    asks = {"any": [{"shift_pattern": "nights"}, {"contact": "regular"}]}
    assert codes(tmp_path, rules=[rule("place.x", asks, {"place": "level-1"})]) == []


def test_a_fact_is_looked_at_however_deep_it_stands_and_in_cohorts_too(tmp_path: Path) -> None:
    asks = {"contact": "regular", "not": {"any": [{"duty": {"includes": "trainer"}}]}}
    assert ("check.fact-like-another", "note") in codes(
        tmp_path, rules=[rule("place.x", asks, {"place": "level-1"})]
    )
    cohorts = [{"id": "drivers", "label": "Drivers", "when": {"cohorts": "drivers"}, **SAID}]
    assert ("check.fact-like-another", "note") in codes(tmp_path / "other", cohorts=cohorts)
