"""The advice of tna_courses: the fewest courses, the preferred of equals, in an order that can be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

import tna_courses
from tna.model import Advice, Case, Course, Duration, Frequency, Grant, Link, Origin, Source
from tna.testing import RecommenderContract
from tna_courses import cover, tna_recommend
from tna_courses.cover import smallest

AS_OF = date(2024, 3, 31)
SOON, LATER, PAST = AS_OF + timedelta(days=10), AS_OF + timedelta(days=60), AS_OF - timedelta(days=1)
ORIGIN = Origin(Source("board-2024", "Appendix"), "stated")


class TestCoursesIsARecommender(RecommenderContract):
    plugin = tna_courses


def course(name: str, gives: str = "", **facts: Any) -> Course:
    """A workforce course open to level-1; `gives` is one letter a competency."""
    facts.setdefault("open_to", (Link(ORIGIN, levels=("level-1",)),))
    facts.setdefault("mode", "face-to-face")
    return Course(
        id=name, title=f"Course {name.upper()}", origin=ORIGIN, kind="course", audience="workforce",
        gives=(Grant(ORIGIN, tuple(gives)),) if gives else (), **facts,
    )  # fmt: skip


def case(
    gap: str,
    courses: Sequence[Course],
    *,
    needs: str = "",
    lapsed: str = "",
    renews: Mapping[str, str] | None = None,
) -> Case:
    """Three people of level-1 who lack `gap`, with all these courses open to them."""
    return Case(
        id=7, people=3, agencies=("A school",), scopes=frozenset({"level-1"}),
        needs=frozenset(needs or gap), gap=frozenset(gap), lapsed=frozenset(lapsed),
        courses={one.id: frozenset(one.gives[0].competencies) for one in courses if one.gives},
        renews={name: frozenset(given) for name, given in (renews or {}).items()},
    )  # fmt: skip


def advise(
    one: Case, courses: Sequence[Course], preferences: Sequence[Mapping[str, Any]] = (), as_of: date = AS_OF
) -> list[Advice]:
    after = {each.id: each.after for each in courses}
    return list(tna_recommend([one], {each.id: each for each in courses}, after, preferences, as_of))


def taken(advice: Sequence[Advice]) -> list[str]:
    return [one.course for one in advice if one.course]


def test_one_course_that_closes_everything_is_better_than_two() -> None:
    courses = [course("a", "xy"), course("b", "z"), course("c", "xyz")]
    advice = advise(case("xyz", courses), courses)
    assert taken(advice) == ["c"]
    assert advice[0].closes == ("x", "y", "z")
    assert advice[0].because.startswith("Course C closes all 3 competencies lacking")
    assert advice[0].because.endswith("no other course is needed for these")


def test_one_competency_is_not_called_competencies() -> None:
    courses = [course("a", "x")]
    assert "closes the one competency lacking" in advise(case("x", courses), courses)[0].because


def test_positions_run_from_one_and_carry_the_case() -> None:
    courses = [course("a", "x"), course("b", "y")]
    assert [(one.case, one.position) for one in advise(case("xy", courses), courses)] == [(7, 1), (7, 2)]


@pytest.mark.parametrize(
    ("better", "worse", "because"),
    [
        ({"mode": "face-to-face"}, {"mode": "online"}, "the board prefers face-to-face training"),
        ({"provider": "board"}, {"provider": "agency"}, "the board prefers 'board' as provider"),
        ({"duration": Duration(minutes=60)}, {"duration": Duration(minutes=90)}, "it is shorter"),
        ({"duration": Duration(minutes=359)}, {"duration": Duration(days=1)}, "it is shorter"),
        ({"sessions": (SOON,)}, {"sessions": (LATER,)}, "it is sooner"),
        ({}, {"availability": "Awaiting funding."}, "nothing is stated to stand in its way"),
    ],
)
def test_of_equals_the_preferred_is_advised_and_the_reason_says_so(
    better: dict[str, Any], worse: dict[str, Any], because: str
) -> None:
    preferences = [{"modes": ["face-to-face", "online"]}, {"providers": ["board", "agency"]}]
    courses = [course("z", "x", **better), course("a", "x", **worse)]
    advice = advise(case("x", courses), courses, preferences)
    assert taken(advice) == ["z"]
    assert f"rather than Course A, as {because}" in advice[0].because


def test_a_course_of_which_no_obstacle_is_stated_is_not_said_to_be_there_now() -> None:
    courses = [course("z", "x"), course("a", "x", availability="Awaiting funding.")]
    because = advise(case("x", courses), courses)[0].because
    assert "as nothing is stated to stand in its way" in because
    assert "now" not in because


def test_a_stronger_preference_decides_before_a_weaker_one() -> None:
    courses = [course("a", "x", mode="online", provider="board"), course("b", "x", provider="agency")]
    preferences = [{"providers": ["board"]}, {"modes": ["face-to-face"]}]
    assert taken(advise(case("x", courses), courses, preferences)) == ["a"]
    assert taken(advise(case("x", courses), courses, preferences[::-1])) == ["b"]


def test_a_preference_never_costs_a_further_course() -> None:
    courses = [course("a", "xy", mode="online"), course("b", "x"), course("c", "y")]
    assert taken(advise(case("xy", courses), courses, [{"modes": ["face-to-face"]}])) == ["a"]


def test_a_length_that_is_not_stated_is_not_taken_for_a_short_one() -> None:
    courses = [course("a", "x"), course("b", "x", duration=Duration("One day", days=1))]
    advice = advise(case("x", courses), courses)
    assert taken(advice) == ["b"]
    assert "as its length is stated" in advice[0].because


def test_a_date_that_is_not_stated_is_not_taken_for_a_near_one() -> None:
    courses = [course("a", "x"), course("b", "x", sessions=(LATER,))]
    assert taken(advise(case("x", courses), courses)) == ["b"]


def test_a_course_that_is_there_whenever_it_is_wanted_is_sooner_than_a_dated_one() -> None:
    courses = [
        course("a", "x", sessions=(SOON,)),
        course("b", "x", frequency=Frequency("On request", on_request=True)),
    ]
    advice = advise(case("x", courses), courses)
    assert taken(advice) == ["b"]
    assert "runs 'On request'" in advice[0].because


def test_courses_alike_in_everything_are_chosen_by_id() -> None:
    courses = [course("b", "x"), course("a", "x")]
    assert taken(advise(case("x", courses), courses)) == ["a"]


def test_a_session_on_the_day_of_the_analysis_can_still_be_taken() -> None:
    courses = [course("a", "x", sessions=(PAST, AS_OF))]
    assert "next date 2024-03-31" in advise(case("x", courses), courses)[0].because


def test_no_date_left_is_not_no_course() -> None:
    courses = [course("a", "x", sessions=(PAST,))]
    [dateless, courseless] = advise(case("xy", courses), courses)
    assert (dateless.course, dateless.closes) == ("", ("x",))
    assert dateless.because == "no date left on or after 2024-03-31: Course A"
    assert (courseless.closes, courseless.because) == (("y",), "no course open to these people gives this")


def test_a_course_not_open_to_them_is_named_and_not_advised() -> None:
    courses = [course("a", "x"), course("b", "y", open_to=())]
    advice = advise(case("xy", courses[:1]), courses)
    assert taken(advice) == ["a"]
    assert "given by Course B: not open to these people" in advice[1].because


def test_what_is_left_open_comes_last_and_leaves_the_rest_advised() -> None:
    courses = [course("a", "x")]
    assert [one.course for one in advise(case("xy", courses), courses)] == ["a", ""]


def test_a_refresher_closes_what_has_lapsed() -> None:
    courses = [course("r")]
    advice = advise(case("x", courses, lapsed="x", renews={"r": "x"}), courses)
    assert (advice[0].course, advice[0].closes) == ("r", ("x",))


def test_a_refresher_does_not_close_what_was_never_held() -> None:
    courses = [course("r")]
    [only] = advise(case("x", courses, renews={"r": "x"}), courses)
    assert only.course == ""
    assert "Course R renews this for people who once held it" in only.because


def test_a_course_stands_after_the_one_it_builds_on_though_it_runs_sooner() -> None:
    courses = [course("a", "x", after=("b",), sessions=(SOON, LATER)), course("b", "y", sessions=(LATER,))]
    advice = advise(case("xy", courses), courses)
    assert taken(advice) == ["b", "a"]
    assert f"next date {LATER}" in advice[1].because


def test_without_prerequisites_the_sooner_course_stands_first() -> None:
    courses = [course("a", "x", sessions=(LATER,)), course("b", "y", sessions=(SOON,))]
    assert taken(advise(case("xy", courses), courses)) == ["b", "a"]


def test_a_course_to_take_before_is_added_though_it_closes_nothing() -> None:
    courses = [course("a", "x", after=("b",)), course("b")]
    advice = advise(case("x", courses), courses)
    assert [(one.course, one.closes) for one in advice] == [("b", ()), ("a", ("x",))]
    assert "leave it out if it was taken" in advice[0].because


def test_a_course_to_take_before_is_not_added_for_people_who_hold_what_it_gives() -> None:
    courses = [course("a", "x", after=("b",)), course("b", "y")]
    assert taken(advise(case("x", courses, needs="xy"), courses)) == ["a"]


def test_a_course_to_take_before_counts_among_the_fewest() -> None:
    courses = [
        course("a", "xy", after=("p", "q")),
        course("p"),
        course("q"),
        course("b", "x"),
        course("c", "y"),
    ]
    assert taken(advise(case("xy", courses), courses)) == ["b", "c"]


def test_a_course_whose_prerequisite_has_no_date_left_is_not_advised() -> None:
    courses = [course("a", "x", after=("b",)), course("b", sessions=(PAST,))]
    [only] = advise(case("x", courses), courses)
    assert only.because == "to be taken after Course B (no date left on or after 2024-03-31): Course A"


def test_a_course_that_ends_before_its_prerequisite_can_be_taken_has_no_date_left() -> None:
    courses = [course("a", "x", after=("b",), sessions=(SOON,)), course("b", sessions=(LATER,))]
    [only] = advise(case("x", courses), courses)
    assert only.because == f"no date left on or after {LATER}: Course A"


def test_a_course_whose_prerequisite_is_not_open_to_them_is_not_advised() -> None:
    courses = [course("a", "x", after=("b",)), course("b", open_to=())]
    [only] = advise(case("x", courses), courses)
    assert only.because == "to be taken after Course B (not open to these people): Course A"


def test_cases_that_share_courses_and_differ_in_what_is_renewed_are_told_apart() -> None:
    courses = [course("a", "x"), course("r")]
    shared: dict[str, frozenset[str]] = {"a": frozenset("x")}
    asked = [
        Case(n, 1, (), frozenset({"level-1"}), frozenset("y"), frozenset("y"), frozenset("y"), shared, renews)
        for n, renews in enumerate(({}, {"r": frozenset("y")}))
    ]
    catalogue = {one.id: one for one in courses}
    assert [one.course for one in tna_recommend(asked, catalogue, {}, (), AS_OF)] == ["", "r"]


def test_a_search_that_was_cut_short_says_that_it_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "LARGEST_SEARCH", 0)
    courses = [course("a", "xy"), course("b", "yz"), course("c", "zx")]
    advice = advise(case("xyz", courses), courses)
    assert {one for step in advice for one in step.closes} == set("xyz")
    assert all("not proved the fewest" in one.because for one in advice)


def test_a_competency_that_nothing_gives_cannot_be_covered() -> None:
    with pytest.raises(ValueError, match="no course gives"):
        smallest(frozenset("xy"), {"a": frozenset("x")}, {"a": 1})
