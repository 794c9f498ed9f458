"""What holds for every shipped pack: sources, readings under policies, no persons, switches that switch."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import tna
from tna import boards
from tna.frameworks import load_pack
from tna.model import Board, Origin, Pack, Policy, Question
from tna.problems import Problems
from tna.shelves import shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOARDS = ("knowsley", "north-yorkshire", "rotherham")
POSTS = (
    r"Service Manager RLSCB",
    r"KSCB Training Officer",
    r"Knowsley CSE Sub Group",
    r"KSCB Learning and Development Sub Group members",
    r"lead officer \d \(named in the source\)",
)


@cache
def load(name: str) -> Board:
    return tna.load(name)


@pytest.fixture(params=BOARDS)
def board(request: pytest.FixtureRequest) -> Board:
    return load(request.param)


@cache
def whole(name: str) -> Pack:
    """A pack with nothing switched off, so that no statement is left out."""
    pack = load_pack(shelf("frameworks") / name, Problems())
    assert pack
    return pack


def statements(noun: Any) -> Iterator[Any]:
    if hasattr(noun, "origin"):
        yield noun
    if is_dataclass(noun) and not isinstance(noun, Origin):
        for field in fields(noun):
            yield from statements(getattr(noun, field.name))
    elif isinstance(noun, tuple):
        for one in noun:
            yield from statements(one)


def files(name: str) -> Iterator[Path]:
    yield from sorted((shelf("frameworks") / name).iterdir())


def test_every_pack_has_its_four_files_and_a_page_for_planners(board: Board) -> None:
    found = {file.name for file in files(board.id)}
    assert {"framework.yaml", "catalogue.yaml", "plan.yaml", "rules.yaml", "README.md"} <= found


def test_every_statement_says_where_it_is_written(board: Board) -> None:
    known = {document.id for document in board.pack.framework.documents}
    for one in statements(whole(board.id)):
        assert one.origin.source.document in known or one.origin.source.document == "tna", one
        assert one.origin.source.at, one


def test_every_reading_belongs_to_a_declared_policy(board: Board) -> None:
    declared = {policy.id for policy in board.pack.framework.policies}
    for one in statements(whole(board.id)):
        if one.origin.basis != "stated" and not isinstance(one, Policy | Question):
            assert one.origin.policy in declared, one


def test_every_declared_switch_moves_a_statement_or_says_how_a_number_is_meant(board: Board) -> None:
    used = {one.origin.policy for one in statements(whole(board.id))}
    review = {"annual-review"}  # the review date is no statement of its own
    numbers = {"evaluation.same-day"}  # about evaluation forms, which registers do not hold
    for policy in board.pack.framework.policies:
        assert policy.kind != "switch" or policy.id in used | review | numbers, policy.id


def test_every_switch_can_be_turned_the_other_way(board: Board) -> None:
    for policy in board.pack.framework.policies:
        if policy.kind == "switch":
            turned = replace(policy, value="off" if policy.value == "on" else "on")
            problems = Problems()
            boards.assemble(whole(board.id), board.roles, {**board.policies, policy.id: turned}, problems)
            assert not len(problems), policy.id


def test_every_policy_is_said_in_a_sentence(board: Board) -> None:
    for policy in board.pack.framework.policies:
        assert policy.says.endswith("."), policy.id


def test_no_interval_target_or_floor_is_declared_because_no_board_states_one(board: Board) -> None:
    declared = {policy.id for policy in board.pack.framework.policies}
    assert not declared & {"coverage.target", "coverage.floor", "refresh.months", "due-soon.days"}
    assert not any(term.months for term in board.pack.framework.terms)
    assert not any(grant.months for course in board.pack.courses for grant in (*course.gives, *course.renews))
    assert not any(course.capacity for course in board.pack.courses)
    assert not any(line.floor for line in board.pack.plan)


def test_offers_for_the_public_and_for_young_people_give_the_workforce_nothing(board: Board) -> None:
    for course in board.pack.courses:
        if course.audience != "workforce":
            assert not course.gives and not course.renews and not course.required_of, course.id


def test_no_pack_holds_an_address() -> None:
    for name in BOARDS:
        for file in files(name):
            assert not re.search(r"\S@\S|\bwww\.|https?://|\b0\d{9,10}\b", file.read_text("utf-8")), file


def test_leads_are_posts_and_never_persons(board: Board) -> None:
    for line in board.pack.plan:
        for lead in filter(None, line.lead.split("; ")):
            assert re.fullmatch("|".join(POSTS), lead), lead


def test_every_role_a_rule_asks_about_is_in_the_role_graph(board: Board) -> None:
    asked = {
        role
        for rule in board.pack.rules
        for test in _tests(rule.when)
        if test.fact == "roles"
        for role in ([test.value] if isinstance(test.value, str) else test.value)
    }
    assert asked <= set(board.roles.nodes)


def _tests(condition: Any) -> Iterator[Any]:
    yield from condition.tests
    for inner in (*condition.any_of, *condition.all_of, *condition.none_of):
        yield from _tests(inner)


def test_the_three_packs_ask_all_thirty_one_questions_of_the_ledger() -> None:
    asked = {one.id for name in BOARDS for one in load(name).pack.framework.questions}
    assert {f"amb-{number}" for number in range(1, 32)} <= asked
