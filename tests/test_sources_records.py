"""Every training record is kept and says whether it counts and, if not, why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import hostile

HEAD = "person_id,course,completed,status,mode,provider,evidence\n"


def records(folder: Path, text: str) -> hostile.Read:
    """Read a register of records beside a register of two people."""
    return hostile.read(
        [hostile.written(folder, "people.csv", hostile.PEOPLE)],
        [hostile.written(folder, "records.csv", text)],
    )


def test_a_record_has_every_column(tmp_path: Path) -> None:
    found = records(
        tmp_path, HEAD + "001,Basic  AWARENESS.,01/03/2015 09:30,Passed,e-learning,Board,cert 7\n"
    )
    assert found.rows("FROM records") == [
        ("001", "c1", date(2015, 3, 1), "attended", "online", "Board", "cert 7", "dated", "", "records.csv", "", 2,
         "Basic AWARENESS.", "01/03/2015 09:30", None, 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "counts", "reason", "outcome"),
    [
        ("001,c1,2015-03-01,,,,", "dated", "", None),
        ("001,c1,2016-01-31,,,,", "dated", "", None),
        ("001,c1,,,,,", "undated", "", "not-evidence"),
        ("001,c1,2016-02-01,,,,", "no", "future", "not-evidence"),
        ("001,c1,2015-03-01,booked,,,", "no", "booked", "not-evidence"),
        ("001,c1,2015-03-01,cancelled,,,", "no", "cancelled", "not-evidence"),
        ("001,c1,2015-03-01,DNA,,,", "no", "did-not-attend", "not-evidence"),
        ("001,c9,2015-03-01,,,,", "no", "unknown-course", "not-evidence"),
        ("009,c1,2015-03-01,,,,", "no", "unknown-person", "not-evidence"),
        ("001,c1,2015-03-32,,,,", "no", "unreadable-date", "refused"),
        ("001,c1,01/02/15,,,,", "no", "ambiguous-date", "refused"),
        ("001,c1,#N/A,,,,", "no", "unreadable-date", "refused"),
        ("001,c1,2015-03-01,perhaps,,,", "no", "unknown-status", "refused"),
        (",c1,2015-03-01,,,,", "no", "blank-person", "refused"),
        ("001,,2015-03-01,,,,", "no", "blank-course", "refused"),
        ("001,#REF!,2015-03-01,,,,", "no", "unreadable-cell", "refused"),
        ("#N/A,c1,2015-03-01,,,,", "no", "unreadable-cell", "refused"),
        ("001,c1,2015-03-01,,,,,,too,many", "no", "broken-row", "refused"),
        ("001,c1,2015-03-01,,by post,,", "dated", "", "changed"),
    ],
)
def test_a_record_counts_or_says_why_not(
    tmp_path: Path, row: str, counts: str, reason: str, outcome: str | None
) -> None:
    found = records(tmp_path, HEAD + row + "\n")
    assert found.rows("SELECT counts, reason FROM records") == [(counts, reason)]
    noted = found.rows("SELECT outcome FROM ledger WHERE row IS NOT NULL")
    assert noted == ([(outcome,)] if outcome else [])
    assert found.accounted()


def test_records_keep_the_order_of_their_files(tmp_path: Path) -> None:
    rows = "".join(
        f"00{number % 2 + 1},c{number % 3},2015-01-{number % 28 + 1:02}\n" for number in range(5000)
    )
    found = records(tmp_path, "person_id,course,completed\n" + rows)
    assert found.rows("SELECT row FROM records") == [(number,) for number in range(2, 5002)]


def test_an_unknown_course_is_told_once_with_its_count(tmp_path: Path) -> None:
    found = records(tmp_path, "person_id,course\n" + "001,Basic awarness\n" * 30)
    [problem] = list(found.problems)
    assert problem.code == "registers.unknown-course"
    assert "(also B3, B4, B5, B6, 25 more cells)" in problem.sentence
    assert "'basic awareness' (c1)" in problem.sentence


def test_a_hyphen_makes_no_other_course(tmp_path: Path) -> None:
    rows = "001,Basic-Awareness\n001,basic awareness\n"
    found = records(tmp_path, "person_id,course\n" + rows)
    assert found.rows("SELECT course FROM records") == [("c1",), ("c1",)]


def test_ids_that_lost_their_zeros_are_unknown_people_and_kept(tmp_path: Path) -> None:
    found = records(tmp_path, "person_id,course\n1,c1\n")
    assert found.rows("SELECT person_id, reason FROM records") == [("1", "unknown-person")]
    assert found.rows("SELECT value FROM ledger WHERE row = 2") == [("1",)]


def test_nothing_but_what_was_asked_for_is_left_in_the_database(tmp_path: Path) -> None:
    found = records(tmp_path, HEAD + "001,c1,,,,,\n")
    assert found.rows("SELECT table_name FROM information_schema.tables ORDER BY ALL") == [
        ("agencies",), ("extra_columns",), ("inputs",), ("ledger",), ("people",),
        ("records",),
    ]  # fmt: skip
    assert found.rows("SELECT current_setting('disabled_optimizers')") == [("",)]


def test_without_registers_the_tables_are_empty() -> None:
    found = hostile.read()
    assert [found.rows(f"FROM {name}") for name in ("people", "records", "agencies", "ledger", "inputs")] == [
        []
    ] * 5
