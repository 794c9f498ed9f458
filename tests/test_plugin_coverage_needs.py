"""The flags of tna_coverage on needs that nothing meets, and on facts without which a need is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tna
from tests.small import SAID, ask, course, job, level, load
from tests.test_plugin_coverage import analysed, flagged
from tna.frameworks.conditions import read_condition
from tna_coverage import unstated
from tna_coverage.starting import flags


def test_no_date_left_names_only_the_courses_open_to_these_people_whose_dates_are_past(
    tmp_path: Path,
) -> None:
    past = course("past", ["a", "b"], title="Past", sessions=["2014-04-01"])
    others = course("others", ["a", "b"], title="For others", open_to=[{"levels": ["level-2"]}])
    competencies = [{"id": "a", "label": "Knows " + "a great deal " * 12, **SAID}, "b"]
    parts = [level(1, ["a", "b"]), level(2)]
    board = load(tmp_path, levels=parts, competencies=competencies, courses=[past, others])
    [flag] = flagged(analysed(tmp_path, board, "1, School A, Teacher, 1"), "no-date-left")
    assert "courses open to these people that give" in flag.message
    assert ": Past. Set dates." in flag.message
    assert "For others" not in flag.message
    assert "(a 'Knows a great deal " in flag.message
    assert "a great deal…' and b 'Knows b')" in flag.message


def test_many_competencies_are_named_one_way_and_the_rest_counted(tmp_path: Path) -> None:
    names = [f"c{n}" for n in range(7)]
    board = load(tmp_path, levels=[level(1, names)], competencies=names)
    [flag] = flagged(analysed(tmp_path, board, "1, School A, Teacher, 1"), "no-course")
    assert "(c0 'Knows c0', c1 'Knows c1', c2 'Knows c2', c3 'Knows c3' and 3 more)" in flag.message


def test_a_fact_that_decides_on_a_cohort_is_asked_for_and_not_a_level(tmp_path: Path) -> None:
    people = "1, York Hospital, Paediatrician\n2, York Hospital, Paediatrician\n3, School A, Teacher"
    analysis = analysed(tmp_path, tna.load("north-yorkshire"), people, as_of=date(2016, 9, 30))
    [flag] = flagged(analysis, "fact-not-stated")
    assert flag.subject == "York Hospital staff who regularly have contact with children"
    assert flag.message.startswith("Whether 2 people (2 jobs) at York Hospital are York Hospital staff")
    assert "as 'contact' is not stated: 'Paediatrician' (2)" in flag.message
    [asked] = flagged(analysis, "title-asked")
    assert "for 1 job at 1 agency: 'Teacher' (1)." in asked.message
    asked = {one.subject: one.message for one in flagged(analysis, "agency-not-placed")}
    assert asked["York Hospital"].endswith("Ask it for 'contact' of each job.")
    assert asked["School A"].endswith("Ask it for the level of each job.")


def test_of_one_person_it_is_said_whether_that_person_is_one(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, tna.load("north-yorkshire"), "1, York Hospital, Paediatrician")
    [flag] = flagged(analysis, "fact-not-stated")
    assert flag.message.startswith("Whether 1 person (1 job) at York Hospital is York Hospital staff")


@pytest.mark.parametrize(
    ("started", "said"),
    [
        ("2016-01-30", "1 person at 1 agency is to be trained between 2016-02-06 and 2016-02-06."),
        ("2015-01-01", "1 person at 1 agency should have been trained by 2015-01-08 at the latest, the first by 2015-01-08, and was not."),
        ("", "1 person at 1 agency has a deadline from their first day, and no register says when that was: ask for start_date."),
    ],
)  # fmt: skip
def test_one_person_with_a_deadline_is_one(tmp_path: Path, started: str, said: str) -> None:
    terms = [{"competencies": ["a"], "within": {"days": 7}, **SAID}]
    board = load(
        tmp_path, levels=[level(1, ["a"])], competencies=["a"], courses=[course("c", ["a"])], terms=terms
    )
    found = flags(ask(board, tmp_path, [job("p", start_date=started)]))
    assert [one.message for one in found] == [said]


@pytest.mark.parametrize("contact", ["infrequent", "regular"])
def test_a_fact_that_is_stated_is_not_asked_for(tmp_path: Path, contact: str) -> None:
    board = tna.load("north-yorkshire")
    people = [{"person_id": "1", "agency": "York Hospital", "role": "Paediatrician", "contact": contact}]
    assert not flagged(ask(board, tmp_path, people), "fact-not-stated")
    assert flagged(ask(board, tmp_path, people), "title-asked")


@pytest.mark.parametrize(
    ("when", "facts", "missing"),
    [
        ({"agency": "A", "contact": "regular"}, {"agency": "A"}, ("contact",)),
        ({"agency": "A", "contact": "regular"}, {"agency": "B"}, ()),
        ({"agency": "A", "contact": "regular"}, {}, ()),
        ({"agency": "A", "contact": {"exists": True}}, {"agency": "A"}, ()),
        ({"agency": "A", "not": {"contact": "regular"}}, {"agency": "A"}, ("contact",)),
        ({"agency": "A", "not": {"contact": "regular"}}, {"agency": "A", "contact": "regular"}, ()),
        ({"agency": "A", "any": [{"contact": "regular"}, {"duties": "named"}]}, {"agency": "A"}, ("contact", "duties")),
        ({"agency": "A", "any": [{"contact": "regular"}, {"duties": "named"}]}, {"agency": "A", "duties": "named"}, ()),
        ({"all": [{"agency": "A"}, {"contact": "regular"}]}, {"agency": "A"}, ("contact",)),
    ],
)  # fmt: skip
def test_facts_are_missing_where_a_condition_may_still_hold(
    when: dict[str, Any], facts: dict[str, str], missing: tuple[str, ...]
) -> None:
    assert unstated.missing(read_condition(when), facts) == missing


def test_courses_of_one_title_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    twins = [course(name, ["a"], title="Twin", sessions=["2014-04-01"]) for name in ("one", "two")]
    board = load(tmp_path, levels=[level(1, ["a"])], competencies=["a"], courses=twins)
    [flag] = flagged(analysed(tmp_path, board, "1, School A, Teacher, 1"), "no-date-left")
    assert "Twin [one] and Twin [two]" in flag.message


def test_a_course_of_which_nobody_says_for_whom_it_is_misses_no_people(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1)], courses=[course("c", open_to=[])])
    analysis = analysed(tmp_path, board, "1, School A, Teacher, 1")
    assert "the catalogue does not say" in flagged(analysis, "not-needed-unsaid")[0].message
    assert not flagged(analysis, "not-needed-closed")


def test_a_course_that_gives_what_is_recorded_as_the_same_renews_it_all(tmp_path: Path) -> None:
    board = tna.load("knowsley", {"refresh.months": 36})
    people, records = "d, X, Youth Worker, 3\nd, X, Teacher, 3", "d, k4-4, 2013-01-31"
    [flag] = flagged(analysed(tmp_path, board, people, records, as_of=date(2016, 1, 31)), "due")
    assert "It is renewed by KSCB Multi Agency CSE Training: see that there are places." in flag.message


def test_an_agency_expected_under_another_spelling_is_asked_about(tmp_path: Path) -> None:
    board = tna.load("knowsley")
    analysis = analysed(tmp_path, board, "1, Oak School, Teacher", agencies="OAK SCHOOL., education")
    [flag] = flagged(analysis, "no-return")
    assert flag.message.startswith("OAK SCHOOL. is expected, and the registers of people call it Oak School")


@pytest.mark.parametrize(("others", "severity"), [(9, "note"), (1, "check")])
def test_second_jobs_are_nothing_out_of_the_ordinary_and_numbers_of_two_agencies_are(
    tmp_path: Path, others: int, severity: str
) -> None:
    jobs = ["1, A, Teacher", "1, B, Nurse"]
    jobs += [f"{agency}{n}, {agency}, Cook" for n in range(others) for agency in "AB"]
    found = flagged(analysed(tmp_path, tna.load("knowsley"), "\n".join(jobs)), "number-shared")
    assert [(one.subject, one.severity) for one in found] == [("A", severity), ("B", severity)]
    everybody = f"{others + 1} people"
    assert found[0].message.startswith(f"1 of {everybody} here has a staff number that B sends too.")
