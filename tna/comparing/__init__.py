"""Two analyses of one board side by side: what changed, who moved and why, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna import duck
from tna.comparing import covered, flagged, moved, planned, published, terms
from tna.comparing.opened import open_pair, threshold_of
from tna.review.said import INTERNAL

if TYPE_CHECKING:
    import duckdb

HIDDEN = "Small numbers hidden"
FORMAT = 1  # of the shape of compare.json


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two analyses compared: `about` is what compare.json says, the tables are those of `COLUMNS`."""

    connection: duckdb.DuckDBPyConnection
    about: Mapping[str, Any]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of one table, in its order."""
        answer = self.connection.execute(f"select * from {table}")
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def compare(
    first: Path, second: Path, *, internal: bool = False, plans: tuple[Path, Path] | None = None
) -> Comparison:
    """What changed from the analysis in one folder to that in another, a later one of the same board.

    `plans` are the folders of two reviews; without them the plan.csv in each analysis's own folder is taken, where
    both have one. Small numbers are hidden unless `internal`. Raises `Unusable` for folders that cannot be compared.
    """
    connection = duck.connect()
    a, b = open_pair(connection, first, second)
    threshold = threshold_of(connection)
    terms.find(connection, a, b)
    covered.write(connection)
    moved.write(connection, a, b)
    flagged.write(connection, a, b)
    planned.write(
        connection,
        *(plans or (first, second)),
        asked=plans is not None,
        threshold=None if internal else threshold,
    )
    if not internal:
        published.publish(connection, threshold)
    about = {
        "format": FORMAT,
        "shown": INTERNAL if internal else HIDDEN,
        "threshold": threshold,
        "board": b["board"]["name"],
        "a": _run(first, a),
        "b": _run(second, b),
        "levels": _labels(connection),
    }
    found = Comparison(connection, about)
    tables = (
        "differences",
        "uncompared",
        "totals",
        "people_compared",
        "moved",
        "flag_counts",
        "plan_compared",
    )
    return Comparison(connection, {**about, **{table: found.rows(table) for table in tables}})


def _run(folder: Path, about: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was compared, in a few facts."""
    return {
        "folder": folder.name,
        "run": about["run"],
        "as_of": about["as_of"],
        "edition": about["board"]["edition"],
        "counts": {name: about["counts"][name] for name in ("agencies", "records")},
    }


def _labels(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What people call each level and cohort, in the later analysis's order, then those of the earlier one alone."""
    rows = connection.execute("""
        select level, coalesce(b.label, a.label) from a.levels a full join b.levels b using (level)
        order by b.rank nulls last, a.rank, level
    """).fetchall()
    return dict(rows)


COLUMNS: Mapping[str, tuple[str, tuple[str, ...]]] = {  # each file with its table and columns
    "coverage": ("coverage_compared", covered.COLUMNS),
    "moved": ("moved", moved.COLUMNS),
    "flags": ("flags_compared", flagged.COLUMNS),
    "plan": ("plan_compared", planned.COLUMNS),
}
