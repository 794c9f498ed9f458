"""Checks a pack as its author would want: everything it says, whether it hangs together, and its rules' examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tna import boards, crosswalks, documents, placement, requirements, rules
from tna.model import Board
from tna.problems import Problems, Unusable


def check(folder: Path, places: Sequence[Path] = ()) -> Problems:
    """Every problem of a pack or of a crosswalk: what stops it from loading, else what does not hang together in it."""
    problems = Problems()
    if crosswalks.is_one(folder):
        _crosswalk(folder, places, problems)
        return problems
    try:
        board = boards.load(folder, problems=problems, places=places)
    except Unusable as unusable:
        problems.extend(unusable.problems)
        return problems
    _exchange(folder, places, problems)
    for edition in (board, *board.editions):
        _examples(edition, problems)
        _unreachable(edition, problems)
    return problems


def _crosswalk(file: Path, places: Sequence[Path], problems: Problems) -> None:
    """What a crosswalk says of two boards, against what those boards have."""
    walk = crosswalks.load(file, problems)
    found = {}
    for board in walk.boards if walk else ():
        try:
            found[board] = boards.load(board, problems=problems, places=places).pack.framework
        except Unusable as unusable:
            problems.extend(unusable.problems)
    if walk:
        crosswalks.check_sides(walk, found, problems)


def _exchange(folder: Path, places: Sequence[Path], problems: Problems) -> None:
    """What an import left beside the pack, if one did."""
    found, name = boards.find(folder, places)
    if (found / "exchange.yaml").is_file():
        documents.read(found / "exchange.yaml", "exchange", problems, f"{name}/exchange.yaml")


def _examples(board: Board, problems: Problems) -> None:
    reader = placement.reader(board)

    def read(given: Mapping[str, Any]) -> Mapping[str, Any]:
        return placement.facts(reader, given)

    rules.check_examples(board.pack.rules, read, problems)


def _given(board: Board) -> set[str]:
    """The competencies that some course gives, by itself, as another's other words, or by a rule."""
    offers = (course for course in board.pack.courses if course.audience == "workforce")
    given = {one for course in offers for grant in course.gives for one in grant.competencies}
    same = {
        one for same in board.pack.framework.same if given & {*same.competencies} for one in same.competencies
    }
    return given | same | _named(board, "credit")


def _named(board: Board, stratum: str) -> set[str]:
    """The competencies that the rules of one stratum name."""
    ruled = (rule for rule in board.pack.rules if rule.then.stratum == stratum)
    return {one for rule in ruled for one in rule.then.says["competencies"]}


def _unreachable(board: Board, problems: Problems) -> None:
    """Levels nobody can be placed at, competencies nothing requires or gives, courses open to nobody."""
    framework, courses = board.pack.framework, board.pack.courses
    placed = {rule.then.says["level"] for rule in board.pack.rules if rule.then.stratum == "place"}
    for level in framework.levels:
        if not any(example.roles for example in level.examples) and level.id not in placed:
            problems.add("check.level-by-statement", level.origin.place, id=level.id)
    needed = {need.competency for found in requirements.needs(board).values() for need in found}
    needed |= _named(board, "need")
    given = _given(board)
    for competency in framework.competencies:
        if competency.id in needed and competency.id not in given:
            problems.add("check.competency-not-given", competency.origin.place, id=competency.id)
        if competency.id not in needed | given:
            problems.add("check.competency-alone", competency.origin.place, id=competency.id)
    for course in courses:
        if course.audience == "workforce" and not (course.open_to or course.required_of or course.roles):
            problems.add("check.course-open-to-nobody", course.origin.place, id=course.id)
