"""Workbooks are read as they look on the screen, and dangerous ones are not opened."""

from __future__ import annotations

import resource
import time
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests import hostile

PEOPLE = [line.split(",") for line in hostile.PEOPLE.splitlines()]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        ("far_cell", "tables.missing-column"),
        ("cell_far_below", "tables.gap"),
        ("ghosts_then_a_cell", "tables.gap"),
        ("zip_bomb", "tables.swollen-workbook"),
        ("long_text", "tables.swollen-workbook"),
        ("many_parts", "tables.swollen-workbook"),
        ("overlapping", "tables.dangerous-workbook"),
        ("document_type", "tables.dangerous-workbook"),
        ("locked_parts", "tables.dangerous-workbook"),
        ("locked_workbook", "tables.mislabelled"),
        ("old_workbook", "tables.mislabelled"),
        ("cut_short", "tables.broken-workbook"),
        ("broken_xml", "tables.broken-workbook"),
    ],
)
def test_a_hostile_workbook_is_refused_at_once(tmp_path: Path, make: str, code: str) -> None:
    getattr(hostile, make)(tmp_path)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = hostile.read([tmp_path / "people.xlsx"])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert set(found.codes()) == {code}
    assert time.monotonic() - began < 10
    assert grown < 300_000  # kilobytes


def test_a_million_ghost_rows_are_passed_over(tmp_path: Path) -> None:
    path = hostile.ghost_rows(tmp_path)
    began = time.monotonic()
    found = hostile.read([path])
    assert found.rows("SELECT person_id FROM people") == [("001",), ("002",)]
    assert found.codes() == []
    assert time.monotonic() - began < 10


def test_cells_are_read_as_they_look(tmp_path: Path) -> None:
    rows = [
        ["person_id", "course", "completed", "evidence"],
        [12345, "c1", date(2015, 3, 1), 7],
        [12345.0, "c1", datetime(2015, 3, 1, 9, 30), 7.5],
        ["00123", "c1", "2015-03-01", True],
        ["x", "c1", "01/03/2015", "_x000D_ok"],
    ]
    found = hostile.read(records=[hostile.workbook(tmp_path, "records.xlsx", {"Records": rows})])
    assert found.rows("SELECT person_id, completed, evidence FROM records") == [
        ("12345", date(2015, 3, 1), "7"),
        ("12345", date(2015, 3, 1), "7.5"),
        ("00123", date(2015, 3, 1), "TRUE"),
        ("x", date(2015, 3, 1), "ok"),
    ]


