"""Files are taken by whoever reads their format, and named so that people find them."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from tests import hostile
from tna.model.registers import Sheet, SourceFormat
from tna.problems import Problems
from tna.sources.tables import printed


def parquet(path: Path, question: str) -> Path:
    """A Parquet file with the answer to a question."""
    duckdb.sql(question).write_parquet(str(path))
    return path


def test_parquet_is_read_as_a_spreadsheet_would_show_it(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "records[1].parquet",
        "SELECT * FROM (VALUES (7.0::DOUBLE, 'c1', DATE '2015-03-01', ['a', 'b']), (NULL, NULL, NULL, NULL),"
        " (8.0, 'c2', NULL, NULL)) t(person_id, course, completed, evidence)",
    )
    found = hostile.read(records=[path])
    assert found.rows("SELECT person_id, course, completed, evidence, row FROM records") == [
        ("7", "c1", date(2015, 3, 1), "a|b", 2),
        ("8", "c2", None, "", 4),
    ]
    assert found.accounted()


@pytest.mark.parametrize("kind", ["TIMESTAMP '2015-03-01 23:30:00'", "TIMESTAMPTZ '2015-03-01 23:30:00+00'"])
def test_a_time_of_day_in_parquet_does_not_move_the_day(tmp_path: Path, kind: str) -> None:
    path = parquet(
        tmp_path / "records.parquet", f"SELECT '1' AS person_id, 'c1' AS course, {kind} AS completed"
    )
    assert hostile.read(records=[path]).rows("SELECT completed FROM records") == [(date(2015, 3, 1),)]


def test_a_parquet_file_without_a_column_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path / "people.parquet", "SELECT 1 AS person_id, 'S' AS agency")
    assert hostile.read([path]).codes() == ["tables.missing-column"]


def test_a_plugins_format_is_read_like_ours(tmp_path: Path) -> None:
    def read(path: Path, problems: Problems) -> list[Sheet]:
        rows = [
            (number, tuple(line.split("~"))) for number, line in enumerate(path.read_text().splitlines(), 1)
        ]
        return [Sheet("HR", ("Staff no", "Agency", "Role"), rows)]

    path = hostile.written(tmp_path, "people.hr", "001~School A~Teacher\n002~School A\n\n003~S~T~more\n")
    found = hostile.read([path], formats=[SourceFormat(".hr", read)])
    assert found.rows("SELECT person_id, role, sheet, row FROM people") == [
        ("001", "Teacher", "HR", 1),
        ("002", "", "HR", 2),
    ]
    assert found.codes() == ["registers.broken-row"]
    assert found.accounted()


def test_inputs_are_named_with_checksum_size_and_rows(tmp_path: Path) -> None:
    path = hostile.written(tmp_path, "people.csv", hostile.PEOPLE)
    content = path.read_bytes()
    assert hostile.read([path]).rows("FROM inputs") == [
        ("people", "people.csv", sha256(content).hexdigest(), len(content), 2)
    ]


def test_files_are_printed_as_given_or_by_their_shortest_telling_end() -> None:
    root = Path.cwd().anchor
    names = [
        Path(root, "a", "north", "people.csv"),
        Path(root, "a", "south", "people.csv"),
        Path(root, "a", "r.csv"),
    ]
    assert list(printed(names).values()) == ["north/people.csv", "south/people.csv", "r.csv"]
    assert printed([Path("returns/people.csv")]) == {Path("returns/people.csv"): "returns/people.csv"}


def test_the_same_registers_give_the_same_tables(tmp_path: Path) -> None:
    people = hostile.written(tmp_path, "people.csv", hostile.PEOPLE)
    records = hostile.written(tmp_path, "records.csv", "person_id,course\n001,c1\n003,c2\n002,c7\n")
    names = ("people", "records", "ledger", "inputs")
    first, second = (
        [found.rows(f"FROM {name}") for name in names]
        for found in (hostile.read([people], [records]), hostile.read([people], [records]))
    )
    assert first == second


def test_an_extension_of_the_name_in_capitals_is_the_same(tmp_path: Path) -> None:
    assert hostile.read([hostile.written(tmp_path, "PEOPLE.CSV", hostile.PEOPLE)]).codes() == []
