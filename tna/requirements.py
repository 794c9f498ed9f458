"""What a job needs: the levels and cohorts it falls under, the competencies these require, the courses open to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tna import graph, policies, rules
from tna.model import Board, Course, Need, Origin, Rule
from tna.names import plain
from tna.rules import Facts


@dataclass(frozen=True, slots=True)
class Kind:
    """People whom no rule tells apart: the same scopes, needs, open courses and terms.

    `scopes` are level ids and `cohort:ID`, the level first; `extra` are needs that rules add to the scopes,
    `prefers` the ids of the `prefer` rules that hold, those of the more specific scope first; `agency` is theirs
    where it has agreed terms of its own.
    """

    scopes: tuple[str, ...]
    extra: tuple[Need, ...]
    courses: frozenset[str]
    level: str = ""
    prefers: tuple[str, ...] = ()
    agency: str = ""


def needs(board: Board) -> dict[str, tuple[Need, ...]]:
    """Every competency that each level and cohort requires, with the path that pulls it in, by scope."""
    framework = board.pack.framework
    scopes = [level.id for level in framework.levels]
    scopes += [graph.cohort_node(cohort.id) for cohort in framework.cohorts]
    order = {competency.id: place for place, competency in enumerate(framework.competencies)}
    known = labels(board)
    return {scope: _needs_of(board, scope, order, known) for scope in scopes}


def _needs_of(
    board: Board, scope: str, order: Mapping[str, int], known: Mapping[str, str]
) -> tuple[Need, ...]:
    found = graph.required(board.graph, scope)
    return tuple(
        Need(scope, competency, found[competency], origin, _because(board, known, found[competency], origin))
        for competency in sorted(found, key=order.__getitem__)
        for origin in [graph.deciding(board.graph, found[competency])]
    )


def _because(board: Board, labels: Mapping[str, str], path: tuple[str, ...], origin: Origin) -> str:
    steps = [
        f"{labels.get(start, start)} {RELATIONS[board.graph.edges[start, end]['relation']]} {labels.get(end, end)}"
        for start, end in pairwise(path)
    ]
    return f"{'; '.join(steps)} ({origin})"


RELATIONS = {
    "includes": "includes",
    "requires": "requires",
    "required-of": "must attend",
    "gives": "gives",
    "needs": "builds on",
}


def labels(board: Board) -> dict[str, str]:
    """What people call each level, cohort and course, by the node of the graph; competencies go by their ids."""
    framework = board.pack.framework
    return {
        **{course.id: f"{course.title} [{course.id}]" for course in board.pack.courses},
        **{graph.cohort_node(cohort.id): cohort.label for cohort in framework.cohorts},
        **{level.id: level.label for level in framework.levels},
    }


def label(board: Board, node: str) -> str:
    """What people call a level, cohort, competency or course: its label or title, with its id where that helps."""
    return labels(board).get(node, node)


def kind(
    board: Board,
    level: str,
    cohorts: Iterable[str],
    facts: Facts,
    in_force: Sequence[Rule] = (),
    offers: Sequence[Opening] = (),
) -> Kind:
    """The kind of a job from its level ("" when asked), its cohorts and its facts; `offers` are the board's openings."""
    scopes = tuple(scope for scope in (level, *map(graph.cohort_node, sorted(cohorts))) if scope)
    placed = {**facts, "placed": frozenset(scopes)}
    extra = tuple(
        need
        for rule in rules.applying(in_force, "need", placed)
        for need in _needs_by(rule, scopes, level, _cohorts(board))
    )
    scopes = tuple(dict.fromkeys((*scopes, *(need.scope for need in extra))))
    roles = facts.get("roles", frozenset())
    courses = frozenset([offer.course for offer in offers or openings(board) if offer.admits(scopes, roles)])
    prefers = tuple(rule.id for rule in rules.applying(in_force, "prefer", placed))
    agency = str(facts.get("agency", ""))
    own = plain(agency) in policies.agencies_with_terms(board.policies)
    return Kind(scopes, extra, courses, level, prefers, agency if own else "")


def _cohorts(board: Board) -> frozenset[str]:
    return frozenset(cohort.id for cohort in board.pack.framework.cohorts)


def _needs_by(rule: Rule, scopes: tuple[str, ...], level: str, cohorts: frozenset[str]) -> Iterable[Need]:
    counted_as = str(rule.then.says.get("as", ""))
    if counted_as in cohorts:
        counted_as = graph.cohort_node(counted_as)
    scope = counted_as or level or next(iter(scopes), "")
    if not scope:
        return
    for competency in rule.then.says["competencies"]:
        why = rule.then.says.get("why", "")
        because = f"{rule.note}: {why} ({rule.origin})" if why else f"rule {rule.id} ({rule.origin})"
        path = tuple(dict.fromkeys((scope, rule.id, competency)))
        yield Need(scope, competency, path, rule.origin, because, rule.then.says.get("months"))


def is_open(course: Course, scopes: Iterable[str], roles: frozenset[str]) -> bool:
    """Whether a workforce offer is open to or required of any of these scopes, and meant for one of these roles."""
    return course.audience == "workforce" and _opening(course).admits(scopes, roles)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whom a workforce offer is open to or required of: scopes, and the roles it is meant for (all when empty)."""

    course: str
    scopes: frozenset[str]
    roles: frozenset[str]

    def admits(self, scopes: Iterable[str], roles: frozenset[str]) -> bool:
        """Whether people of these scopes and roles may come."""
        if self.roles and self.roles.isdisjoint(roles):
            return False
        return not self.scopes.isdisjoint(scopes) or (bool(self.roles) and not self.scopes)


def openings(board: Board) -> tuple[Opening, ...]:
    """Every workforce offer of a board with whom it is for; made once, since every profile is asked about them all."""
    return tuple(_opening(course) for course in board.pack.courses if course.audience == "workforce")


def _opening(course: Course) -> Opening:
    links = (*course.open_to, *course.required_of)
    scopes = (scope for link in links for scope in (*link.levels, *map(graph.cohort_node, link.cohorts)))
    return Opening(course.id, frozenset(scopes), frozenset(course.roles))


def needed(found: Mapping[str, tuple[Need, ...]], kind: Kind, scope: str) -> tuple[Need, ...]:
    """What one scope requires of a kind: the scope's own needs and those that rules add under it."""
    own = found.get(scope, ())
    known = {need.competency for need in own}
    return own + tuple(need for need in kind.extra if need.scope == scope and need.competency not in known)
