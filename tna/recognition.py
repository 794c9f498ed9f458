"""What another board's training is worth here: its courses, with what a crosswalk says that they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tna import crosswalks, policies
from tna.evidence import given_by
from tna.model import (
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


def recognising(pack: Pack, other: Pack, walks: Sequence[Crosswalk], chosen: Mapping[str, Policy]) -> Pack:
    """A pack with another board's courses, open to nobody, each giving what the crosswalks recognise of it.

    `other` is the other board's pack as its own policies leave it. A match that asks for evidence becomes a rule
    on the evidence that a record brings; one that asks for none, a grant of the course.
    """
    found = covering(walks, other.framework.id, pack.framework.id, chosen)
    courses, rules = [], []
    for course in other.courses:
        if course.audience == "workforce":
            there = _abroad(course, other)
            pairs = list(_recognised(course, other, found))
            courses.append(
                replace(
                    there, gives=tuple(_grant(*pair) for pair in pairs if not pair[0].conditions.evidence)
                )
            )
            rules += [_rule(n, there, *pair) for n, pair in enumerate(pairs) if pair[0].conditions.evidence]
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


def _recognised(course: Course, other: Pack, found: Iterable[Match]) -> Iterator[tuple[Match, Grant]]:
    """Each match whose one side the course gives, with the grant that gives it."""
    given = dict(given_by(other.framework, course))
    for match in found:
        if match.here.id in given:
            yield match, given[match.here.id]


def _grant(match: Match, grant: Grant) -> Grant:
    """What is recognised, on the terms of the match and of the course, the strictest."""
    modes = tuple(
        mode for mode in match.conditions.modes or grant.modes if not grant.modes or mode in grant.modes
    )
    return Grant(match.origin, (match.there.id,), _months(match, grant), modes, match=str(match))


def _months(match: Match, grant: Grant) -> int | None:
    stated = [months for months in (match.conditions.months, grant.months) if months is not None]
    return min(stated, default=None)


def _rule(n: int, course: Course, match: Match, grant: Grant) -> Rule:
    modes = match.conditions.modes or grant.modes
    tests = [Test("course", "is", course.id), Test("evidence", "includes", list(match.conditions.evidence))]
    says: dict[str, object] = {"course": course.id, "competencies": [match.there.id]}
    if modes:
        tests.append(Test("mode", "in", list(modes)))
    if months := _months(match, grant):
        says["months"] = months
    return Rule(
        id=f"recognise.{course.id.replace(':', '.')}.{n}",
        origin=match.origin,
        when=Condition(tests=tuple(tests)),
        then=Effect("credit", says),
        examples=(),
        note=str(match),
    )
