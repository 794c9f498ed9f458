"""A board laid out to be read: levels with what they require and why, courses with what they give, policies, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from tna import evidence, graph, requirements
from tna.binding import bound
from tna.evidence import Attendance, Credit
from tna.model import Board, Cohort, Course, Framework, Level, Link, Need, Policy
from tna.model.packs import Mode


def show(board: Board, level: str = "") -> dict[str, Any]:
    """The board as plain data (what `tna show --format json` prints); one level only when it is named by its id."""
    framework = board.pack.framework
    needs = requirements.needs(board)
    return {
        "id": board.id,
        "board": framework.board,
        "title": framework.title,
        "edition": framework.edition,
        "status": framework.status,
        "effective_from": framework.effective_from and framework.effective_from.isoformat(),
        "review_by": framework.review_by and framework.review_by.isoformat(),
        "level_word": framework.level_word,
        "documents": [{"id": one.id, "title": one.title, "by": one.by, "dated": one.dated} for one in framework.documents],
        "levels": [_level(one, needs[one.id]) for one in framework.levels if level in ("", one.id)],
        "cohorts": [_cohort(one, needs[graph.cohort_node(one.id)]) for one in framework.cohorts if not level],
        "competencies": [
            {"id": one.id, "label": one.label, **_origin(one)} for one in framework.competencies
        ],
        "courses": [_course(board, one) for one in board.pack.courses if not level or level in _levels(one)],
        "terms": [{"says": str(one), **_origin(one)} for one in framework.terms if level in ("", *one.levels)],
        "policies": [_policy(one) for one in board.policies.values()],
        "editions": [_edition(one.pack.framework) for one in board.editions],
        "questions": [
            {"id": one.id, "asks": one.asks, "treatment": one.treatment, "source": str(one.origin.source)}
            for one in framework.questions
        ],
    }  # fmt: skip


def _origin(statement: Any) -> dict[str, str]:
    origin = statement.origin
    return {"source": str(origin.source), "basis": origin.basis, "policy": origin.policy}


def _level(level: Level, needs: tuple[Need, ...]) -> dict[str, Any]:
    return {
        "id": level.id,
        "label": level.label,
        "number": level.number,
        "row": level.row,
        "printed": level.printed,
        "provision": level.provision,
        "descriptor": level.descriptor,
        "note": level.note,
        **_origin(level),
        "includes": [other for link in level.includes for other in link.levels],
        "examples": [
            {"printed": one.printed, "roles": list(one.roles), "except": list(one.except_roles)} for one in level.examples
        ],
        "requires": [_need(need) for need in needs],
    }  # fmt: skip


def _edition(framework: Framework) -> dict[str, Any]:
    since = framework.effective_from
    return {"edition": framework.edition, "effective_from": since and since.isoformat()}


def _need(need: Need) -> dict[str, Any]:
    return {
        "competency": need.competency,
        "path": list(need.path),
        "basis": need.origin.basis,
        "policy": need.origin.policy,
        "source": str(need.origin.source),
        "because": need.because,
    }


def _cohort(cohort: Cohort, needs: tuple[Need, ...]) -> dict[str, Any]:
    return {
        "id": cohort.id,
        "label": cohort.label,
        "printed": cohort.printed,
        "roles": list(cohort.roles),
        "population": [
            {
                "people": one.people,
                "on": one.on and one.on.isoformat(),
                "printed": one.printed,
                **_origin(one),
            }
            for one in cohort.population
        ],
        **_origin(cohort),
        "requires": [_need(need) for need in needs],
    }


def _course(board: Board, course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "title": course.title,
        "kind": course.kind,
        "audience": course.audience,
        "mode": course.mode,
        "mode_basis": _mode_basis(course),
        "duration": course.duration.printed,
        "frequency": course.frequency.printed,
        "sessions": [day.isoformat() for day in course.sessions],
        "target_group": course.target_group,
        "printed": dict(course.printed),
        "availability": course.availability,
        **_origin(course),
        "open_to": _linked(course.open_to),
        "required_of": _linked(course.required_of),
        "gives": list(_gives(board, course, renews=False)),
        "renews": list(_gives(board, course, renews=True)),
    }


def _mode_basis(course: Course) -> str:
    """Whether the mode is stated, or a reading and under which policy."""
    if not course.mode_read or course.mode_read[0].mode != course.mode:
        return "" if course.mode == "not-stated" else course.origin.basis
    origin = course.mode_read[0].origin
    return f"{origin.basis}, policy {origin.policy}"


def _linked(links: tuple[Link, ...]) -> list[str]:
    return [scope for link in links for scope in (*link.levels, *map(graph.cohort_node, link.cohorts))]


def _levels(course: Course) -> set[str]:
    return {level for link in (*course.open_to, *course.required_of) for level in link.levels}


def _gives(board: Board, course: Course, *, renews: bool) -> Iterator[dict[str, Any]]:
    """What a course gives, for how many months and in which modes; `level` only where a level has terms of its own.

    No modes at a level: there it does not count, however it is given.
    """
    order = {one.id: place for place, one in enumerate(board.pack.framework.competencies)}
    usual = _by_mode(board, course, "")
    for level in ("", *_levels_with_terms(board)):
        own = _by_mode(board, course, level)
        for key in sorted(usual[course.mode].keys() | own[course.mode].keys(), key=lambda key: order[key[0]]):
            if key[1] is renews and (not level or _held(usual, key) != _held(own, key)):
                credit = own[course.mode].get(key) or next(iter(_held(own, key).values()), None)
                yield {
                    "competency": key[0],
                    "level": level or None,
                    "months": credit.months if credit else None,
                    "modes": list(_held(own, key)),
                    "because": credit.because if credit else "",
                }


def _levels_with_terms(board: Board) -> list[str]:
    usual = bound(board, ())
    return [one.id for one in board.pack.framework.levels if bound(board, [one.id]) != usual]


Key = tuple[str, bool]  # a competency, and whether it is only renewed


def _by_mode(board: Board, course: Course, level: str) -> dict[Mode, Mapping[Key, Credit]]:
    terms = bound(board, [level])
    return {
        mode: evidence.best(evidence.credits(board, Attendance(course.id, mode), terms))
        for mode in get_args(Mode)
    }


def _held(by_mode: Mapping[Mode, Mapping[Key, Credit]], key: Key) -> dict[Mode, Credit]:
    """The modes in which something counts, each with what it is then worth."""
    return {mode: worth[key] for mode, worth in by_mode.items() if key in worth}


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "kind": policy.kind,
        "value": policy.value or None,
        "unit": policy.unit,
        "declared": policy.declared,
        "says": policy.says,
        "source": str(policy.origin.source),
        "basis": policy.origin.basis,
        "agencies": [{"agency": one.agency, "agreed": one.value, **_origin(one)} for one in policy.agencies],
    }


def graph_lines(board: Board, form: str) -> Iterator[str]:
    """The graph of what includes, requires, gives and builds on what: as lines of text, or in Graphviz's dot."""
    edges = sorted(
        (start, edge["relation"], end)
        for start, end, edge in board.graph.edges(data=True)
        if edge["relation"] not in ("broader", "example")
    )
    if form == "text":
        yield from (f"{start} {relation} {end}" for start, relation, end in edges)
        return
    yield f'digraph "{board.id}" {{'
    yield "  rankdir=LR; node [shape=box];"
    known = requirements.labels(board)
    for node in sorted({node for start, _, end in edges for node in (start, end)}):
        yield f'  "{node}" [label="{_escaped(known.get(node, node))}"];'
    yield from (f'  "{start}" -> "{end}" [label="{relation}"];' for start, relation, end in edges)
    yield "}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
