"""Headings pasted again and totals are told of and count nobody; an agency left blank is the one that the form states."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import hostile, year
from tests.hostile import Read, written
from tna.sources import furniture


@pytest.fixture(params=[0, furniture.FEW], ids=["cell by cell", "row by row"], autouse=True)
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small tables are looked through in both ways."""
    monkeypatch.setattr(furniture, "FEW", request.param)


REASONS = """SELECT row, split_part(reason, ':', 1) FROM {} WHERE outcome <> 'accepted' ORDER BY ALL"""


def people(folder: Path, text: str) -> Read:
    return hostile.read([written(folder, "people.csv", text)])


def ids(found: Read) -> list[str]:
    return [str(person) for (person,) in found.rows("SELECT DISTINCT person_id FROM people ORDER BY 1")]


@pytest.mark.parametrize(
    "line",
    [
        "Staff number,Agency,Job title",
        "person_id,agency,role",
        "PERSON_ID,,ROLE",
        "Employee number,Organisation,Post",
    ],
)
def test_headings_pasted_again_are_no_person(tmp_path: Path, line: str) -> None:
    found = people(tmp_path, f"person_id,agency,role\n001,A,Teacher\n{line}\n002,A,Nurse\n")
    assert ids(found) == ["001", "002"]
    assert found.rows(REASONS.format("ledger")) == [(3, "heading-row")]
    assert found.accounted()


@pytest.mark.parametrize(
    "line",
    ["Total,,2", "Total: 2,,", "Grand total,A,", ",Total,", "All staff,,", "2,Police Total,", "Totals 2,A,x"],
)
def test_a_total_is_no_person(tmp_path: Path, line: str) -> None:
    found = people(tmp_path, f"person_id,agency,role\n001,A,Teacher\n002,A,Nurse\n{line}\n")
    assert ids(found) == ["001", "002"]
    assert found.rows(REASONS.format("ledger")) == [(4, "total-line")]
    assert found.accounted()


@pytest.mark.parametrize(
    "line",
    ["003,Total Care Ltd,Nurse", "003,A,Total wellbeing coach", "role,A,Nurse", "003,Agency,Role play lead"],
)
def test_what_only_looks_like_one_is_a_person(tmp_path: Path, line: str) -> None:
    found = people(tmp_path, f"person_id,agency,role\n001,A,Teacher\n{line}\n")
    assert len(ids(found)) == 2
    assert found.rows(REASONS.format("ledger")) == []


def test_training_has_totals_and_headings_too(tmp_path: Path) -> None:
    register = written(tmp_path, "people.csv", "person_id,agency,role\n001,A,Teacher\n")
    records = written(
        tmp_path,
        "records.csv",
        "person_id,course,completed\n001,x,2015-01-02\nStaff no,Course,Date\nTotal,1,\n",
    )
    found = hostile.read([register], [records])
    assert found.rows("SELECT count(*) FROM records") == [(1,)]
    assert (3, "heading-row") in found.rows(REASONS.format("ledger"))
    assert (4, "total-line") in found.rows(REASONS.format("ledger"))
    assert found.accounted()


def test_a_subtotal_of_a_group_of_agencies_is_no_agency(tmp_path: Path) -> None:
    text = "agency,level,headcount\nPolice North,1,10\nPolice South,1,5\nPolice Total,,15\nagency,level,headcount\nTotal,,15\n"
    found = year.read({"returns": [written(tmp_path, "returns.csv", text)]})
    assert found.rows("SELECT DISTINCT agency FROM returns ORDER BY 1") == [
        ("Police North",),
        ("Police South",),
    ]
    assert found.rows(REASONS.format("year_ledger")) == [
        (4, "total-line"),
        (5, "heading-row"),
        (6, "total-row"),
    ]
    assert found.accounted()


def test_a_level_that_does_not_say_what_is_counted_is_refused(tmp_path: Path) -> None:
    found = year.read({"returns": [written(tmp_path, "returns.csv", "agency,Level 1,Level 2\nA,10,5\n")]})
    assert found.codes() == ["tables.level-without-measure"]
    said = year.read(
        {"returns": [written(tmp_path, "said.csv", "agency,Level 1 headcount,Level 2 headcount\nA,10,5\n")]}
    )
    assert said.rows("SELECT level, headcount FROM returns ORDER BY 1") == [("level-1", 10), ("level-2", 5)]


def test_an_agency_left_blank_is_the_one_above_the_headings(tmp_path: Path) -> None:
    found = people(
        tmp_path, "Agency:,School A\nperson_id,agency,role\n001,,Teacher\n002,School B,Nurse\n003, ,Cook\n"
    )
    assert found.rows("SELECT person_id, agency FROM people ORDER BY 1") == [
        ("001", "School A"), ("002", "School B"), ("003", "School A"),
    ]  # fmt: skip
    assert found.rows(REASONS.format("ledger")) == [(3, "agency-of-form"), (5, "agency-of-form")]
    assert found.accounted()


def test_an_agency_left_blank_where_nothing_states_one_is_still_refused(tmp_path: Path) -> None:
    found = people(tmp_path, "person_id,agency,role\n001,,Teacher\n002,School B,Nurse\n")
    assert found.rows(REASONS.format("ledger")) == [(2, "blank-agency")]


def test_a_level_that_says_there_is_none_to_state_is_not_stated(tmp_path: Path) -> None:
    cells = ("n/a", "-", "none", "Not known", "N/A.", "—", "Level Two", "2.0")
    lines = "".join(f"{number:03d},A,Cook,{cell}\n" for number, cell in enumerate(cells))
    found = people(tmp_path, f"person_id,agency,role,level\n{lines}")
    assert [level for (level,) in found.rows("SELECT level FROM people ORDER BY person_id")] == [""] * 6 + [
        "Level Two",
        "2.0",
    ]
    assert found.rows(REASONS.format("ledger")) == []
