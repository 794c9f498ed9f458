"""The Knowsley pack says what the board's strategy says, counted by hand from the document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import tna
from tna import graph, rules

if TYPE_CHECKING:
    from tna.model import Board, Course

LEVELS = ("level-1", "level-2", "level-3", "level-4", "level-5", "level-6")


@pytest.fixture(scope="module")
def board() -> Board:
    return tna.load("knowsley")


@pytest.fixture(scope="module")
def courses(board: Board) -> dict[str, Course]:
    return dict(board.courses)


def levels_of(course: Course) -> set[str]:
    return {level for link in course.open_to for level in link.levels}


def gives(course: Course) -> list[str]:
    return [competency for grant in course.gives for competency in grant.competencies]


def needs(board: Board, scope: str) -> set[str]:
    return set(graph.required(board.graph, scope))


def objectives(course: str, count: int) -> set[str]:
    return {f"{course}-o{number}" for number in range(1, count + 1)}


def placed(board: Board, **facts: Any) -> set[str]:
    facts = {key: frozenset(value) if isinstance(value, list) else value for key, value in facts.items()}
    return {rule.then.says["level"] for rule in rules.applying(board.pack.rules, "place", facts)}


def test_knowsley_has_six_levels_named_as_printed(board: Board) -> None:
    found = [(level.id, level.number, level.printed) for level in board.pack.framework.levels]
    assert found == [
        ("level-1", "1", "One (single agency)"),
        ("level-2", "2", "Two (single agency)"),
        ("level-3", "3", "Three"),
        ("level-4", "4", "Four"),
        ("level-5", "5", "Five"),
        ("level-6", "6", "Six"),
    ]


def test_only_levels_one_and_two_are_single_agency(board: Board) -> None:
    assert [level.provision for level in board.pack.framework.levels] == ["single-agency"] * 2 + [""] * 4


def test_no_level_takes_over_another_and_none_has_competencies_of_its_own(board: Board) -> None:
    for level in board.pack.framework.levels:
        assert not level.includes and not level.requires


def test_a_planner_may_switch_cumulative_levels_on() -> None:
    switched = tna.load("knowsley", {"cumulative-levels": "on"})
    included = [
        tuple(other for link in level.includes for other in link.levels)
        for level in switched.pack.framework.levels
    ]
    assert included == [LEVELS[:number] for number in range(6)]
    assert len(needs(switched, "level-6")) == 7


def test_the_strategy_makes_eleven_offers(courses: dict[str, Course]) -> None:
    assert list(courses) == [f"k4-{number}" for number in range(1, 12)]


@pytest.mark.parametrize(
    ("course", "title", "level", "frequency"),
    [
        (
            "k4-1",
            "Safeguarding Children from Abuse by Sexual Exploitation",
            "Induction Course Level 1-4",
            "Unlimited access",
        ),
        ("k4-2", "The Trauma caused by Exploitation - Barnardos", "Level 1-6", "When requested"),
        ("k4-3", "Catch 22 Child Sexual Exploitation and Missing Briefing", "Levels 1-6", "8 sessions"),
        ("k4-4", "KSCB Multi Agency CSE Training", "Level 3/4", "4 x per year:"),
        ("k4-5", "Shield Team CSE Briefings", "Level 1-6", "When requested"),
        ("k4-6", "PACE (Parents Against CSE) CSE Train the Trainer", "Level 3/4", "(Commissioned training)"),
        ("k4-7", "Knowsley Community Briefings for Parents", "NA", "When requested"),
        ("k4-8", "PACE Advanced Practitioner", "Level 3/4", "(Commissioned training)"),
        (
            "k4-9",
            "Brook/So to Speak Communicating with Young People about CSE",
            "Level 3/4",
            "(Commissioned training)",
        ),
        ("k4-10", "Real Love Rocks - Barnardos", "na", "(Commissioned Training)"),
        ("k4-11", "CSE Sub Group Development Day", "Level 5/6", "Annual"),
    ],
)
def test_each_offer_keeps_its_printed_title_level_and_frequency(
    courses: dict[str, Course], course: str, title: str, level: str, frequency: str
) -> None:
    found = courses[course]
    assert (found.title, found.printed["level"], found.frequency.printed) == (title, level, frequency)


@pytest.mark.parametrize(
    ("course", "count"),
    [
        ("k4-1", 3),
        ("k4-2", 5),
        ("k4-3", 8),
        ("k4-4", 7),
        ("k4-5", 7),
        ("k4-6", 1),
        ("k4-7", 0),
        ("k4-8", 1),
        ("k4-9", 5),
        ("k4-10", 1),
        ("k4-11", 2),
    ],
)
def test_each_offer_gives_its_own_objectives(courses: dict[str, Course], course: str, count: int) -> None:
    assert set(gives(courses[course])) == objectives(course, count)


@pytest.mark.parametrize(
    ("course", "levels"),
    [
        ("k4-1", LEVELS[:4]),
        ("k4-2", LEVELS),
        ("k4-3", LEVELS),
        ("k4-4", LEVELS[2:4]),
        ("k4-5", LEVELS),
        ("k4-6", LEVELS[2:4]),
        ("k4-7", ()),
        ("k4-8", LEVELS[2:4]),
        ("k4-9", LEVELS[2:4]),
        ("k4-10", ()),
        ("k4-11", LEVELS[4:]),
    ],
)
def test_a_printed_range_opens_an_offer_to_each_of_its_levels(
    courses: dict[str, Course], course: str, levels: tuple[str, ...]
) -> None:
    assert levels_of(courses[course]) == set(levels)


def test_durations_and_counts_are_as_printed(courses: dict[str, Course]) -> None:
    assert courses["k4-2"].duration.minutes == 60
    assert courses["k4-3"].duration.minutes == 120
    assert [course.id for course in courses.values() if course.duration.days == 1] == [
        "k4-4",
        "k4-6",
        "k4-8",
        "k4-9",
        "k4-11",
    ]
    assert courses["k4-3"].frequency.sessions == 8
    assert (courses["k4-4"].frequency.sessions, courses["k4-4"].frequency.per) == (4, "year")
    assert courses["k4-1"].frequency.unlimited
    assert not any(course.sessions for course in courses.values())


def test_only_the_first_offer_is_online_and_two_do_not_say(courses: dict[str, Course]) -> None:
    assert [course.id for course in courses.values() if course.mode == "online"] == ["k4-1"]
    assert [course.id for course in courses.values() if course.mode == "not-stated"] == ["k4-7", "k4-10"]


def test_the_one_day_course_is_delivered_by_five_partners(courses: dict[str, Course]) -> None:
    assert courses["k4-4"].partners == ("MASH", "Shield Team", "Barnardos", "RASASC", "KSCB")
    assert courses["k4-4"].multi_agency


def test_four_offers_are_commissioned(courses: dict[str, Course]) -> None:
    assert [course.id for course in courses.values() if course.provider == "commissioned"] == [
        "k4-6",
        "k4-8",
        "k4-9",
        "k4-10",
    ]


def test_only_levels_three_and_four_need_something_and_it_is_the_one_day_course(board: Board) -> None:
    found = {level: needs(board, level) for level in LEVELS}
    day = objectives("k4-4", 7)
    assert found == {
        "level-1": set(),
        "level-2": set(),
        "level-3": day,
        "level-4": day,
        "level-5": set(),
        "level-6": set(),
    }


def test_open_to_every_level_is_required_of_none() -> None:
    switched = tna.load("knowsley", {"one-day-course-required": "off"})
    assert not any(needs(switched, level) for level in LEVELS)


def test_six_cohorts_need_the_catch_22_briefing(board: Board) -> None:
    named = [cohort for cohort in board.pack.framework.cohorts if cohort.id != "cse-sub-group"]
    assert [cohort.printed for cohort in named] == [
        "Dentists",
        "Hoteliers",
        "Taxi Drivers",
        "Leisure",
        "School staff",
        "Ranger and Library staff",
    ]
    for cohort in named:
        assert needs(board, f"cohort:{cohort.id}") == objectives("k4-3", 8)


def test_sub_group_members_need_their_development_day(board: Board) -> None:
    assert needs(board, "cohort:cse-sub-group") == objectives("k4-11", 2)
    assert not needs(tna.load("knowsley", {"development-day-required": "off"}), "cohort:cse-sub-group")


def test_taxi_drivers_and_hoteliers_are_at_no_level(board: Board) -> None:
    attached = {role for level in board.pack.framework.levels for one in level.examples for role in one.roles}
    assert not attached & {"taxi-driver", "hotelier", "licensed-trade-worker"}


def test_nothing_online_meets_the_one_day_course(board: Board) -> None:
    (term,) = board.pack.framework.terms
    assert set(term.competencies) == objectives("k4-4", 7)
    assert set(term.modes) == {"face-to-face", "blended"}
    assert not tna.load("knowsley", {"multi-agency-not-online": "off"}).pack.framework.terms


def test_three_pairs_of_objectives_are_the_same_thing(board: Board) -> None:
    assert {frozenset(same.competencies) for same in board.pack.framework.same} == {
        frozenset({"k4-3-o4", "k4-4-o3"}),
        frozenset({"k4-4-o4", "k4-5-o5"}),
        frozenset({"k4-4-o1", "k4-5-o2"}),
    }
    assert not tna.load("knowsley", {"same-objectives": "off"}).pack.framework.same


EXAMPLES = {
    "level-1": "Librarians; administrators/receptionists; community advice centre staff; recreation "
    "assistants; environmental health officers",
    "level-2": "all health clinical staff; housing; hospital staff; YOT staff and staff in secure "
    "settings; the police other than those in specialist child protection roles; sports "
    "development officers; disability specialists; faith groups; community youth groups; play "
    "scheme volunteers; welfare assistants; school crossing patrol",
    "level-3": "Paediatricians; GPs; youth workers; those working in the early years sector; residential "
    "staff; midwives; school nurses; health visitors; sexual health staff; teachers; probation "
    "staff; sports club welfare officers; those working with adults in, for example, learning "
    "disability, mental health, alcohol and drug misuse services; those working in community "
    "play schemes",
    "level-4": "Professionals from health, education, police and children’s social care; those who work "
    "with complex cases; social work staff responsible for co-ordinating assessments of "
    "children in need; practitioner-trainers; DSPs in schools; safeguarding leads",
    "level-5": "Designated doctors, nurses; practice supervisors; line managers",
    "level-6": "NHS board members.; Executive leads; Members of the KSCB including and sub groups; KSCB "
    "business support team",
}


@pytest.mark.parametrize(("level", "printed"), EXAMPLES.items())
def test_every_printed_example_is_kept(board: Board, level: str, printed: str) -> None:
    (found,) = (one for one in board.pack.framework.levels if one.id == level)
    assert set(printed.split("; ")) <= {example.printed for example in found.examples}


def test_professionals_from_four_services_place_nobody_by_title(board: Board) -> None:
    (four,) = (level for level in board.pack.framework.levels if level.id == "level-4")
    assert [
        example.roles for example in four.examples if example.printed.startswith("Professionals from")
    ] == [()]


@pytest.mark.parametrize(
    ("facts", "levels"),
    [
        ({"duties": ["section-47"]}, {"level-4"}),
        ({"duties": ["named"]}, {"level-5"}),
        ({"duties": ["adviser"]}, {"level-5"}),
        ({"duties": ["trainer"]}, {"level-4"}),
        ({"duties": ["designated"], "agency_type": "health"}, {"level-5"}),
        ({"duties": ["designated"], "agency_type": "education"}, {"level-4"}),
        ({"duties": ["designated"], "agency_type": "School"}, {"level-4"}),
        ({"duties": ["designated"], "agency_type": "voluntary"}, {"level-4", "level-5"}),
        ({"duties": ["designated"]}, {"level-4", "level-5"}),
        ({"manages": "operational"}, {"level-5"}),
        ({"manages": "strategic"}, {"level-6"}),
        ({"manages": "none"}, set()),
        ({"contact": "infrequent"}, {"level-1"}),
        ({"contact": "regular"}, {"level-2"}),
        ({"contact": "predominant"}, {"level-3"}),
        ({}, set()),
    ],
)
def test_what_an_agency_states_of_a_post_places_it(
    board: Board, facts: dict[str, Any], levels: set[str]
) -> None:
    assert placed(board, **facts) == levels


def test_specialist_police_are_at_no_level_until_a_planner_says_so(board: Board) -> None:
    (two,) = (
        one
        for one in board.pack.framework.levels[1].examples
        if one.printed.startswith("the police other than")
    )
    assert "police-child-protection-officer" in two.except_roles
    attached = {role for level in board.pack.framework.levels for one in level.examples for role in one.roles}
    assert "police-child-protection-officer" not in attached


def test_the_pack_is_a_draft_from_november_2015_and_reviewed_within_a_year(board: Board) -> None:
    framework = board.pack.framework
    assert framework.status.startswith("draft")
    assert framework.effective_from == date(2015, 11, 1)
    assert framework.review_by == date(2016, 11, 30)


def test_every_ambiguity_of_knowsley_is_a_question(board: Board) -> None:
    asked = {question.id for question in board.pack.framework.questions}
    assert {f"amb-{number}" for number in (*range(1, 9), *range(15, 21), 29, 30, 31)} <= asked


def test_online_on_its_own_line_is_read_as_neither_topic_nor_mode(courses: dict[str, Course]) -> None:
    assert courses["k4-7"].printed["unplaced"] == "Online"
    assert courses["k4-7"].audience == "public"
