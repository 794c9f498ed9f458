"""Who is in date, without small numbers: agencies by level, those of whom only the number of people is known, and ranges."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tna import suppression
from tna.review import overlapping
from tna.review.blanks import blank, rows_of, small
from tna.suppression import EVERY, Grid, Position

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]
NUMBERS = ("required", "held", "low", "high", "evidenced", "differs", "because")
RANGE = ("low", "high")


@dataclass(slots=True)
class Lines:
    """The rows by position, and which of them may not be shown: at all, in their range, in what is evidenced."""

    rows: Mapping[Position, Row]
    threshold: int
    gone: set[Position] = field(default_factory=set)
    no_range: set[Position] = field(default_factory=set)
    no_split: set[Position] = field(default_factory=set)

    @property
    def size(self) -> int:
        """How much is not shown."""
        return len(self.gone) + len(self.no_range) + len(self.no_split)


def publish(
    connection: duckdb.DuckDBPyConnection,
    threshold: int,
    analysis: str = "",
    also: frozenset[Position] = frozenset(),
) -> None:
    """Takes small numbers, and what would let them be worked out, out of `combined`, in place.

    `analysis` is the name of the attached one, "" for none; `also` is what may not be shown of it alone.
    """
    rows = rows_of(connection, "combined")
    counted = [row for row in rows if row["held"] is not None and row["required"] is not None]
    unknown = [row for row in rows if row["held"] is None and row["required"] is not None]
    wide = {_position(row) for row in unknown if row["agency"] == EVERY}
    whole = _lines(counted, threshold)
    whole.gone |= also & {*map(_position, counted)}
    known = overlapping.lines(connection, counted, analysis)
    before = -1
    while whole.size > before:
        before = whole.size
        _settle(whole)
        whole.gone |= overlapping.left_over(known, counted, frozenset(whole.gone), threshold)
    gone = whole.gone
    apart = _unknown([row for row in unknown if row["agency"] != EVERY], gone, threshold)
    loose = [row for row in rows if row["required"] is None and small(row["held"], threshold)]
    hidden = [row["rowid"] for row in counted if _position(row) in gone]
    hidden += [row["rowid"] for row in unknown if _position(row) in apart or (_position(row) in wide & gone)]
    blank(connection, "combined", NUMBERS, hidden + [row["rowid"] for row in loose])
    ranged = [row for row in rows if row["agency"] == EVERY or row["held"] is not None]
    blank(connection, "combined", RANGE, _ids(ranged, whole.no_range) + _widened(unknown, apart))
    blank(connection, "combined", ("evidenced",), _ids(ranged, whole.no_split))
    connection.execute("update combined set because = '' where basis <> 'register' and because is not null")
    connection.execute("update combined set differs = 'the return says otherwise' where differs <> ''")


def _lines(counted: Sequence[Row], threshold: int) -> Lines:
    """The rows that add up both ways, and what is hidden to begin with.

    An agency of which some levels are counted and others not is no part of the board over all levels. The totals at
    its levels are taken without it; where it is hidden, so are they.
    """
    known = {_position(row) for row in counted}
    partly = [row for row in counted if row["agency"] != EVERY and (row["agency"], EVERY) not in known]
    own = {_position(row) for row in partly}
    rows = {_position(row): dict(row) for row in counted if _position(row) not in own}
    for row in partly:
        total = rows[EVERY, row["level"]]
        total |= {name: total[name] - row[name] for name in ("required", "held", *RANGE)}
    found = Lines({one: row for one, row in rows.items() if one[0] != EVERY or row["required"]}, threshold)
    few = [row for row in counted if any(small(one, threshold) for one in _open(row))]
    found.gone = {_position(row) for row in few} | {
        (EVERY, row["level"]) for row in few if _position(row) in own
    }
    narrow = [row for row in counted if _narrow(row, threshold)]
    found.no_range = {_position(row) for row in narrow} | {
        (EVERY, row["level"]) for row in narrow if _position(row) in own
    }
    found.no_split = {_position(row) for row in counted if _split(row, threshold)}
    return found


def _position(row: Row) -> Position:
    return row["agency"], row["level"]


def _ids(rows: Iterable[Row], positions: Collection[Position]) -> list[int]:
    return [row["rowid"] for row in rows if _position(row) in positions]


def _open(row: Row) -> tuple[int, ...]:
    return row["held"], max(0, row["required"] - row["held"])


def _widened(unknown: Sequence[Row], apart: Collection[Position]) -> list[int]:
    """The rows of the board whose range tells the bounds of an agency that is hidden, of whom only the people are known."""
    levels = {
        row["level"] for row in unknown
        if row["agency"] != EVERY and _position(row) in apart and (row["low"] or row["high"] != row["required"])
    }  # fmt: skip
    return [row["rowid"] for row in unknown if row["agency"] == EVERY and row["level"] in levels]


def _unknown(rows: Sequence[Row], gone: Collection[Position], threshold: int) -> frozenset[Position]:
    """Positions of whom only the number is known that are not shown; their sum is what widens the board, so it counts too."""
    cells: dict[Position, tuple[int, ...]] = {_position(row): (row["required"],) for row in rows}
    totals: dict[Position, int] = {}
    for (_, level), (required,) in cells.items():
        totals[EVERY, level] = totals.get((EVERY, level), 0) + required
    forced = {(agency, EVERY) for agency, _ in gone} | {one for one in gone if one[0] == EVERY}
    return suppression.hidden(Grid(cells | {one: (sum_,) for one, sum_ in totals.items()}), threshold, forced)


def _settle(whole: Lines) -> None:
    """What to hide of those counted: round after round, as what registers and returns tell of adds up by itself too.

    Of a total both are known from how many are evidenced, and a range adds up as well. Either alone is left out of a
    row where that can protect what is hidden.
    """
    before = -1
    while whole.size > before:
        before = whole.size
        cells = {position: _open(row) for position, row in whole.rows.items()}
        whole.gone |= suppression.hidden(Grid(cells), whole.threshold, whole.gone)
        for count in (_evidenced, _reported):
            found = _protect(whole, count, whole.no_split)
            mixed = {one for one in found if _evidenced(whole.rows[one]) and _reported(whole.rows[one])}
            whole.no_split |= mixed
            whole.gone |= found - mixed
        whole.no_range |= {one for one in whole.no_split & whole.rows.keys() if _ranged(whole.rows[one])}
        for count in (_at_least, _at_most):
            found = _protect(whole, count, whole.no_range)
            wide = {one for one in found if _ranged(whole.rows[one])}
            whole.no_range |= wide
            whole.gone |= found - wide


def _protect(whole: Lines, count: Callable[[Row], int], also: Collection[Position]) -> frozenset[Position]:
    """The positions at which a count may not be known, so that it follows from no line where it is hidden."""
    cells: dict[Position, tuple[int, ...]] = {
        position: (count(row),) for position, row in whole.rows.items() if count(row)
    }
    return suppression.hidden(Grid(cells), 1, whole.gone.union(also))


def _evidenced(row: Row) -> int:
    return int(row["evidenced"])


def _reported(row: Row) -> int:
    return max(0, int(row["held"]) - _evidenced(row))


def _at_least(row: Row) -> int:
    return max(0, int(row["low"]) - _evidenced(row))


def _at_most(row: Row) -> int:
    return max(0, int(row["high"]) - _evidenced(row))


def _ranged(row: Row) -> bool:
    return bool(row["low"] != row["high"])


def _narrow(row: Row, threshold: int) -> bool:
    """Whether a bound is small, or leaves few of those required."""
    bounds = (row["low"], row["high"])
    return _ranged(row) and any(
        small(one, threshold) or small(abs(row["required"] - one), threshold) for one in bounds
    )


def _split(row: Row, threshold: int) -> bool:
    """Whether few of a total are evidenced, or few are not."""
    return any(small(one, threshold) for one in (_evidenced(row), _reported(row)))
