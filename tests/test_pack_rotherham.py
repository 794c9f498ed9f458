"""The Rotherham pack says what the board's plan says, counted by hand from the document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import tna
from tna import graph, rules

if TYPE_CHECKING:
    from tna.model import Board, Course, PlanLine

GROUPS = tuple(f"group-{number}" for number in range(1, 9))
ACTIVITIES = (
    "r1-a",
    "r1-b",
    "r1-c",
    "r1-d",
    "r1-e",
    "r2-a",
    "r2-b",
    "r2-c",
    "r34-a",
    "r34-b",
    "r34-c",
    "r56-a",
    "r78-a",
)
WEBSITE = (
    "RLSCB staff awaiting training on development of new RMBC website. "
    "Once this has taken place, content will be published there."
)


@pytest.fixture(scope="module")
def board() -> Board:
    return tna.load("rotherham")


@pytest.fixture(scope="module")
def courses(board: Board) -> dict[str, Course]:
    return dict(board.courses)


@pytest.fixture(scope="module")
def plan(board: Board) -> dict[str, PlanLine]:
    return {line.id: line for line in board.pack.plan}


def needs(board: Board, group: str) -> set[str]:
    return set(graph.required(board.graph, group))


def competencies(*numbers: int) -> set[str]:
    return {f"c{number}" for number in numbers}


def given(course: Course) -> set[str]:
    return {competency for grant in course.gives for competency in grant.competencies}


def placed(board: Board, **facts: Any) -> set[str]:
    facts = {key: frozenset(value) if isinstance(value, list) else value for key, value in facts.items()}
    return {rule.then.says["level"] for rule in rules.applying(board.pack.rules, "place", facts)}


def test_rotherham_has_eight_groups_in_five_rows(board: Board) -> None:
    levels = board.pack.framework.levels
    assert tuple(level.id for level in levels) == GROUPS
    assert [level.label for level in levels] == [f"Group {number}" for number in range(1, 9)]
    assert [level.row for level in levels] == ["1", "2", "3 & 4", "3 & 4", "5 & 6", "5 & 6", "7 & 8", "7 & 8"]
    assert board.pack.framework.level_word == "group"


def test_there_are_seventeen_competencies_as_printed(board: Board) -> None:
    labels = [one.label for one in board.pack.framework.competencies]
    assert [one.id for one in board.pack.framework.competencies] == [f"c{number}" for number in range(1, 18)]
    assert labels[0] == "Recognise potential indicators of child sexual exploitation"
    assert labels[7] == "Uses child and family focused practice when identifying instances CSE"
    assert labels[8] == "Has professionally relevant core and case specific competencies."
    assert labels[16] == "Champions CSE at a strategic level"


@pytest.mark.parametrize(
    ("group", "own"),
    [
        ("group-1", (1, 2)),
        ("group-2", (3, 4, 5, 6, 7)),
        ("group-3", (8, 9, 10, 11)),
        ("group-4", (8, 9, 10, 11)),
        ("group-5", (12, 13, 14, 15, 16)),
        ("group-6", (12, 13, 14, 15, 16)),
        ("group-7", (17,)),
        ("group-8", (17,)),
    ],
)
def test_each_row_has_its_own_competencies(board: Board, group: str, own: tuple[int, ...]) -> None:
    (level,) = (one for one in board.pack.framework.levels if one.id == group)
    assert {competency for grant in level.requires for competency in grant.competencies} == competencies(*own)


def test_group_1_needs_two_competencies(board: Board) -> None:
    assert needs(board, "group-1") == competencies(1, 2)


def test_group_2_needs_seven_competencies(board: Board) -> None:
    assert needs(board, "group-2") == competencies(*range(1, 8))


def test_groups_3_and_4_need_eleven_competencies(board: Board) -> None:
    assert needs(board, "group-3") == needs(board, "group-4") == competencies(*range(1, 12))


def test_groups_5_and_6_need_sixteen_competencies(board: Board) -> None:
    assert needs(board, "group-5") == needs(board, "group-6") == competencies(*range(1, 17))


def test_groups_7_and_8_need_one_competency_and_not_seventeen(board: Board) -> None:
    assert needs(board, "group-7") == needs(board, "group-8") == competencies(17)


def test_inheritance_is_an_explicit_list_as_written(board: Board) -> None:
    included = {
        one.id: [other for link in one.includes for other in link.levels]
        for one in board.pack.framework.levels
    }
    assert included == {
        "group-1": [],
        "group-2": ["group-1"],
        "group-3": ["group-1", "group-2"],
        "group-4": ["group-1", "group-2"],
        "group-5": ["group-1", "group-2", "group-3"],
        "group-6": ["group-1", "group-2", "group-3"],
        "group-7": [],
        "group-8": [],
    }


def test_without_the_reading_of_the_misprint_groups_5_and_6_need_their_own_five() -> None:
    assert needs(tna.load("rotherham", {"misprinted-range": "off"}), "group-5") == competencies(
        *range(12, 17)
    )


def test_the_descriptor_of_group_8_is_lost_and_not_made_up(board: Board) -> None:
    seven, eight = board.pack.framework.levels[6:]
    assert seven.descriptor and not eight.descriptor
    assert "lost" in eight.note


def test_there_are_thirteen_activities(courses: dict[str, Course]) -> None:
    assert tuple(courses) == ACTIVITIES


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("r1-a", (1, 2)),
        ("r1-b", ()),
        ("r1-c", ()),
        ("r1-d", (1, 2)),
        ("r1-e", (1, 2)),
        ("r2-a", range(1, 8)),
        ("r2-b", range(1, 8)),
        ("r2-c", range(1, 8)),
        ("r34-a", range(1, 12)),
        ("r34-b", range(1, 12)),
        ("r34-c", ()),
        ("r56-a", range(1, 17)),
        ("r78-a", (17,)),
    ],
)
def test_an_activity_for_the_workforce_gives_what_its_row_expects(
    courses: dict[str, Course], activity: str, expected: Any
) -> None:
    assert given(courses[activity]) == competencies(*expected)


def test_a_refresher_renews_and_does_not_give(courses: dict[str, Course]) -> None:
    (renewed,) = courses["r34-c"].renews
    assert set(renewed.competencies) == competencies(*range(1, 12))
    assert not courses["r34-c"].gives
    assert not any(course.renews for course in courses.values() if course.id != "r34-c")


def test_parents_and_leaflets_are_no_workforce_training(courses: dict[str, Course]) -> None:
    assert [course.id for course in courses.values() if course.audience == "public"] == ["r1-b", "r1-c"]


def test_no_activity_is_required_by_itself(courses: dict[str, Course]) -> None:
    assert not any(course.required_of for course in courses.values())


def test_twenty_sessions_are_dated(courses: dict[str, Course]) -> None:
    assert {course.id: len(course.sessions) for course in courses.values() if course.sessions} == {
        "r2-a": 3,
        "r2-b": 12,
        "r34-a": 5,
    }


def test_the_dates_are_those_of_the_plan(courses: dict[str, Course], plan: dict[str, PlanLine]) -> None:
    assert courses["r2-a"].sessions == (date(2014, 5, 20), date(2014, 8, 11), date(2014, 11, 10))
    assert courses["r2-b"].sessions == (
        date(2014, 4, 22),
        date(2014, 5, 12),
        date(2014, 6, 17),
        date(2014, 7, 22),
        date(2014, 8, 18),
        date(2014, 9, 16),
        date(2014, 10, 20),
        date(2014, 11, 17),
        date(2014, 12, 15),
        date(2015, 1, 26),
        date(2015, 2, 16),
        date(2015, 3, 16),
    )
    assert courses["r34-a"].sessions == (
        date(2014, 5, 23),
        date(2014, 7, 1),
        date(2014, 9, 23),
        date(2014, 12, 2),
        date(2015, 2, 3),
    )
    for dated in ("r2-a", "r2-b", "r34-a"):
        assert plan[dated].dates == courses[dated].sessions
        assert plan[dated].target == len(courses[dated].sessions)


def test_a_term_is_not_made_a_date(courses: dict[str, Course], plan: dict[str, PlanLine]) -> None:
    assert not courses["r34-b"].sessions
    assert plan["r34-b"].update == "Summer term 2014"
    assert not plan["r34-b"].dates


def test_four_activities_wait_for_the_website(courses: dict[str, Course], plan: dict[str, PlanLine]) -> None:
    waiting = ["r1-b", "r34-c", "r56-a", "r78-a"]
    assert [course.id for course in courses.values() if course.availability == WEBSITE] == waiting
    assert [line.id for line in plan.values() if line.update == WEBSITE] == waiting


def test_community_workshops_wait_for_funding(courses: dict[str, Course]) -> None:
    assert courses["r1-a"].availability == "Pending funding bid decisions by POCA and PCC"


def test_every_update_is_of_8_april_2014(plan: dict[str, PlanLine]) -> None:
    for activity in ACTIVITIES:
        assert plan[activity].update
        assert plan[activity].updated == date(2014, 4, 8)


@pytest.mark.parametrize(
    ("lead", "activities"),
    [
        (
            "Service Manager RLSCB",
            ["r1-c", "r1-d", "r1-e", "r2-a", "r2-b", "r2-c", "r34-a", "r34-b", "r56-a"],
        ),
        ("lead officer 2", ["r1-b", "r34-c", "r56-a"]),
        ("lead officer 3", ["r1-b", "r1-c", "r34-c"]),
        ("lead officer 4", ["r1-a"]),
        ("lead officer 5", ["r1-d"]),
        ("lead officer 6", ["r78-a"]),
    ],
)
def test_each_lead_has_the_activities_the_plan_gives_them(
    plan: dict[str, PlanLine], lead: str, activities: list[str]
) -> None:
    assert [activity for activity in ACTIVITIES if lead in plan[activity].lead] == activities


def test_two_years_of_training_are_two_counts_never_one_sum(plan: dict[str, PlanLine]) -> None:
    counts = {line.period: (line.target, line.unit) for line in plan.values() if line.id.startswith("r2-8")}
    assert counts == {"2012/13": (556, "individuals"), "2013/14": (320, "individuals")}
    assert not any(line.target == 876 for line in plan.values())


def test_eight_trainers_went_through_the_workshop(plan: dict[str, PlanLine]) -> None:
    assert (plan["r2-9"].target, plan["r2-9"].unit, plan["r2-9"].period) == (8, "trainers", "2013/14")


def test_there_are_four_risks(plan: dict[str, PlanLine]) -> None:
    assert [line.id for line in plan.values() if line.kind == "risk"] == ["r3-1", "r3-2", "r3-3", "r3-4"]


def test_elected_members_and_governors_are_placed_by_their_activities(board: Board) -> None:
    examples = board.pack.framework.levels[0].examples
    assert [(one.roles, one.origin.policy) for one in examples] == [
        (("elected-member",), "placed-by-activity"),
        (("school-governor",), "placed-by-activity"),
    ]


def test_a_schools_designated_lead_is_group_4_or_5_so_it_is_asked(board: Board) -> None:
    named = [
        level.id
        for level in board.pack.framework.levels
        for one in level.examples
        if "designated-safeguarding-lead" in one.roles
    ]
    assert named == ["group-4", "group-5"]


def test_an_update_about_leaflets_places_no_gp(board: Board) -> None:
    attached = {role for level in board.pack.framework.levels for one in level.examples for role in one.roles}
    assert "gp" not in attached


@pytest.mark.parametrize(
    ("facts", "groups"),
    [
        ({"duties": ["section-47"]}, {"group-4"}),
        ({"duties": ["named"]}, {"group-5"}),
        ({"duties": ["adviser"]}, {"group-5"}),
        ({"duties": ["designated"], "agency_type": "health"}, {"group-5"}),
        ({"duties": ["designated"], "agency_type": "education"}, {"group-4", "group-5"}),
        ({"duties": ["trainer"]}, set()),
        ({"manages": "operational"}, {"group-6"}),
        ({"manages": "strategic"}, {"group-7"}),
        ({"contact": "infrequent"}, {"group-1"}),
        ({"contact": "regular"}, {"group-2"}),
        ({"contact": "predominant"}, {"group-3"}),
        ({"roles": ["physiotherapist", "health-clinical-staff"]}, {"group-2"}),
        ({"roles": ["health-visitor", "childrens-clinician", "health-clinical-staff"]}, set()),
        ({"roles": ["health-visitor", "health-clinical-staff"], "contact": "predominant"}, {"group-3"}),
    ],
)
def test_what_an_agency_states_of_a_post_places_it(
    board: Board, facts: dict[str, Any], groups: set[str]
) -> None:
    assert placed(board, **facts) == groups


def test_face_to_face_is_preferred_to_e_learning(board: Board) -> None:
    (rule,) = (one for one in board.pack.rules if one.then.stratum == "prefer")
    assert tuple(rule.then.says["modes"]) == ("face-to-face", "blended", "online")


def test_every_ambiguity_of_rotherham_is_a_question(board: Board) -> None:
    asked = {question.id for question in board.pack.framework.questions}
    assert {f"amb-{number}" for number in (*range(9, 14), *range(21, 26))} <= asked
