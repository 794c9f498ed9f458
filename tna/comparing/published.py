"""A comparison without small numbers, nor what would let them be worked out, for all but the team itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from tna import shown
from tna.shown import overlaps
from tna.suppression import EVERY, Grid, Position, hidden, withheld
from tna.suppression.remainders import Name

if TYPE_CHECKING:
    import duckdb

Counts = dict[Position, tuple[int, ...]]
MOVED = " union all ".join(
    f"""select distinct person as person_id, agency::VARCHAR as "row", '{change}:' || reason as "column", false as lacks
        from every_{change}"""
    for change in ("closed", "opened")
)


def publish(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Takes the small numbers out of every table of the comparison that counts people, in place.

    Coverage is hidden in each analysis as that analysis alone would be published. Flags keep their number by code:
    what they say of single posts and people is left out.
    """
    _hide_coverage(connection, threshold)
    _hide_moved(connection, threshold)
    _hide_all_totals(connection)
    _hide_people(connection, threshold)
    connection.execute("delete from flags_compared")
    connection.execute("insert into flags_compared select * from flag_counts")


def _hide_coverage(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    for name in "ab":
        gone = shown.of(connection, threshold, f"{name}.").no_people
        _blank(connection, "coverage_compared", gone, ("agency", "level"),
               f"held_{name} = null, required_{name} = null, rate_{name} = null, rating_{name} = null, more_held = null, "
               f"more_required = null, points = null, hidden = hidden || '{name}'")  # fmt: skip


def _blank(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    positions: Collection[Position],
    keys: tuple[str, str],
    nothing: str,
) -> None:
    if positions:
        rows, columns = (list(side) for side in zip(*sorted(positions), strict=True))
        connection.execute(
            f"update {table} set {nothing} where ({keys[0]}, {keys[1]}) in (select (unnest($1), unnest($2)))",
            [rows, columns],
        )


def _hide_moved(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """Reasons by agency in one grid with their sums; before, after and still open in another, over all agencies.

    The sums are in both: what is hidden of them in one is hidden in the other, until neither asks for more.
    """
    found = connection.execute("select agency, change || ':' || reason, people, gaps from moved").fetchall()
    by_agency = {(row[0], row[1]): row[2:] for row in found}
    few = frozenset(position for position, (people, _) in by_agency.items() if people < threshold)
    table: Counts = {position: (gaps,) for position, (_, gaps) in by_agency.items()}
    balance = _balance(connection, table)
    gone: frozenset[Position] = few
    lines = list(overlaps.lines(connection, MOVED, "moved"))
    sizes: dict[Name, int] = {("moved", *at): people for at, (people, _) in by_agency.items()}
    while True:
        of_balance = hidden(Grid(balance), threshold, _as_balance(gone))
        both = hidden(Grid(table), threshold, gone | _from_balance(of_balance))
        more = withheld(lines, [("moved", *at) for at in both], sizes, threshold)
        both |= {(agency, reason) for _, agency, reason in more}
        if both == gone:
            break
        gone = both
    for agency, reason in sorted(gone):
        change, _, why = reason.partition(":")
        connection.execute("update moved set people = null, gaps = null, hidden = true where agency = $1 and change = $2 and reason = $3",
                           [agency, change, why])  # fmt: skip
    _hide_totals(connection, of_balance)


def _balance(connection: duckdb.DuckDBPyConnection, table: Counts) -> Counts:
    """Gaps before and after as a table of two ways: what was closed stands beside, what was opened below, those still open."""
    rows = connection.execute(
        f"select gaps_a, gaps_b, still_open from totals where agency = '{EVERY}'"
    ).fetchall()
    counts: Counts = {}
    for before, after, still in rows:
        counts = {("before", EVERY): (before,), (EVERY, "after"): (after,), ("before", "after"): (still,)}
    for (agency, reason), gaps in table.items():
        if agency == EVERY:
            counts[("before", reason) if reason.startswith("closed") else (reason, "after")] = gaps
    return counts


def _as_balance(gone: Iterable[Position]) -> frozenset[Position]:
    return frozenset(
        ("before", reason) if reason.startswith("closed") else (reason, "after")
        for agency, reason in gone
        if agency == EVERY
    )


def _from_balance(gone: Iterable[Position]) -> frozenset[Position]:
    return frozenset((EVERY, part) for position in gone for part in position if ":" in part)


def _hide_totals(connection: duckdb.DuckDBPyConnection, gone: Collection[Position]) -> None:
    """The three totals over all agencies as far as they may be shown; those of single agencies are not."""
    connection.execute(f"delete from totals where agency <> '{EVERY}'")
    for position, column in (
        (("before", EVERY), "gaps_a"),
        ((EVERY, "after"), "gaps_b"),
        (("before", "after"), "still_open"),
    ):
        if position in gone:
            connection.execute(f"update totals set {column} = null")


def _hide_all_totals(connection: duckdb.DuckDBPyConnection) -> None:
    """Where the people of the whole board are hidden, so are its gaps: with the pack at hand they tell the people."""
    connection.execute(f"""
        update totals set gaps_a = null, gaps_b = null, still_open = null
        where exists (from coverage_compared where agency = '{EVERY}' and level = '{EVERY}' and hidden <> '')
    """)


def _hide_people(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """People over all agencies: who joined, left and stayed are shown together or not at all.

    The numbers before and after can be told from coverage where something is required of everybody; any of the three
    would then give away the other two. Jobs of so few people are not shown either.
    """
    connection.execute(f"delete from people_compared where agency <> '{EVERY}'")
    few = f"between 1 and {threshold - 1}"
    moves = "in_both", "joined", "left_since"
    told = " or ".join(f"{name} {few}" for name in (*moves, "people_a", "people_b"))
    connection.execute(
        f"update people_compared set {', '.join(f'{name} = null' for name in moves)} where {told}"
    )
    for run in "ab":
        connection.execute(f"""
            update people_compared set asked_{run} = null
            where asked_{run} {few} or jobs_{run} - asked_{run} {few} or people_{run} {few}
        """)
        connection.execute(
            f"update people_compared set people_{run} = null, jobs_{run} = null where people_{run} {few}"
        )
