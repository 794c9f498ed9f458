"""The flags of tna_coverage, on small registers of the three boards and of a made-up one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tna
import tna_coverage
from tna.model import Analysis, Board, Course, Flag, Framework, Grant
from tna.testing import FlaggerContract
from tna_coverage import tna_flag

AS_OF = date(2014, 9, 30)
PEOPLE = """
1, School A, Teacher, Group 3
2, School A, Teacher, Group 3
3, Council, Director of Children's Services, 8
"""


class TestCoverageIsAFlagger(FlaggerContract):
    plugin = tna_coverage


@pytest.fixture(scope="session")
def rotherham() -> Board:
    return tna.load("rotherham", {"refresh.months": 6})


def written(path: Path, headings: str, rows: str) -> Path:
    """A register of these headings, its rows one a line with blanks after the commas."""
    lines = [line.strip().replace(", ", ",") for line in rows.strip().splitlines()]
    path.write_text("\n".join([headings, *lines]) + "\n", "utf-8")
    return path


def analysed(
    folder: Path,
    board: Board,
    people: str = PEOPLE,
    records: str = "",
    agencies: str = "",
    as_of: date = AS_OF,
) -> Analysis:
    folder.mkdir(exist_ok=True)
    return tna.analyse(
        board,
        [written(folder / "people.csv", "person_id,agency,role,level,cohort", people)],
        [written(folder / "records.csv", "person_id,course,completed,status,mode", records)]
        if records
        else [],
        agencies=[written(folder / "agencies.csv", "agency,agency_type", agencies)] if agencies else [],
        as_of=as_of,
    )


def flagged(analysis: Analysis, code: str) -> list[Flag]:
    return [flag for flag in tna_flag(analysis) if flag.code == f"coverage.{code}"]


def with_courses(board: Board, **changes: Mapping[str, Any]) -> Board:
    """The board with some courses changed: `r2_a={"sessions": ()}`."""
    courses = [replace(one, **changes.get(one.id.replace("-", "_"), {})) for one in board.pack.courses]
    return replace(board, pack=replace(board.pack, courses=tuple(courses)))


def with_framework(board: Board, **changes: Any) -> Board:
    framework: Framework = replace(board.pack.framework, **changes)
    return replace(board, pack=replace(board.pack, framework=framework))


def test_an_expected_agency_that_sent_nothing_is_to_be_acted_on(tmp_path: Path, rotherham: Board) -> None:
    analysis = analysed(tmp_path, rotherham, agencies="School A, school\nCouncil, council\nTrust B, health")
    [flag] = flagged(analysis, "no-return")
    assert (flag.severity, flag.subject, flag.source) == ("act", "Trust B", "agencies.csv")
    assert "one of 3 agencies expected" in flag.message
    assert "not as nought" in flag.message


def test_an_agency_that_nobody_expected_is_checked(tmp_path: Path, rotherham: Board) -> None:
    [flag] = flagged(analysed(tmp_path, rotherham, agencies="Council, council"), "not-expected")
    assert flag.subject == "School A"
    assert "2 people" in flag.message


def test_without_a_list_of_agencies_nobody_is_missing(tmp_path: Path, rotherham: Board) -> None:
    analysis = analysed(tmp_path, rotherham)
    [flag] = flagged(analysis, "agencies-not-stated")
    assert "the 2 agencies that sent one" in flag.message
    assert not flagged(analysis, "no-return") + flagged(analysis, "not-expected")


def test_an_agency_of_which_nobody_is_placed_is_checked(tmp_path: Path, rotherham: Board) -> None:
    [flag] = flagged(analysed(tmp_path, rotherham, "1, Parks, Gardener"), "agency-not-placed")
    assert flag.message.startswith("Of 1 person whom Parks sent, none has a level")


def test_undated_attendance_is_told_by_agency_and_course(tmp_path: Path, rotherham: Board) -> None:
    [flag] = flagged(analysed(tmp_path, rotherham, records="1, r34-a\n2, r34-a\n2, r2-a"), "undated")
    assert flag.subject == "School A"
    assert flag.message.startswith(
        "No date is stated for 3 attendances of 2 people at School A: RLSCB Workshop"
    )
    assert "(2)" in flag.message


def test_records_that_are_not_evidence_are_counted_by_reason(tmp_path: Path, rotherham: Board) -> None:
    records = "1, r34-a, 2015-02-03\n1, r2-a, , booked\n99, r2-a, 2014-05-20\n1, Prevent, 2014-05-01\n2, Prevent, 2014-05-01"
    analysis = analysed(tmp_path, rotherham, records=records)
    [future], [booked] = flagged(analysis, "future"), flagged(analysis, "booked")
    assert future.message.startswith("Not evidence: 1 of 5 records, dated after the day of the analysis.")
    assert (future.severity, booked.severity) == ("check", "note")
    assert "1 of 5 records" in flagged(analysis, "unknown-person")[0].message
    assert "2 of 5 records, naming 1 course that the catalogue does not have: 'Prevent' (2)" in (
        flagged(analysis, "unknown-course")[0].message
    )


def test_rows_that_could_not_be_used_are_counted_by_reason(tmp_path: Path, rotherham: Board) -> None:
    [flag] = flagged(
        analysed(tmp_path, rotherham, records="1, r34-a, someday\n2, r34-a, 2014-05-23"), "unreadable-date"
    )
    assert flag.message.startswith("1 row in records.csv could not be used: the date cannot be read.")


def test_training_in_a_mode_that_is_not_accepted_names_the_statement(tmp_path: Path) -> None:
    analysis = analysed(
        tmp_path, tna.load("knowsley"), "1, School A, Teacher\n2, School A, Teacher",
        "1, k4-4, 2015-12-01, attended, online\n2, k4-4, 2015-12-01", as_of=date(2016, 1, 31),
    )  # fmt: skip
    [flag] = flagged(analysis, "mode-not-accepted")
    assert flag.message.startswith(
        "Taken online, which does not count for all that it would otherwise close: 1 of 2 attendances"
    )
    assert "policy multi-agency-not-online" in flag.message
    assert flag.source.startswith("kscb-2015")


def test_a_mode_refused_for_a_competency_recorded_as_the_same_names_that_statement_too(
    tmp_path: Path,
) -> None:
    people, records = "1, School A, Teacher", "1, k4-3, 2015-12-01, attended, online"
    analysis = analysed(tmp_path, tna.load("knowsley"), people, records, as_of=date(2016, 1, 31))
    [flag] = flagged(analysis, "mode-not-accepted")
    assert "policy multi-agency-not-online" in flag.message


def test_training_that_closes_nothing_required_is_a_note(tmp_path: Path) -> None:
    board = tna.load("north-yorkshire")
    analysis = analysed(
        tmp_path, board, "1, School A, Teacher, Level II", "1, n1-1, 2016-05-24", as_of=date(2016, 9, 30)
    )
    [flag] = flagged(analysis, "closes-nothing")
    assert (flag.severity, flag.subject) == ("note", "1 course")
    assert "Online CSE training (1 of 1)" in flag.message


def test_somebody_with_two_jobs_is_credited_for_the_job_that_needs_it(tmp_path: Path) -> None:
    people = "1, School A, Teacher, Level II\n1, Cabs, Taxi driver"
    board = tna.load("north-yorkshire")
    analysis = analysed(tmp_path, board, people, "1, n1-18, 2016-05-24", as_of=date(2016, 9, 30))
    assert not flagged(analysis, "closes-nothing")


def test_a_refresher_of_what_was_never_held_is_checked(tmp_path: Path, rotherham: Board) -> None:
    [flag] = flagged(analysed(tmp_path, rotherham, records="1, r34-c, 2014-05-24"), "refreshed-only")
    assert flag.subject == "NWG e-Learning Packages (as refresher)"
    assert flag.message.startswith("1 person attended")


def test_a_refresher_after_the_training_is_not_flagged(tmp_path: Path, rotherham: Board) -> None:
    analysis = analysed(tmp_path, rotherham, records="1, r34-a, 2014-05-23\n1, r34-c, 2014-06-24")
    assert not flagged(analysis, "refreshed-only")


def test_what_lapses_soon_is_told_by_course_with_what_renews_it(tmp_path: Path, rotherham: Board) -> None:
    [flag] = flagged(
        analysed(tmp_path, rotherham, records="1, r34-a, 2014-05-23\n2, r34-a, 2014-05-25"), "due"
    )
    assert (
        "lapses within 90 days, from 23 November 2014 to 25 November 2014, for 2 people at 1 agency"
        in flag.message
    )
    assert "It is renewed by RLSCB Workshop" in flag.message


def test_what_people_need_and_no_course_gives_is_to_be_acted_on(tmp_path: Path, rotherham: Board) -> None:
    without: list[Course] = [replace(one, gives=(), renews=()) for one in rotherham.pack.courses]
    board = replace(rotherham, pack=replace(rotherham.pack, courses=tuple(without)))
    found = flagged(analysed(tmp_path, board), "no-course")
    assert {(flag.severity, flag.subject) for flag in found} == {("act", "Group 3"), ("act", "Group 8")}
    assert "Lacking some of it: 2 of 2 people" in found[0].message


def test_what_is_given_only_by_courses_not_open_to_those_who_need_it_names_them(
    tmp_path: Path, rotherham: Board
) -> None:
    closed = {one.id.replace("-", "_"): {"open_to": (), "required_of": ()} for one in rotherham.pack.courses}
    found = flagged(analysed(tmp_path, with_courses(rotherham, **closed)), "not-open")
    assert {flag.subject for flag in found} == {"Group 3", "Group 8"}
    assert "others get it from" in found[0].message


def test_no_date_left_is_told_apart_from_no_course(tmp_path: Path, rotherham: Board) -> None:
    past: Mapping[str, Mapping[str, Any]] = {
        one.id.replace("-", "_"): {"sessions": (date(2014, 4, 1),)} for one in rotherham.pack.courses
    }
    analysis = analysed(tmp_path, with_courses(rotherham, **past))
    assert {flag.subject for flag in flagged(analysis, "no-date-left")} == {"Group 3", "Group 8"}
    assert "No date is left on or after 30 September 2014" in flagged(analysis, "no-date-left")[0].message
    assert not flagged(analysis, "no-course") + flagged(analysis, "not-open")


def test_a_course_in_a_mode_its_own_competency_does_not_accept_is_not_one_open(
    tmp_path: Path, rotherham: Board
) -> None:
    def face_to_face(grants: Sequence[Grant]) -> tuple[Grant, ...]:
        return tuple(replace(grant, modes=("face-to-face",)) for grant in grants)

    online: Mapping[str, Mapping[str, Any]] = {
        one.id.replace("-", "_"): {"mode": "online", "gives": face_to_face(one.gives)}
        for one in rotherham.pack.courses
    }
    assert flagged(analysed(tmp_path, with_courses(rotherham, **online)), "not-open")


def test_people_to_whom_nothing_is_open_are_told_by_level(tmp_path: Path, rotherham: Board) -> None:
    closed = {one.id.replace("-", "_"): {"open_to": (), "required_of": ()} for one in rotherham.pack.courses}
    found = flagged(analysed(tmp_path, with_courses(rotherham, **closed)), "nothing-open")
    assert [flag.subject for flag in found] == ["Group 3", "Group 8"]


def test_levels_at_which_nothing_is_required_are_not_called_trained(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, tna.load("knowsley"), "1, Library, Librarian", as_of=date(2016, 1, 31))
    [flag] = flagged(analysis, "nothing-required")
    assert flag.message.startswith("Nothing is required of Level 1 (1 person)")


def test_courses_nobody_here_needs_are_told_together_by_reason(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, tna.load("knowsley"), "1, School A, Teacher", as_of=date(2016, 1, 31))
    [idle], [closed] = flagged(analysis, "not-needed-open"), flagged(analysis, "not-needed-closed")
    assert "The Trauma caused by Exploitation" in idle.message
    assert closed.message.startswith(
        "Open to nobody in these registers: 5 of 10 courses for the workforce: PACE"
    )
    assert "KSCB Multi Agency CSE Training" not in idle.message + closed.message


@pytest.mark.parametrize(("as_of", "late"), [(date(2016, 11, 30), False), (date(2016, 12, 1), True)])
def test_a_document_is_past_its_review_the_day_after(tmp_path: Path, as_of: date, late: bool) -> None:
    analysis = analysed(tmp_path, tna.load("knowsley"), "1, School A, Teacher", as_of=as_of)
    assert bool(flagged(analysis, "past-review")) is late


def test_a_document_not_yet_in_force_is_checked(tmp_path: Path) -> None:
    board = with_framework(tna.load("knowsley"), effective_from=date(2016, 2, 1))
    analysis = analysed(tmp_path, board, "1, School A, Teacher", as_of=date(2016, 1, 31))
    assert "in force from 1 February 2016" in flagged(analysis, "not-in-force")[0].message


def test_what_rules_flag_carries_its_own_code_and_a_headcount(tmp_path: Path, rotherham: Board) -> None:
    analysis = analysed(tmp_path, rotherham)
    analysis.connection.execute("""
        create or replace table rule_flags as select 'flag.lead' as rule, 'lead' as code, 'check' as severity,
               'Which level is a lead at.' as message, 'board-2014, p. 2' as source, 12 as people
    """)
    [flag] = [one for one in tna_flag(analysis) if one.subject == "flag.lead"]
    assert flag == Flag(
        "rule.lead",
        "check",
        "flag.lead",
        "Which level is a lead at. This is so of 12 people.",
        "board-2014, p. 2",
    )


def test_flags_name_no_person_and_come_the_same_every_time(tmp_path: Path, rotherham: Board) -> None:
    people = PEOPLE.replace("1, ", "P-777, ") + "P-778, Council, Gardener, Band 9"
    records = "P-777, r34-a\nP-779, r2-a, 2014-05-20\nP-777, Prevent, 2014-05-01"
    once, again = (list(tna_flag(analysed(tmp_path / name, rotherham, people, records))) for name in "ab")
    assert once == again
    assert not [flag for flag in once if "P-77" in flag.message + flag.subject]
