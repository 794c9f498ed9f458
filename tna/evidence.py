"""What a record of a course is worth: which competencies it gives or renews, in which mode, for how many months."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tna import graph, policies, rules
from tna.model import Board, Course, Grant, Need, Rule, Same, Term

FACTS = ("course", "mode", "provider", "evidence")  # what a credit rule may ask of a record


@dataclass(frozen=True, slots=True)
class Credit:
    """A competency that a course gives (or renews) in a mode: `months` None when no interval is stated.

    `counts` is false when a mode is not accepted; `because` says on which statement that, or the credit, rests.
    """

    course: str
    mode: str
    competency: str
    months: int | None
    renews: bool
    counts: bool
    because: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """The facts of a record that decide what it is worth; `provider` and `evidence` only where rules ask."""

    course: str
    mode: str
    provider: str = ""
    evidence: str = ""


def terms_for(board: Board, scopes: Iterable[str], needs: Iterable[Need] = ()) -> tuple[Term, ...]:
    """The terms that bind people under some scopes: for everybody, for their levels, and beside what is required.

    `needs` are those that rules add, which may state an interval of their own.
    """
    bound = tuple(scopes)
    framework = board.pack.framework
    declared = (term for term in framework.terms if not term.levels or set(bound) & set(term.levels))
    reached = {other for scope in bound for other in graph.included(board.graph, scope)}
    required = (
        Term(grant.origin, grant.competencies, months=grant.months, modes=grant.modes)
        for scope, grants in _requiring(board)
        if scope in reached
        for grant in grants
        if grant.months or grant.modes
    )
    ruled = (Term(need.origin, (need.competency,), months=need.months) for need in needs if need.months)
    return (*declared, *required, *ruled)


def _requiring(board: Board) -> Iterator[tuple[str, tuple[Grant, ...]]]:
    yield from ((level.id, level.requires) for level in board.pack.framework.levels)
    yield from ((graph.cohort_node(one.id), one.requires) for one in board.pack.framework.cohorts)


def credit_rules(board: Board) -> tuple[Rule, ...]:
    """The rules that say what a record is worth, beside what the catalogue says."""
    return tuple(rule for rule in board.pack.rules if rule.then.stratum == "credit")


def credits(
    board: Board, attended: Attendance, terms: Iterable[Term], scopes: Iterable[str] = ()
) -> tuple[Credit, ...]:
    """All that one attendance is worth to people under some terms, what is not accepted included.

    A competency given by several statements appears once for each: the longest that counts holds.
    """
    course = board.courses.get(attended.course)
    if course is None or course.audience != "workforce":
        return ()
    found = [
        _credit(board, attended, competency, grant.months, grant.modes, renews, because, tuple(terms))
        for grants, renews in ((course.gives, False), (course.renews, True))
        for grant in grants
        for competency, because in _worth(board, course, grant)
    ]
    return (*found, *_ruled(board, attended, tuple(terms), scopes))


def _worth(board: Board, course: Course, grant: Grant) -> Iterator[tuple[str, str]]:
    """Each competency of a grant, and those the pack records as the same in other words."""
    known = {competency.id for competency in board.pack.framework.competencies}
    own = {given for one in course.gives for given in one.competencies}
    said = f"{course.title} [{course.id}] ({grant.origin})"
    for competency in grant.competencies:
        if competency in known:
            yield competency, said
        for same in board.pack.framework.same:
            if competency in same.competencies:
                for other in same.competencies:
                    if other in known and other not in own and other != competency:
                        yield other, f"{said}; {_same_words(same, competency)}"


def _same_words(same: Same, competency: str) -> str:
    return f"the same as {competency}: {same.because} ({same.origin.basis}, policy {same.origin.policy})"


def _ruled(
    board: Board, attended: Attendance, terms: tuple[Term, ...], scopes: Iterable[str]
) -> Iterator[Credit]:
    facts = {
        **{name: getattr(attended, name) for name in FACTS},
        "placed": frozenset(scopes),
    }
    for rule in rules.most_specific(rules.applying(credit_rules(board), "credit", facts)):
        says = rule.then.says
        if says.get("course", attended.course) == attended.course:
            for competency in says["competencies"]:
                yield _credit(
                    board,
                    attended,
                    competency,
                    says.get("months"),
                    (),
                    False,
                    f"rule {rule.id} ({rule.origin})",
                    terms,
                )


def _credit(
    board: Board,
    attended: Attendance,
    competency: str,
    months: int | None,
    modes: Iterable[str],
    renews: bool,
    because: str,
    terms: tuple[Term, ...],
) -> Credit:
    binding = [term for term in terms if _binds(term, attended.course, competency)]
    intervals = [
        months,
        policies.number(board.policies, "refresh.months"),
        *(term.months for term in binding),
    ]
    stated = [interval for interval in intervals if interval is not None]
    accepted = [(tuple(modes), because), *((term.modes, str(term.origin)) for term in binding)]
    against = [
        f"only {' or '.join(only)}: {said}" for only, said in accepted if only and attended.mode not in only
    ]
    return Credit(
        course=attended.course,
        mode=attended.mode,
        competency=competency,
        months=min(stated, default=None),
        renews=renews,
        counts=not against,
        because="; ".join(against) or because,
    )


def _binds(term: Term, course: str, competency: str) -> bool:
    return (not term.competencies or competency in term.competencies) and (
        not term.courses or course in term.courses
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or that month's last day when it is shorter.

    Beyond the calendar's ends it is the last or the first day there is.
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if year > date.max.year else date.min
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def holds_from(day: date, months: int | None) -> date:
    """The earliest date of a training that is still held on a day; a training holds until its date plus `months`."""
    if months is None or months >= 12 * (day.year - date.min.year):
        return date.min
    start = add_months(day, -months) - timedelta(days=4)  # shorter months move the exact day by three at most
    return next(
        earliest
        for earliest in (start + timedelta(days=step) for step in range(9))
        if add_months(earliest, months) >= day
    )


def best(found: Iterable[Credit]) -> Mapping[tuple[str, bool], Credit]:
    """Of credits that count, the longest for each competency given and for each renewed."""
    longest: dict[tuple[str, bool], Credit] = {}
    for credit in found:
        key = (credit.competency, credit.renews)
        if credit.counts and (key not in longest or _length(credit) > _length(longest[key])):
            longest[key] = credit
    return longest


def _length(credit: Credit) -> float:
    return float("inf") if credit.months is None else credit.months
