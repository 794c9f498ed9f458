"""Where the Knowsley pack places the titles that its two levels of leads, its social workers and its police turn on."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import tna
from tna import placement, rules
from tna.model import Placement


@cache
def reader(**policies: str) -> placement.Reader:
    return placement.reader(tna.load("knowsley", policies))


def place(**stated: Any) -> Placement:
    return placement.place(reader(), placement.facts(reader(), stated))


def flagged(**stated: Any) -> list[str]:
    facts = placement.facts(reader(), stated)
    found = placement.place(reader(), facts)
    raised = rules.applying(
        reader().board.pack.rules, "flag", {**facts, "placed": frozenset({found.level}) - {""}}
    )
    return [rule.then.says["code"] for rule in raised]


@pytest.mark.parametrize("title", ["DSL", "DSP", "Designated Safeguarding Lead", "Designated senior person"])
@pytest.mark.parametrize(
    ("agency_type", "level", "flags"),
    [
        ("education", "level-4", []),
        ("school", "level-4", []),
        ("health", "level-5", []),
        ("NHS", "level-5", []),
        ("voluntary", "level-4", ["safeguarding-lead-level"]),
        ("", "level-4", []),
    ],
)
def test_a_designated_lead_is_level_4_in_a_school_5_in_health_and_4_and_flagged_elsewhere(
    title: str, agency_type: str, level: str, flags: list[str]
) -> None:
    assert place(role=title, agency_type=agency_type).level == level
    assert flagged(role=title, agency_type=agency_type) == flags


@pytest.mark.parametrize(
    ("stated", "level"),
    [
        ({"duties": "designated"}, "level-5"),
        ({"duties": "section-47"}, "level-4"),
        ({"manages": "strategic"}, "level-6"),
        ({"level": "4"}, "level-4"),
    ],
)
def test_what_is_stated_of_the_post_goes_before_the_title_of_a_lead_in_health(
    stated: dict[str, str], level: str
) -> None:
    assert place(role="DSL", agency_type="health", **stated).level == level


def test_a_safeguarding_lead_is_flagged_except_in_a_school() -> None:
    assert place(role="Safeguarding Lead").level == "level-4"
    assert flagged(role="Safeguarding Lead") == ["safeguarding-lead-level"]
    assert flagged(role="Safeguarding Lead", agency_type="health") == ["safeguarding-lead-level"]
    assert flagged(role="Safeguarding Lead", agency_type="education") == []


@pytest.mark.parametrize(
    ("title", "agency_type", "level"),
    [
        ("Social Worker", "Children's Social Care", "level-4"),
        ("Consultant Social Worker", "children's services", "level-4"),
        ("Social Worker", "social care", ""),
        ("Social Worker", "adult social care", ""),
        ("Social Worker", "", ""),
        ("Supervising Social Worker", "children's social care", ""),
    ],
)
def test_a_social_worker_is_level_4_where_the_agency_is_for_children_and_else_asked(
    title: str, agency_type: str, level: str
) -> None:
    assert place(role=title, agency_type=agency_type).level == level


def test_a_social_worker_who_manages_in_childrens_services_goes_by_what_they_manage() -> None:
    assert (
        place(role="Social Worker", agency_type="children's services", manages="operational").level
        == "level-5"
    )


def test_an_asked_social_worker_is_told_which_of_them_the_board_names() -> None:
    found = place(role="Social Worker")
    assert (
        found.because
        == "read as Social worker, of whom the board names only Children's social worker (Level 4)"
    )


@pytest.mark.parametrize(
    ("title", "level", "flags"),
    [
        ("Social Worker", "Level 1", ["social-worker-level"]),
        ("Social Worker", "2", ["social-worker-level"]),
        ("Social Worker", "3", []),
        ("Social Worker", "4", []),
        ("Social Worker", "", []),
        ("Adult Social Worker", "2", []),
    ],
)
def test_a_social_worker_stated_below_level_3_is_flagged(title: str, level: str, flags: list[str]) -> None:
    assert flagged(role=title, level=level) == flags


def test_a_social_worker_of_level_4_stated_low_is_told_by_the_level_that_differs() -> None:
    assert place(role="Children's Social Worker", level="1").differs == "level-4"
    assert flagged(role="Children's Social Worker", level="1") == []
    assert place(role="Social Worker", agency_type="children’s services", level="1").differs == "level-4"
    assert flagged(role="Social Worker", agency_type="children’s services", level="1") == []


@pytest.mark.parametrize(
    "title", ["Chief Superintendent", "Police Superintendent", "Detective Superintendent"]
)
def test_a_superintendent_is_no_inspector_and_is_asked(title: str) -> None:
    assert place(role=title).level == ""
    assert place(role=title, manages="strategic").level == "level-6"


@pytest.mark.parametrize("title", ["Police Inspector", "Chief Inspector", "Detective Inspector"])
def test_inspectors_are_police_of_level_2(title: str) -> None:
    assert place(role=title).level == "level-2"


@pytest.mark.parametrize(
    "title",
    ["CPN", "Mental Health Nurse", "RMN", "Psychiatrist", "Learning Disability Nurse", "Substance Misuse Nurse",
     "LD Support Worker", "Mental Health Nurse (Crisis Team)"],
)  # fmt: skip
def test_those_in_services_for_adults_are_level_3_whatever_their_profession(title: str) -> None:
    assert place(role=title).level == "level-3"


@pytest.mark.parametrize(
    "title", ["CAMHS Nurse", "Child Psychiatrist", "Learning Disability Nurse (Children)"]
)
def test_the_same_professions_with_children_are_health_clinical_staff(title: str) -> None:
    assert place(role=title).level == "level-2"


@pytest.mark.parametrize("title", ["School Welfare Officer", "Rent Officer"])
def test_a_name_of_two_jobs_is_asked(title: str) -> None:
    assert place(role=title).level == ""
    assert place(role=title).suggestions
