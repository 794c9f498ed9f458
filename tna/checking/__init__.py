"""Checks a pack as its author would want: everything it says, whether it hangs together, and its rules' examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tna import boards, crosswalks, documents, editions, placement, rules, shelves
from tna.checking import facts, printed, reaching, terms, unused
from tna.model import Board, Condition, Framework
from tna.problems import Problems, Unusable


def check(folder: Path, places: Sequence[Path] = (), as_of: date | None = None) -> Problems:
    """Every problem of a pack, a crosswalk or a folder of them: what stops it from loading, else what does not hang together.

    Of a pack, that is also what the crosswalks beside it say of its board. With `as_of`, a review that was due before that day is told too.
    """
    problems = Problems()
    if walks := (folder,) if crosswalks.is_one(folder) else crosswalks.folder_of(folder):
        for walk in walks:
            _crosswalk(walk, places, problems)
        return problems
    try:
        board = boards.load(folder, problems=problems, places=places)
    except Unusable as unusable:
        problems.extend(unusable.problems)
        return problems
    at, name = boards.find(folder, places)
    _exchange(at, name, problems)
    _beside(at, board, places, problems)
    for edition, inside in zip((board, *board.editions), (at, *editions.folders(at)), strict=True):
        _examples(edition, problems)
        reaching.check(edition, inside, problems)
        printed.check(edition, problems)
        unused.check(edition, problems)
        facts.check(edition, problems)
        terms.check(edition, problems)
    for review in board.pack.framework.review if as_of else ():
        if as_of and review.by < as_of:
            problems.add("check.review-passed", review.origin.place, by=review.by.isoformat())
    return problems


def _exchange(folder: Path, name: str, problems: Problems) -> None:
    """What an import left beside the pack, if one did."""
    if (folder / "exchange.yaml").is_file():
        documents.read(folder / "exchange.yaml", "exchange", problems, f"{name}/exchange.yaml")


def _crosswalk(file: Path, places: Sequence[Path], problems: Problems) -> None:
    """What a crosswalk says of two boards, against what those boards have."""
    walk = crosswalks.load(file, problems)
    if walk:
        near = (*places, *shelves.around_crosswalk(file))
        found = {board: _framework(board, near, problems) for board in walk.boards}
        crosswalks.check_sides(walk, _known(found), problems)


def _beside(folder: Path, board: Board, places: Sequence[Path], problems: Problems) -> None:
    """What the crosswalks on a pack's shelf say of its board; what is wrong with the other board is its own to say."""
    for file in shelves.crosswalks_beside(folder):
        walk = crosswalks.load(file, problems) if crosswalks.names(file, board.id) else None
        if walk:
            near = (*places, *shelves.around_crosswalk(file))
            found = {one: _framework(one, near, Problems()) for one in walk.boards if one != board.id}
            crosswalks.check_sides(walk, _known({**found, board.id: board.pack.framework}), problems)


def _framework(board: str, places: Sequence[Path], problems: Problems) -> Framework | None:
    """The framework of a board, or None with what stops it from loading noted."""
    found = Problems()
    try:
        return boards.load(board, problems=found, places=places).pack.framework
    except Unusable as unusable:
        found.extend(unusable.problems)
        return None
    finally:
        problems.extend(found)


def _known(found: Mapping[str, Framework | None]) -> Mapping[str, Framework]:
    return {board: framework for board, framework in found.items() if framework}


def _examples(board: Board, problems: Problems) -> None:
    reader = placement.reader(board)

    def read(given: Mapping[str, Any]) -> Mapping[str, Any]:
        return placement.facts(reader, given)

    rules.check_examples(board.pack.rules, read, problems)
    for rule in board.pack.rules:
        if _several(rule.when) and all(one.expect is not None for one in rule.examples):
            problems.add("check.rule-never-fails", rule.origin.place, id=rule.id)


def _several(condition: Condition) -> bool:
    """Whether a condition has parts that may be wrong one by one."""
    parts = (*condition.tests, *condition.any_of, *condition.all_of, *condition.none_of)
    return len(parts) > 1 or any(map(_several, condition.all_of))
