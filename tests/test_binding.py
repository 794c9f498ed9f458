"""What binds people: an agency's own agreements, what is held for good, and what training for a level renews."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.small import SAID, ask, course, job, level, load, rows, statuses
from tna.explain import explain
from tna.model import Board

AGREED = {
    "agency": "Riverside Trust",
    "value": 12,
    "source": {"document": "leaflet", "at": "p. 9"},
    "basis": "stated",
}
REFRESH = {"id": "refresh.months", "value": 36, "says": "Three years.", **SAID}


def board(folder: Path, settings: dict[str, str] | None = None, **parts: Any) -> Board:
    """Level 2 requires b and includes Level 1, which requires a; a course for each, and 36 months for everything."""
    usual: dict[str, Any] = {
        "levels": [level(1, ["a"]), level(2, ["b"], includes=[{"levels": ["level-1"]}])],
        "competencies": ["a", "b"],
        "courses": [course("one", ["a"]), course("two", ["b"])],
        "policies": [REFRESH],
    }
    return load(folder, settings, **{**usual, **parts})


def record(course: str, completed: str, person: str = "p") -> dict[str, str]:
    return {"person_id": person, "course": course, "completed": completed}


def test_an_agency_is_held_to_what_it_has_agreed(tmp_path: Path) -> None:
    found = board(tmp_path, policies=[{**REFRESH, "agencies": [AGREED]}])
    people = [job("p", agency="Riverside Trust"), job("q", agency="Hillside Trust")]
    records = [record("one", "2014-06-01"), record("one", "2014-06-01", "q")]
    assert rows(ask(found, tmp_path, people, records), "gaps", "person_id", "status") == [("p", "lapsed")]


def test_an_agency_is_known_however_a_register_spells_it(tmp_path: Path) -> None:
    found = board(tmp_path, policies=[{**REFRESH, "agencies": [AGREED]}])
    people = [job("p", agency="RIVERSIDE  trust")]
    assert statuses(ask(found, tmp_path, people, [record("one", "2014-06-01")])) == {"a": "lapsed"}


def test_agency_goes_before_board_goes_before_common_and_the_explanation_says_so(tmp_path: Path) -> None:
    found = board(tmp_path / "b", policies=[{**REFRESH, "agencies": [AGREED]}])
    people = [job("p", agency="Riverside Trust"), job("q", agency="Hillside Trust")]
    records = [record("one", "2015-06-01"), record("one", "2015-06-01", "q")]
    database = tmp_path / "analysis.duckdb"
    ask(found, tmp_path, people, records, database=database).connection.close()
    said = {person: explain(tmp_path, person).reasons[0].records[0].verdict for person in "pq"}
    assert (
        "12 months, policy refresh.months=12 agreed with Riverside Trust, over 36 of the board" in said["p"]
    )
    assert "36 months, policy refresh.months=36 of the board" in said["q"]


def test_what_a_planner_sets_for_one_run_is_asked_about_everybody(tmp_path: Path) -> None:
    found = board(tmp_path, {"refresh.months": "60"}, policies=[{**REFRESH, "agencies": [AGREED]}])
    people = [job("p", agency="Riverside Trust")]
    assert statuses(ask(found, tmp_path, people, [record("one", "2014-06-01")])) == {}


def test_an_agency_has_marks_of_its_own(tmp_path: Path) -> None:
    marks = [
        {
            "id": "coverage.target",
            "value": 50,
            "says": "Half.",
            **SAID,
            "agencies": [{**AGREED, "value": 100}],
        },
        {"id": "coverage.floor", "value": 20, "says": "A fifth.", **SAID},
    ]
    people = [
        job(name, agency=agency)
        for agency in ("Riverside Trust", "Hillside Trust")
        for name in (agency[:1], agency[:2])
    ]
    records = [record("one", "2015-06-01", "R"), record("one", "2015-06-01", "H")]
    analysis = ask(board(tmp_path, policies=marks), tmp_path, people, records)
    found = {row[0]: row[1:] for row in rows(analysis, "coverage", "agency", "target", "floor", "rating")}
    assert found == {
        "*": (50, 20, "green"),
        "Hillside Trust": (50, 20, "green"),
        "Riverside Trust": (100, 20, "amber"),
    }


HELD_LONG_AGO = [record("one", "2008-06-01"), record("two", "2015-06-01")]


@pytest.mark.parametrize(("setting", "open_ones"), [("off", {"a": "lapsed"}), ("on", {})])
def test_only_the_highest_level_is_refreshed_where_a_board_says_so(
    tmp_path: Path, setting: str, open_ones: dict[str, str]
) -> None:
    found = board(tmp_path, {"refresh.highest-only": setting})
    assert statuses(ask(found, tmp_path, [job("p", level="2")], HELD_LONG_AGO)) == open_ones


def test_the_explanation_says_why_it_is_held_for_good(tmp_path: Path) -> None:
    found = board(tmp_path / "b", {"refresh.highest-only": "on"})
    ask(
        found, tmp_path, [job("p", level="2")], HELD_LONG_AGO, database=tmp_path / "analysis.duckdb"
    ).connection.close()
    said = explain(tmp_path, "p", "a").reasons[0].records[0].verdict
    assert said.startswith("counts, for good, policy refresh.highest-only=on of the planner")


def test_those_at_the_lower_level_are_still_refreshed(tmp_path: Path) -> None:
    found = board(tmp_path, {"refresh.highest-only": "on"})
    assert statuses(ask(found, tmp_path, [job("p", level="1")], HELD_LONG_AGO)) == {"a": "lapsed"}


def test_a_term_that_names_a_competency_binds_it_at_any_level(tmp_path: Path) -> None:
    terms = [{"competencies": ["a"], "months": 24, **SAID}]
    found = board(tmp_path, {"refresh.highest-only": "on"}, terms=terms)
    assert statuses(ask(found, tmp_path, [job("p", level="2")], HELD_LONG_AGO)) == {"a": "lapsed"}


@pytest.mark.parametrize(("setting", "open_ones"), [("off", {"a": "lapsed"}), ("on", {})])
def test_training_for_a_higher_level_discharges_the_lower_refresher(
    tmp_path: Path, setting: str, open_ones: dict[str, str]
) -> None:
    found = board(tmp_path, {"refresh.higher-discharges": setting})
    assert statuses(ask(found, tmp_path, [job("p", level="2")], HELD_LONG_AGO)) == open_ones


def test_it_discharges_a_refresher_and_not_the_first_training(tmp_path: Path) -> None:
    found = board(tmp_path, {"refresh.higher-discharges": "on"})
    records = [record("two", "2015-06-01")]
    assert statuses(ask(found, tmp_path, [job("p", level="2")], records)) == {"a": "missing"}


def test_what_it_discharges_ends_when_the_higher_training_does(tmp_path: Path) -> None:
    found = board(tmp_path, {"refresh.higher-discharges": "on"})
    analysis = ask(found, tmp_path, [job("p", level="2")], HELD_LONG_AGO, as_of=date(2018, 6, 2))
    assert statuses(analysis) == {"a": "lapsed", "b": "lapsed"}


def test_a_lower_course_discharges_nothing_above_it(tmp_path: Path) -> None:
    found = board(tmp_path, {"refresh.higher-discharges": "on"})
    records = [record("one", "2015-06-01"), record("two", "2008-06-01")]
    assert statuses(ask(found, tmp_path, [job("p", level="2")], records)) == {"b": "lapsed"}
