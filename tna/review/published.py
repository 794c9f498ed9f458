"""The tables of a review without small numbers, nor what would let them be worked out, for all but the team itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tna import suppression
from tna.review import published_forms
from tna.review.blanks import blank, rows_of
from tna.suppression import Grid, Position

if TYPE_CHECKING:
    import duckdb

EVERY = "*"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """How one table is made fit to be shown: which rows form a grid, what is counted, and what is left blank."""

    table: str
    grid: Callable[[Row], str]
    position: Callable[[Row], Position]
    parts: Callable[[Row], tuple[int, ...]]
    blank: tuple[str, ...]
    total: bool = False  # whether the sum of a grid's rows is printed elsewhere


def _combined(row: Row) -> tuple[int, ...]:
    required, held = row["required"] or 0, row["held"] or 0
    return held, max(0, required - held)


def _numbers(*names: str) -> Callable[[Row], tuple[int, ...]]:
    return lambda row: tuple(row[name] or 0 for name in names)


HIDDEN = ("required", "held", "low", "high", "evidenced", "differs", "because")
SPREAD = ("booked", "cancelled", "no_show", "unscheduled", "attended")
TABLES = (
    Shown("combined", lambda row: row["basis"] if row["basis"] == "no-return" else "",
          lambda row: (row["agency"], row["level"]), _combined,
          HIDDEN),
    Shown("held_sessions", lambda row: row["course"], lambda row: (str(row["date"]), row["course"]),
          _numbers(*SPREAD), (*SPREAD, "balance", "because"), total=True),
    Shown("no_shows", lambda row: "", lambda row: (row["agency"], "all"),
          _numbers("booked", "cancelled", "no_show", "attended"),
          ("booked", "cancelled", "no_show", "attended", "rate_no_show", "rate_kept", "rate", "because"), total=True),
)  # fmt: skip


COUNTED = ("combined", "held_sessions", "delivery", "agency_mix", "no_shows", "evaluation", "evaluation_change",
           "evaluated", "followup", "followup_sample", "places_needed", "outcomes_by_period")  # fmt: skip


def keep_counted(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table that counts people once more as `counted_...`, with all its numbers: to judge on, not to print."""
    for table in COUNTED:
        connection.execute(f"create or replace temp table counted_{table} as from {table}")


def publish(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Takes the small numbers out of every table of the review that counts people, in place.

    What belongs together is hidden together: a course's row when its sessions' total is, a question's row when its
    distribution is. Lists of persons are emptied.
    """
    gone = {one.table: _hide(connection, one, threshold) for one in TABLES}
    _hide_widened(connection)
    connection.execute("update combined set because = '' where basis <> 'register' and because is not null")
    connection.execute("update combined set differs = 'the return says otherwise' where differs <> ''")
    _hide_rows(connection, "delivery", "course", {course for _, course in _totals(gone["held_sessions"])},
               (*SPREAD, "take_up", "attendance", "take_up_attended", "take_up_places", "attendance_of", "attendance_booked"))  # fmt: skip
    connection.execute("update agency_mix set booked = null, no_show = null, attended = null")
    connection.execute("delete from followup_sample")
    published_forms.publish(connection, threshold)


def _totals(hidden: Collection[Position]) -> Iterable[Position]:
    return [position for position in hidden if position[0] == EVERY]


def _hide(connection: duckdb.DuckDBPyConnection, one: Shown, threshold: int) -> frozenset[Position]:
    """Blanks the rows of a table that may not be shown; returns their positions, totals printed elsewhere included."""
    grids: dict[str, dict[Position, list[dict[str, Any]]]] = {}
    for row in rows_of(connection, one.table):
        if _widened(row):
            continue
        grids.setdefault(one.grid(row), {}).setdefault(one.position(row), []).append(row)
    gone: set[Position] = set()
    for rows in grids.values():
        cells = {position: _sum([one.parts(row) for row in some]) for position, some in rows.items()}
        hidden = suppression.hidden(Grid(cells | (_column_totals(cells) if one.total else {})), threshold)
        gone |= hidden
        blank(
            connection,
            one.table,
            one.blank,
            [row["rowid"] for position in hidden for row in rows.get(position, ())],
        )
    return frozenset(gone)


def _widened(row: Row) -> bool:
    """Whether a row is the board with those who sent nothing: what it adds to the board is hidden with them."""
    return row.get("basis") == "no-return" and row["agency"] == EVERY


def _sum(parts: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*parts, strict=True)))


def _column_totals(cells: Mapping[Position, tuple[int, ...]]) -> dict[Position, tuple[int, ...]]:
    columns: dict[str, list[tuple[int, ...]]] = {}
    for (_, column), parts in cells.items():
        columns.setdefault(column, []).append(parts)
    return {(EVERY, column): _sum(parts) for column, parts in columns.items()}


def _hide_widened(connection: duckdb.DuckDBPyConnection) -> None:
    """The board with those who sent nothing is not shown at a level where one of them is hidden."""
    silent = [row for row in rows_of(connection, "combined") if row["basis"] == "no-return"]
    levels = {row["level"] for row in silent if row["agency"] != EVERY and row["low"] is None}
    wide = [row["rowid"] for row in silent if row["agency"] == EVERY and row["level"] in levels]
    blank(connection, "combined", HIDDEN, wide)


def _hide_rows(
    connection: duckdb.DuckDBPyConnection, table: str, key: str, keys: Collection[str], columns: Sequence[str]
) -> None:
    rows = [row["rowid"] for row in rows_of(connection, table) if row[key] in keys]
    blank(connection, table, columns, rows)
