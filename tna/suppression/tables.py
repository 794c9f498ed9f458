"""A grid made ready for choosing: where counts can pass a person on, what hiding costs, and how much it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tna.suppression.attack import Edge, Web, known, tie, weave
from tna.suppression.grids import EVERY, Grid, Position, forwards

FURTHER, TOTAL, NOBODY = 1 << 64, 1 << 48, 1 << 80  # one more position outweighs all sizes, one of nobody all
Chosen = frozenset[Position]
Ways = Mapping[int, Sequence[tuple[int, Position]]]  # from a line: next lines and the counts that lead there


@dataclass(frozen=True, slots=True)
class Table:
    """A grid ready to be searched: its webs, the ways onward and back in each, prices of positions, sides of lines."""

    webs: Sequence[Web]
    onward: Sequence[Ways]
    back: Sequence[Ways]
    prices: Mapping[Position, int]
    sides: Mapping[int, frozenset[str]]

    def open(self, chosen: Collection[Position]) -> Iterator[tuple[int, Edge]]:
        """The hidden counts that can still be worked out, each with the number of its web."""
        kept = sorted(chosen)
        for place, web in enumerate(self.webs):
            yield from ((place, web[position]) for position in known([web[one] for one in kept]))

    def price(self, chosen: Iterable[Position]) -> int:
        """What hiding these costs: their number first, then the totals among them, then their sizes."""
        return sum(self.prices[position] for position in chosen)


def lay(grid: Grid) -> Table:
    """A grid made ready to be searched."""
    webs = weave(grid)
    prices = {position: _price(grid, position) for position in sorted(grid.cells)}
    sides = _sides(webs[0]) if webs else {}
    return Table(webs, [_ways(web) for web in webs], [_ways(web, -1) for web in webs], prices, sides)


def _price(grid: Grid, position: Position) -> int:
    whole = grid.whole(position)
    return FURTHER + TOTAL * position.count(EVERY) + whole + (0 if whole else NOBODY)


def _ways(web: Web, turn: int = 1) -> Ways:
    found: defaultdict[int, list[tuple[int, Position]]] = defaultdict(list)
    for edge in web.values():
        for step in edge.steps():
            start, end = step[::turn]
            found[start].append((end, edge.position))
    return found


def _sides(web: Web) -> Mapping[int, frozenset[str]]:
    """Of each line, whether it is a row, a column, or one made of both."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for edge in web.values():
        row, column = (edge.start, edge.end) if forwards(edge.position) else (edge.end, edge.start)
        found[row].add("row")
        found[column].add("column")
    return {line: frozenset(sides) for line, sides in found.items()}


def at_least(table: Table, chosen: Chosen) -> int:
    """How many further positions it takes at the very least: each ties two loose ends, never two rows or two columns."""
    needs = [0]
    for web in table.webs:
        loose = [
            frozenset[str]().union(*(table.sides[line] for line in block))
            for block in _loose([web[one] for one in chosen])
        ]
        needs += [-(-len(loose) // 2), loose.count(frozenset({"row"})), loose.count(frozenset({"column"}))]
    return max(needs)


def _loose(edges: Sequence[Edge]) -> list[set[int]]:
    """The blocks of lines that hang by one open count, or by open counts that all run in or all run out."""
    untied = set(known(edges))
    blocks = tie(edge for edge in edges if edge.position not in untied)
    lines: defaultdict[int, set[int]] = defaultdict(set)
    hanging: defaultdict[int, list[str]] = defaultdict(list)
    for edge in edges:
        for line, way in ((edge.start, "out"), (edge.end, "in")):
            block = blocks.get(line, line)
            lines[block].add(line)
            if edge.position in untied:
                hanging[block].append("both" if edge.falls else way)
    return [
        lines[block] for block, ways in hanging.items() if ways == ["both"] or {*ways} in ({"in"}, {"out"})
    ]
