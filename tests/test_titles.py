"""Job titles: what is read with certainty, what is asked, and how fast."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from tna.problems import Problems
from tna.roles import load
from tna.titles import Reading, Vocabulary, normalise, read, vocabulary

if TYPE_CHECKING:
    from tna.model.roles import Role, Roles

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "rules" / "roles.yaml"


@cache
def shipped() -> Vocabulary:
    return vocabulary(load([SHIPPED], Problems()))


def said(title: str) -> Reading:
    return read(title, shipped())


def labelled(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / "titles" / name).read_text("utf-8"))
    return found


# What is read


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("School nurse", "school-nurse"),
        ("Nurse, School", "school-nurse"),
        ("NURSE (SCHOOL)", "school-nurse"),
        ("School Nurses - Band 6, part time", "school-nurse"),
        ("School (Band 6) Nurse", "school-nurse"),
        ("Officer - Housing", "housing-officer"),
        ("Teacher of Maths", "teacher"),
        ("Maths teacher", "teacher"),
        ("Early-Years Practitioner", "early-years-worker"),
        ("A&E Nurse", "emergency-nurse"),
        ("G.P.", "gp"),
        ("GPs", "gp"),
        ("SENCo", "special-needs-coordinator"),
        ("Children’s Centre worker", "childrens-centre-worker"),
        ("Childrens centre worker", "childrens-centre-worker"),
        ("Team Mgr", "operational-manager"),
        ("Youth co-ordinator", ""),
        ("DSP", "designated-safeguarding-lead"),
        ("DSL", "designated-safeguarding-lead"),
        ("Deputy DSL", "deputy-designated-safeguarding-lead"),
        ("General Practitioner (GP)", "gp"),
        ("YOS", "youth-justice-worker"),
    ],
)
def test_a_title_is_read_however_it_is_written(title: str, role: str) -> None:
    assert said(title).roles == ((role,) if role else ())


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("nursery nurse", "nursery-nurse"),
        ("dental nurse", "dental-nurse"),
        ("veterinary nurse", "veterinary-nurse"),
        ("swimming teacher", "swimming-teacher"),
        ("Sunday school teacher", "church-youth-worker"),
        ("pastoral manager", "pastoral-manager"),
        ("designated teacher for looked-after children", "designated-teacher"),
        ("school business manager", "school-business-manager"),
        ("park ranger", "ranger"),
        ("Rangers leader", "guide-leader"),
        ("prison housing officer", "prison-housing-worker"),
        ("doctor's receptionist", "gp-receptionist"),
        ("GP practice manager", "gp-practice-manager"),
        ("police staff cleaner", "police-support-staff"),
        ("youth hostel manager", "youth-hostel-manager"),
        ("social work senior practitioner", "social-work-senior-practitioner"),
        ("traffic warden", "traffic-warden"),
        ("Headteacher's PA", "headteachers-pa"),
        ("Matron - Ward 4", "hospital-matron"),
        ("offender manager", "probation-officer"),
        ("bed and breakfast owner", "guest-house-owner"),
    ],
)
def test_a_title_that_sounds_like_another_job_is_read_as_its_own(title: str, role: str) -> None:
    assert said(title).roles == (role,)
    assert said(title).certain


@pytest.mark.parametrize(
    "title", ["matron", "warden", "ranger", "PA", "SLT", "practice manager", "senior practitioner"]
)
def test_a_word_of_several_meanings_is_asked(title: str) -> None:
    reading = said(title)
    assert reading.several == "either"
    assert not reading.certain
    assert reading.suggestions


@pytest.mark.parametrize(
    "title",
    [
        "software developer",
        "HGV driver",
        "social media officer",
        "health and safety officer",
        "teacher's pet sitter",
        "nurse recruitment consultant",
        "head gardener",
        "music producer",
        "school photographer",
        "assistant to the headteacher",
        "children in care worker",
        "police trainer",
        "porter",
        "manager",
        "officer",
        "",
        "???",
        "看護師",
        "nurse " * 40,
    ],
)
def test_a_title_with_a_word_that_nothing_accounts_for_is_asked(title: str) -> None:
    assert not said(title).certain


def test_a_similar_title_is_suggested_and_never_certain() -> None:
    reading = said("Helth Visitr")
    assert reading.roles == ()
    assert reading.how == ""
    assert "health-visitor" in [suggestion.role for suggestion in reading.suggestions]
    assert len(reading.suggestions) <= 3


def test_two_jobs_in_one_title_are_both_read() -> None:
    reading = said("Class Teacher / School Governor")
    assert reading.several == "both"
    assert [job.roles for job in reading.jobs] == [("teacher",), ("school-governor",)]


def test_two_jobs_of_which_one_is_unknown_are_asked() -> None:
    assert not said("Teacher / Juggler").certain


def test_a_setting_beside_a_job_is_not_a_second_job() -> None:
    assert said("Administrator, Police").several != "both"


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Designated Nurse", {"designated"}),
        ("Named GP", {"named"}),
        ("Head of Children's Services", {"strategic"}),
        ("Director of Nursing", {"strategic"}),
        ("Chief Executive", {"strategic"}),
        ("Team Manager", {"operational"}),
        ("Service Manager", {"operational"}),
        ("Professional Adviser", {"adviser"}),
        ("Practitioner-trainer", {"trainer"}),
        ("Health Visitor Team Leader", {"operational"}),
        ("Head of School Nursing", {"strategic"}),
        ("Designated teacher", set()),
        ("Designated Safeguarding Lead", set()),
        ("Pastoral Manager", set()),
        ("GP Practice Manager", set()),
        ("Head of Maths", set()),
        ("School nurse", set()),
    ],
)
def test_the_function_of_a_post_is_read_from_its_title(title: str, post: set[str]) -> None:
    assert said(title).post == post


def test_a_function_beside_a_name_gives_the_role_that_outranks_it() -> None:
    reading = said("Health Visitor Team Leader")
    assert reading.roles == ("health-visitor",)
    assert reading.posts == ("operational-manager",)
    assert reading.because == (
        "'Health visitor' is the name of Health visitor, and the title says operational manager"
    )


def test_the_name_of_the_work_alone_is_no_title() -> None:
    assert not said("Health visiting").certain
    assert said("Team Leader, Health Visiting").certain


@pytest.mark.parametrize(
    ("title", "how"),
    [
        ("Midwife", "label"),
        ("Registered midwife", "synonym"),
        ("PCSO", "abbreviation"),
        ("Theatre porter ward 3", "head"),
    ],
)
def test_a_reading_says_what_kind_of_name_it_found(title: str, how: str) -> None:
    assert said(title).how == how


def test_a_planner_adds_the_towns_of_the_borough(tmp_path: Path) -> None:
    own = tmp_path / "roles.yaml"
    own.write_text("plain_words: [huyton]\n", "utf-8")
    assert not said("School nurse, Huyton").certain
    here = vocabulary(load([SHIPPED, own], Problems()))
    assert read("School nurse, Huyton", here).roles == ("school-nurse",)


# Laws

TITLES = st.text(st.characters(codec="utf-8"), max_size=60)
KNOWN = st.sampled_from(sorted({title for titles in labelled("seen.yaml").values() for title in titles}))


@given(TITLES | KNOWN)
def test_normalising_twice_is_normalising_once(title: str) -> None:
    once = normalise(title)
    assert normalise(" ".join(once)) == once


@given(KNOWN, st.sampled_from([str.upper, str.lower, str.title]))
def test_a_reading_does_not_depend_on_case_or_spacing(title: str, change: Any) -> None:
    assume(not any(letter == "'" for letter in title) or change is not str.title)  # "Children'S"
    other = "  " + change(title).replace(" ", "   ") + " "
    assert (said(other).roles, said(other).several) == (said(title).roles, said(title).several)


@given(TITLES)
def test_any_text_is_read_without_failing(title: str) -> None:
    reading = said(title)
    assert reading.title == title
    assert set(reading.roles) <= shipped().roles.nodes.keys()
    assert reading.certain or reading.several == "either" or reading.how == ""


def names() -> list[tuple[str, Role]]:
    return [
        (name, role)
        for role in shipped().roles.nodes.values()
        for name in (role.label, *role.also, *role.abbreviations)
    ]


def test_every_name_reads_back_to_its_own_role_unless_it_is_declared_as_asked() -> None:
    graph, asked = shipped().roles, shipped().asked
    strays = [
        f"{name}: {role.id} read as {reading.roles}"
        for name, role in names()
        if shipped().speller.words(name) not in asked
        for reading in [said(name)]
        if not (reading.certain and any(related(graph, one, role.id) for one in reading.roles))
    ]
    assert strays == []


def related(graph: Roles, one: str, other: str) -> bool:
    """Whether they are the same or one is broader than the other: a name they share means the broader."""
    return one in graph.ancestors(other) or other in graph.ancestors(one)


# Speed


def test_a_thousand_known_titles_take_well_under_a_second() -> None:
    words = shipped()
    started = perf_counter()
    for _ in range(100):
        for title in (
            "School nurse",
            "Teacher of Maths",
            "Health Visitor Team Leader",
            "Nurse, School",
            "PCSO",
        ):
            read(title, words)
            read(title + " (band 6)", words)
    assert perf_counter() - started < 1


def test_reading_a_known_title_loads_no_fuzzy_matching() -> None:
    program = "import sys, tna.titles; sys.exit('rapidfuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
