"""What a reader with a pencil could work out: the hidden counts to which what is shown leaves only one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tna.suppression.grids import Grid, Position, ends


class Edge(NamedTuple):
    """A count of a position between the two lines it stands in: one more runs from `start` to `end`."""

    position: Position
    start: int
    end: int
    falls: bool  # whether one less is possible too

    def steps(self) -> Iterator[tuple[int, int]]:
        """From which line to which the count can pass one person on, by one more or one less."""
        yield self.start, self.end
        if self.falls:
            yield self.end, self.start


Web = Mapping[Position, Edge]  # one part of a grid
Arcs = Mapping[int, list[int]]


def audit(grid: Grid, hidden: Collection[Position]) -> frozenset[Position]:
    """The hidden positions of which some count can still be worked out; empty when the table may be published.

    The reader knows every shown count, that lines add up to their totals, that counts are whole numbers from 0, and
    that a position of nobody would be shown. Of one part, exactly those that can be worked out are named; of several,
    none is missed, but one may be named that stays open only by moving several parts at once.
    """
    webs = weave(grid)
    kept = [position for position in sorted(hidden) if position in grid.cells]
    return frozenset(position for web in webs for position in known([web[one] for one in kept]))


def weave(grid: Grid) -> Sequence[Web]:
    """The counts of a grid as edges between its lines, a web a part; parts in which the same can move are one."""
    lines = ends(grid)
    spare = {position: grid.whole(position) > 1 for position in lines}
    found = [
        {one: Edge(one, *lines[one], spare[one] and grid.cells[one][part] > 0) for one in lines}
        for part in grid.parts
    ]
    return [web for place, web in enumerate(found) if web not in found[:place]]


def known(edges: Sequence[Edge]) -> Iterator[Position]:
    """The hidden counts that can be worked out, all others being shown.

    A count can be another one when its edge lies on a round trip that does not turn back along it: everything on the
    trip then moves by one, and all lines stay as they are. A count of one direction lies on one exactly when its ends
    are in one knot; a count of both directions exactly when, besides, the knot holds together without it (Boesch and
    Tindell 1980; Gusfield 1988 for tables).
    """
    knots = tie(edges)
    yield from (edge.position for edge in edges if knots[edge.start] != knots[edge.end])
    yield from bridges([edge for edge in edges if knots[edge.start] == knots[edge.end]])


def tie(edges: Iterable[Edge]) -> dict[int, int]:
    """Lines in knots: each with the number of its knot, within which one can go round from any line to any other."""
    onward: defaultdict[int, list[int]] = defaultdict(list)
    back: defaultdict[int, list[int]] = defaultdict(list)
    for edge in edges:
        for start, end in edge.steps():
            onward[start].append(end)
            back[end].append(start)
    for line in back:
        onward[line]  # lines that lead nowhere are lines too
    knots: dict[int, int] = {}
    for knot in reversed(_finished(onward)):
        waiting = [knot]
        while waiting:
            line = waiting.pop()
            if line not in knots:
                knots[line] = knot
                waiting.extend(back[line])
    return knots


def _finished(onward: Arcs) -> list[int]:
    """Lines in the order in which a walk through all of them leaves each for the last time."""
    seen: set[int] = set()
    order: list[int] = []
    for first in onward:
        trail = [(first, iter(onward[first]))] if first not in seen else []
        seen.add(first)
        while trail:
            line, others = trail[-1]
            other = next((one for one in others if one not in seen), None)
            if other is None:
                order.append(line)
                trail.pop()
            else:
                seen.add(other)
                trail.append((other, iter(onward[other])))
    return order


def bridges(edges: Sequence[Edge]) -> Iterator[Position]:
    """The counts that alone hold two groups of lines together.

    Lines are hung up as trees; every edge outside the trees writes its own bit at both its ends, and what hangs below
    an edge of a tree has both ends, and no bit left, unless the outside edge leaves it.
    """
    above, order = _hang(edges)
    tree = {edge.position for edge, _ in above.values()}
    bits = dict.fromkeys(order, 0)
    for place, edge in enumerate(edges):
        if edge.position not in tree:
            bits[edge.start] ^= 1 << place
            bits[edge.end] ^= 1 << place
    for line in reversed(order):
        if line in above:
            edge, upper = above[line]
            bits[upper] ^= bits[line]
            if not bits[line]:
                yield edge.position


def _hang(edges: Iterable[Edge]) -> tuple[dict[int, tuple[Edge, int]], list[int]]:
    """Each line below another with the edge that it hangs by and the line above, and all lines from the top down."""
    beside: defaultdict[int, list[tuple[Edge, int]]] = defaultdict(list)
    for edge in edges:
        beside[edge.start].append((edge, edge.end))
        beside[edge.end].append((edge, edge.start))
    above: dict[int, tuple[Edge, int]] = {}
    order: dict[int, None] = {}
    for top in beside:
        waiting = [] if top in order else [top]
        order.setdefault(top)
        for line in waiting:  # grows while it is walked
            for edge, other in beside[line]:
                if other not in order:
                    order[other] = None
                    above[other] = edge, line
                    waiting.append(other)
    return above, list(order)
