"""The lists a workbook offers: the board's levels, courses, cohorts and examples of jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tna.model import Board


def levels(board: Board) -> list[str]:
    """The labels of the board's levels, in order."""
    return [level.label for level in board.pack.framework.levels]


def cohorts(board: Board) -> list[str]:
    """The labels of the board's cohorts."""
    return [cohort.label for cohort in board.pack.framework.cohorts]


def scopes(board: Board) -> list[str]:
    """Levels, then cohorts: whatever a headcount may be of."""
    return [*levels(board), *cohorts(board)]


def courses(board: Board) -> list[str]:
    """The titles of courses for the workforce, each once, in catalogue order."""
    titles = (course.title for course in board.pack.courses if course.audience == "workforce")
    return list(dict.fromkeys(titles))


def roles(board: Board) -> list[str]:
    """The jobs that the board names as examples, by the words of the role graph."""
    named = (role for level in board.pack.framework.levels for one in level.examples for role in one.roles)
    labels = {board.roles.nodes[role].label for role in named if role in board.roles.nodes}
    return sorted(labels, key=str.casefold)


LISTS: Mapping[str, Callable[[Board], list[str]]] = {
    "levels": levels, "cohorts": cohorts, "scopes": scopes, "courses": courses, "roles": roles,
}  # fmt: skip
