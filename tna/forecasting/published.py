"""A forecast without small numbers, nor what would let them be worked out, for all but the team itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tna.forecasting.ending import ALREADY
from tna.shown import overlaps
from tna.suppression import EVERY, Grid, Line, hidden, withheld
from tna.suppression.remainders import Name

if TYPE_CHECKING:
    import duckdb

Cell = tuple[str, str, str]  # month, agency, level
Position = tuple[str, str]
DIMENSIONS = ("month", "agency", "level")
AXES = (0, 1, 2)


def publish(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Takes the small numbers out of `lapses` and `places`, in place.

    Lines of one agency at one level in one month are left out: shown are months by level, months by agency, and
    agencies by level over the whole time. What is hidden in one of these three is hidden in the others. Where all
    that ends in a month is hidden, so are that month's places.
    """
    connection.execute(f"""
        delete from lapses where agency <> '{EVERY}' and level <> '{EVERY}' and month not in ('{EVERY}', '{ALREADY}')
    """)
    rows = connection.execute(
        "select month, agency, level, people, person_competencies from lapses"
    ).fetchall()
    cells: dict[Cell, tuple[int, ...]] = {row[:3]: row[3:] for row in rows}
    lines = {axis: _lines(connection, axis) for axis in AXES}
    gone = _hide({cell: counts for cell, counts in cells.items() if cell[0] != ALREADY}, lines, threshold)
    before = {(cell[1], cell[2]): counts for cell, counts in cells.items() if cell[0] == ALREADY}
    gone |= {(ALREADY, *position) for position in _settled(before, _lines(connection, 0, True), threshold)}
    connection.executemany(
        """update lapses set people = null, person_competencies = null, hidden = true
           where month = $1 and agency = $2 and level = $3""",
        [list(cell) for cell in sorted(gone)],
    ) if gone else None
    _hide_places(connection, threshold, {month for month, agency, level in gone if agency == level == EVERY})


def _lines(connection: duckdb.DuckDBPyConnection, axis: int, already: bool = False) -> list[Line]:
    """How people overlap in the table that sums over one of month, agency and level."""
    first, second = (name for place, name in enumerate(DIMENSIONS) if place != axis)
    counted = f"""
        select distinct person_id, {first} as "row", {second} as "column", false as lacks
        from monthly where (month = '{ALREADY}') = {already}"""
    return list(overlaps.lines(connection, overlaps.totalled(counted), "lapses"))


def _hide(
    cells: Mapping[Cell, tuple[int, ...]], lines: Mapping[int, Sequence[Line]], threshold: int
) -> set[Cell]:
    """The cells to hide of three tables that share their totals: nothing more is asked for by any of them."""
    gone: set[Cell] = set()
    while True:
        found = set(gone)
        for axis in AXES:
            view = {_without(cell, axis): counts for cell, counts in cells.items() if cell[axis] == EVERY}
            forced = frozenset(_without(cell, axis) for cell in found if cell[axis] == EVERY)
            found |= {_with(one, axis) for one in _settled(view, lines[axis], threshold, forced)}
        if found == gone:
            return gone
        gone = found


def _settled(
    counts: Mapping[Position, tuple[int, ...]],
    lines: Sequence[Line],
    threshold: int,
    forced: frozenset[Position] = frozenset(),
) -> frozenset[Position]:
    """The positions of one table to hide, until it neither adds up to one of them nor leaves a few people over."""
    sizes: dict[Name, int] = {("lapses", *at): people for at, (people, *_) in counts.items()}
    while True:
        found = hidden(Grid(counts), threshold, forced)
        more = withheld(lines, [("lapses", *at) for at in found], sizes, threshold)
        forced = found | {(row, column) for _, row, column in more}
        if forced == found:
            return found


def _without(cell: Cell, axis: int) -> Position:
    first, second = (part for place, part in enumerate(cell) if place != axis)
    return first, second


def _with(position: Position, axis: int) -> Cell:
    parts = list(position)
    parts.insert(axis, EVERY)
    return parts[0], parts[1], parts[2]


def _hide_places(connection: duckdb.DuckDBPyConnection, threshold: int, months: set[str]) -> None:
    rows = connection.execute("select month, course, people from places").fetchall()
    forced = frozenset((month, course) for month, course, _ in rows if month in months)
    gone: set[tuple[str, str]] = set()
    for already in (True, False):
        grid = Grid({row[:2]: row[2:] for row in rows if (row[0] == ALREADY) is already})
        gone |= hidden(grid, threshold, forced)
    for month, course in sorted(gone):
        connection.execute(
            "update places set people = null, places = null, hidden = true where month = $1 and course = $2",
            [month, course],
        )
