"""The fewest further positions, found by trying all that could do, as long as that takes few steps."""

from __future__ import annotations

from dataclasses import dataclass

from tna.suppression.attack import Edge
from tna.suppression.grids import Position
from tna.suppression.tables import FURTHER, Chosen, Table, Ways, at_least

STEPS = 100_000  # positions looked at before a search is given up; about half a second at worst


@dataclass(slots=True)
class Search:
    """A search for a choice cheaper than the best one known."""

    table: Table
    best: Chosen
    steps: int

    def run(self, chosen: Chosen, barred: Chosen = frozenset()) -> None:
        """Try every way on from a choice: each holds one of the positions that could free some open count."""
        self.steps -= sum(map(len, self.table.webs))
        if self.table.price(chosen) + FURTHER * at_least(self.table, chosen) >= self.table.price(self.best):
            return
        waiting = sorted(self.table.open(chosen))
        if not waiting:
            self.best = chosen
            return
        for position in self.options(waiting, chosen, barred):
            if self.steps <= 0:
                return
            self.run(chosen | {position}, barred)
            barred |= {position}

    def options(self, waiting: list[tuple[int, Edge]], chosen: Chosen, barred: Chosen) -> list[Position]:
        """Positions of which every choice that frees one of the open counts holds at least one; the fewest there are."""
        self.steps -= len(self.table.prices) * len(waiting)
        least = min((self.freeing(place, edge, chosen) - barred for place, edge in waiting), key=len)
        return sorted(least, key=lambda position: (self.table.prices[position], position))

    def freeing(self, place: int, edge: Edge, chosen: Chosen) -> Chosen:
        """The positions of which any round trip by one more, or by one less, takes at least one."""
        free = chosen - {edge.position}
        onward, back = self.table.onward[place], self.table.back[place]
        steps = [
            min((leaving(onward, end, free), leaving(back, start, free)), key=len)
            for start, end in edge.steps()
        ]
        return frozenset().union(*steps) - {edge.position}


def leaving(ways: Ways, line: int, free: Chosen) -> Chosen:
    """The positions that lead out of what can be reached from a line by those that are free."""
    reached = {line}
    waiting = [line]
    while waiting:
        for other, position in ways[waiting.pop()]:
            if position in free and other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(position for one in reached for other, position in ways[one] if other not in reached)
