"""Exports of any learning system are read by a mapping, and what the mapping does not cover is said, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests import year
from tests.exchange import made
from tests.hostile import AS_OF, COURSES, Read, workbook, written
from tna.cli import main
from tna.problems import Problems, Unusable
from tna.sources import read_registers, read_year
from tna.sources.mappings import dated, load

PEOPLE = "person_id,agency,role\ns1,School A,Teacher\ns2,School A,Teacher\ns3,School A,Teacher\n"
MAPPING = """
system: A learning system
registers:
  records:
    delimiter: ";"
    encoding: cp1252
    columns:
      person_id: Learner
      course: [Code, Course name]
      completed: Finished
      status: State
    constants: {mode: online}
    dates: MM/DD/YYYY
    values:
      status: {Erledigt: attended, Offen: booked}
      course: {Grundkurs Prävention: c1}
    ignore: [Surname]
"""
RECORDS = (
    "Learner;Surname;Code;Course name;Finished;State;Score\n"
    "s1;Never read;c1;;03/04/2015;Erledigt;1\n"
    "s2;Never read;;Grundkurs Prävention;12/31/2014;erledigt;2\n"
    "s3;Never read;c1;;25/04/2015;Erledigt;3\n"
    "s1;Never read;c2;;01/02/2015;Offen;4\n"
    "s1;Never read;c2;;01/02/2015;Verschoben;5\n"
)


def read(folder: Path, people: str, records: Path, mapping: str = "") -> Read:
    """Registers read by a mapping."""
    found = Read(duckdb.connect(), Problems())
    path = written(folder, "mapping.yaml", mapping) if mapping else None
    sent = [written(folder, "people.csv", people)]
    read_registers(found.connection, sent, [records], [], COURSES, AS_OF, found.problems, mapping=path)
    return found


def rows(found: Read) -> list[tuple[object, ...]]:
    return found.connection.execute(
        "SELECT person_id, course, completed::VARCHAR, status, mode, counts FROM records ORDER BY row"
    ).fetchall()


def said(found: Read) -> list[str]:
    return [f"{one.place} {one.code}" for one in found.problems]


def test_columns_words_dates_and_constants_are_read_as_the_mapping_says(tmp_path: Path) -> None:
    records = written(tmp_path, "export.csv", RECORDS, "cp1252")
    found = read(tmp_path, PEOPLE, records, MAPPING)
    assert rows(found) == [
        ("s1", "c1", "2015-03-04", "attended", "online", "dated"),
        ("s2", "c1", "2014-12-31", "attended", "online", "dated"),
        ("s3", "c1", None, "attended", "online", "no"),
        ("s1", "c2", "2015-01-02", "booked", "online", "no"),
        ("s1", "c2", "2015-01-02", "Verschoben", "online", "no"),
    ]
    assert found.accounted()


def test_what_the_mapping_does_not_cover_is_said_with_its_cell(tmp_path: Path) -> None:
    records = written(tmp_path, "export.csv", RECORDS, "cp1252")
    assert said(read(tmp_path, PEOPLE, records, MAPPING)) == [
        "export.csv, G1 mapping.unknown-column",
        "export.csv, E4 registers.unreadable-date",
        "export.csv, F6 registers.unknown-status",
    ]


def test_what_is_ignored_or_unknown_is_nowhere_in_the_database(tmp_path: Path) -> None:
    records = written(tmp_path, "export.csv", RECORDS, "cp1252")
    found = read(tmp_path, PEOPLE, records, MAPPING)
    for (table,) in found.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        everything = str(found.connection.execute(f'SELECT * FROM "{table}"').fetchall())
        assert "Never read" not in everything


def test_a_workbook_is_read_by_the_same_mapping(tmp_path: Path) -> None:
    lines = [line.split(";") for line in RECORDS.splitlines()]
    workbook(tmp_path, "export.xlsx", {"Notes": [["Printed on Friday"]], "Export": lines})
    found = read(tmp_path, PEOPLE, tmp_path / "export.xlsx", MAPPING)
    assert [row[:4] for row in rows(found)][:2] == [
        ("s1", "c1", "2015-03-04", "attended"),
        ("s2", "c1", "2014-12-31", "attended"),
    ]


def test_a_mapping_is_for_the_files_it_names(tmp_path: Path) -> None:
    ours = written(tmp_path, "ours.csv", "person_id,course,completed\ns1,c1,2015-03-04\n")
    mapping = MAPPING.replace("    delimiter", '    files: ["export*.csv"]\n    delimiter')
    found = read(tmp_path, PEOPLE, ours, mapping)
    assert rows(found) == [("s1", "c1", "2015-03-04", "attended", "", "dated")]


def test_facts_of_people_are_kept_where_the_mapping_says_so(tmp_path: Path) -> None:
    people = "Staff,Org,Job,Surname,Shift\ns1,School A,Teacher,Never read,night\n"
    mapping = """
registers:
  people:
    columns: {person_id: Staff, agency: Org, role: Job}
    keep: [Shift]
    ignore: [Surname]
