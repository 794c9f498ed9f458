"""How people overlap in who is in date: those of registers one by one, those of returns by their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tna.shown import overlaps
from tna.shown.overlaps import Apart
from tna.suppression import EVERY, Line, Position, withheld
from tna.suppression.remainders import Name

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]
TABLE = "people"


def lines(connection: duckdb.DuckDBPyConnection, counted: Sequence[Row], analysis: str) -> list[Line]:
    """The lines of agencies by level; `analysis` is the name of the attached one, "" for none."""
    every = overlaps.totalled(overlaps.coverage(f"{analysis}.")) if analysis else ""
    return list(overlaps.lines(connection, every, TABLE, list(_apart(counted))))


def _apart(counted: Sequence[Row]) -> Iterator[Apart]:
    """What returns count: at each level, and what an agency states over all beyond its levels."""
    whole = {row["agency"]: row for row in counted if row["level"] == EVERY}
    registers = {row["agency"] for row in counted if row["basis"] == "register"}
    stated = [row for row in counted if row["agency"] != EVERY and row["basis"] != "register"]
    for row in stated:
        if row["level"] != EVERY:
            yield _of(row, row["required"], row["held"], added=row["agency"] in whole)
        elif row["agency"] not in registers:
            more = [one for one in stated if one["agency"] == row["agency"] and one["level"] != EVERY]
            required, held = (row[name] - sum(one[name] for one in more) for name in ("required", "held"))
            if required >= held >= 0:
                yield _of(row, required, held)


def _of(row: Row, required: int, held: int, added: bool = True) -> Apart:
    return Apart(row["agency"], row["level"], max(0, required - held), held, added)


def left_over(
    known: Sequence[Line], counted: Sequence[Row], gone: frozenset[Position], threshold: int
) -> frozenset[Position]:
    """Further positions to hide, so that no few people are left between two that are shown."""
    sizes: dict[Name, int] = {(TABLE, row["agency"], row["level"]): row["required"] for row in counted}
    more = withheld(known, [(TABLE, *at) for at in gone], sizes, threshold)
    return frozenset((agency, level) for _, agency, level in more)