def test_zeros_shown_by_a_number_format_are_part_of_an_id(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [["person_id", "agency", "role"], [123, "School A", "Teacher"]]:
        book.active.append(row)
    book.active["A2"].number_format = "000000"
    book.save(tmp_path / "people.xlsx")
    assert hostile.read([tmp_path / "people.xlsx"]).rows("SELECT person_id FROM people") == [("000123",)]


def test_workbooks_that_count_from_1904_are_read_right(tmp_path: Path) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in [["person_id", "course", "completed"], ["1", "c1", date(2015, 3, 1)]]:
        book.active.append(row)
    book.save(tmp_path / "records.xlsx")
    found = hostile.read(records=[tmp_path / "records.xlsx"])
    assert found.rows("SELECT completed FROM records") == [(date(2015, 3, 1),)]


def test_an_uncalculated_formula_is_named_and_not_blank(tmp_path: Path) -> None:
    hostile.uncalculated(tmp_path)
    people = hostile.written(tmp_path, "people.csv", hostile.PEOPLE)
    found = hostile.read([people], [tmp_path / "records.xlsx"])
    assert found.rows("SELECT reason, completed_written FROM records") == [
        ("unreadable-date", "#UNCALCULATED!"), ("unreadable-date", "#N/A")
    ]  # fmt: skip


def test_a_calculated_formula_is_its_value_even_an_empty_one(tmp_path: Path) -> None:
    path = hostile.workbook(
        tmp_path, "people.xlsx", {"People": [[*PEOPLE[0], "level"], ["1", "S", "T", "LEVEL"]]}
    )
    for value, level in ((b"<v>3</v>", "3"), (b"<v></v>", "")):
        cell = b'<c r="D2" t="str"><f>IF(1,"","")</f>' + value + b"</c></row>"
        hostile.sheet_changed(
            path,
            lambda xml, cell=cell: xml[: xml.rindex(b'<c r="D2"')] + cell + xml[xml.rindex(b"</row>") + 6 :],
        )
        found = hostile.read([path])
        assert found.rows("SELECT level FROM people") == [(level,)]
        assert found.codes() == []


def test_each_sheet_that_is_a_register_is_read(tmp_path: Path) -> None:
    notes = [["Please return by Friday"]]
    records = [["Staff no", "Course title", "Date"], ["001", "c1", date(2015, 3, 1)]]
    sheets = {
        "Notes": notes,
        "North": PEOPLE,
        "South": [PEOPLE[0], ["003", "School B", "Nurse"]],
        "Training": records,
    }
    path = hostile.workbook(tmp_path, "returns.xlsx", sheets)
    found = hostile.read([path], [path])
    assert found.rows("SELECT person_id, sheet FROM people") == [
        ("001", "North"),
        ("002", "North"),
        ("003", "South"),
    ]
    assert found.rows("SELECT sheet, counts FROM records") == [("Training", "dated")]
    assert found.codes() == ["tables.sheet-not-read"]
    assert found.rows("SELECT reason, value FROM ledger WHERE sheet = 'Notes'") == [
        ("sheet not read: its headings are not those of a register", "0")
    ]


def test_a_sheet_of_people_without_one_column_is_not_left_out_in_silence(tmp_path: Path) -> None:
    hostile.half_a_register(tmp_path)
    found = hostile.read([tmp_path / "people.xlsx"], [])
    assert [one.severity for one in found.problems] == ["warning"]
    assert found.rows("SELECT reason, value FROM ledger WHERE sheet = 'Hillside'") == [
        ("sheet not read: 2 rows left out, as it has no column for agency", "0")
    ]
    assert found.accounted()


@pytest.mark.parametrize(
    "heading", ["Name of school", "School name", "Setting", "Name of organisation", "Practice"]
)
def test_an_agency_is_known_by_what_agencies_call_themselves(tmp_path: Path, heading: str) -> None:
    rows = [["Staff number", "Job title", heading], ["1", "Cook", "Hillside"]]
    found = hostile.read([hostile.workbook(tmp_path, "p.xlsx", {"P": rows})], [])
    assert (found.rows("SELECT agency FROM people"), found.said()) == ([("Hillside",)], "")


@pytest.mark.parametrize(
    "sheet",
    [[["Job title", "Level"], ["Cook", "Level 1"]], [["Agency", "Job title"], ["Hillside", "Cook"]],
     [["Returned by", "Staff number"], ["The office", "12"]], [["Staff number", "Job title", "Level"]]],
)  # fmt: skip
def test_a_list_a_cover_or_an_empty_sheet_stays_a_note(tmp_path: Path, sheet: list[list[object]]) -> None:
    rows = [["Staff number", "Job title", "Agency"], ["1", "Cook", "Hillside"]]
    found = hostile.read([hostile.workbook(tmp_path, "p.xlsx", {"P": rows, "Q": sheet})], [])
    assert found.codes() == ["tables.sheet-not-read"]


def test_a_cell_right_of_the_headings_breaks_its_row_alone(tmp_path: Path) -> None:
    path = hostile.workbook(tmp_path, "people.xlsx", {"People": [*PEOPLE, ["003", "S", "T", None, "stray"]]})
    found = hostile.read([path])
    assert found.rows("SELECT person_id FROM people") == [("001",), ("002",)]
    assert found.codes() == ["registers.broken-row"]
    assert found.accounted()


def test_rows_that_number_themselves_are_believed(tmp_path: Path) -> None:
    path = hostile.workbook(tmp_path, "people.xlsx", {"People": [PEOPLE[0], [], [], *PEOPLE[1:]]})
    assert hostile.read([path]).rows("SELECT row FROM people") == [(4,), (5,)]