"""
    records = written(tmp_path, "records.csv", "person_id,course,completed\ns1,c1,2015-03-04\n")
    found = read(tmp_path, people, records, mapping)
    assert said(found) == []
    assert found.connection.execute("SELECT name FROM extra_columns").fetchall() == [("x_shift",)]
    assert found.connection.execute("SELECT person_id, x_shift FROM people").fetchall() == [("s1", "night")]


def test_totaras_completions_are_read_as_they_are(tmp_path: Path) -> None:
    found = read(tmp_path, PEOPLE, made.SAMPLES / "totara-courses.csv")
    assert [row[:3] for row in rows(found)] == [
        ("s1", "c1", "2015-03-04"), ("s2", "c1", "2015-05-01"), ("s3", "c2", None), ("s9", "c1", "2015-03-04"),
        ("s1", "", "2015-03-04"),
    ]  # fmt: skip
    assert "mapping.read-as" in {one.code for one in found.problems}
    assert found.accounted()


def test_a_completion_without_a_date_is_not_completed(tmp_path: Path) -> None:
    text = "username,courseshortname,courseidnumber,completiondate,grade\ns1,c1,,,\ns2,c1,,2015-03-04,\n"
    found = read(tmp_path, PEOPLE, written(tmp_path, "completions.csv", text))
    assert [(row[0], row[3], row[5]) for row in rows(found)] == [
        ("s1", "booked", "no"),
        ("s2", "attended", "dated"),
    ]


def test_totaras_certifications_are_read_as_they_are(tmp_path: Path) -> None:
    text = "username,certificationshortname,certificationidnumber,completiondate,duedate\ns1,c1,,2015-03-04,2017-03-04\n"
    found = read(tmp_path, PEOPLE, written(tmp_path, "certifications.csv", text))
    assert rows(found) == [("s1", "c1", "2015-03-04", "attended", "", "dated")]


def test_registers_of_a_year_are_read_by_a_mapping_too(tmp_path: Path) -> None:
    mapping = written(tmp_path, "mapping.yaml", "registers: {sessions: {columns: {course: Kurs, date: Tag, attended: Da}, dates: DD.MM.YYYY}}")  # fmt: skip
    sessions = written(tmp_path, "kurse.csv", "Kurs;Tag;Da\nc1;04.03.2016;12\n")
    found = Read(duckdb.connect(), Problems(), "year_")
    read_year(
        found.connection, {"sessions": [sessions]}, year.NAMES, year.AS_OF, found.problems, mapping=mapping
    )
    assert found.connection.execute("SELECT course, date::VARCHAR, attended FROM sessions").fetchall() == [
        ("c1", "2016-03-04", 12)
    ]


def test_the_mapping_is_among_the_inputs_of_the_analysis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "people.csv", "person_id,agency,role\ns1,School A,Teacher\n")
    written(tmp_path, "export.csv", RECORDS, "cp1252")
    written(tmp_path, "mapping.yaml", MAPPING)
    words = "analyse knowsley --people people.csv --records export.csv --mapping mapping.yaml --as-of 2016-01-31 --out out"
    done = CliRunner().invoke(main, words.split())
    assert done.exit_code == 1, done.output
    inputs = json.loads((tmp_path / "out" / "analysis.json").read_text("utf-8"))["inputs"]
    assert [(one["kind"], one["file"], len(one["sha256"])) for one in inputs] == [
        ("mapping", "mapping.yaml", 64), ("people", "people.csv", 64), ("records", "export.csv", 64),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("03/04/2015", "DD/MM/YYYY", "2015-04-03"), ("03/04/2015", "MM/DD/YYYY", "2015-03-04"), ("1425427200", "unix", "2015-03-04"),
        ("2015-03-04 10:11", "DD/MM/YYYY", "2015-03-04"), ("04.03.15 09:30", "DD.MM.YY hh:mm", "2015-03-04"),
        ("31/02/2015", "DD/MM/YYYY", "31/02/2015 (not DD/MM/YYYY)"), ("soon", "unix", "soon (not unix)"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_the_form_that_is_said_and_no_other(text: str, form: str, found: str) -> None:
    assert dated(text, form) == found


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back_whatever_the_form(day: date) -> None:
    for form, written_as in (
        ("DD/MM/YYYY", "%d/%m/%Y"),
        ("YYYY.MM.DD", "%Y.%m.%d"),
        ("MM-DD-YYYY", "%m-%d-%Y"),
    ):
        assert dated(day.strftime(written_as), form) == day.isoformat()


def faulty(change: Callable[[str], str], tmp_path: Path) -> list[str]:
    problems = Problems()
    with pytest.raises(Unusable):
        load(written(tmp_path, "mapping.yaml", change(MAPPING)), problems)
    return [one.code for one in problems]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("person_id: Learner", "persn_id: Learner", "mapping.unknown-field"), ("MM/DD/YYYY", "month/day", "mapping.date-format"),
        ("cp1252", "klingon", "schema.unknown-word"), ("ignore:", "ignored:", "schema.unknown-key"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert faulty(lambda text: text.replace(old, new), tmp_path) == [code]
