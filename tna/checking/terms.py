"""Terms that cannot do what they say: they bind nobody, name courses that do not count, or add up hours nobody states."""

from __future__ import annotations

from tna import graph
from tna.checking import reaching
from tna.model import Board, Course, Term
from tna.problems import Problems


def check(board: Board, problems: Problems) -> None:
    """Note every term without effect, and every course of a choice that gives nothing of what the term is about."""
    every = board.pack.framework.terms
    needed = reaching.needed(board) if every else {}
    for term in every:
        if not _binds(board, term, needed):
            problems.add("check.term-binds-nobody", term.origin.place)
        for course in term.choose.courses if term.choose else ():
            if course in board.graph and not _reach(board, course) & _meant(board, term):
                problems.add("check.choice-gives-nothing", term.origin.place, course=course)
        if term.hours:
            _lengths(board, term, problems)


def _binds(board: Board, term: Term, needed: dict[str, frozenset[str]]) -> bool:
    """Whether anybody at the term's levels needs any of what it is about."""
    scopes = set(term.levels) | {graph.cohort_node(one) for one in term.levels}
    asked = frozenset().union(
        *(some for scope, some in needed.items() if not term.levels or not scope or scope in scopes)
    )
    given = frozenset().union(*(_reach(board, one) for one in term.courses if one in board.graph))
    about = frozenset(term.competencies) or (given if term.courses else asked)
    return bool(about & asked)


def _meant(board: Board, term: Term) -> frozenset[str]:
    """The competencies a term is about, under whichever name; all of them when it names none."""
    about = frozenset(term.competencies) or frozenset(one.id for one in board.pack.framework.competencies)
    alike = (frozenset(one.competencies) for one in board.pack.framework.same)
    return about.union(*(one for one in alike if one & about))


def _reach(board: Board, course: str) -> frozenset[str]:
    """What a course gives or renews."""
    return frozenset(
        other for other, edge in board.graph.adj[course].items() if edge["relation"] in ("gives", "renews")
    )


def _lengths(board: Board, term: Term, problems: Problems) -> None:
    """Hours come from the length of a course where a record does not state them: say where no course has one."""
    for competency in term.competencies:
        offers = [one for one in board.pack.courses if _gives(board, one, competency)]
        if offers and not any(one.duration.minutes for one in offers):
            problems.add("check.hours-without-length", term.origin.place, id=competency)


def _gives(board: Board, course: Course, competency: str) -> bool:
    return course.audience == "workforce" and competency in _reach(board, course.id)
