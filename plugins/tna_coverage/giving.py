"""Which courses give a competency, and for whom that counts: what the pack says, read once for every flag."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tna.model import Board, Course, Grant, Term


@dataclass(frozen=True, slots=True)
class Giving:
    """For each workforce course the competencies it gives or renews, and the grants behind those it gives."""

    grants: Mapping[str, Mapping[str, tuple[Grant, ...]]]
    renewed: Mapping[str, frozenset[str]]
    courses: Mapping[str, Course]
    terms: tuple[Term, ...]

    def givers(self, competency: str) -> list[Course]:
        """The workforce courses that give a competency, in catalogue order."""
        return [course for name, course in self.courses.items() if competency in self.grants[name]]

    def given(self, course: Course) -> frozenset[str]:
        """All that a course gives or renews."""
        return frozenset(self.grants[course.id]) | self.renewed[course.id]

    def counts(self, course: Course, competency: str, scopes: Collection[str]) -> bool:
        """Whether a course, taken as it is offered, counts for people of these levels and cohorts."""
        terms = [term.modes for term in self.terms if _binds(term, course, competency, scopes)]
        return any(
            all(course.mode in modes for modes in (grant.modes, *terms) if modes)
            for grant in self.grants[course.id][competency]
        )


def giving(board: Board) -> Giving:
    """What each workforce course of a board gives, by the catalogue, by statements that two are the same, and by rule."""
    workforce = {course.id: course for course in board.pack.courses if course.audience == "workforce"}
    grants: dict[str, dict[str, tuple[Grant, ...]]] = {name: {} for name in workforce}
    for name, course in workforce.items():
        for grant in (*course.gives, *_ruled(board, name)):
            for competency in sorted(_same(board, grant.competencies)):
                grants[name][competency] = (*grants[name].get(competency, ()), grant)
    renewed = {
        name: _same(board, [one for grant in course.renews for one in grant.competencies])
        for name, course in workforce.items()
    }
    return Giving(grants, renewed, workforce, board.pack.framework.terms)


def _same(board: Board, competencies: Collection[str]) -> frozenset[str]:
    """These competencies and those that the pack records as the same in other words."""
    others = (
        one.competencies for one in board.pack.framework.same if set(one.competencies) & set(competencies)
    )
    return frozenset(competencies).union(*others)


def _ruled(board: Board, course: str) -> tuple[Grant, ...]:
    """What rules say that a record of this course gives, to whomever."""
    credits = [rule for rule in board.pack.rules if rule.then.stratum == "credit"]
    return tuple(
        Grant(rule.origin, tuple(rule.then.says["competencies"]))
        for rule in credits
        if rule.then.says.get("course") == course
    )


def _binds(term: Term, course: Course, competency: str, scopes: Collection[str]) -> bool:
    return (
        (not term.levels or not set(term.levels).isdisjoint(scopes))
        and (not term.competencies or competency in term.competencies)
        and (not term.courses or course.id in term.courses)
    )
