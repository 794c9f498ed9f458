"""Nobody in a people register is lost, and nothing about them is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import hostile


def people(folder: Path, text: str, agencies: str = "", name: str = "people.csv") -> hostile.Read:
    """Read a register of people."""
    listed = [hostile.written(folder, "agencies.csv", agencies)] if agencies else []
    return hostile.read([hostile.written(folder, name, text)], agencies=listed)


HEAD = "person_id,agency,role,level,start_date,contact,manages,duties,cohort,Site\n"


def test_every_fact_has_its_column(tmp_path: Path) -> None:
    found = people(tmp_path, HEAD + "001,School A,Teacher,3,01/09/2014,regular,No,DSL|s47,Taxi,North\n")
    assert found.rows("FROM people") == [
        ("001", "School A", "Teacher", "3", "", date(2014, 9, 1), "regular", "none", "designated|section-47", "Taxi",
         "North", "people.csv", "", 2, "", 0, False)
    ]  # fmt: skip
    assert found.rows("FROM extra_columns") == [("x_site", "Site")]


def test_what_is_not_stated_is_an_empty_text(tmp_path: Path) -> None:
    found = people(tmp_path, hostile.PEOPLE)
    columns = "level, agency_type, start_date, contact, manages, duties, cohort, conflict"
    assert found.rows(f"SELECT DISTINCT {columns} FROM people") == [("", "", None, "", "", "", "", "")]


def test_ids_that_differ_inside_are_different_people(tmp_path: Path) -> None:
    rows = "A1,S,T\na1,S,T\n A1 ,S,U\nA  1,S,T\nA 1,S,T\n01,S,T\n1,S,T\n"
    found = people(tmp_path, "person_id,agency,role\n" + rows)
    assert found.rows("SELECT DISTINCT person_id FROM people ORDER BY ALL") == [
        ("01",), ("1",), ("A  1",), ("A 1",), ("A1",), ("a1",)
    ]  # fmt: skip


def test_two_roles_are_two_jobs(tmp_path: Path) -> None:
    found = people(tmp_path, "person_id,agency,role\n1,S,Teacher\n1,S,Governor\n1,T,Teacher\n")
    assert len(found.rows("FROM people")) == 3
    assert found.codes() == []


def test_a_row_that_comes_twice_is_counted_once(tmp_path: Path) -> None:
    found = people(tmp_path, hostile.PEOPLE + "001,School A,Teacher\n")
    assert found.rows("SELECT person_id, row FROM people") == [("001", 2), ("002", 3)]
    assert found.rows(
        "SELECT row, outcome, split_part(reason, ':', 1) FROM ledger WHERE row IS NOT NULL"
    ) == [(4, "changed", "duplicate")]


def test_rows_that_agree_are_put_together(tmp_path: Path) -> None:
    text = "person_id,agency,role,level,contact\n1,S,Teacher,3,\n1,S,Teacher,,regular\n"
    found = people(tmp_path, text)
    assert found.rows("SELECT level, contact, conflict FROM people") == [("3", "regular", "")]
    assert found.rows("SELECT split_part(reason, ':', 1) FROM ledger WHERE row = 3") == [("joined",)]


def test_a_contradiction_loses_the_fact_and_not_the_person(tmp_path: Path) -> None:
    text = "person_id,agency,role,level,contact\n1,S,Teacher,3,regular\n2,S,Nurse,1,\n1,S,Teacher,2,regular\n"
    found = people(tmp_path, text)
    assert found.rows("SELECT person_id, level, contact, conflict FROM people") == [
        ("1", "", "regular", "people.csv row 2 and row 4 disagree about level ('2' or '3')"),
        ("2", "1", "", ""),
    ]
    assert found.rows("SELECT row, outcome FROM ledger WHERE row IS NOT NULL") == [
        (2, "refused"),
        (4, "refused"),
    ]


def test_a_contradiction_between_files_names_both(tmp_path: Path) -> None:
    head = "person_id,agency,role,level\n"
    one = hostile.written(tmp_path, "one.csv", head + "1,S,Teacher,3\n")
    two = hostile.written(tmp_path, "two.csv", head + "1,S,Teacher,2\n")
    found = hostile.read([one, two])
    assert found.rows("SELECT conflict FROM people") == [
        ("one.csv row 2 and two.csv row 2 disagree about level ('2' or '3')",)
    ]


def test_a_blank_role_is_kept_to_be_asked_about(tmp_path: Path) -> None:
    found = people(tmp_path, "person_id,agency,role\n1,School A,\n")
    assert found.rows("SELECT person_id, role FROM people") == [("1", "")]
    assert found.codes() == []


def test_a_start_date_that_cannot_be_read_is_noted_and_left_open(tmp_path: Path) -> None:
    found = people(tmp_path, "person_id,agency,role,start_date\n1,S,Teacher,soon\n")
    assert found.rows("SELECT start_date FROM people") == [(None,)]
    assert found.rows("SELECT outcome, value FROM ledger WHERE row = 2") == [("changed", "soon")]
    assert found.codes() == ["registers.unreadable-date"]


def test_the_type_of_an_agency_comes_from_the_list_of_agencies(tmp_path: Path) -> None:
    text = "person_id,agency,role,agency_type\n1,School A,Teacher,\n2,School A,Teacher,academy\n3,School B,Teacher,\n"
    found = people(tmp_path, text, "agency,agency_type\nSchool A,education\n")
    assert found.rows("SELECT agency_type FROM people") == [("education",), ("academy",), ("",)]
    assert found.accounted()


def test_columns_of_several_files_are_joined(tmp_path: Path) -> None:
    one = hostile.written(tmp_path, "one.csv", "person_id,agency,role,Band\n1,S,T,5\n")
    two = hostile.written(tmp_path, "two.csv", "person_id,agency,role,Site\n2,S,T,North\n")
    found = hostile.read([one, two])
    assert found.rows("SELECT person_id, x_band, x_site FROM people") == [("1", "5", ""), ("2", "", "North")]


def test_a_column_that_comes_twice_is_kept_twice(tmp_path: Path) -> None:
    found = people(tmp_path, "person_id,agency,role,Band,band\n1,S,T,5,6\n")
    assert found.rows("SELECT x_band, x_band_2 FROM people") == [("5", "6")]


def test_a_register_that_also_lists_courses_gives_people_once(tmp_path: Path) -> None:
    text = "person_id,agency,role,course,completed\n1,S,T,c1,2015-01-01\n1,S,T,c2,2015-02-01\n"
    path = hostile.written(tmp_path, "both.csv", text)
    found = hostile.read([path], [path])
    assert found.rows("SELECT person_id, conflict FROM people") == [("1", "")]
    assert found.rows("SELECT course, counts FROM records") == [("c1", "dated"), ("c2", "dated")]
    assert found.rows("FROM extra_columns") == []


@pytest.mark.parametrize(
    "agencies", ["agency\nSchool A\n\nSchool A\n", "Name;Type\nSchool A;x\nSchool A;x\n"]
)
def test_an_agency_listed_twice_is_expected_once(tmp_path: Path, agencies: str) -> None:
    found = people(tmp_path, hostile.PEOPLE, agencies)
    assert found.rows("SELECT agency FROM agencies") == [("School A",)]
    assert found.accounted()
