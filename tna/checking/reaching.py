"""What nothing leads to: levels nobody can be placed at, competencies no course gives, courses and jobs of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tna import boards, documents, graph
from tna.model import Board, Level
from tna.problems import Problems

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def check(board: Board, folder: Path, problems: Problems) -> None:
    """Note what is out of order or out of reach; `folder` is where the pack lies."""
    _order(board, problems)
    _levels(board, problems)
    _competencies(board, problems)
    _courses(board, problems)
    _roles(board, folder, problems)


def _order(board: Board, problems: Problems) -> None:
    """Numbers of one kind that do not ascend: the order of the levels is the order in which they are written."""
    levels = board.pack.framework.levels
    for read in (_arabic, _roman):
        numbers = [read(level.number) for level in levels]
        if all(numbers):
            for (one, first), (other, second) in pairwise(zip(levels, numbers, strict=True)):
                if second <= first:
                    problems.add(
                        "check.levels-out-of-order", other.origin.place, id=other.id, number=other.number,
                        before=one.number,
                    )  # fmt: skip
            return


def _arabic(number: str) -> int:
    return int(number) if re.fullmatch(r"[0-9]{1,6}", number) else 0


def _roman(number: str) -> int:
    """A number in Roman letters, 0 for what is none."""
    values = [ROMAN.get(letter, 0) for letter in number.casefold()]
    if not values or not all(values):
        return 0
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _levels(board: Board, problems: Problems) -> None:
    placed = {rule.then.says["level"] for rule in board.pack.rules if rule.then.stratum == "place"}
    for level in board.pack.framework.levels:
        if not any(example.roles for example in level.examples) and level.id not in placed:
            problems.add("check.level-by-statement", level.origin.place, id=level.id)


def needed(board: Board) -> dict[str, frozenset[str]]:
    """The competencies that each level and cohort requires, and under "" those that rules may add to anybody's."""
    framework = board.pack.framework
    scopes = [level.id for level in framework.levels]
    scopes += [graph.cohort_node(cohort.id) for cohort in framework.cohorts]
    found = {scope: frozenset(graph.required(board.graph, scope)) for scope in scopes}
    return {**found, "": _named(board, "need")}


def _named(board: Board, stratum: str) -> frozenset[str]:
    """The competencies that the rules of one stratum name."""
    ruled = (rule for rule in board.pack.rules if rule.then.stratum == stratum)
    return frozenset(one for rule in ruled for one in rule.then.says["competencies"])


def given(board: Board) -> frozenset[str]:
    """The competencies that some course gives, by itself, as another's other words, or by a rule."""
    offers = (course for course in board.pack.courses if course.audience == "workforce")
    found = {one for course in offers for grant in course.gives for one in grant.competencies}
    same = {
        one for same in board.pack.framework.same if found & {*same.competencies} for one in same.competencies
    }
    return frozenset(found | same | _named(board, "credit"))


def _competencies(board: Board, problems: Problems) -> None:
    wanted = frozenset().union(*needed(board).values())
    held = given(board)
    somewhere = wanted | held
    for competency in board.pack.framework.competencies:
        if competency.id in wanted and competency.id not in held:
            problems.add("check.competency-not-given", competency.origin.place, id=competency.id)
        if competency.id not in somewhere:
            problems.add("check.competency-alone", competency.origin.place, id=competency.id)


def _courses(board: Board, problems: Problems) -> None:
    for course in board.pack.courses:
        if course.audience == "workforce" and not (course.open_to or course.required_of or course.roles):
            problems.add("check.course-open-to-nobody", course.origin.place, id=course.id)


def _roles(board: Board, folder: Path, problems: Problems) -> None:
    """Jobs that the pack's own roles.yaml adds, and that neither they nor anything broader lead to a level or cohort."""
    file = folder / "roles.yaml"
    written = documents.parse(file, Problems()) if file.is_file() else None
    named = frozenset(_attached(board)) if written else frozenset()
    for index, role in enumerate(written.data.get("roles", ()) if written else ()):
        if written and "label" in role and named.isdisjoint(board.roles.ancestors(role["id"])):
            problems.add("check.role-leads-nowhere", written.place("roles", index, "id"), id=role["id"])


def _attached(board: Board) -> Iterator[str]:
    """Every role that the pack names: examples, cohorts, courses, and the conditions of rules."""
    framework = board.pack.framework
    yield from (role for level in framework.levels for role in _examples(level))
    yield from (role for cohort in framework.cohorts for role in cohort.roles)
    yield from (role for course in board.pack.courses for role in course.roles)
    conditions = [rule.when for rule in board.pack.rules] + [
        one.when for one in framework.cohorts if one.when
    ]
    yield from (role for one in conditions for role in boards.asked_roles(one))


def _examples(level: Level) -> Iterator[str]:
    yield from (role for example in level.examples for role in example.roles)
