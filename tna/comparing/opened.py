"""Two analyses opened beside each other, the earlier as `a` and the later as `b`, if they can be compared at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna import holdings
from tna.problems import Place, refuse
from tna.review.opened import attach, said
from tna.suppression.grids import THRESHOLD

if TYPE_CHECKING:
    import duckdb


def open_pair(
    connection: duckdb.DuckDBPyConnection, first: Path, second: Path
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What two analyses say of themselves, with their tables attached as `a` and `b`.

    Raises `Unusable` when one is missing, when they are one and the same, of two boards, or the later comes first.
    """
    if first.resolve() == second.resolve():
        refuse("compare.same-folder", Place(str(second)))
    for name, folder in (("a", first), ("b", second)):
        attach(connection, folder, name)
        holdings.check(connection, name, folder)
    a, b = said(connection, "a"), said(connection, "b")
    if a["board"]["id"] != b["board"]["id"]:
        refuse("compare.other-board", Place(str(second)), first=a["board"]["id"], second=b["board"]["id"])
    if a["as_of"] > b["as_of"]:
        refuse("compare.later-first", Place(str(first)), first=a["as_of"], second=b["as_of"])
    return a, b


def threshold_of(connection: duckdb.DuckDBPyConnection, analyses: tuple[str, ...] = ("a", "b")) -> int:
    """From which number on people are counted openly: the most cautious of what the analyses kept, else 5."""
    values = [
        int(value)
        for analysis in analyses
        for (value,) in connection.execute(
            f"select value from {analysis}.policies where policy = 'small-numbers.threshold' and value <> ''"
        ).fetchall()
    ]
    return max(values, default=THRESHOLD)
