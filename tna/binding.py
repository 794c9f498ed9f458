"""What binds the people of a kind: the terms their training is held to, and what they hold for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tna import graph, policies
from tna.model import Board, Grant, Need, Term


@dataclass(frozen=True, slots=True)
class Rung:
    """A level as training for it discharges others: what it asks itself, and what the levels it includes ask."""

    label: str
    own: frozenset[str]
    below: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bound:
    """What binds people under some scopes in some agency.

    `refresh` is the general interval in months, None when nobody states one, and `refresh_by` on whose word;
    `settled` is held for good once held, by `settled_by`; training for one of `discharging` renews what is below it.
    """

    terms: tuple[Term, ...] = ()
    refresh: int | None = None
    refresh_by: str = ""
    settled: frozenset[str] = frozenset()
    settled_by: str = ""
    discharging: tuple[Rung, ...] = ()
    most: bool = False


def bound(board: Board, scopes: Iterable[str], needs: Iterable[Need] = (), agency: str = "") -> Bound:
    """What binds the people under some scopes; `needs` are those that rules add, `agency` one with terms of its own."""
    scopes, needs = tuple(scopes), tuple(needs)
    chosen = board.policies
    highest_only = policies.is_on(chosen, "refresh.highest-only", agency)
    discharges = policies.is_on(chosen, "refresh.higher-discharges", agency)
    refresh = policies.number(chosen, "refresh.months", agency)
    return Bound(
        terms=terms_for(board, scopes, needs),
        refresh=refresh,
        refresh_by=policies.on_whose_word(chosen, "refresh.months", agency) if refresh else "",
        settled=_settled(board, scopes, needs) if highest_only else frozenset(),
        settled_by=policies.on_whose_word(chosen, "refresh.highest-only", agency) if highest_only else "",
        discharging=rungs(board) if discharges else (),
        most=policies.value_for(chosen, "requirement.range", agency) == "most",
    )


def terms_for(board: Board, scopes: Iterable[str], needs: Iterable[Need] = ()) -> tuple[Term, ...]:
    """The terms that bind people under some scopes: for everybody, for their levels, and beside what is required.

    `needs` are those that rules add, which may state an interval of their own.
    """
    over = tuple(scopes)
    declared = (
        term for term in board.pack.framework.terms if not term.levels or set(over) & set(term.levels)
    )
    reached = {other for scope in over for other in graph.included(board.graph, scope)}
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


def _settled(board: Board, scopes: Iterable[str], needs: Iterable[Need]) -> frozenset[str]:
    """What reaches people only by way of other levels."""
    known = [scope for scope in scopes if scope in board.graph]
    every = {one for scope in known for one in graph.required(board.graph, scope)}
    own = {one for scope in known for one in graph.required(board.graph, scope, graph.OWN)}
    return frozenset(every - own - {need.competency for need in needs})


def rungs(board: Board) -> tuple[Rung, ...]:
    """Every level that includes others, with what it asks itself and what they ask."""
    found = []
    for level in board.pack.framework.levels:
        own = frozenset(graph.required(board.graph, level.id, graph.OWN))
        below = frozenset(graph.required(board.graph, level.id)) - own
        if own and below:
            found.append(Rung(level.label, own, below))
    return tuple(found)
