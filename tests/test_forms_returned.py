"""What comes back is read for what it says, whatever was done to the workbook on its way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests import forms
from tests.hostile import Read
from tna.names import course_names
from tna.problems import Problems
from tna.review.walk import names
from tna.sources import Edition, edition_of, read_registers, read_year

PEOPLE = [
    {"Staff number": "001", "Job title": "Teacher", "Group": "Group 3", "Start date": date(2012, 9, 1)},
    {"Staff number": "002", "Job title": "School nurse", "Duties": "designated|trainer"},
]
TRAINING = [
    {"Staff number": "001", "Course": "Family CAF Workshop", "Date completed": date(2015, 3, 4)},
    {"Staff number": "002", "Course": "Family CAF Workshop", "Date completed": date(2015, 3, 5), "Status": "booked"},
]  # fmt: skip
JOBS = "SELECT person_id, agency, role, level, start_date, duties FROM people ORDER BY ALL"
FOUND = [
    ("001", "Hillside School", "Teacher", "Group 3", date(2012, 9, 1), ""),
    ("002", "Hillside School", "School nurse", "", None, "designated|trainer"),
]
RECORDS = "SELECT person_id, course, completed, status FROM records ORDER BY ALL"
TRAINED = [
    ("001", "r2-b", date(2015, 3, 4), "attended"),
    ("002", "r2-b", date(2015, 3, 5), "booked"),
]


def read(
    people: list[Path], records: list[Path], board: str = "rotherham", edition: Edition | None = None
) -> Read:
    """Read forms by the pack as it is, as the analysis does."""
    pack = forms.load(board).pack
    found = Read(duckdb.connect(), Problems())
    read_registers(
        found.connection, people, records, [], course_names(pack.courses), forms.AS_OF, found.problems,
        edition=edition or edition_of(pack),
    )  # fmt: skip
    return found


def both(path: Path) -> Read:
    """One workbook as both registers, which is what a planner types."""
    return read([path], [path])


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A form as an agency sends it back."""
    return forms.fill(forms.blank(tmp_path), {"People": PEOPLE, "Training": TRAINING})


def test_one_workbook_holds_both_registers_and_nothing_is_said_of_its_other_sheets(filled: Path) -> None:
    found = both(filled)
    assert (found.rows(JOBS), found.rows(RECORDS), found.said()) == (FOUND, TRAINED, "")
    assert found.rows("SELECT kind, rows FROM inputs ORDER BY 1") == [("people", 2), ("records", 2)]
    assert found.accounted()


def test_libreoffice_changes_nothing(filled: Path) -> None:
    found = both(forms.through_office(filled))
    assert (found.rows(JOBS), found.rows(RECORDS), found.said()) == (FOUND, TRAINED, "")


