"""What is hidden: every small number, and the fewest others that would give one away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tna.suppression.grids import THRESHOLD, Grid, Position, small
from tna.suppression.search import STEPS, Search
from tna.suppression.tables import at_least, lay
from tna.suppression.ways import mended, pruned


@dataclass(frozen=True, slots=True)
class Choice:
    """The positions hidden, those of them that had to be (small or forced), and whether no fewer would do."""

    hidden: frozenset[Position]
    needed: frozenset[Position]
    fewest: bool


def hidden(grid: Grid, threshold: int = THRESHOLD, forced: Collection[Position] = ()) -> frozenset[Position]:
    """The positions to hide so that no count of a hidden one can be worked out; see `audit` for by whom."""
    return choose(grid, threshold, forced).hidden


def choose(
    grid: Grid, threshold: int = THRESHOLD, forced: Collection[Position] = (), steps: int = STEPS
) -> Choice:
    """The positions to hide, and how sure it is that they are the fewest.

    Small and forced positions are hidden (forced ones the grid does not have are no matter). Of all choices the one
    with the fewest further positions is taken, then with the fewest totals among them, then with the smallest counts,
    then by name; positions of nobody only where nothing else will do. That is exact where the search ends
    within `steps`; elsewhere the choice is fair, nothing in it can be shown again, and `fewest` is true only where
    the choice comes to the least that any choice needs.
    """
    table = lay(grid)
    needed = small(grid, threshold) | frozenset(forced) & grid.cells.keys()
    fair = pruned(table, mended(table, needed), needed)
    search = Search(table, fair, steps)
    search.run(needed)
    best = pruned(table, search.best, needed)
    ended = search.steps > 0
    return Choice(best, needed, ended or len(best) - len(needed) == at_least(table, needed))
