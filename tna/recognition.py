"""What another board's training is worth here: its courses, with what a crosswalk says that they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from tna import crosswalks, policies
from tna.binding import bound
from tna.evidence import Attendance, Credit, best, credits
from tna.model import (
    Board,
    Condition,
    Course,
    Crosswalk,
    Effect,
    Grant,
    Match,
    Origin,
    Pack,
    Policy,
    Rule,
    Source,
    Test,
)
from tna.model.crosswalks import COVERS
from tna.model.packs import Mode

MODES: tuple[Mode, ...] = get_args(Mode)
CLOSE = "crosswalk.close"  # the policy that takes what is close for the same


def covering(
    walks: Sequence[Crosswalk], here: str, there: str, chosen: Mapping[str, Policy]
) -> tuple[Match, ...]:
    """The matches by which training at one board is recognised at the other: the same, or more than it.

    What is close counts only where the policy crosswalk.close says so; broader and related never do.
    """
    off = [policy.id for policy in chosen.values() if policy.kind == "switch" and policy.value == "off"]
    taken = (*COVERS, "close") if policies.is_on(chosen, CLOSE) else COVERS
    return tuple(
        match
        for match in crosswalks.matches(walks, here, there, off)
        if match.relation in taken and match.there.kind == "competency"
    )


def recognising(pack: Pack, other: Board, walks: Sequence[Crosswalk], chosen: Mapping[str, Policy]) -> Pack:
    """A pack with another board's courses, open to nobody, each giving what the crosswalks recognise of it.

    What a course is worth at home, in which modes and for how long, is the other board's own to say; a match may
    ask for more, never for less. One that asks for evidence becomes a rule on the evidence that a record brings;
    one that asks for none, a grant of the course.
    """
    found = covering(walks, other.id, pack.framework.id, chosen)
    courses, rules = [], []
    for course in other.pack.courses:
        if course.audience == "workforce":
            there = _abroad(course, other.pack)
            offered = [
                _offer(match, months, modes) for match, months, modes in _recognised(course, other, found)
            ]
            plain = tuple(one for one, asks in offered if not asks)
            courses.append(replace(there, gives=plain))
            asking = [(one, asks) for one, asks in offered if asks]
            rules += [_rule(n, there, one, asks) for n, (one, asks) in enumerate(asking)]
    return replace(pack, courses=(*pack.courses, *courses), rules=(*pack.rules, *rules))


def _abroad(course: Course, other: Pack) -> Course:
    """Another board's course under an id of its own, neither open to nor required of anybody here."""
    return Course(
        id=abroad(other.framework.id, course.id),
        title=course.title,
        origin=_origin(other, course.origin),
        kind=course.kind,
        audience="workforce",
        mode=course.mode,
        also=(*course.also, course.id),
        duration=course.duration,
        provider=other.framework.board,
        note=f"A course of {other.framework.board}, recognised by a crosswalk.",
    )


def abroad(board: str, course: str) -> str:
    """What another board's course is called here."""
    return f"{board}:{course}"


def _origin(other: Pack, origin: Origin) -> Origin:
    source = Source(f"{other.framework.id}:{origin.source.document}", origin.source.at)
    return Origin(source, origin.basis, place=origin.place)


def _recognised(
    course: Course, other: Board, found: Iterable[Match]
) -> Iterator[tuple[Match, int | None, tuple[Mode, ...]]]:
    """Each match of something the course gives at home, with the months it holds there and the modes that count."""
    at_home = _at_home(course, other)
    for match in found:
        by_months: dict[int | None, list[Mode]] = {}
        for mode, worth in at_home.items():
            credit = worth.get((match.here.id, False))
            if credit and mode in (match.conditions.modes or MODES):
                by_months.setdefault(credit.months, []).append(mode)
        for months, modes in by_months.items():
            yield match, months, () if len(modes) == len(MODES) else tuple(modes)


def _at_home(course: Course, other: Board) -> Mapping[Mode, Mapping[tuple[str, bool], Credit]]:
    """What a course is worth to anybody at the board that offers it, by the mode it is taken in."""
    terms = bound(other, ())
    return {mode: best(credits(other, Attendance(course.id, mode), terms)) for mode in MODES}


def _offer(match: Match, months: int | None, modes: tuple[Mode, ...]) -> tuple[Grant, tuple[str, ...]]:
    """What is recognised, on the terms of the match and of the course, the strictest; and the evidence it asks for."""
    stated = [one for one in (match.conditions.months, months) if one is not None]
    grant = Grant(match.origin, (match.there.id,), min(stated, default=None), modes, match=str(match))
    return grant, match.conditions.evidence


def _rule(n: int, course: Course, grant: Grant, evidence: Sequence[str]) -> Rule:
    tests = [Test("course", "is", course.id), Test("evidence", "includes", list(evidence))]
    says: dict[str, object] = {"course": course.id, "competencies": list(grant.competencies)}
    if grant.modes:
        tests.append(Test("mode", "in", list(grant.modes)))
    if grant.months:
        says["months"] = grant.months
    return Rule(
        id=f"recognise.{course.id.replace(':', '.')}.{n}",
        origin=grant.origin,
        when=Condition(tests=tuple(tests)),
        then=Effect("credit", says),
        examples=(),
        note=grant.match,
    )
