"""Text files are read whole, fast or carefully, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import hostile
from tna.sources import csv_text

PEOPLE = hostile.PEOPLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding_that_spreadsheets_write_is_read(tmp_path: Path, encoding: str) -> None:
    text = "person_id,agency,role\n001,Ysgol Penybont,Athrawes – cyflenwi\n"
    found = hostile.read([hostile.written(tmp_path, "people.csv", text, encoding)])
    assert found.rows("SELECT person_id, agency, role FROM people") == [
        ("001", "Ysgol Penybont", "Athrawes – cyflenwi")
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_usual_delimiter_and_line_end_is_read(tmp_path: Path, delimiter: str, ending: str) -> None:
    text = PEOPLE.replace(",", delimiter).replace("\n", ending)
    found = hostile.read([hostile.written(tmp_path, "people.csv", text)])
    assert found.rows("SELECT person_id, row FROM people") == [("001", 2), ("002", 3)]


def test_the_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    found = hostile.read([hostile.written(tmp_path, "people.csv", "sep=;\n" + PEOPLE.replace(",", ";"))])
    assert found.rows("SELECT person_id, row FROM people") == [("001", 2), ("002", 3)]
    assert found.codes() == []


def test_blank_lines_keep_the_numbers_of_the_rows_below(tmp_path: Path) -> None:
    text = "person_id,agency,role\n\n001,School A,Teacher\n,,\n\n002,School A,Nurse\n"
    found = hostile.read([hostile.written(tmp_path, "people.csv", text)])
    assert found.rows("SELECT person_id, row FROM people") == [("001", 3), ("002", 6)]
    assert found.rows("SELECT value FROM ledger") == [("2",)]


def test_a_line_end_inside_a_cell_is_a_blank_and_not_a_row(tmp_path: Path) -> None:
    text = 'person_id,agency,role\n001,"School\r\nA",Teacher\n002,School A,Nurse\n'
    found = hostile.read([hostile.written(tmp_path, "people.csv", text)])
    assert found.rows("SELECT person_id, agency, row FROM people") == [
        ("001", "School A", 2),
        ("002", "School A", 3),
    ]


def test_a_short_row_has_blanks_at_its_end(tmp_path: Path) -> None:
    text = "person_id,agency,role,level\n001,School A,Teacher\n002,School A,Nurse,3\n"
    found = hostile.read([hostile.written(tmp_path, "people.csv", text)])
    assert found.rows("SELECT person_id, level FROM people") == [("001", ""), ("002", "3")]


def test_a_name_with_brackets_is_no_pattern(tmp_path: Path) -> None:
    hostile.written(tmp_path, "returns1.csv", PEOPLE.replace("00", "99"))
    found = hostile.read([hostile.written(tmp_path, "returns[1].csv", PEOPLE)])
    assert found.rows("SELECT person_id, file FROM people") == [
        ("001", "returns[1].csv"),
        ("002", "returns[1].csv"),
    ]


def test_formula_like_text_stays_text_and_our_own_guard_is_taken_off(tmp_path: Path) -> None:
    text = 'person_id,agency,role\n001,"=HYPERLINK(""http://x"")",\'-Teacher\n002,\'Tis School,+Nurse\n'
    found = hostile.read([hostile.written(tmp_path, "people.csv", text)])
    assert found.rows("SELECT agency, role FROM people") == [
        ('=HYPERLINK("http://x")', "-Teacher"),
        ("'Tis School", "+Nurse"),
    ]


def test_headings_below_a_title_are_found(tmp_path: Path) -> None:
    text = "Register of Rotherham,,\nas at 1 May,,\n" + PEOPLE
    found = hostile.read([hostile.written(tmp_path, "people.csv", text)])
    assert found.rows("SELECT person_id, row FROM people") == [("001", 4), ("002", 5)]
    assert found.codes() == ["tables.headings-lower"]


CELL = st.text(st.sampled_from("ab01 ,;\"'\t\n\r=-é\u00a0\u200bŵ#/"), max_size=6)
DATES = st.sampled_from(
    ["", "2015-03-01", "03/04/2015", "3 Mar 2015", "31/02/2015", "01/03/2015 09:30", "2017-01-01"]
)
RECORD = st.tuples(st.sampled_from(["001", "002", " 003", "", "=1"]), CELL, DATES, CELL, CELL)


def table(rows: list[tuple[str, ...]]) -> str:
    """Records as a spreadsheet saves them."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [("person_id", "course", "completed", "status", "provider"), *rows]
    )
    return text.getvalue()


def everything(people: Path, records: Path) -> list[object]:
    """All tables that come of two files, and what is said about them."""
    found = hostile.read([people], [records])
    assert found.accounted() or found.problems.errors
    names = ("people", "records", "agencies", "ledger", "inputs", "extra_columns")
    return [*(found.rows(f"FROM {name}") for name in names), found.said()]


QUIET = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(st.lists(RECORD, min_size=1, max_size=6))
def test_the_fast_and_the_careful_way_agree(rows: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        people = hostile.written(Path(folder), "people.csv", PEOPLE)
        records = hostile.written(Path(folder), "records.csv", table(rows))
        fast = everything(people, records)
        patch.setattr(csv_text, "read_fast", lambda *_: False)
        assert everything(people, records) == fast


@QUIET
@given(st.text(st.sampled_from("01a,\" \n\r;='é"), max_size=80))
def test_no_text_whatever_loses_a_row_or_ends_in_a_traceback(text: str) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        people = hostile.written(Path(folder), "people.csv", "person_id,agency,role\n" + text)
        fast = everything(people, people)
        patch.setattr(csv_text, "read_fast", lambda *_: False)
        assert everything(people, people) == fast


@QUIET
@given(st.lists(RECORD, min_size=1, max_size=8))
def test_every_row_read_is_a_record_and_in_the_ledger(rows: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        people = hostile.written(Path(folder), "people.csv", PEOPLE)
        found = hostile.read([people], [hostile.written(Path(folder), "records.csv", table(rows))])
        kept = found.rows("SELECT row FROM records ORDER BY row")
        assert kept == [(number,) for number, row in enumerate(rows, 2) if any(map(csv_text_filled, row))]
        assert found.accounted()


def csv_text_filled(cell: str) -> bool:
    """Whether a cell shows anything."""
    return bool(cell.strip(" \t\n\r\u00a0\u200b"))
