"""Columns are known whatever agencies call them, and what is not known is never taken for another."""

from __future__ import annotations

import pytest

from tna.sources.headers import find_headings, heading_key, personal, read_headings


@pytest.mark.parametrize(
    ("kind", "heading", "column"),
    [("people", "Person ID", "person_id"), ("people", "PersonID", "person_id"), ("people", "Staff No.", "person_id"),
     ("people", "employee_number", "person_id"), ("people", "Job title", "role"), ("people", "Organisation", "agency"),
     ("people", "Agency/Organisation", "agency"), ("people", "Level / Group", "level"), ("people", "Group", "level"),
     ("people", "Start date (dd/mm/yyyy)", "start_date"), ("people", "Contact with children", "contact"),
     ("records", "Course Title", "course"), ("records", "Title", "course"), ("records", "Date Completed", "completed"),
     ("records", "Date", "completed"), ("records", "ATTENDANCE-STATUS", "status"), ("agencies", "Name", "agency"),
     ("agencies", "Sector", "agency_type")],
)  # fmt: skip
def test_a_column_is_known_by_any_usual_name(kind: str, heading: str, column: str) -> None:
    assert read_headings(kind, 1, [heading]).meaning == {column: 0}


def test_a_name_that_settles_it_comes_before_one_that_may_mean_it() -> None:
    headings = read_headings(
        "records", 1, ["ID", "Staff number", "Title", "Course", "Date", "Completion date"]
    )
    assert headings.meaning == {"person_id": 1, "course": 3, "completed": 5}
    assert not headings.rivals


def test_two_names_for_a_required_column_are_rivals() -> None:
    assert read_headings("people", 1, ["Staff number", "person_id"]).rivals == {"person_id": (0, 1)}


def test_our_own_name_settles_a_column_that_is_not_required() -> None:
    headings = read_headings("people", 1, ["Training level", "level"])
    assert headings.meaning["level"] == 1
    assert not headings.rivals


def test_headings_are_looked_for_below_a_title() -> None:
    rows = [(1, ["Staff register"]), (3, ["Staff no", "Agency", "Role"]), (4, ["1", "School", "Teacher"])]
    headings = find_headings("people", rows)
    assert headings is not None
    assert (headings.row, headings.whole) == (3, True)


@pytest.mark.parametrize(
    "heading", ["Surname", "First name", "Full Name", "E-mail", "Date of Birth", "NI number", "Line manager"]
)
def test_columns_about_who_somebody_is_are_known(heading: str) -> None:
    assert heading_key(heading) in personal()


@pytest.mark.parametrize("heading", ["School site", "Band", "Team name", "Hours", "Contract"])
def test_facts_about_a_job_are_not_personal(heading: str) -> None:
    assert heading_key(heading) not in personal()
