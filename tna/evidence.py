"""What a record of a course is worth: which competencies it gives or renews, in which mode, for how many months."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tna import rules
from tna.binding import Bound
from tna.model import Board, Course, Framework, Grant, Rule, Same, Term

FACTS = ("course", "mode", "provider", "evidence")  # what a credit rule may ask of a record


@dataclass(frozen=True, slots=True)
class Credit:
    """A competency that a course gives (or renews) in a mode: `months` None when no interval is stated.

    `counts` is false when a mode is not accepted; `because` says on which statement that, or the credit, rests,
    and `interval_by` who states the months, where that is another statement.
    """

    course: str
    mode: str
    competency: str
    months: int | None
    renews: bool
    counts: bool
    because: str
    interval_by: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """The facts of a record that decide what it is worth; `provider` and `evidence` only where rules ask."""

    course: str
    mode: str
    provider: str = ""
    evidence: str = ""


def credit_rules(board: Board) -> tuple[Rule, ...]:
    """The rules that say what a record is worth, beside what the catalogue says."""
    return tuple(rule for rule in board.pack.rules if rule.then.stratum == "credit")


def credits(
    board: Board, attended: Attendance, bound: Bound, scopes: Iterable[str] = ()
) -> tuple[Credit, ...]:
    """All that one attendance is worth to people bound by some terms, what is not accepted included.

    A competency given by several statements appears once for each: the longest that counts holds.
    """
    course = board.courses.get(attended.course)
    if course is None or course.audience != "workforce":
        return ()
    found = [
        _credit(attended, competency, grant.months, grant.modes, renews, because, bound)
        for grants, renews in ((course.gives, False), (course.renews, True))
        for grant in grants
        for competency, because in _worth(board, course, grant)
    ]
    found += _ruled(board, attended, bound, scopes)
    return (*found, *_discharged(attended, found, bound))


def _discharged(attended: Attendance, found: Sequence[Credit], bound: Bound) -> Iterator[Credit]:
    """What training for a level renews of the levels below it, where the board's policy says so."""
    given = {one.competency for one in found if one.counts and not one.renews}
    for rung in bound.discharging:
        if given & rung.own:
            because = f"training for {rung.label} renews what it includes (policy refresh.higher-discharges)"
            for competency in sorted(rung.below - given):
                yield _credit(attended, competency, None, (), True, because, bound)


def _worth(board: Board, course: Course, grant: Grant) -> Iterator[tuple[str, str]]:
    """Each competency of a grant, and those the pack records as the same in other words."""
    rests_on = f"; {grant.match}" if grant.match else f" ({grant.origin})"
    said = f"{course.title} [{course.id}]{rests_on}"
    for competency, same in _given(board.pack.framework, course, grant):
        yield competency, f"{said}; {same}" if same else said


def _given(framework: Framework, course: Course, grant: Grant) -> Iterator[tuple[str, str]]:
    known = {competency.id for competency in framework.competencies}
    own = {given for one in course.gives for given in one.competencies}
    for competency in grant.competencies:
        if competency in known:
            yield competency, ""
        for same in framework.same:
            if competency in same.competencies:
                for other in same.competencies:
                    if other in known and other not in own and other != competency:
                        yield other, _same_words(same, competency)


def _same_words(same: Same, competency: str) -> str:
    return f"the same as {competency}: {same.because} ({same.origin.basis}, policy {same.origin.policy})"


def _ruled(board: Board, attended: Attendance, bound: Bound, scopes: Iterable[str]) -> Iterator[Credit]:
    facts = {
        **{name: getattr(attended, name) for name in FACTS},
        "placed": frozenset(scopes),
    }
    for rule in rules.most_specific(rules.applying(credit_rules(board), "credit", facts)):
        says = rule.then.says
        if says.get("course", attended.course) == attended.course:
            because = f"rule {rule.id} ({rule.origin})"
            for competency in says["competencies"]:
                yield _credit(attended, competency, says.get("months"), (), False, because, bound)


def _credit(
    attended: Attendance,
    competency: str,
    months: int | None,
    modes: Iterable[str],
    renews: bool,
    because: str,
    bound: Bound,
) -> Credit:
    binding = [term for term in bound.terms if _binds(term, attended.course, competency)]
    accepted = [(tuple(modes), because), *((term.modes, str(term.origin)) for term in binding)]
    against = [
        f"only {' or '.join(only)}: {said}" for only, said in accepted if only and attended.mode not in only
    ]
    interval, by = _strictest(competency, (months, because), binding, bound)
    return Credit(
        course=attended.course,
        mode=attended.mode,
        competency=competency,
        months=interval,
        renews=renews,
        counts=not against,
        because="; ".join(against) or because,
        interval_by=by if by != because else "",
    )


def _strictest(
    competency: str, offered: tuple[int | None, str], binding: Sequence[Term], bound: Bound
) -> tuple[int | None, str]:
    """The shortest interval that applies and who states it; what is settled lapses only by a term that names it."""
    stated: list[tuple[int | None, str]] = [
        (term.months, str(term.origin)) for term in binding if term.months
    ]
    if competency in bound.settled:
        stated = [(term.months, str(term.origin)) for term in binding if term.months and term.competencies]
        return min(stated, key=lambda one: one[0] or 0, default=(None, bound.settled_by))
    stated += [offered, (bound.refresh, bound.refresh_by)]
    known = [(months, by) for months, by in stated if months is not None]
    return min(known, key=lambda one: one[0], default=(None, ""))


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
