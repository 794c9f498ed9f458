"""Several tables of the same agencies and levels, hidden so that none prints what another one hides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set

from tna.suppression.choice import hidden
from tna.suppression.grids import EVERY, THRESHOLD, Grid, Position


def hidden_together(
    grids: Mapping[str, Grid], threshold: int = THRESHOLD
) -> Mapping[str, frozenset[Position]]:
    """The positions to hide in each of several tables over the same rows and columns, by name; "*" is all together.

    What is hidden in "*" is hidden in every table that counts anybody there, and positions with equal counts in two
    tables are hidden in both or in neither. Each table is then safe by itself, and by those two rules.
    """
    names = sorted(grids, key=lambda name: (name != EVERY, name))
    found: dict[str, frozenset[Position]] = dict.fromkeys(names, frozenset())
    told: set[tuple[Position, tuple[int, ...]]] = set()  # counts that must not be read anywhere
    waiting = names
    while waiting:
        for name in waiting:
            forced = found[name] | _hidden_elsewhere(grids[name], found.get(EVERY, ()), told)
            found[name] = hidden(grids[name], threshold, forced)
            told |= {(position, grids[name].cells[position]) for position in found[name]}
        waiting = [
            name for name in names
            if _hidden_elsewhere(grids[name], found.get(EVERY, ()), told) - found[name]
        ]  # fmt: skip
    return found


def _hidden_elsewhere(
    grid: Grid, in_all: Collection[Position], told: Set[tuple[Position, tuple[int, ...]]]
) -> frozenset[Position]:
    return frozenset(
        position
        for position, counts in grid.cells.items()
        if any(counts) and (position in in_all or (position, counts) in told)
    )
