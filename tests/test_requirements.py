"""What a job needs follows from its level and cohorts, with the sentence that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small import SAID, ask, course, job, level, load, rows, rule
from tna import requirements
from tna.model import Board

REGULAR = {"contact": "regular"}


def need(folder: Path, then: dict[str, Any], **more: Any) -> Board:
    drivers = {"id": "drivers", "label": "Drivers", **SAID}
    return load(folder, levels=[level(1), level(2, ["x"])], competencies=["k", "x"], cohorts=[drivers],
                rules=[rule("need.k", {**REGULAR, **more}, {"need": {"competencies": ["k"], **then}})])  # fmt: skip


def lines(board: Board, folder: Path, *people: dict[str, Any]) -> list[tuple[Any, ...]]:
    return rows(ask(board, folder, people), "gaps", "person_id", "level", "competency")


def test_a_rule_adds_a_need_to_the_persons_own_level(tmp_path: Path) -> None:
    found = ask(need(tmp_path, {}), tmp_path, [job(contact="regular"), job("q")])
    assert rows(found, "gaps", "person_id", "level", "competency", "because") == [
        ("p", "level-1", "k", "rule need.k (leaflet, p. 1; stated)")
    ]


@pytest.mark.parametrize(("counted_as", "scope"), [("level-2", "level-2"), ("drivers", "cohort:drivers")])
def test_a_need_may_be_counted_under_another_level_or_a_cohort(
    tmp_path: Path, counted_as: str, scope: str
) -> None:
    found = ask(need(tmp_path, {"as": counted_as}), tmp_path, [job(contact="regular")])
    assert ("p", scope, "k") in rows(found, "gaps", "person_id", "level", "competency")
    assert found.about["headline"].count("1 of 1") == 2


def test_counting_a_need_under_a_cohort_needs_no_level(tmp_path: Path) -> None:
    nobody = job(contact="regular", level="", role="Beekeeper")
    assert lines(need(tmp_path, {"as": "drivers"}), tmp_path, nobody) == [("p", "cohort:drivers", "k")]
    assert lines(need(tmp_path, {}), tmp_path, nobody) == []


def test_a_rule_may_ask_where_somebody_was_placed(tmp_path: Path) -> None:
    board = need(tmp_path, {}, placed={"includes": "level-2"})
    assert lines(board, tmp_path, job(contact="regular"), job("q", contact="regular", level="2")) == [
        ("q", "level-2", "k"),
        ("q", "level-2", "x"),
    ]


def test_a_level_and_a_cohort_are_both_needed_and_counted_apart(tmp_path: Path) -> None:
    drivers = {"id": "drivers", "label": "Drivers", "requires": [{"competencies": ["k", "x"]}], **SAID}
    board = load(tmp_path, levels=[level(1, ["k"])], competencies=["k", "x"], cohorts=[drivers])
    assert lines(board, tmp_path, job(cohort="Drivers")) == [
        ("p", "cohort:drivers", "k"),
        ("p", "cohort:drivers", "x"),
        ("p", "level-1", "k"),
    ]


def test_the_path_is_told_in_words(tmp_path: Path) -> None:
    must = course(
        "c",
        ["k"],
        open_to=[],
        required_of=[{"levels": ["level-1"], "basis": "interpreted", "policy": "ours"}],
    )
    policy = {"id": "ours", "value": "on", "says": "So.", **SAID}
    basis = {"id": "basis", "label": "B", **SAID}
    k = {"id": "k", "label": "K", "needs": ["basis"], **SAID}
    board = load(
        tmp_path,
        levels=[level(1), level(2, includes=[{"levels": ["level-1"]}])],
        competencies=[k, basis],
        courses=[must],
        policies=[policy],
    )
    said = {one.competency: one for one in requirements.needs(board)["level-2"]}
    assert said["basis"].because == (
        "Level 2 includes Level 1; Level 1 must attend Course c [c]; Course c [c] gives k; k builds on basis "
        "(leaflet, p. 1; interpreted, policy ours)"
    )
    assert said["basis"].path == ("level-2", "level-1", "c", "k", "basis")


@pytest.mark.parametrize(
    ("more", "scopes", "roles", "is_open"),
    [
        ({}, ["level-1"], set(), True), ({}, ["level-2"], set(), False), ({}, [], set(), False),
        ({"audience": "public"}, ["level-1"], set(), False), ({"roles": ["nurse"]}, ["level-1"], {"nurse"}, True),
        ({"roles": ["nurse"]}, ["level-1"], {"teacher"}, False), ({"roles": ["nurse"], "open_to": []}, [], {"nurse"}, True),
        ({"open_to": [], "required_of": [{"cohorts": ["drivers"]}]}, ["cohort:drivers"], set(), True), ({"open_to": []}, ["level-1"], set(), False),
    ],
)  # fmt: skip
def test_a_course_is_open_to_those_it_names(
    tmp_path: Path, more: dict[str, Any], scopes: list[str], roles: set[str], is_open: bool
) -> None:
    drivers = {"id": "drivers", "label": "Drivers", **SAID}
    board = load(tmp_path, levels=[level(1), level(2)], cohorts=[drivers], courses=[course("c", **more)])
    assert requirements.is_open(board.pack.courses[0], scopes, frozenset(roles)) is is_open


def test_people_are_placed_whether_or_not_a_fact_that_rules_ask_about_is_stated(tmp_path: Path) -> None:
    asks = [rule("place.new", {"start_date": {"after": "2015-01-01"}}, {"place": "level-1"}),
            rule("place.agency", {"agency": "B"}, {"place": "level-1"}),
            rule("place.grade", {"grade": "7"}, {"place": "level-1"})]  # fmt: skip
    board = load(tmp_path, levels=[level(1)], rules=asks)
    people = [job("p", level="", start_date="2015-06-01"), job("q", level="", start_date=""), job("r", level="", agency="B"),
              job("s", level="", Grade="7"), job("t", level="", Grade="8")]  # fmt: skip
    found = ask(board, tmp_path, people)
    assert rows(found, "placements", "person_id", "level") == [
        ("p", "level-1"),
        ("q", ""),
        ("r", "level-1"),
        ("s", "level-1"),
        ("t", ""),
    ]


def test_a_flag_rule_counts_the_people_it_holds_for(tmp_path: Path) -> None:
    flags = [rule("flag.x", {**REGULAR}, {"flag": {"code": "x", "severity": "check", "message": "Look."}})]
    found = ask(
        load(tmp_path, levels=[level(1)], rules=flags),
        tmp_path,
        [job(contact="regular"), job(role="Other", contact="regular"), job("q")],
    )
    assert rows(found, "rule_flags", "rule", "code", "severity", "people") == [("flag.x", "x", "check", 1)]
