"""Who is in date, without small numbers: agencies by level, those of whom only the number of people is known, and ranges."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tna import suppression
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

    def parts(self, position: Position) -> Iterator[Sequence[Position]]:
        """The lines that a total adds up: the levels of an agency, the agencies at a level."""
        agency, level = position
        if level == EVERY:
            yield [one for one in self.rows if one[0] == agency and one[1] != EVERY]
        if agency == EVERY:
            yield [one for one in self.rows if one[1] == level and one[0] != EVERY]


def publish(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Takes small numbers, and what would let them be worked out, out of `combined`, in place."""
    rows = rows_of(connection, "combined")
    counted = [row for row in rows if row["held"] is not None and row["required"] is not None]
    unknown = [row for row in rows if row["held"] is None and row["required"] is not None]
    wide = {_position(row) for row in unknown if row["agency"] == EVERY}
    whole = Lines({_position(row): row for row in counted}, threshold)
    _settle(whole)
    gone = whole.gone
    apart = _unknown([row for row in unknown if row["agency"] != EVERY], gone, threshold)
    loose = [row for row in rows if row["required"] is None and small(row["held"], threshold)]
    _ranges(whole)
    hidden = [row["rowid"] for row in counted if _position(row) in gone]
    hidden += [row["rowid"] for row in unknown if _position(row) in apart or (_position(row) in wide & gone)]
    blank(connection, "combined", NUMBERS, hidden + [row["rowid"] for row in loose])
    ranged = [row for row in rows if row["agency"] == EVERY or _position(row) in whole.rows]
    blank(connection, "combined", RANGE, _ids(ranged, whole.no_range))
    blank(connection, "combined", ("evidenced",), _ids(ranged, whole.no_split))
    connection.execute("update combined set because = '' where basis <> 'register' and because is not null")
    connection.execute("update combined set differs = 'the return says otherwise' where differs <> ''")


def _position(row: Row) -> Position:
    return row["agency"], row["level"]


def _ids(rows: Iterable[Row], positions: Collection[Position]) -> list[int]:
    return [row["rowid"] for row in rows if _position(row) in positions]


def _open(row: Row) -> tuple[int, ...]:
    return row["held"], max(0, row["required"] - row["held"])


def _unknown(rows: Sequence[Row], gone: Collection[Position], threshold: int) -> frozenset[Position]:
    """Positions of whom only the number is known that are not shown; their sum is what widens the board, so it counts too."""
    cells: dict[Position, tuple[int, ...]] = {_position(row): (row["required"],) for row in rows}
    totals: dict[Position, int] = {}
    for (_, level), (required,) in cells.items():
        totals[EVERY, level] = totals.get((EVERY, level), 0) + required
    forced = {(agency, EVERY) for agency, _ in gone} | {one for one in gone if one[0] == EVERY}
    return suppression.hidden(Grid(cells | {one: (sum_,) for one, sum_ in totals.items()}), threshold, forced)


def _ranges(whole: Lines) -> None:
    """A range is not shown where it is small itself, nor a total's where that of one of its parts is not."""
    for position, row in whole.rows.items():
        least, most, required = row["low"], row["high"], row["required"]
        numbers = (least, most, abs(required - least), abs(required - most))
        if least != most and any(small(one, whole.threshold) for one in numbers):
            whole.no_range.add(position)
    _spread(whole, whole.no_range, lambda one: whole.rows[one]["low"] != whole.rows[one]["high"])


def _spread(whole: Lines, missing: set[Position], matters: Callable[[Position], bool]) -> None:
    """Marks every total of which a part that matters is not shown, until none is left."""
    while True:
        more = {
            position
            for position in whole.rows.keys() - missing
            if any(
                matters(one) and (one in missing or one in whole.gone)
                for line in whole.parts(position)
                for one in line
            )
        }
        if not more:
            return
        missing |= more


def _settle(whole: Lines) -> None:
    """What to hide of those counted: round after round, as what is evidenced and what is only reported add up as well.

    Of a total both are known from how many are evidenced; that alone is left out where it can protect them.
    """
    before = -1
    while len(whole.gone) + len(whole.no_split) > before:
        before = len(whole.gone) + len(whole.no_split)
        cells = {position: _open(row) for position, row in whole.rows.items()}
        whole.gone |= suppression.hidden(Grid(cells), whole.threshold, whole.gone)
        for count in (_evidenced, _reported):
            part = {position: (count(row),) for position, row in whole.rows.items() if count(row)}
            found = suppression.hidden(Grid(part), whole.threshold, whole.gone | whole.no_split)
            mixed = {one for one in found if _evidenced(whole.rows[one]) and _reported(whole.rows[one])}
            whole.no_split |= mixed
            whole.gone |= found - mixed
        whole.no_split |= {one for one in whole.rows.keys() - whole.no_split if _tells_apart(whole, one)}


def _evidenced(row: Row) -> int:
    return int(row["evidenced"])


def _reported(row: Row) -> int:
    return max(0, int(row["held"]) - int(row["evidenced"]))


def _tells_apart(whole: Lines, position: Position) -> bool:
    """Whether how many are evidenced would tell hidden parts of a total apart that may only be known together."""
    for line in whole.parts(position):
        hidden = [whole.rows[one] for one in line if one in whole.gone or one in whole.no_split]
        if any(_evidenced(row) for row in hidden) and any(_reported(row) for row in hidden):
            return True
    return False
