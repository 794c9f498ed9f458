"""What tna_coverage says of placing: titles asked, levels that differ or are not known, rows that disagree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import tna
from tests.test_plugin_coverage import PEOPLE, analysed, flagged
from tna.model import Board
from tna.reports.findings import findings


@pytest.fixture(scope="session")
def rotherham() -> Board:
    return tna.load("rotherham", {"refresh.months": 6})


def test_a_title_that_must_be_asked_is_one_flag_with_count_reason_and_suggestions(
    tmp_path: Path, rotherham: Board
) -> None:
    analysis = analysed(
        tmp_path, rotherham, PEOPLE + "7, Council, Gardener\n8, Council, Gardener\n9, School A, Gardener"
    )
    [flag] = flagged(analysis, "title-asked")
    assert (flag.severity, flag.subject) == ("check", "Gardener")
    assert "3 jobs of 3 people at Council and School A" in flag.message
    assert "Perhaps " in flag.message
    [whole] = flagged(analysis, "unplaced")
    assert "3 of 6 people (3 of 6 jobs, 1 title)" in whole.message
    assert "no other job and no cohort: 3 people" in whole.message


def test_titles_read_as_the_same_job_are_one_question(tmp_path: Path) -> None:
    people = "1, School A, HLTA\n2, School A, HLTA\n3, Council, Higher Level Teaching Assistant\n4, Council, Gardener"
    analysis = analysed(tmp_path, tna.load("rotherham"), people)
    found = flagged(analysis, "title-asked")
    assert [one.subject for one in found] == ["HLTA", "Gardener"]
    assert (
        "'HLTA' (and of 1 title read as the same job) must be asked, for 3 jobs of 3 people"
        in found[0].message
    )
    shown = [(one.role, one.others, one.jobs) for one in findings(analysis).questions.titles]
    assert shown == [("HLTA", 1, 3), ("Gardener", 0, 1)]


def test_where_a_document_names_no_jobs_the_titles_understood_are_one_question(tmp_path: Path) -> None:
    people = "1, School A, HLTA\n2, School A, Teacher\n3, Council, teacher\n4, Council, Zookeeper\n5, Cabs, Taxi driver"
    unknown, understood = flagged(analysed(tmp_path, tna.load("north-yorkshire"), people), "title-asked")
    assert unknown.subject == "Zookeeper"
    assert (
        "asked for 4 jobs at 3 agencies: 'teacher' (2), 'HLTA' (1) and 'Taxi driver' (1). "
        in understood.message
    )
    assert "Counted under a cohort meanwhile: 1 of 4 jobs" in understood.message


def test_a_title_asked_of_people_counted_under_a_cohort_is_only_a_note(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, tna.load("knowsley"), "1, Cabs, Taxi driver", as_of=date(2016, 1, 31))
    [flag] = flagged(analysis, "title-asked")
    assert flag.severity == "note"
    assert "Counted under a cohort meanwhile: 1 of 1 job." in flag.message


def test_a_stated_level_that_differs_says_what_the_document_would_have_said_and_why(
    tmp_path: Path, rotherham: Board
) -> None:
    [flag] = flagged(analysed(tmp_path, rotherham), "level-differs")
    assert flag.subject == "Director of Children's Services"
    assert flag.message.startswith("Stated as Group 8 by Council: 1 job")
    assert "would have said Group 7: 'Senior managers" in flag.message


def test_a_level_of_another_framework_is_asked_by_its_word(tmp_path: Path, rotherham: Board) -> None:
    analysis = analysed(
        tmp_path, rotherham, PEOPLE + "4, Trust B, Nurse, Band 9\n5, Trust B, Midwife, Band 9"
    )
    [flag] = flagged(analysis, "unknown-level")
    assert flag.message.startswith(
        "Stated as 'Band 9', a group this framework does not have: 2 jobs of 2 people at Trust B."
    )
    assert not flagged(analysis, "title-asked")


def test_a_cohort_the_framework_does_not_have_is_told_with_those_it_has(tmp_path: Path) -> None:
    people = "1, Cabs, Driver, , Taxi drivers|Night staff"
    [flag] = flagged(
        analysed(tmp_path, tna.load("knowsley"), people, as_of=date(2016, 1, 31)), "unknown-cohort"
    )
    assert flag.subject == "Night staff"
    assert "Hoteliers" in flag.message


def test_rows_that_disagree_about_a_job_are_told_by_agency(tmp_path: Path, rotherham: Board) -> None:
    analysis = analysed(tmp_path, rotherham, PEOPLE + "1, School A, Teacher, Group 4")
    [flag] = flagged(analysis, "rows-disagree")
    assert flag.subject == "School A"
    assert not flagged(analysis, "conflict")


def test_an_agency_that_may_be_one_a_cohort_is_known_by_is_asked_about(tmp_path: Path) -> None:
    people = (
        "1, York District Hospital, Staff Nurse\n2, York Hospital NHS FT (sample), Staff Nurse\n"
        "3, Leeds Hospital, Staff Nurse"
    )
    analysis = analysed(tmp_path, tna.load("north-yorkshire"), people)
    [flag] = flagged(analysis, "agency-alike")
    assert (flag.severity, flag.subject) == ("check", "York District Hospital")
    assert "may be York Hospital, by whose name" in flag.message
    assert (
        "nothing is required of 1 person there. If it is the same, send it as 'York Hospital'."
        in flag.message
    )


def test_titles_read_as_the_same_job_differ_once(tmp_path: Path, rotherham: Board) -> None:
    people = "1, School A, Named Nurse, Group 2\n2, School A, Named Nurse, Group 2\n3, School B, named nurse (part time), Group 2"
    [flag] = flagged(analysed(tmp_path, rotherham, people), "level-differs")
    assert "3 jobs called 'Named Nurse' (and of 1 title read as the same job), of 3 people." in flag.message
