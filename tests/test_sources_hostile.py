"""Workbooks that lie about themselves, and those that people merely made hard to read: refused in a line, or read right."""

from __future__ import annotations

import resource
import struct
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests import hostile, year
from tests.hostile import read, repacked, sheet_changed, small, workbook

RECORDS = ["person_id", "course", "completed"]


def lying_size(folder: Path) -> None:
    """A workbook whose sheet says it unpacks to a hundred bytes."""
    path = small(folder)
    content = bytearray(path.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", content, at + 24, 100)
    path.write_bytes(content)


def text_from_the_end(folder: Path) -> None:
    """A workbook with a cell that asks for the text before the first."""
    cell = b'<row r="4"><c r="A4" t="s"><v>-1</v></c></row></sheetData>'
    sheet_changed(small(folder), lambda xml: xml.replace(b"</sheetData>", cell))


def deep_index(folder: Path) -> None:
    """A workbook whose list of sheets lies under half a million others."""
    deep = b"<x>" * 500_000, b"</x>" * 500_000
    repacked(
        small(folder),
        lambda name, xml: (
            xml.replace(b"<sheets>", deep[0] + b"<sheets>").replace(b"</sheets>", b"</sheets>" + deep[1])
            if name == "xl/workbook.xml"
            else xml
        ),
    )


def wrong_sum(folder: Path) -> None:
    """A workbook whose sheet was changed by a faulty disk."""
    path = small(folder)
    content = bytearray(path.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml") + 40
    content[at] ^= 0xFF
    path.write_bytes(content)


def web_page(folder: Path) -> None:
    """A web page named .xlsx, as some systems export."""
    (folder / "people.xlsx").write_text("<html><table><tr><td>person_id</td></tr></table></html>", "utf-8")


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (lying_size, {"tables.broken-workbook"}),
        (text_from_the_end, {"tables.broken-workbook"}),
        (wrong_sum, {"tables.broken-workbook"}),
        (web_page, {"tables.mislabelled"}),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_lies_about_itself_is_refused_in_a_line(tmp_path: Path, make: object, codes: set[str]) -> None:
    assert callable(make)
    make(tmp_path)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = read([tmp_path / "people.xlsx"])
    assert set(found.codes()) == codes
    assert time.monotonic() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


def test_half_a_million_levels_of_nothing_are_gone_through(tmp_path: Path) -> None:
    deep_index(tmp_path)
    began = time.monotonic()
    found = read([tmp_path / "people.xlsx"])
    assert not found.problems or set(found.codes()) <= {"tables.broken-workbook", "tables.swollen-workbook"}
    assert time.monotonic() - began < 10


def test_merged_cells_state_what_stands_in_the_first_of_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        "people.xlsx",
        {"P": [["person_id", "agency", "role"], ["1", "School A", "Cook"], ["2", None, "Cook"]]},
    )
    book = openpyxl.load_workbook(path)
    book["P"].merge_cells("B2:B3")
    book.save(path)
    found = read([path])
    assert found.rows("SELECT person_id, agency FROM people") == [("1", "School A")]
    assert found.codes() == ["registers.blank-agency"]
    assert found.accounted()


def test_line_breaks_inside_cells_are_blanks(tmp_path: Path) -> None:
    rows = [["person_id", "agency\r\n(as printed)", "role"], ["1", "School\r\nA", "School\nnurse"]]
    found = read([workbook(tmp_path, "people.xlsx", {"P": rows})])
    assert found.rows("SELECT agency, role FROM people") == [("School A", "School nurse")]


def test_dates_of_every_kind_in_one_column_are_the_days_they_say(tmp_path: Path) -> None:
    days = [date(2015, 3, 31), "31/03/2015", "2015-03-31", "31 March 2015", "31.03.2015", "31st Mar 2015"]
    rows: list[list[object]] = [list(RECORDS), *(["1", "c1", day] for day in days)]
    people = workbook(tmp_path, "people.xlsx", {"P": [["person_id", "agency", "role"], ["1", "A", "Cook"]]})
    found = read([people], [workbook(tmp_path, "records.xlsx", {"R": rows})])
    assert found.rows("SELECT DISTINCT completed, counts FROM records") == [(date(2015, 3, 31), "dated")]


def test_an_error_where_a_date_should_be_is_never_a_blank(tmp_path: Path) -> None:
    rows = [list(RECORDS), *(["1", "c1", error] for error in ("#N/A", "#VALUE!", "#REF!"))]
    people = workbook(tmp_path, "people.xlsx", {"P": [["person_id", "agency", "role"], ["1", "A", "Cook"]]})
    found = read([people], [workbook(tmp_path, "records.xlsx", {"R": rows})])
    assert found.rows("SELECT count(*) FROM records WHERE counts = 'no' AND reason = 'unreadable-date'") == [
        (3,)
    ]


def test_counts_stored_as_text_are_counts(tmp_path: Path) -> None:
    rows = [
        ["agency", "level", "headcount", "trained"],
        ["School A", "1", "1,040", " 12 "],
        ["School A", "2", "7.0", "6"],
    ]
    found = year.read({"returns": [workbook(tmp_path, "returns.xlsx", {"R": rows})]})
    assert found.rows("SELECT headcount, trained FROM returns ORDER BY level") == [(1040, 12), (7, 6)]


def test_an_id_stored_as_a_number_is_the_number_and_noughts_in_text_are_kept(tmp_path: Path) -> None:
    rows = [["person_id", "agency", "role"], [7, "A", "Cook"], ["007", "A", "Cook"], [7.0, "B", "Cook"]]
    found = read([workbook(tmp_path, "people.xlsx", {"P": rows})])
    assert found.rows("SELECT person_id FROM people ORDER BY agency, person_id") == [("007",), ("7",), ("7",)]


def test_a_duty_that_is_an_error_is_said_to_be_one(tmp_path: Path) -> None:
    path = hostile.written(tmp_path, "people.csv", "person_id,agency,role,duties\n1,A,Cook,#N/A\n")
    found = read([path])
    assert found.codes() == ["registers.error-value"]
    assert found.rows("SELECT duties FROM people") == [("",)]
