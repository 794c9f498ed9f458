"""A fair choice quickly: the cheapest round trip for each count that is open, and nothing kept that is not needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush

from tna.suppression.attack import Edge
from tna.suppression.grids import Position
from tna.suppression.tables import Chosen, Table


def mended(table: Table, chosen: Chosen) -> Chosen:
    """Enough positions, by taking the cheapest round trip for each count that is still open, one after the other."""
    while waiting := list(table.open(chosen)):
        for place, edge in waiting:
            chosen |= _round(table, place, edge, chosen)
    return chosen


def _round(table: Table, place: int, edge: Edge, chosen: Chosen) -> Chosen:
    """The cheapest further positions with which this count lies on a round trip."""
    ways = [path(table, place, end, start, edge.position, chosen) for start, end in edge.steps()]
    return min((way for way in ways if way is not None), key=lambda way: (table.price(way), sorted(way)))


def path(table: Table, place: int, start: int, end: int, avoid: Position, chosen: Chosen) -> Chosen | None:
    """The cheapest further positions by which one gets from a line to another; None where there is no way."""
    ways, prices = table.onward[place], table.prices
    best = {start: 0}
    came: dict[int, tuple[int, Position]] = {}
    waiting = [(0, start)]
    while waiting:
        spent, line = heappop(waiting)
        if line == end:
            return frozenset(_trail(came, start, end)) - chosen
        if spent > best[line]:
            continue
        for other, position in ways[line]:
            price = spent if position in chosen else spent + prices[position]
            if price < best.get(other, price + 1) and position != avoid:
                best[other] = price
                came[other] = line, position
                heappush(waiting, (price, other))
    return None


def _trail(came: Mapping[int, tuple[int, Position]], start: int, end: int) -> Iterator[Position]:
    while end != start:
        end, position = came[end]
        yield position


def pruned(table: Table, chosen: Chosen, needed: Chosen) -> Chosen:
    """Without the positions that can be shown again, dearest first."""
    for position in sorted(chosen - needed, key=lambda one: (-table.prices[one], one)):
        fewer = chosen - {position}
        if not _leaves_one(table, position, fewer) and not any(table.open(fewer)):
            chosen = fewer
    return chosen


def _leaves_one(table: Table, position: Position, chosen: Chosen) -> bool:
    """Whether a line of a position has just one hidden count left, which anybody can work out."""
    edge = table.webs[0][position]
    return any(
        len({one for other, one in (*table.onward[0][line], *table.back[0][line]) if one in chosen and other != line}) == 1
        for line in (edge.start, edge.end)
    )  # fmt: skip
