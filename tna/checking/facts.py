"""Facts that a rule or a cohort asks about and that are spelt nearly as one that tna knows."""

from __future__ import annotations

from collections.abc import Iterator

from tna.evidence import FACTS
from tna.frameworks.conditions import facts_of
from tna.model import Board, Condition, Origin
from tna.problems import Problems, nearest

STATED = (
    "person_id",
    "agency",
    "role",
    "level",
    "agency_type",
    "start_date",
    "contact",
    "manages",
    "duties",
    "cohort",
)
READ = ("roles", "post", "placed")
KNOWN = frozenset((*STATED, *READ, *FACTS))


def check(board: Board, problems: Problems) -> None:
    """Note each fact that is none of those known but like one; any other may be a column of a register."""
    for name, condition, origin in _conditions(board):
        for fact in sorted(facts_of(condition) - KNOWN):
            if (near := nearest(fact, KNOWN)) != ".":
                problems.add("check.fact-like-another", origin.place, id=name, fact=fact, near=near)


def _conditions(board: Board) -> Iterator[tuple[str, Condition, Origin]]:
    """Everything that asks about facts, by its id."""
    for rule in board.pack.rules:
        yield rule.id, rule.when, rule.origin
    for cohort in board.pack.framework.cohorts:
        if cohort.when:
            yield cohort.id, cohort.when, cohort.origin
