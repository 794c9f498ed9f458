"""Returns by course have figures of their own; an agency is one however a return writes it; a contradiction is left out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tna
from tests.small import register
from tna.review import Sent, review

YEAR = {"as_of": date(2015, 1, 31), "internal": True}


def ask(
    folder: Path, returns: list[dict[str, Any]], **policies: Any
) -> tuple[list[Any], list[Any], list[Any]]:
    """Standings, courses and flag codes of a review of Rotherham with these returns."""
    files = {"returns": register(folder / "returns.csv", returns)}
    found = review(tna.load("rotherham", policies), "2014-15", Sent(files), **YEAR)
    rows = found.connection.execute(
        "select agency, level, held, required, basis from combined order by all"
    ).fetchall()
    courses = found.connection.execute("select agency, course, held, required from stated_courses").fetchall()
    codes = [code for (code,) in found.connection.execute("select distinct code from flags").fetchall()]
    return rows, courses, codes


def test_a_return_by_course_has_figures_of_its_own_and_enters_no_level(tmp_path: Path) -> None:
    rows, courses, _ = ask(
        tmp_path, [{"agency": "Police", "course": "r34-a", "required": 100, "in_date": 60}]
    )
    assert (rows, courses) == ([], [("Police", "r34-a", 60, 100)])


def test_small_numbers_of_a_course_are_hidden_outside_the_team(tmp_path: Path) -> None:
    rows = [{"agency": "Police", "course": "r34-a", "required": 100, "in_date": 97},
            {"agency": "Health", "course": "r34-a", "required": 100, "in_date": 60}]  # fmt: skip
    files = {"returns": register(tmp_path / "returns.csv", rows)}
    found = review(tna.load("rotherham"), "2014-15", Sent(files), as_of=YEAR["as_of"])
    assert found.connection.execute("select agency, held, required from stated_courses").fetchall() == [
        ("Health", 60, 100), ("Police", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("other", ["POLICE", " police ", "Police.", "P o l i c e"])
def test_an_agency_is_one_however_its_returns_write_it(tmp_path: Path, other: str) -> None:
    rows, _, codes = ask(tmp_path, [
        {"agency": "Police", "level": "Group 1", "required": 30, "in_date": 20},
        {"agency": other, "level": "Group 2", "required": 10, "in_date": 5},
    ])  # fmt: skip
    assert {agency for agency, *_ in rows} == {"Police", "*"}
    assert ("coverage.agency-spelling" in codes) == (other.strip() != "Police")


def test_more_in_date_than_required_is_left_out_of_the_board_and_told(tmp_path: Path) -> None:
    rows, _, codes = ask(tmp_path, [
        {"agency": "Health", "level": "Group 1", "required": 10, "in_date": 1000},
        {"agency": "Fire", "level": "Group 1", "required": 900, "in_date": 0},
    ])  # fmt: skip
    assert ("*", "group-1", 0, 900, "statement") in rows
    assert ("Health", "group-1", None, 10, "contradictory") in rows
    assert "coverage.more-than-required" in codes


def test_the_page_and_the_file_say_the_same_of_a_course(tmp_path: Path) -> None:
    from tna.reports import as_review

    files = {
        "returns": register(
            tmp_path / "returns.csv",
            [{"agency": "Police", "course": "r34-a", "required": 100, "in_date": 60}],
        )
    }
    found = review(tna.load("rotherham"), "2014-15", Sent(files), as_of=YEAR["as_of"])
    as_review.write(found, tmp_path)
    with (tmp_path / "returns-by-course.csv").open(encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert (row["held"], row["required"]) == ("60", "100")
    assert "60 of 100" in (tmp_path / "report.html").read_text("utf-8")
