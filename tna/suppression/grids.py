"""A table with totals as it is published, which of its numbers are small, and which lines tie them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Position = tuple[str, str]  # row and column
EVERY = "*"  # the total of its direction
THRESHOLD = 5
Ends = tuple[int, int]
Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A two-way table with totals: counts by position, each a tuple of parts that add up to a published whole.

    A position that is absent is known to be nothing; an absent total is one that is not published.
    Raises ValueError for a count below 0, or positions with different numbers of parts.
    """

    cells: Mapping[Position, tuple[int, ...]]

    def __post_init__(self) -> None:
        if any(count < 0 for counts in self.cells.values() for count in counts):
            raise ValueError("a count is below 0")
        if len({len(counts) for counts in self.cells.values()}) > 1:
            raise ValueError("positions have different numbers of parts")

    def whole(self, position: Position) -> int:
        """The sum of the parts at a position."""
        return sum(self.cells[position])

    @property
    def parts(self) -> range:
        """The numbers of the parts that every position has."""
        return range(len(next(iter(self.cells.values()), ())))


def small(grid: Grid, threshold: int = THRESHOLD) -> frozenset[Position]:
    """The positions of which a part is from 1 to one less than the threshold; a whole so small has such a part."""
    return frozenset(
        position for position, counts in grid.cells.items() if any(0 < count < threshold for count in counts)
    )


def forwards(position: Position) -> bool:
    """Whether one more person at a position runs from its row to its column, not the other way (see `ends`)."""
    return position.count(EVERY) != 1


def words_for_hidden(threshold: int = THRESHOLD) -> str:
    """The words shown in place of a hidden number: "fewer than 5, or hidden to protect one"."""
    return f"fewer than {threshold:,}, or hidden to protect one"


def ends(grid: Grid) -> Mapping[Position, Ends]:
    """The two lines that each position stands in, numbered, in the order in which one more person there runs.

    A line is its inner positions less its total, and must come to the same whatever is moved in it. One more in an
    inner position runs from its row to its column and must leave the column again; a total runs the other way, and
    the total of totals the first way again. Lines of which only the sum is known count as one.
    """
    leads: dict[Line, Line] = {}

    def lead(line: Line) -> Line:
        while line in leads:
            line = leads[line]
        return line

    for one, other in _joins(grid):
        if lead(one) != lead(other):
            leads[lead(one)] = lead(other)
    numbers: dict[Line, int] = {}
    found = {}
    for row, column in sorted(grid.cells):
        pair = [numbers.setdefault(lead(line), len(numbers)) for line in (("row", row), ("column", column))]
        found[row, column] = (pair[0], pair[1]) if forwards((row, column)) else (pair[1], pair[0])
    return found


def _joins(grid: Grid) -> Iterator[tuple[Line, Line]]:
    """Lines of which only the sum is known: a total that is not published joins the two lines it would stand in.

    A line of a total and nothing else is like one whose people all stand in one more line, without a total, across it.
    """
    for side, along, across in ((0, "row", "column"), (1, "column", "row")):
        inner = {position[side] for position in grid.cells if position[1 - side] != EVERY}
        for line in sorted({position[side] for position in grid.cells} - {EVERY}):
            if line not in inner:
                yield (along, line), (along, EVERY)
            elif ((line, EVERY) if side == 0 else (EVERY, line)) not in grid.cells:
                yield (along, line), (across, EVERY)
    if (EVERY, EVERY) not in grid.cells or len(grid.cells) == 1:
        yield ("row", EVERY), ("column", EVERY)
