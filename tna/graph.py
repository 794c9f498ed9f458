"""The graph of a board: what includes, requires, gives and builds on what, and the path by which a need arises."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from tna.model import Grant, Origin, Pack, Role
from tna.problems import Problems

if TYPE_CHECKING:
    import networkx as nx

PULLS = (
    "includes",
    "requires",
    "required-of",
    "needs",
)  # edges that pull a requirement in; a course then by `gives`
OWN = PULLS[1:]  # the same, without what other levels ask
ORDERS = ("includes", "needs", "after", "broader")  # relations that may not run in circles


def build(pack: Pack, roles: Iterable[Role] = ()) -> nx.DiGraph[str]:
    """Levels, cohorts (`cohort:ID`), competencies, courses and roles as nodes with a `kind`.

    Each edge has its `relation` and the `origin` of the statement that makes it; where two statements say
    the same, the first counts, and an edge to something switched off is none. Roles are nodes `role:ID`.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for node, kind in _nodes(pack, roles):
        graph.add_node(node, kind=kind)
    for start, end, relation, origin in (*_edges(pack), *_role_edges(pack, roles)):
        if start in graph and end in graph and not graph.has_edge(start, end):
            graph.add_edge(start, end, relation=relation, origin=origin)
    return graph


def cohort_node(cohort: str) -> str:
    """The name of a cohort among scopes and graph nodes."""
    return f"cohort:{cohort}"


def _nodes(pack: Pack, roles: Iterable[Role]) -> Iterator[tuple[str, str]]:
    framework = pack.framework
    yield from ((level.id, "level") for level in framework.levels)
    yield from ((cohort_node(cohort.id), "cohort") for cohort in framework.cohorts)
    yield from ((competency.id, "competency") for competency in framework.competencies)
    yield from ((course.id, "course") for course in pack.courses)
    yield from ((f"role:{role.id}", "role") for role in roles)


Edge = tuple[str, str, str, Origin]


def _edges(pack: Pack) -> Iterator[Edge]:
    framework = pack.framework
    for level in framework.levels:
        for link in level.includes:
            yield from ((level.id, other, "includes", link.origin) for other in link.levels)
        yield from _granted(level.id, "requires", level.requires)
    for cohort in framework.cohorts:
        yield from _granted(cohort_node(cohort.id), "requires", cohort.requires)
    for competency in framework.competencies:
        yield from ((competency.id, other, "needs", competency.origin) for other in competency.needs)
    for course in pack.courses:
        for link in course.required_of:
            for scope in (*link.levels, *map(cohort_node, link.cohorts)):
                yield scope, course.id, "required-of", link.origin
        yield from _granted(course.id, "gives", course.gives)
        yield from _granted(course.id, "renews", course.renews)
        yield from ((course.id, other, "after", course.origin) for other in course.after)


def _granted(start: str, relation: str, grants: Iterable[Grant]) -> Iterator[Edge]:
    for grant in grants:
        yield from ((start, competency, relation, grant.origin) for competency in grant.competencies)


def _role_edges(pack: Pack, roles: Iterable[Role]) -> Iterator[Edge]:
    nowhere = pack.framework.levels[0].origin if pack.framework.levels else None
    for role in roles:
        if nowhere:
            yield from ((f"role:{role.id}", f"role:{other}", "broader", nowhere) for other in role.broader)
    for level in pack.framework.levels:
        for example in level.examples:
            yield from ((f"role:{role}", level.id, "example", example.origin) for role in example.roles)


def required(graph: nx.DiGraph[str], scope: str, along: Sequence[str] = PULLS) -> dict[str, tuple[str, ...]]:
    """Each competency that a level or cohort requires, with the shortest path of nodes that pulls it in.

    Paths start at the scope, go along some relations and end at the competency; among equally short ones the
    first written wins.
    """
    paths: dict[str, tuple[str, ...]] = {scope: (scope,)}
    waiting = deque([scope])
    while waiting:
        node = waiting.popleft()
        pulls = ("gives",) if graph.nodes[node]["kind"] == "course" else along
        for other, edge in graph.adj[node].items():
            if edge["relation"] in pulls and other not in paths:
                paths[other] = (*paths[node], other)
                waiting.append(other)
    return {node: path for node, path in paths.items() if graph.nodes[node]["kind"] == "competency"}


def included(graph: nx.DiGraph[str], scope: str) -> tuple[str, ...]:
    """A level or cohort, and every level it includes, directly or through another."""
    found = {scope: None} if scope in graph else {}
    waiting = deque(found)
    while waiting:
        for other, edge in graph.adj[waiting.popleft()].items():
            if edge["relation"] == "includes" and other not in found:
                found[other] = None
                waiting.append(other)
    return tuple(found)


def deciding(graph: nx.DiGraph[str], path: tuple[str, ...]) -> Origin:
    """The origin of the statement a path rests on most weakly: its first reading, else its first step."""
    origins: list[Origin] = [graph.edges[step]["origin"] for step in pairwise(path)]
    return next((origin for origin in origins if origin.basis != "stated"), origins[0])


def check_circles(graph: nx.DiGraph[str], problems: Problems) -> None:
    """Note every relation that runs in a circle, one circle for nodes that all reach each other."""
    import networkx as nx

    for relation in ORDERS:
        edges = [(start, end) for start, end, edge in graph.edges(data=True) if edge["relation"] == relation]
        part: nx.DiGraph[str] = nx.DiGraph(edges)
        for knot in nx.strongly_connected_components(part):
            steps = _circle(part, min(knot), knot)
            if steps:
                origin: Origin = graph.edges[steps[0], steps[1]]["origin"]
                problems.add("graph.cycle", origin.place, cycle=" → ".join(steps))


def _circle(graph: nx.DiGraph[str], start: str, knot: Set[str]) -> list[str]:
    """A shortest way from a node back to itself; none when there is no such way."""
    import networkx as nx

    backs = [nx.shortest_path(graph, after, start) for after in sorted(graph.adj[start]) if after in knot]
    return [start, *min(backs, key=len)] if backs else []
