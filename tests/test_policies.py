"""Policies are declared by a board, by nobody, or by a planner for one run; what is switched off is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tna
from tests.small import SAID, ask, course, job, level, load, rows, rule, statuses
from tna import boards, policies, shelves, showing
from tna.frameworks import load_pack
from tna.model import Board
from tna.problems import Problems, Unusable

OURS = {"id": "ours", "value": "on", "says": "We read it so.", **SAID}
READING = {"basis": "interpreted", "policy": "ours"}
BOARDS = ("knowsley", "rotherham", "north-yorkshire")


def declared(name: str, value: object, **more: Any) -> dict[str, Any]:
    return {"id": name, "value": value, "says": "So.", "kind": "number", **SAID, **more}


def refused(folder: Path, settings: dict[str, str], **parts: Any) -> list[str]:
    with pytest.raises(Unusable) as told:
        load(folder, settings, **parts)
    return [problem.code for problem in told.value.problems]


def test_absent_is_a_value(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1)])
    assert policies.number(board.policies, "refresh.months") is None
    assert policies.number(board.policies, "coverage.target") is None
    assert policies.number(board.policies, "due-soon.days") == 90
    assert not policies.is_on(board.policies, "anything")
    assert not board.policies["refresh.months"].declared


def test_a_planner_overrules_the_board_and_the_board_tna(tmp_path: Path) -> None:
    parts: dict[str, Any] = {"levels": [level(1)], "policies": [declared("due-soon.days", 30)]}
    own, set_to = load(tmp_path, **parts), load(tmp_path, {"due-soon.days": "0"}, **parts)
    assert (own.policies["due-soon.days"].value, str(own.policies["due-soon.days"].origin.source)) == (
        "30",
        "leaflet, p. 1",
    )
    assert policies.number(set_to.policies, "due-soon.days") == 0
    assert set_to.policies["due-soon.days"].origin.source.document == "planner"


def test_a_planner_may_take_back_what_a_board_declares(tmp_path: Path) -> None:
    board = load(
        tmp_path, {"coverage.target": ""}, levels=[level(1)], policies=[declared("coverage.target", 90)]
    )
    assert policies.number(board.policies, "coverage.target") is None


def test_a_board_may_declare_how_straddling_jobs_are_trained(tmp_path: Path) -> None:
    board = load(
        tmp_path, levels=[level(1)], policies=[declared("placement.straddling", "highest", kind="choice")]
    )
    assert board.policies["placement.straddling"].options == ("ask", "highest")


@pytest.mark.parametrize("value", ["-1", "101", "90.5", "90%", "²", "９０", "1e1", " ", "9" * 5000, "ninety"])
def test_a_target_is_a_whole_percentage_whoever_sets_it(tmp_path: Path, value: str) -> None:
    assert refused(tmp_path, {"coverage.target": value}, levels=[level(1)]) == ["framework.policy-value"]
    assert refused(tmp_path, {}, policies=[declared("coverage.target", value)]) == ["framework.policy-value"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("refresh.months", "0"), ("refresh.months", "1201"), ("refresh.months", "999999"), ("due-soon.days", "3651"),
     ("placement.straddling", "lowest"), ("ours", "maybe"), ("ours", "ON")],
)  # fmt: skip
def test_absurd_values_are_refused_with_what_was_expected(tmp_path: Path, name: str, value: str) -> None:
    assert refused(tmp_path, {name: value}, levels=[level(1)], policies=[OURS]) == ["framework.policy-value"]


@pytest.mark.parametrize(
    ("target", "floor", "fine"), [("90", "90", True), ("90", "91", False), ("0", "0", True), ("", "80", True)]
)
def test_a_floor_is_at_or_below_the_target(tmp_path: Path, target: str, floor: str, fine: bool) -> None:
    settings = {"coverage.target": target, "coverage.floor": floor}
    if fine:
        assert load(tmp_path, settings, levels=[level(1)]).policies["coverage.floor"].value == floor
    else:
        assert refused(tmp_path, settings, levels=[level(1)]) == ["framework.floor-above-target"]


def off(folder: Path, **parts: Any) -> Board:
    return load(folder, {"ours": "off"}, policies=[OURS], **parts)


def test_a_statement_that_is_switched_off_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    requires = [{"competencies": ["a"]}, {"competencies": ["b"], **READING}]
    board = off(tmp_path, levels=[{**level(1), "requires": requires}], competencies=["a", "b"])
    assert [grant.competencies for grant in board.pack.framework.levels[0].requires] == [("a",)]


def test_a_level_that_is_switched_off_takes_what_speaks_of_it_along(tmp_path: Path) -> None:
    nurses = {"printed": "Nurses", "roles": ["nurse"]}
    board = off(
        tmp_path,
        levels=[level(1, ["a"], examples=[nurses], **READING), level(2, ["b"], includes=[{"levels": ["level-1"]}])],
        competencies=["a", "b"], terms=[{"levels": ["level-1"], "months": 12, **SAID}],
        rules=[rule("place.x", {"contact": "regular"}, {"place": "level-1"}),
               rule("need.x", {"contact": "regular"}, {"need": {"competencies": ["a"], "as": "level-1"}})],
    )  # fmt: skip
    people = [job("p", level="", role="Nurse", contact="regular"), job("q", level="2"), job("r", level="1")]
    found = ask(board, tmp_path, people)
    assert rows(found, "placements", "person_id", "level") == [("p", ""), ("q", "level-2"), ("r", "")]
    assert rows(found, "gaps", "person_id", "competency") == [("q", "b")]
    assert [one["id"] for one in showing.show(board)["levels"]] == ["level-2"]


def test_a_competency_that_is_switched_off_is_neither_needed_nor_given(tmp_path: Path) -> None:
    unread = {"id": "b", "label": "B", **SAID, **READING}
    board = off(
        tmp_path, levels=[level(1, ["a", "b"])], competencies=["a", unread], courses=[course("c", ["a", "b"])],
        same=[{"competencies": ["a", "b"], "because": "it is", **SAID}],
        rules=[rule("need.x", {"contact": "regular"}, {"need": {"competencies": ["b"]}}),
               rule("credit.x", {"course": "c"}, {"credit": {"competencies": ["a", "b"]}})],
    )  # fmt: skip
    found = ask(board, tmp_path, [job(contact="regular")], [{"person_id": "p", "course": "c"}])
    assert statuses(found) == {"a": "undated"}


def test_a_course_that_is_switched_off_is_an_unknown_course(tmp_path: Path) -> None:
    board = off(
        tmp_path, levels=[level(1, ["a"])], competencies=["a"], courses=[course("c", ["a"], **READING)]
    )
    found = ask(board, tmp_path, [job()], [{"person_id": "p", "course": "c", "completed": "2015-01-01"}])
    assert rows(found, "records", "counts", "reason") == [("no", "unknown-course")]


@pytest.mark.parametrize("name", BOARDS)
def test_every_policy_of_every_board_can_be_switched_and_still_be_shown(name: str) -> None:
    whole, problems = tna.load(name), Problems()
    pack = load_pack(boards.find(name)[0], problems)
    assert pack
    common = policies.common(shelves.rule_files("policies.yaml"), problems)
    switches = {one.id: one.value for one in whole.policies.values() if one.kind == "switch"}
    other = {"on": "off", "off": "on", "": "on"}
    trials = [{one: other[value]} for one, value in switches.items()]
    for trial in (*trials, dict.fromkeys(switches, "off"), dict.fromkeys(switches, "on")):
        board = boards.assemble(pack, whole.roles, policies.in_force(pack, common, trial, problems), problems)
        shown = showing.show(board)
        assert {one["id"]: one["value"] for one in shown["policies"]}.items() >= trial.items()
        assert list(showing.graph_lines(board, "dot"))[-1] == "}"
    assert trials


def test_a_floor_above_the_target_is_told_where_the_pack_states_it(tmp_path: Path) -> None:
    stated = [declared("coverage.target", 70), declared("coverage.floor", 80)]
    with pytest.raises(Unusable) as told:
        load(tmp_path, {}, levels=[level(1)], policies=stated)
    assert all(one.place.file.endswith("framework.yaml") and one.place.line for one in told.value.problems)
