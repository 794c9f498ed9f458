"""The North Yorkshire pack says what the board's account says, counted by hand from the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import tna
from tna import graph, rules

if TYPE_CHECKING:
    from tna.model import Board, Course, PlanLine


@pytest.fixture(scope="module")
def board() -> Board:
    return tna.load("north-yorkshire")


@pytest.fixture(scope="module")
def courses(board: Board) -> dict[str, Course]:
    return dict(board.courses)


@pytest.fixture(scope="module")
def plan(board: Board) -> dict[str, PlanLine]:
    return {line.id: line for line in board.pack.plan}


def needs(board: Board, scope: str) -> set[str]:
    return set(graph.required(board.graph, scope))


def belongs(board: Board, cohort: str, **facts: Any) -> bool:
    (found,) = (one for one in board.pack.framework.cohorts if one.id == cohort)
    return found.when is not None and rules.holds(found.when, facts)


def test_there_are_levels_one_to_three_in_roman_numbers(board: Board) -> None:
    levels = board.pack.framework.levels
    assert [(level.id, level.label, level.number) for level in levels] == [
        ("level-i", "Level I", "I"),
        ("level-ii", "Level II", "II"),
        ("level-iii", "Level III", "III"),
    ]


def test_no_arabic_number_names_a_level(board: Board) -> None:
    names = {
        name for level in board.pack.framework.levels for name in (level.label, level.number, *level.also)
    }
    assert not any(character.isdigit() for name in names for character in name)


def test_the_document_names_levels_two_and_three_and_level_one_is_assumed(board: Board) -> None:
    assert [level.origin.basis for level in board.pack.framework.levels] == ["assumed", "stated", "stated"]
    without = tna.load("north-yorkshire", {"level-one-assumed": "off"})
    assert [level.id for level in without.pack.framework.levels] == ["level-ii", "level-iii"]


def test_no_level_has_a_descriptor_an_example_or_an_inheritance(board: Board) -> None:
    for level in board.pack.framework.levels:
        assert not (level.descriptor or level.examples or level.includes or level.requires)


def test_no_level_needs_anything_because_no_requirement_is_stated(board: Board) -> None:
    assert not any(needs(board, level.id) for level in board.pack.framework.levels)


def test_a_planner_may_require_the_classroom_courses_of_their_levels() -> None:
    switched = tna.load("north-yorkshire", {"level-courses-required": "on"})
    assert needs(switched, "level-ii") == {"n1-17-ii-o1"}
    assert needs(switched, "level-iii") == {"n1-17-iii-o1"}


def test_only_what_is_mandatory_or_statutory_is_required(board: Board, courses: dict[str, Course]) -> None:
    assert [course.id for course in courses.values() if course.required_of] == ["n1-15", "n1-18"]
    assert needs(board, "cohort:york-hospital") == {"n1-15-o1"}
    assert needs(board, "cohort:taxi-drivers") == {"n1-18-o1"}


def test_each_requirement_can_be_switched_off() -> None:
    switched = tna.load("north-yorkshire", {"taxi-drivers-required": "off", "york-hospital-required": "off"})
    assert not needs(switched, "cohort:york-hospital")
    assert not needs(switched, "cohort:taxi-drivers")


def test_the_boards_online_course_is_what_taxi_drivers_need_unless_switched_off(
    courses: dict[str, Course],
) -> None:
    assert [grant.competencies for grant in courses["n1-1"].gives] == [("n1-18-o1",)]
    apart = tna.load("north-yorkshire", {"licence-training-is-the-online-course": "off"})
    assert not apart.courses["n1-1"].gives


def test_york_hospitals_session_lasts_three_hours_and_is_at_no_level_of_the_board(
    courses: dict[str, Course],
) -> None:
    session = courses["n1-15"]
    assert session.duration.minutes == 180
    assert session.printed["level"] == "level 3"
    assert not any(link.levels for link in session.open_to)


@pytest.mark.parametrize(
    ("agency", "contact", "belonging"),
    [
        ("York Hospital NHS Foundation Trust", "regular", True),
        ("York Teaching Hospital NHS Foundation Trust", "predominant", True),
        ("york hospital", "regular", True),
        ("York Hospital NHS Foundation Trust", "infrequent", False),
        ("York Hospital NHS Foundation Trust", None, False),
        ("Harrogate and District NHS Foundation Trust", "regular", False),
    ],
)
def test_york_hospital_staff_belong_when_they_regularly_have_contact_with_children(
    board: Board, agency: str, contact: str | None, belonging: bool
) -> None:
    assert belongs(board, "york-hospital", agency=agency, contact=contact) is belonging


def test_taxi_drivers_are_known_by_their_role(board: Board) -> None:
    (taxis,) = (one for one in board.pack.framework.cohorts if one.id == "taxi-drivers")
    assert taxis.roles == ("taxi-driver",)


def test_a_competency_exists_only_where_an_offer_names_it(board: Board, courses: dict[str, Course]) -> None:
    given = {one for course in courses.values() for grant in course.gives for one in grant.competencies}
    assert given == {one.id for one in board.pack.framework.competencies}
    assert len([one for one in given if one.startswith("n1-13-")]) == 4
    assert len([one for one in given if one.startswith("n1-10-")]) == 3


def test_the_classroom_courses_are_open_to_their_levels(courses: dict[str, Course]) -> None:
    assert [link.levels for link in courses["n1-17-ii"].open_to] == [("level-ii",)]
    assert [link.levels for link in courses["n1-17-iii"].open_to] == [("level-iii",)]


@pytest.mark.parametrize(
    ("line", "target", "unit", "comparison"),
    [
        ("n1-1", 695, "professionals", "exactly"),
        ("n1-4", 600, "attendances", "more-than"),
        ("n1-10", 200, "schools", "about"),
    ],
)
def test_counts_keep_their_unit_and_how_they_are_meant(
    plan: dict[str, PlanLine], line: str, target: int, unit: str, comparison: str
) -> None:
    found = plan[line]
    assert (found.kind, found.target, found.unit, found.comparison) == ("baseline", target, unit, comparison)


def test_three_conferences_were_held(courses: dict[str, Course]) -> None:
    assert courses["n1-4"].frequency.sessions == 3
    assert courses["n1-4"].multi_agency


def test_there_are_seventeen_ambitions_of_which_four_are_about_learning(plan: dict[str, PlanLine]) -> None:
    ambitions = [line for line in plan.values() if line.kind == "ambition"]
    assert [line.id for line in ambitions] == [f"n3-{number}" for number in range(1, 18)]
    assert [line.id for line in ambitions if line.learning == "yes"] == ["n3-5", "n3-7", "n3-10", "n3-14"]
    assert [line.id for line in ambitions if line.learning == "question"] == ["n3-12"]
    assert not any(line.lead or line.target or line.period for line in ambitions)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("n3-1", "develop the risk scoring matrix for VPG meetings"),
        ("n3-5", "Improve access to and range of online and classroom training"),
        ("n3-7", "Target training for primary schools"),
        ("n3-10", "Increase professional confidence, knowledge and use of the NRM."),
        ("n3-12", "Continue to increase professional and public awareness"),
        ("n3-17", "Additional multi agency focus on identifying and disrupting perpetrators"),
    ],
)
def test_ambitions_keep_their_order_and_wording(plan: dict[str, PlanLine], line: str, printed: str) -> None:
    assert plan[line].printed == printed


def test_the_audit_led_to_eight_actions(plan: dict[str, PlanLine]) -> None:
    actions = [line for line in plan.values() if line.id.startswith("n2-") and line.kind == "activity"]
    assert [line.id for line in actions] == [f"n2-{number}" for number in range(1, 9)]
    assert (plan["n2-3"].period, plan["n2-4"].period) == ("March 2016", "March 2016")


def test_web_of_lies_and_the_campaign_are_resources_and_no_courses(courses: dict[str, Course]) -> None:
    for resource in ("web-of-lies", "alright-charlie", "say-something"):
        assert (courses[resource].kind, courses[resource].audience) == ("resource", "young-people")


def test_no_session_is_dated(courses: dict[str, Course]) -> None:
    assert not any(course.sessions for course in courses.values())


def test_every_ambiguity_of_north_yorkshire_is_a_question(board: Board) -> None:
    asked = {question.id for question in board.pack.framework.questions}
    assert {"amb-14", "amb-26", "amb-27", "amb-28"} <= asked