def test_a_sheet_saved_as_text_still_says_whose_it_is(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    for name in book.sheetnames:
        if name != "People":
            del book[name]
    book.save(filled)
    found = read([forms.through_office(filled, "csv")], [])
    assert (found.rows(JOBS), found.said()) == (FOUND, "")


def test_a_blank_form_is_told_of_and_stops_nothing(tmp_path: Path) -> None:
    found = both(forms.blank(tmp_path))
    assert found.codes() == ["tables.blank-form", "tables.blank-form"]
    assert not found.problems.errors
    assert found.accounted()


def test_only_people_filled_in_is_a_return(tmp_path: Path) -> None:
    found = both(forms.fill(forms.blank(tmp_path), {"People": PEOPLE}))
    assert (found.rows(JOBS), found.codes()) == (FOUND, ["tables.blank-form"])


def test_training_that_was_filled_in_and_not_asked_for_is_told_of(filled: Path) -> None:
    found = read([filled], [])
    assert (found.rows(JOBS), found.codes()) == (FOUND, ["tables.other-register"])


def test_columns_moved_added_and_renamed(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    page = book["People"]
    page.move_range("B5:B7", cols=10)
    page.cell(5, 2).value = "Ward"
    page.cell(6, 2).value = "West"
    page.cell(5, 1).value = "Employee No."
    page.cell(5, 3).value = "Group (if known)"
    page.title = "Staff 2016"
    book.save(filled)
    found = both(filled)
    assert (found.rows(JOBS), found.said()) == (FOUND, "")
    assert found.rows("SELECT x_ward FROM people ORDER BY person_id") == [("West",), ("",)]


def test_rows_below_those_made_ready_are_read(tmp_path: Path) -> None:
    rows = [{"Staff number": f"{number:04d}", "Job title": "Teacher"} for number in range(700)]
    found = read([forms.fill(forms.blank(tmp_path), {"People": rows})], [])
    assert found.rows("SELECT count(*), count(DISTINCT agency) FROM people") == [(700, 1)]


def test_two_agencies_sheets_in_one_file(tmp_path: Path, filled: Path) -> None:
    other = forms.fill(forms.blank(tmp_path, agency="Valley School"), {"People": PEOPLE[:1]})
    book, more = openpyxl.load_workbook(filled), openpyxl.load_workbook(other)
    copy = book.create_sheet("People (2)")
    for row in more["People"].iter_rows(values_only=True):
        copy.append(row)
    book.save(filled)
    found = both(filled)
    assert found.rows("SELECT agency, count(*) FROM people GROUP BY 1 ORDER BY 1") == [
        ("Hillside School", 2),
        ("Valley School", 1),
    ]
    assert found.said() == ""


def test_an_agency_column_goes_above_the_line(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    for row, value in ((5, "Agency"), (6, "Valley School"), (7, "Hillside School")):
        book["People"].cell(row, 9).value = value
    book.save(filled)
    assert read([filled], []).rows("SELECT person_id, agency FROM people ORDER BY 1") == [
        ("001", "Valley School"),
        ("002", "Hillside School"),
    ]


def test_the_hidden_sheet_says_whose_it_is_when_the_lines_above_are_gone(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["People"].delete_rows(1, 4)
    book["Training"].delete_rows(1, 4)
    book.save(filled)
    found = both(filled)
    assert (found.rows(JOBS), found.rows(RECORDS)) == (FOUND, TRAINED)


def test_rows_pasted_into_a_new_sheet_are_not_taken_to_be_the_agencys(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    page = book.create_sheet("From payroll")
    page.append(["Staff number", "Job title"])
    page.append(["009", "Cook"])
    book.save(filled)
    found = both(filled)
    assert (found.rows(JOBS), found.codes()) == (FOUND, ["tables.half-a-register"])


def test_dates_as_text_and_as_dates_are_the_same(tmp_path: Path) -> None:
    rows = [{**row, "Date completed": f"{row['Date completed']:%d/%m/%Y}"} for row in TRAINING]  # type: ignore[str-format]
    found = both(forms.fill(forms.blank(tmp_path), {"People": PEOPLE, "Training": rows}))
    assert found.rows(RECORDS) == TRAINED


def test_a_workbook_that_counts_from_1904(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    book.save(filled)
    found = both(filled)
    assert (found.rows(JOBS), found.rows(RECORDS)) == (FOUND, TRAINED)


def test_a_form_of_an_older_edition_is_read_by_the_pack_as_it_is(filled: Path) -> None:
    newer = Edition("rotherham", "2015/16", "ab" * 32)
    found = read([filled], [filled], edition=newer)
    assert (found.rows(JOBS), found.codes()) == (FOUND, ["tables.form-older"])


def test_a_form_of_another_board_is_told_of(filled: Path) -> None:
    assert "tables.form-of-another-board" in read([filled], [filled], "knowsley").codes()


def year(files: dict[str, list[Path]]) -> Read:
    """Read forms as the review does."""
    board = forms.load("knowsley")
    found = Read(duckdb.connect(), Problems(), "year_")
    read_year(
        found.connection, files, names(board), forms.AS_OF, found.problems, edition=edition_of(board.pack)
    )
    return found


def test_headcounts_come_back_as_returns(tmp_path: Path) -> None:
    rows = [
        {"Level": "Level 2", "Headcount": 40, "Required": 38, "Trained": 31, "In date": 27, "Overdue": 4,
         "As at": date(2015, 12, 31), "Estimated": "no", "Post of person completing": "HR business partner"},
        {"Level": "Taxi drivers", "Headcount": 12, "Estimated": "yes"},
    ]  # fmt: skip
    path = forms.fill(
        forms.blank(tmp_path, "headcounts", "Hillside School", "knowsley"), {"Headcounts": rows}
    )
    found = year({"returns": [forms.through_office(path)]})
    assert found.rows(
        "SELECT agency, level, headcount, trained, as_at, estimated FROM returns ORDER BY level"
    ) == [
        ("Hillside School", "cohort:taxi-drivers", 12, None, None, True),
        ("Hillside School", "level-2", 40, 31, date(2015, 12, 31), False),
    ]
    assert (found.said(), found.accounted()) == ("", True)


def test_sessions_and_bookings_are_each_read_once(tmp_path: Path) -> None:
    session = {"Course": "k4-4", "Session date": date(2015, 10, 14), "Places": 24, "Booked": 4, "Attended": 3,
               "Cancelled": 1, "No shows": 0, "Unscheduled": 0}  # fmt: skip
    booking = {key: value for key, value in session.items() if key != "Places"} | {"Agency": "A library"}
    path = forms.fill(
        forms.blank(tmp_path, "sessions", "Board office", "knowsley"),
        {"Sessions": [session], "Bookings": [booking]},
    )
    found = year({"sessions": [path], "bookings": [path]})
    assert found.rows("SELECT course, places, attended, agency FROM sessions") == [
        ("k4-4", 24, 3, "Board office")
    ]
    assert found.rows("SELECT course, attended, agency FROM bookings") == [("k4-4", 3, "A library")]
    assert (found.said(), found.accounted()) == ("", True)
    assert year({"bookings": [path]}).codes() == ["tables.other-register"]


def test_a_form_given_as_something_else_is_refused_in_a_line(tmp_path: Path) -> None:
    found = year({"returns": [forms.blank(tmp_path)]})
    assert found.said().endswith(
        "this is a form for people and records, not for returns. Give it as --people or --records."
    )
